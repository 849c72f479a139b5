#include "zeroskew/column/take.hpp"

#include "support/catch.hpp"
#include "support/generate.hpp"
#include "zeroskew/column/builder.hpp"

using namespace zeroskew;

namespace {

Type plain(Kind kind) {
  return {kind, TimeUnit::none, false, 0, {}};
}

}  // namespace

TEST_CASE("taken rows are the rows") {
  const Field item = {"item", plain(Kind::string), {}};
  const Field inner = {"i", plain(Kind::integer), {}};
  std::vector<ColumnBuilder> columns;
  columns.emplace_back(Field{"list", plain(Kind::list), {item}});
  columns.emplace_back(Field{"struct", plain(Kind::structure), {inner}});
  columns.emplace_back(Field{"flag", plain(Kind::boolean), {}});
  columns.emplace_back(Field{"text", plain(Kind::string), {}});
  constexpr std::int64_t size = 50;
  for (std::int64_t i = 0; i < size; ++i) {
    for (std::int64_t k = 0; k < i % 3; ++k)
      columns[0].child(0).append(std::to_string(i + k).c_str());
    i % 7 == 0 && i % 3 == 0 ? columns[0].append_null() : columns[0].append_list(i % 3);
    if (i % 5 == 0) {
      columns[1].append_null();
    } else {
      columns[1].child(0).append(i);
      columns[1].append_structure();
    }
    columns[2].append(i % 2 == 0);
    i % 4 == 0 ? columns[3].append_null() : columns[3].append(std::to_string(i).c_str());
  }
  const Batch whole = make_batch(std::move(columns)).slice(3, size - 3);
  test::Generator generate(1);
  std::vector<std::int64_t> rows;
  for (int i = 0; i < 120; ++i) {
    rows.push_back(
        static_cast<std::int64_t>(generate.below(static_cast<std::uint64_t>(whole.rows))));
  }
  const Batch taken = take(whole, rows);
  REQUIRE(taken.rows == 120);
  REQUIRE(taken.names == whole.names);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto at = static_cast<std::int64_t>(i);
    for (std::size_t c = 0; c < 4; ++c) {
      REQUIRE(taken.columns[c].is_valid(at) == whole.columns[c].is_valid(rows[i]));
    }
    if (taken.columns[3].is_valid(at)) {
      REQUIRE(taken.columns[3].text(at) == whole.columns[3].text(rows[i]));
    }
    if (taken.columns[1].is_valid(at)) {
      REQUIRE(taken.columns[1].field(0).data<std::int64_t>()[at] == rows[i] + 3);
    }
    if (!taken.columns[0].is_valid(at)) continue;
    const auto mine = taken.columns[0].list_extent(at);
    const auto theirs = whole.columns[0].list_extent(rows[i]);
    REQUIRE(mine.count == theirs.count);
    for (std::int64_t k = 0; k < mine.count; ++k) {
      REQUIRE(taken.columns[0].children[0].text(mine.start + k) ==
              whole.columns[0].children[0].text(theirs.start + k));
    }
  }
  REQUIRE(take(whole, {}).rows == 0);
}
