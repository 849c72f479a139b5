#include "zeroskew/stats/list_levels.hpp"

#include "support/catch.hpp"
#include "support/generate.hpp"

using namespace zeroskew;
using test::Generator;

namespace {

Type plain(Kind kind) {
  return {kind, TimeUnit::none, false, 0, {}};
}

// A list of lists of whole numbers, any of which may be null.
struct Inner {
  bool null = false;
  std::vector<std::int64_t> items;
};
struct Outer {
  bool null = false;
  std::vector<Inner> lists;
};

std::vector<Outer> make_rows(std::uint64_t seed, std::size_t size) {
  Generator generate(seed);
  std::vector<Outer> rows(size);
  for (Outer& row : rows) {
    row.null = generate.below(6) == 0;
    row.lists.resize(row.null ? 0 : generate.below(4));
    for (Inner& inner : row.lists) {
      inner.null = generate.below(5) == 0;
      inner.items.resize(inner.null ? 0 : generate.below(5));
    }
  }
  return rows;
}

struct Buffers {
  std::vector<std::uint8_t> rows_valid, lists_valid;
  std::vector<std::int32_t> row_offsets{0}, list_offsets{0};
  std::vector<std::int64_t> items;
};

ColumnView view_of(const std::vector<Outer>& rows, Buffers& buffers) {
  std::int64_t row_count = 0;
  std::int64_t list_count = 0;
  const auto push = [](std::vector<std::uint8_t>& bits, std::int64_t i, bool valid) {
    if (i % 8 == 0) bits.push_back(0);
    if (valid) bits.back() = static_cast<std::uint8_t>(bits.back() | 1u << (i % 8));
  };
  for (const Outer& row : rows) {
    push(buffers.rows_valid, row_count++, !row.null);
    for (const Inner& inner : row.lists) {
      push(buffers.lists_valid, list_count++, !inner.null);
      buffers.items.insert(buffers.items.end(), inner.items.begin(), inner.items.end());
      buffers.list_offsets.push_back(static_cast<std::int32_t>(buffers.items.size()));
    }
    buffers.row_offsets.push_back(static_cast<std::int32_t>(list_count));
  }
  buffers.items.push_back(0);  // a buffer of no items is one all the same
  ColumnView items;
  items.type = plain(Kind::integer);
  items.layout = Layout::int64;
  items.length = static_cast<std::int64_t>(buffers.items.size()) - 1;
  items.values = buffers.items.data();
  ColumnView lists;
  lists.type = plain(Kind::list);
  lists.layout = Layout::list32;
  lists.length = list_count;
  lists.validity = buffers.lists_valid.data();
  lists.offsets = buffers.list_offsets.data();
  lists.children = {items};
  ColumnView column = lists;
  column.length = row_count;
  column.validity = buffers.rows_valid.data();
  column.offsets = buffers.row_offsets.data();
  column.children = {lists};
  return column;
}

}  // namespace

TEST_CASE("levels of lists are what counting by hand gives") {
  for (const std::size_t size : {0u, 1u, 7u, 2000u}) {
    const std::vector<Outer> rows = make_rows(size + 1, size);
    Buffers buffers;
    const ColumnView column = view_of(rows, buffers);
    ColumnProfile profile(column.type);
    const std::int64_t half = column.length / 2;
    profile.update(column.slice(0, half), "l");
    profile.update(column.slice(half, column.length - half), "l");
    ListLevel outer;
    ListLevel inner;
    for (const Outer& row : rows) {
      ++(row.null ? outer.missing : outer.present);
      if (!row.null && row.lists.empty()) ++outer.empty;
      outer.items += row.lists.size();
      for (const Inner& list : row.lists) {
        ++(list.null ? inner.missing : inner.present);
        if (!list.null && list.items.empty()) ++inner.empty;
        inner.items += list.items.size();
      }
    }
    const std::vector<ListLevel> levels = list_levels(profile);
    REQUIRE(levels.size() == (outer.present == 0 ? 1u : 2u));  // no list, no type of its items
    const ListLevel expected[] = {outer, inner};
    for (std::size_t i = 0; i < levels.size(); ++i) {
      CHECK(levels[i].present == expected[i].present);
      CHECK(levels[i].missing == expected[i].missing);
      CHECK(levels[i].empty == expected[i].empty);
      CHECK(levels[i].items == expected[i].items);
      CHECK(levels[i].lengths->count() == expected[i].present);
      CHECK(levels[i].lengths->sum() == static_cast<double>(expected[i].items));
    }
  }
  CHECK(list_levels(ColumnProfile(plain(Kind::integer))).empty());
}
