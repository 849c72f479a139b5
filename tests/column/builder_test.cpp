#include "zeroskew/column/builder.hpp"

#include <array>
#include <limits>

#include "column/arrow_maker.hpp"
#include "column/cells.hpp"
#include "support/errors.hpp"
#include "zeroskew/column/export.hpp"

using namespace zeroskew;        // NOLINT: a test of one room
using namespace zeroskew::test;  // NOLINT

namespace {

using Cells = std::vector<std::string>;

Field field(const std::string& name, Kind kind, bool is_unsigned = false) {
  return {name, {kind, TimeUnit::none, is_unsigned, 0, {}}, {}};
}

// A batch with a column of each kind, nulls at different places in each.
Batch sample() {
  ColumnBuilder flag(field("flag", Kind::boolean)), whole(field("whole", Kind::integer)),
      natural(field("natural", Kind::integer, true)), real(field("real", Kind::floating)),
      text(field("text", Kind::string)), bytes(field("bytes", Kind::bytes));
  Field list_field = field("list", Kind::list);
  list_field.children = {field("item", Kind::integer)};
  ColumnBuilder list(list_field);
  Field structure_field = field("structure", Kind::structure);
  structure_field.children = {field("a", Kind::integer), field("b", Kind::string)};
  ColumnBuilder structure(structure_field);
  for (std::int64_t i = 0; i < 20; ++i) {
    i % 3 == 0 ? flag.append_null() : flag.append(i % 2 == 0);
    i % 4 == 1 ? whole.append_null() : whole.append(i - 10);
    natural.append(~static_cast<std::uint64_t>(i));
    i % 5 == 2 ? real.append_null() : real.append(0.5 * static_cast<double>(i));
    i % 7 == 3 ? text.append_null() : text.append(std::string(static_cast<std::size_t>(i), 'x'));
    bytes.append(std::string_view("\0\xff", 2));
    for (std::int64_t k = 0; k < i % 4; ++k) list.child(0).append(k);
    list.append_list(i % 4);
    if (i % 6 == 0) {
      structure.append_null();
    } else {
      structure.child(0).append(i);
      structure.child(1).append("s");
      structure.append_structure();
    }
  }
  std::vector<ColumnBuilder> columns;
  for (ColumnBuilder* column : {&flag, &whole, &natural, &real, &text, &bytes, &list, &structure}) {
    columns.push_back(std::move(*column));
  }
  return make_batch(std::move(columns));
}

Batch through_arrow(const Batch& batch) {
  ArrowArray array{};
  ArrowSchema schema{};
  export_batch(batch, &array, &schema);
  return import_batch(&array, &schema);
}

}  // namespace

TEST_CASE("what is appended is what the cells hold") {
  const Batch batch = sample();
  REQUIRE(batch.rows == 20);
  CHECK(cells(batch.slice(0, 4).columns[0]) == Cells{"-", "false", "true", "-"});
  CHECK(cells(batch.slice(0, 3).columns[1]) == Cells{"-10", "-", "-8"});
  CHECK(cells(batch.slice(0, 2).columns[2]) ==
        Cells{"18446744073709551615", "18446744073709551614"});
  CHECK(cells(batch.slice(1, 3).columns[3]) == Cells{"0.5", "-", "1.5"});
  CHECK(cells(batch.slice(2, 3).columns[4]) == Cells{"xx", "-", "xxxx"});
  CHECK(cells(batch.slice(0, 1).columns[5]) == Cells{std::string("\0\xff", 2)});
  CHECK(cells(batch.slice(3, 3).columns[6]) == Cells{"[0, 1, 2]", "[]", "[0]"});
  CHECK(cells(batch.slice(0, 2).columns[7]) == Cells{"-", "{1, s}"});
}

TEST_CASE("a batch goes out as Arrow and comes back the same, whole and sliced") {
  const Batch batch = sample();
  for (std::int64_t start = 0; start < batch.rows; ++start) {
    const Batch part = batch.slice(start, batch.rows - start);
    const Batch back = through_arrow(part);
    REQUIRE(back.names == batch.names);
    REQUIRE(back.rows == part.rows);
    for (std::size_t i = 0; i < back.columns.size(); ++i) {
      CAPTURE(start, batch.names[i]);
      CHECK(back.columns[i].type == part.columns[i].type);
      CHECK(cells(back.columns[i]) == cells(part.columns[i]));
    }
  }
}

