// What the registry states of data that are not as they were when fitting, held against every step.

#include "zeroskew/transform/behaviour.hpp"

#include <cmath>
#include <limits>
#include <optional>
#include <set>

#include "support/catch.hpp"
#include "transform/step_cases.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/transform/pipeline.hpp"
#include "zeroskew/transform/step_info.hpp"

using namespace transform_test;
using zeroskew::behaviour_of;
using zeroskew::FittedPipeline;
using zeroskew::OnOverflow;
using zeroskew::OnUnknown;
using zeroskew::Pipeline;
using zeroskew::Step;
using zeroskew::StepInfo;
using zeroskew::StepRole;
using zeroskew::TransformOptions;

namespace {

using Rows = std::vector<std::vector<Value>>;

constexpr double largest = std::numeric_limits<double>::max();

// What goes wrong, by id; "" if nothing does.
std::string id_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const zeroskew::Error& error) {
    return error.id();
  }
  return "";
}

std::size_t place_of(const std::string& column) {
  for (std::size_t i = 0; i < fields().size(); ++i) {
    if (fields()[i].name == column) return i;
  }
  FAIL("there is no column " << column);
  return 0;
}

Batch fitting() {
  return make_table(make_rows(400, 3, false));
}

// Plain rows without missing cells: what is made of them is there, too.
Rows plain_rows(std::size_t count) {
  Rows rows;
  for (auto& row : make_rows(4000, 6, false)) {
    bool whole = true;
    for (const Value& value : row) {
      const auto* number = std::get_if<double>(&value);
      whole = whole && value.index() != 0 && (number == nullptr || std::isfinite(*number));
    }
    if (whole && rows.size() < count) rows.push_back(std::move(row));
  }
  REQUIRE(rows.size() == count);
  return rows;
}

// Cells that come out of the step itself, row by row.
Rows made_by(const FittedPipeline& fitted, const Rows& rows, bool training) {
  TransformOptions options;
  options.training = training;
  const Batch made = fitted.transform(make_table(rows), options);
  std::set<std::string> outputs;
  for (const auto& step : fitted.steps()) {
    for (const auto& field : step.prepared.outputs) outputs.insert(field.name);
  }
  Rows cells(rows.size());
  for (std::size_t c = 0; c < made.columns.size(); ++c) {
    if (!outputs.contains(made.names[c])) continue;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      cells[i].push_back(cell(made.columns[c], static_cast<std::int64_t>(i)));
    }
  }
  return cells;
}

bool all_finite(const std::vector<Value>& cells) {
  for (const Value& value : cells) {
    const auto* number = std::get_if<double>(&value);
    if (number != nullptr && !std::isfinite(*number)) return false;
  }
  return true;
}

bool all_there(const std::vector<Value>& cells) {
  for (const Value& value : cells) {
    if (value.index() == 0) return false;
  }
  return true;
}

// Texts among the inputs, and lists of them, become ones that were not there.
void make_unknown(const Step& step, std::vector<Value>& row, const std::string& value) {
  for (const std::string& column : step.columns()) {
    const auto& field = fields()[place_of(column)];
    if (field.type.kind == Kind::string) {
      row[place_of(column)] = value;
    } else if (field.type.kind == Kind::list && field.children[0].type.kind == Kind::string) {
      row[place_of(column)] = zeroskew::ListCell().add(std::string_view(value)).bytes();
    }
  }
}

bool holds_texts(const std::string& column) {
  const auto& field = fields()[place_of(column)];
  return field.type.kind == Kind::string ||
         (field.type.kind == Kind::list && field.children[0].type.kind == Kind::string);
}

// The step on its columns of texts only; one that puts columns together keeps all of them.
std::optional<Step> on_texts(const Step& step) {
  std::vector<std::string> columns;
  for (const std::string& column : step.columns()) {
    if (holds_texts(column)) columns.push_back(column);
  }
  if (columns.empty()) return std::nullopt;
  if (step.info().shape == zeroskew::StepShape::together) return step;
  return Step(step.name(), columns, step.settings());
}

