// Formulas: what they mean, and what is said of those that mean nothing.

#include "transform/expression.hpp"

#include "support/errors.hpp"
#include "transform/load.hpp"
#include "transform/tables.hpp"
#include "zeroskew/error.hpp"

using namespace transform_test;
using zeroskew::Block;
using zeroskew::BlockShape;
using zeroskew::Field;
using zeroskew::Formula;
using zeroskew::FormulaValue;
using zeroskew::RowCell;
using zeroskew::Slot;

namespace {

const std::vector<Field>& columns() {
  static const std::vector<Field> all = [] {
    Type big = type_of(Kind::integer);
    big.is_unsigned = true;
    return std::vector<Field>{{"x", type_of(Kind::floating), {}},
                              {"i", type_of(Kind::integer), {}},
                              {"u", big, {}},
                              {"b", type_of(Kind::boolean), {}},
                              {"s", type_of(Kind::string), {}},
                              {"two words", type_of(Kind::integer), {}}};
  }();
  return all;
}

// x = 2.5, i = -3, u = 2^64 - 1, b = true, s = "cash", `two words` missing.
FormulaValue value_of(const std::string& text) {
  BlockShape shape;
  std::vector<Slot> slots;
  for (const Field& field : columns()) {
    const auto storage = zeroskew::storage_of(field.type.kind);
    auto& place = storage == zeroskew::Storage::text ? shape.texts : shape.words;
    slots.push_back({storage, field.type.is_unsigned, place++, shape.columns++});
  }
  Block block(shape, 1);
  block.start(1);
  const RowCell cells[] = {2.5, -3, std::uint64_t{UINT64_MAX}, true, "cash", {}};
  for (std::size_t c = 0; c < slots.size(); ++c) {
    zeroskew::load_cell(cells[c], columns()[c], block, slots[c]);
  }
  return Formula(text, columns()).at(block, slots, 0);
}

double number(const std::string& text) {
  const FormulaValue value = value_of(text);
  if (value.form == FormulaValue::Form::integer) return static_cast<double>(value.integer);
  REQUIRE(value.form == FormulaValue::Form::number);
  return value.number;
}
bool truth(const std::string& text) {
  const FormulaValue value = value_of(text);
  REQUIRE(value.form == FormulaValue::Form::boolean);
  return value.integer != 0;
}
bool missing(const std::string& text) {
  return value_of(text).form == FormulaValue::Form::missing;
}
std::string id_of(const std::string& text) {
  return zeroskew::test::id_of([&] { Formula(text, columns()); });
}

}  // namespace

TEST_CASE("formulas compute", "[transform]") {
  CHECK(number("1 + 2 * 3") == 7.0);
  CHECK(number("(1 + 2) * 3") == 9.0);
  CHECK(number("-x - -i") == -5.5);
  CHECK(number("7 % 3 + -7 % 3") == 3.0);  // of the sign of the divisor
  CHECK(number("8 / 4 / 2") == 1.0);
  CHECK(number("round(2.5) + round(3.5) + round(-2.5)") == 4.0);
  CHECK(number("max(x, i, 9) + min(x, i)") == 6.0);
  CHECK(number("if(b, x, 0) + coalesce(`two words`, 1)") == 3.5);
  CHECK(number("sqrt(abs(i + -6)) + length(s) + floor(x) + ceil(x)") == 12.0);
  CHECK(number("log(exp(1)) + log1p(0)") == 1.0);
}

TEST_CASE("formulas compare", "[transform]") {
  CHECK(truth("x > 2 and s == 'cash'"));
  CHECK(truth("s in ('card', \"cash\") and i not in (1, 2)"));
  CHECK(truth("not (x < i or s != 'cash')"));
  // exact where doubles would round
  CHECK(truth("u > 9223372036854775807 and u > i"));
  CHECK(truth("i == -3 and b == true and 0.5 < x"));
  CHECK(truth("s < 'cat' and 'it''s' == \"it's\""));
  CHECK(truth("`two words` is missing and x is not missing"));
  CHECK(truth("is_nan(0 / 0) and not is_nan(x)"));
  CHECK_FALSE(truth("0 / 0 == 0 / 0"));
}

TEST_CASE("missing cells spread, but false and missing is false", "[transform]") {
  CHECK(missing("`two words` + 1"));
  CHECK(missing("`two words` > 1"));
  CHECK(missing("`two words` > 1 and b"));
  CHECK_FALSE(truth("`two words` > 1 and x < 0"));
  CHECK(truth("b or `two words` > 1"));
  CHECK(missing("max(x, `two words`)"));
  CHECK(missing("if(`two words` > 1, x, i)"));
}

TEST_CASE("formulas that mean nothing say where", "[transform]") {
  for (const char* text :
       {"",        "x +",   "x = 1",      "(x",        "x > > 1",     "s + 1",        "x and b",
        "x in ()", "'open", "maximum(x)", "if(b, x)",  "if(b, x, s)", "x is b",       "x ? 1",
        "1.5e",    "x x",   "not x",      "length(x)", "x in ('a')",  "x not missing"}) {
    INFO(text);
    CHECK(id_of(text) == "transform.formula");
  }
  CHECK(id_of("y > 1") == "transform.unknown_column");
  CHECK(id_of(std::string(3000, '(')) == "transform.formula");
  CHECK(id_of(std::string(9000, '-') + "x") == "transform.formula");
  try {
    Formula("lenght(s) > 2", columns());
    FAIL("no error");
  } catch (const zeroskew::Error& error) {
    CHECK(std::string(error.what()).find("length") != std::string::npos);
  }
}
