#include "schema/rows/collections.hpp"

#include <algorithm>

namespace zeroskew::detail {
namespace {

constexpr std::int64_t kMissing = -1;

// The number of values in each row; kMissing where the column (or what it stands in) is not there.
std::vector<std::int64_t> lengths_of(const Path& path, const Batch& batch, std::int64_t first,
                                     std::size_t count) {
  std::vector<std::int64_t> lengths(count, kMissing);
  const auto column = path.empty() ? std::nullopt : batch.find(path.step.front());
  if (!column) return lengths;
  std::vector<ColumnView> chain = {batch.columns[*column]};
  for (std::size_t i = 1; i < path.step.size(); ++i) {
    const auto& names = chain.back().child_names;
    const auto at = std::find(names.begin(), names.end(), path.step[i]);
    if (at == names.end()) return lengths;
    chain.push_back(chain.back().field(static_cast<std::size_t>(at - names.begin())));
  }
  const ColumnView& cells = chain.back();
  for (std::size_t i = 0; i < count; ++i) {
    const std::int64_t row = first + static_cast<std::int64_t>(i);
    const bool there = std::all_of(chain.begin(), chain.end(),
                                   [&](const ColumnView& view) { return view.is_valid(row); });
    if (there) lengths[i] = cells.type.kind == Kind::list ? cells.list_extent(row).count : 1;
  }
  return lengths;
}

}  // namespace

void check_collection(const CollectionPlan& plan, const Batch& batch, std::int64_t first,
                      std::size_t count, Marks& marks) {
  const std::vector<std::int64_t> values = lengths_of(plan.value, batch, first, count);
  for (const CollectionPlan::Part& part : plan.parts) {
    const std::vector<std::int64_t> others = lengths_of(part.path, batch, first, count);
    for (std::size_t i = 0; i < count; ++i) {
      if (values[i] == others[i]) continue;
      if (values[i] == kMissing) {
        marks.mark(*part.missing_value, i, [] { return std::string(); });
      } else if (others[i] == kMissing) {
        marks.mark(*part.missing_part, i, [] { return std::string(); });
      } else {
        marks.mark(*part.lengths, i, [&] {
          return std::to_string(values[i]) + " against " + std::to_string(others[i]);
        });
      }
    }
  }
}

}  // namespace zeroskew::detail