// Numbers among the inputs become the largest of their type, with a sign; `beyond`: infinite.
void make_large(const Step& step, std::vector<Value>& row, bool negative, bool beyond) {
  const double infinity = std::numeric_limits<double>::infinity();
  const double number = (negative ? -1.0 : 1.0) * (beyond ? infinity : largest);
  for (const std::string& column : step.columns()) {
    const std::size_t at = place_of(column);
    const auto& type = fields()[at].type;
    if (type.kind == Kind::floating) {
      row[at] = number;
    } else if (type.kind == Kind::integer && type.is_unsigned) {
      row[at] = negative ? Value(std::uint64_t{0}) : Value(UINT64_MAX);
    } else if (type.kind == Kind::integer || type.kind == Kind::timestamp) {
      row[at] = negative ? INT64_MIN : INT64_MAX;
    } else if (column == "n") {
      row[at] = zeroskew::ListCell().add(number).add(number).bytes();
    }
  }
}

// Settings under which what the registry states is what happens: those that are the defaults.
bool is_default(const Step& step) {
  for (const char* name : {"unknown", "num_oov_buckets", "action", "interpolate", "when", "by",
                           "keep", "output", "missing", "drop_first", "norm"}) {
    const zeroskew::Parameter* parameter = step.info().find(name);
    if (parameter != nullptr && step.settings().at(name) != parameter->fallback) return false;
  }
  // One bound holds numbers on one side only.
  return step.name() != "clip" ||
         (zeroskew::is_set(step.settings(), "lower") && zeroskew::is_set(step.settings(), "upper"));
}

}  // namespace

TEST_CASE("the registry states all five behaviours of every step", "[transform][behaviour]") {
  for (const StepInfo& info : zeroskew::step_registry()) {
    INFO(info.name);
    const auto stated = behaviour_of(info);
    for (const auto words : {stated.unknown, stated.missing_column, stated.extra_column,
                             stated.wrong_type, stated.overflow}) {
      CHECK(!words.empty());
    }
    // What learned names of values has a way with others.
    const bool names = std::any_of(info.learned.begin(), info.learned.end(),
                                   [](const auto& each) { return each.name == "texts"; });
    if (names && info.role == StepRole::fitted) CHECK(info.on_unknown != OnUnknown::alike);
  }
}

TEST_CASE("a category that was not there is what the registry says", "[transform][behaviour]") {
  const Batch table = fitting();
  const Rows rows = plain_rows(12);
  for (const auto& [name, steps] : step_cases()) {
    std::size_t held = 0;
    for (const Step& given : steps) {
      if (!is_default(given)) continue;
      const std::optional<Step> chosen = on_texts(given);
      if (!chosen) continue;
      const Step& step = *chosen;
      INFO(step.to_json());
      const FittedPipeline fitted = Pipeline({step}, 4).fit(table);
      const StepInfo& info = step.info();
      ++held;
      for (const bool training : {false, true}) {
        Rows first = rows;
        Rows second = rows;
        for (std::size_t i = 0; i < rows.size(); ++i) {
          make_unknown(step, first[i], "never seen");
          make_unknown(step, second[i], "nor this one");
        }
        const Rows a = made_by(fitted, first, training);
        const Rows b = made_by(fitted, second, training);
        for (std::size_t i = 0; i < rows.size(); ++i) {
          switch (info.on_unknown) {
            case OnUnknown::zeros:
              for (const Value& value : a[i]) CHECK(value == Value(0.0));
              break;
            case OnUnknown::one_value:
              CHECK(all_there(a[i]));
              CHECK(a[i] == b[i]);
              break;
            case OnUnknown::kept:
              CHECK(a[i] == std::vector<Value>(a[i].size(), std::string("never seen")));
              break;
            case OnUnknown::alike:
              // A number in digits is another matter for a cast, and a mask hides what it hides.
              if (name != "cast" && name != "mask_to_missing") CHECK(all_there(a[i]));
              break;
          }
        }
      }
    }
    if (behaviour_of(steps.front().info()).unknown != "takes no categories" &&
        steps.front().info().on_unknown != OnUnknown::alike) {
      CHECK(held > 0);
    }
  }
}

