// Steps about missing cells.

#include "transform/steps/common.hpp"
#include "transform/steps/fill_draw.hpp"
#include "transform/steps/steps.hpp"

namespace zeroskew::steps {
namespace {

Parameter nan_is_missing() {
  return {.name = "nan_is_missing",
          .kind = SettingKind::boolean,
          .doc = "NaN counts as missing too",
          .fallback = true};
}

double as_number(const Setting& value, const std::string& where) {
  if (const auto* number = std::get_if<double>(&value)) return *number + 0.0;
  if (const auto* integral = std::get_if<std::int64_t>(&value))
    return static_cast<double>(*integral);
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? 1.0 : 0.0;
  fail_value("transform.bad_parameter", where,
             "value is " + to_string(value) + "; the column holds numbers");
}

// What fills a column of this type: a number, an integer (bool and times too) or a text.
Settings filling(const Field& field, const Setting& value) {
  switch (storage_of(field.type.kind)) {
    case Storage::text:
      if (const auto* text = std::get_if<std::string>(&value)) return {{"text", *text}};
      fail_value("transform.bad_parameter", field.name,
                 "value is " + to_string(value) + "; the column holds texts");
    case Storage::integer:
      if (const auto* integral = std::get_if<std::int64_t>(&value)) return {{"integer", *integral}};
      if (const auto* flag = std::get_if<bool>(&value)) {
        return {{"integer", std::int64_t{*flag}}};
      }
      if (field.type.kind == Kind::integer || field.type.kind == Kind::boolean) {
        return {{"number", as_number(value, field.name)}};
      }
      fail_value("transform.bad_parameter", field.name,
                 "value is " + to_string(value) + "; the column holds " + to_string(field.type));
    default:
      return {{"number", as_number(value, field.name)}};
  }
}

Setting setting_of(const Value& value) {
  if (const auto* b = std::get_if<bool>(&value)) return *b;
  if (const auto* i = std::get_if<std::int64_t>(&value)) return *i;
  if (const auto* u = std::get_if<std::uint64_t>(&value)) return static_cast<std::int64_t>(*u);
  if (const auto* d = std::get_if<double>(&value)) return *d + 0.0;
  if (const auto* s = std::get_if<std::string>(&value)) return *s;
  return {};
}

Settings fit_impute(const FitInput& input) {
  const std::string& strategy = text_of(input.settings, "strategy");
  const Field& field = input.fields[0];
  if (strategy == "constant") {
    const Setting& value = input.settings.at("value");
    if (std::holds_alternative<std::monostate>(value)) {
      fail_value("transform.bad_parameter", "impute", "value is none; constant needs one");
    }
    return filling(field, value);
  }
  if (strategy == "random") return learn_draws(input);
  if (strategy == "mode") {
    const std::vector<ValueCount> counts = input.counts(0);
    if (counts.empty()) {
      fail_value("transform.no_values", field.name, "there is no value to learn from");
    }
    // Of the most frequent values the smallest, as scikit-learn takes it; counts have it last.
    std::size_t best = 0;
    while (best + 1 < counts.size() && counts[best + 1].count.value == counts[0].count.value) {
      ++best;
    }
    return filling(field, setting_of(counts[best].value));
  }
  if (std::count(number_kinds.begin(), number_kinds.end(), field.type.kind) == 0) {
    fail_type("transform.wrong_type", field.name,
              "has no " + strategy + ", it is " + to_string(field.type) + "; use mode or constant");
  }
  const NumberStats& numbers = numbers_in(input);
  const double fill = strategy == "mean" ? numbers.mean() : numbers.spread().quantile(0.5);
  return {{"number", finite(fill, input, strategy.c_str())}};
}

class Impute final : public Operation {
 public:
  Impute(double number, bool fill_nan) : number_(number), fill_nan_(fill_nan) {}
  Impute(std::int64_t integer) : integer_(integer) {}
  Impute(std::string text) : text_(std::move(text)) {}

  void apply(Block& block, std::span<const Slot> in, std::span<const Slot> out,
             const RowContext&) const override {
    const std::size_t rows = block.rows();
    if (out[0].storage == Storage::number) {
      double* x = as_numbers(block, in[0], out[0]);
      const std::uint8_t* valid = block.valid(out[0]);
      const double fill = number_;
      if (fill_nan_) {
        for (std::size_t i = 0; i < rows; ++i) {
          const double present = x[i] == x[i] ? x[i] : fill;
          x[i] = valid[i] != 0 ? present : fill;
        }
      } else {
        for (std::size_t i = 0; i < rows; ++i) x[i] = valid[i] != 0 ? x[i] : fill;
      }
    } else if (out[0].storage == Storage::integer) {
      copy_cells(block, in[0], out[0]);
      std::int64_t* x = block.integers(out[0]);
      const std::uint8_t* valid = block.valid(out[0]);
      for (std::size_t i = 0; i < rows; ++i) x[i] = valid[i] != 0 ? x[i] : integer_;
    } else {
      copy_cells(block, in[0], out[0]);
      std::string_view* x = block.texts(out[0]);
      const std::uint8_t* valid = block.valid(out[0]);
      for (std::size_t i = 0; i < rows; ++i) {
        if (valid[i] == 0) x[i] = text_;
      }
    }
    std::memset(block.valid(out[0]), 1, rows);
  }

