#include "zeroskew/stats/list_levels.hpp"

namespace zeroskew {

std::vector<ListLevel> list_levels(const ColumnProfile& column) {
  std::vector<ListLevel> levels;
  for (const ColumnProfile* at = &column; at->type().kind == Kind::list;) {
    const ColumnProfile& items = at->children()[0].profile;
    const NumberStats& lengths = *at->length();
    levels.push_back({at->count(), at->missing(), lengths.zeros(), items.rows(), &lengths});
    at = &items;
  }
  return levels;
}

}  // namespace zeroskew