TEST_CASE("a column that is gone, added or of another type", "[transform][behaviour]") {
  const Batch table = fitting();
  const Batch data = make_table(plain_rows(8));
  for (const auto& [name, steps] : step_cases()) {
    for (const Step& step : steps) {
      INFO(step.to_json());
      const StepInfo& info = step.info();
      const FittedPipeline fitted = Pipeline({step}, 4).fit(table);
      const auto stated = behaviour_of(info);
      for (const std::string& column : step.columns()) {
        const std::size_t at = *data.find(column);
        Batch gone = data;
        gone.names.erase(gone.names.begin() + static_cast<std::ptrdiff_t>(at));
        gone.columns.erase(gone.columns.begin() + static_cast<std::ptrdiff_t>(at));
        const std::string id = id_of([&] { (void)fitted.transform(gone); });
        CHECK(id == (info.ignores_missing ? "" : "transform.missing_column"));
        CHECK((stated.missing_column == "no error") == id.empty());

        // No step that looks into texts, numbers, times and lists alike: one of these is wrong.
        std::set<std::string> ids;
        for (const char* other : {"f", "s", "t", "n"}) {
          Batch wrong = data;
          wrong.columns[at] = data.columns[*data.find(other)];
          ids.insert(id_of([&] { (void)fitted.transform(wrong); }));
        }
        ids.erase("");
        CHECK(ids == (info.moves_only ? std::set<std::string>{}
                                      : std::set<std::string>{"transform.wrong_type"}));
        CHECK((stated.wrong_type == "no error") == info.moves_only);
      }

      Batch more = data;
      more.names.push_back("extra");
      more.columns.push_back(data.columns[*data.find("s")]);
      const Batch made = fitted.transform(more);
      const auto extra = made.find("extra");
      CHECK(extra.has_value() == info.keeps_others);
      CHECK((stated.extra_column == "removed") == !extra.has_value());
      if (extra) CHECK(made.columns[*extra].offsets == more.columns.back().offsets);
    }
  }
}

TEST_CASE("numbers at the ends of their type are what the registry says",
          "[transform][behaviour]") {
  const Batch table = fitting();
  const Rows rows = plain_rows(6);
  for (const auto& [name, steps] : step_cases()) {
    bool overflowed = false;
    for (const Step& step : steps) {
      if (!is_default(step)) continue;
      INFO(step.to_json());
      const StepInfo& info = step.info();
      const FittedPipeline fitted = Pipeline({step}, 4).fit(table);
      for (const bool training : {false, true}) {
        for (const bool negative : {false, true}) {
          for (const bool beyond : {false, true}) {
            Rows large = rows;
            for (auto& row : large) make_large(step, row, negative, beyond);
            const Rows made = made_by(fitted, large, training);
            for (const auto& cells : made) {
              switch (info.on_overflow) {
                case OnOverflow::none:
                  CHECK((beyond || all_finite(cells)));
                  break;
                case OnOverflow::bounded:
                  CHECK(all_finite(cells));
                  CHECK(all_there(cells));
                  break;
                case OnOverflow::infinite:
                  CHECK(all_there(cells));
                  overflowed = overflowed || !all_finite(cells);
                  break;
                case OnOverflow::missing:
                  overflowed = overflowed || !all_there(cells);
                  break;
              }
            }
          }
        }
      }
    }
    INFO(name);
    const OnOverflow stated = steps.front().info().on_overflow;
    if (stated == OnOverflow::infinite || stated == OnOverflow::missing) CHECK(overflowed);
  }
}