 private:
  double number_ = 0.0;
  std::int64_t integer_ = 0;
  std::string text_;
  bool fill_nan_ = false;
};

Prepared prepare_impute(std::span<const Field> inputs, const Settings& settings,
                        const Settings& learned) {
  if (text_of(settings, "strategy") == "random") return prepare_draws(inputs, settings, learned);
  const Type& type = inputs[0].type;
  const Storage storage = storage_of(type.kind);
  if (is_set(learned, "number") && storage != Storage::text) {
    return one_output(inputs, settings, floating(),
                      std::make_shared<const Impute>(number_of(learned, "number"),
                                                     flag_of(settings, "nan_is_missing")));
  }
  if (is_set(learned, "integer") && storage == Storage::integer) {
    return one_output(inputs, settings, type,
                      std::make_shared<const Impute>(integer_of(learned, "integer")));
  }
  if (is_set(learned, "text") && storage == Storage::text) {
    return one_output(inputs, settings, type,
                      std::make_shared<const Impute>(text_of(learned, "text")));
  }
  malformed("impute", "what was learned does not fit the type of '" + inputs[0].name + "'");
}

// Missing cells become cells of one value: that much is exact for any statistics.
std::unique_ptr<ColumnProfile> propagate_impute(const ColumnProfile& before,
                                                const Settings& settings, const Settings& learned) {
  if (is_set(learned, "counts")) return nullptr;  // drawn: the rows must say
  const bool number = is_set(learned, "number");
  if (number && before.type().kind != Kind::floating) return nullptr;
  auto after = std::make_unique<ColumnProfile>(before);
  Value fill;
  if (number) {
    fill = number_of(learned, "number");
  } else if (is_set(learned, "text")) {
    fill = text_of(learned, "text");
  } else if (before.type().is_unsigned) {
    fill = static_cast<std::uint64_t>(integer_of(learned, "integer"));
  } else if (before.type().kind == Kind::boolean) {
    fill = integer_of(learned, "integer") != 0;
  } else {
    fill = integer_of(learned, "integer");
  }
  after->fill_missing(fill, number && flag_of(settings, "nan_is_missing"));
  return after;
}

class Indicator final : public Operation {
 public:
  explicit Indicator(bool nan_counts) : nan_counts_(nan_counts) {}
  void apply(Block& block, std::span<const Slot> in, std::span<const Slot> out,
             const RowContext&) const override {
    const std::size_t rows = block.rows();
    const std::uint8_t* valid = block.valid(in[0]);
    double* y = block.numbers(out[0]);
    for (std::size_t i = 0; i < rows; ++i) y[i] = valid[i] != 0 ? 0.0 : 1.0;
    if (nan_counts_ && in[0].storage == Storage::number) {
      const double* x = block.numbers(in[0]);
      for (std::size_t i = 0; i < rows; ++i) y[i] = x[i] == x[i] ? y[i] : 1.0;
    }
    std::memset(block.valid(out[0]), 1, rows);
  }

 private:
  bool nan_counts_;
};

Prepared prepare_indicator(std::span<const Field> inputs, const Settings& settings,
                           const Settings&) {
  Prepared prepared;
  prepared.outputs = {{inputs[0].name + "_missing", floating(), {}}};
  prepared.keeps_inputs = true;
  prepared.operation = std::make_shared<const Indicator>(flag_of(settings, "nan_is_missing"));
  return prepared;
}

}  // namespace

StepInfo impute() {
  std::vector<Parameter> learned = {
      {.name = "number", .doc = "filling of numbers", .optional = true},
      {.name = "integer",
       .kind = SettingKind::integer,
       .doc = "filling of integers, bools and times",
       .optional = true},
      {.name = "text", .kind = SettingKind::text, .doc = "filling of texts", .optional = true}};
  for (Parameter& each : draw_parameters()) learned.push_back(std::move(each));
  return {.name = "impute",
          .doc =
              "Fills missing cells with the mean, the median, the most frequent value (of "
              "several the smallest), a constant, or a draw from the values that occurred when "
              "fitting, the same for a row's key whenever it is asked for. Integers become floats "
              "where the filling is one: always for mean and median.",
          .role = StepRole::fitted,
          .on_unknown = OnUnknown::kept,
          .on_overflow = OnOverflow::none,
          .parameters = {{.name = "strategy",
                          .kind = SettingKind::choice,
                          .doc = "what to fill with",
                          .fallback = "mean",
                          .choices = {"mean", "median", "mode", "constant", "random"}},
                         {.name = "value",
                          .kind = SettingKind::scalar,
                          .doc = "the filling of strategy constant",
                          .optional = true},
                         nan_is_missing()},
          .learned = std::move(learned),
          .one_output = true,
          .fit = fit_impute,
          .prepare = prepare_impute,
          .propagate = propagate_impute};
}

StepInfo missing_indicator() {
  return {.name = "missing_indicator",
          .doc =
              "Adds a column <name>_missing: 1 where the cell is missing, else 0. Comes before "
              "the step that fills the cells.",
          .on_overflow = OnOverflow::none,
          .parameters = {nan_is_missing()},
          .prepare = prepare_indicator};
}

}  // namespace zeroskew::steps