TEST_CASE("what is imported goes out again in its own layout, and keeps its producer alive") {
  const Made word = {"u", "", 3,
                     {bit_buffer({1, 0, 1}), buffer<std::int32_t>({0, 2, 2, 5}),
                      text_buffer("hiyou")}};
  Made coded = {"c", "", 3, {std::nullopt, buffer<std::int8_t>({2, 1, 0})}};
  coded.dictionary = std::make_shared<Made>(word);
  const Made instant = {"tsu:Europe/Paris", "", 2,
                        {std::nullopt, buffer<std::int64_t>({-1, 5})}};
  for (const Made& made : {word, coded, instant}) {
    Released released;
    {
      const Batch back = through_arrow(import_made(table_of(made), &released));
      CHECK(released.arrays == 0);
      const Batch direct = import_made(table_of(made));
      CHECK(back.columns[0].layout == direct.columns[0].layout);
      CHECK(back.columns[0].type == direct.columns[0].type);
      CHECK(cells(back.columns[0]) == cells(direct.columns[0]));
    }
    CHECK(released.arrays > 0);
    CHECK(released.arrays == released.schemas);
  }
}

TEST_CASE("a value that a column cannot hold is refused and leaves no cell") {
  ColumnBuilder whole(field("n", Kind::integer)), natural(field("n", Kind::integer, true)),
      real(field("n", Kind::floating)), text(field("n", Kind::string));
  const auto refuses = [](ColumnBuilder& column, const Value& value) {
    const std::int64_t before = column.size();
    check_error([&] { column.append(value); }, "column.wrong_type", "n", ErrorKind::type);
    check_error([&] { column.check(value); }, "column.wrong_type", "n");
    CHECK(column.size() == before);
  };
  refuses(whole, Value(1.5));
  refuses(whole, Value(true));
  refuses(whole, Value(std::uint64_t{1} << 63));
  refuses(natural, Value(std::int64_t{-1}));
  refuses(real, Value(std::string("1")));
  refuses(real, Value((std::int64_t{1} << 53) + 1));
  refuses(real, Value(std::numeric_limits<std::int64_t>::max()));
  refuses(text, Value(std::int64_t{1}));
  real.append(Value(std::int64_t{1} << 53));
  real.append(Value());
  real.append(Value(-0.0));
  CHECK(cells(real.view()) == Cells{"9007199254740992", "-", "-0"});
  CHECK(error_of([] { ColumnBuilder c(field("money", Kind::decimal)); }).where() == "money");
}

TEST_CASE("columns of a batch have different names and one length") {
  const auto column = [](const std::string& name, int rows) {
    ColumnBuilder built(field(name, Kind::integer));
    for (int i = 0; i < rows; ++i) built.append(std::int64_t{i});
    return built;
  };
  check_error([&] { (void)make_batch({column("a", 2), column("b", 1)}); }, "column.ragged", "b");
  check_error([&] { (void)make_batch({column("a", 1), column("a", 1)}); },
              "column.duplicate_name", "a");
  CHECK(make_batch({}).rows == 0);
}

TEST_CASE("rows become a batch, and a row that fails adds nothing") {
  RowBuilder rows({field("fare", Kind::floating), field("zone", Kind::string)});
  const auto append = [&](const Value& fare, const Value& zone) {
    rows.append(std::array<Value, 2>{fare, zone});
  };
  append(3.5, std::string("north"));
  check_error([&] { append(7.0, 1.0); }, "column.wrong_type", "zone");
  check_error([&] { rows.append(std::array<Value, 1>{Value(1.0)}); }, "column.ragged", "row 1");
  append(Value(), std::string());
  CHECK(rows.rows() == 2);
  const Batch batch = rows.finish();
  CHECK(cells(batch.columns[0]) == Cells{"3.5", "-"});
  CHECK(cells(batch.columns[1]) == Cells{"north", ""});
  CHECK(rows.rows() == 0);
  append(1.0, std::string("south"));
  CHECK(cells(rows.finish().columns[1]) == Cells{"south"});
  CHECK(cells(batch.columns[1]) == Cells{"north", ""});
  CHECK(error_of([] { RowBuilder({field("a", Kind::list), field("a", Kind::list)}); }).id() ==
        "column.duplicate_name");
}
