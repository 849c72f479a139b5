#include "transform/steps/fill_draw.hpp"

#include "transform/steps/inverse.hpp"
#include "zeroskew/random/choice.hpp"

namespace zeroskew::steps {
namespace {

constexpr std::size_t most_values = 4096;     // kept with their counts
constexpr std::size_t even_quantiles = 1024;  // of numbers that have more

bool is_measured(Kind kind) {
  return kind == Kind::integer || kind == Kind::floating || kind == Kind::decimal ||
         kind == Kind::duration;
}

class Draws final : public Operation {
 public:
  Draws(const Settings& learned, bool fill_nan) : fill_nan_(fill_nan) {
    if (is_set(learned, "numbers")) numbers_ = numbers_of(learned, "numbers");
    if (is_set(learned, "texts")) texts_ = std::get<std::vector<std::string>>(learned.at("texts"));
    if (is_set(learned, "integers")) {
      integers_ = std::get<std::vector<std::int64_t>>(learned.at("integers"));
    }
    double total = 0.0;
    for (const double count : numbers_of(learned, "counts")) {
      if (!(count > 0.0)) malformed("impute", "a count is not above 0");
      cumulative_.push_back(total += count);
    }
  }
  [[nodiscard]] bool fits(Storage storage) const noexcept {
    const std::size_t size = storage == Storage::text      ? texts_.size()
                             : storage == Storage::integer ? integers_.size()
                                                           : numbers_.size();
    return size != 0 && size == cumulative_.size();
  }

  void apply(Block& block, std::span<const Slot> in, std::span<const Slot> out,
             const RowContext& rows) const override {
    copy_cells(block, in[0], out[0]);
    std::uint8_t* valid = block.valid(out[0]);
    const bool number = out[0].storage == Storage::number;
    // A row's filling is the same in every epoch, and when serving.
    RowContext fixed = rows;
    fixed.epoch = 0;
    const Stream stream = stream_of(fixed);
    for (std::size_t i = 0; i < block.rows(); ++i) {
      const bool is_nan = number && block.numbers(out[0])[i] != block.numbers(out[0])[i];
      if (valid[i] != 0 && !(is_nan && fill_nan_)) continue;
      const std::size_t k = categorical(stream.with_row(rows.keys[i]), 0, cumulative_);
      if (number) {
        block.numbers(out[0])[i] = numbers_[k];
      } else if (out[0].storage == Storage::text) {
        block.texts(out[0])[i] = texts_[k];
      } else {
        block.integers(out[0])[i] = integers_[k];
      }
      valid[i] = 1;
    }
  }

 private:
  std::vector<double> numbers_;
  std::vector<std::int64_t> integers_;
  std::vector<std::string> texts_;
  std::vector<double> cumulative_;
  bool fill_nan_;
};

}  // namespace

Settings learn_draws(const FitInput& input) {
  const Type& type = input.fields[0].type;
  std::vector<double> counts;
  if (!is_measured(type.kind)) {
    std::vector<ValueCount> values = counts_in(input);
    if (values.size() > most_values) values.resize(most_values);
    values = by_value(std::move(values));
    for (const ValueCount& entry : values) counts.push_back(entry.count.value);
    Settings learned = learn_categories(values, input.fields[0]);
    learned["counts"] = std::move(counts);
    return learned;
  }
  const Spread spread = numbers_in(input).spread();
  std::vector<double> numbers;
  const auto exact = [](const Spread::Cell& cell) { return cell.lo == cell.hi; };
  if (spread.cells().size() <= most_values &&
      std::all_of(spread.cells().begin(), spread.cells().end(), exact)) {
    for (const Spread::Cell& cell : spread.cells()) {
      numbers.push_back(finite(cell.lo, input, "value"));
      counts.push_back(static_cast<double>(cell.count));
    }
  } else {
    for (std::size_t k = 0; k < even_quantiles; ++k) {
      const double q = (static_cast<double>(k) + 0.5) / static_cast<double>(even_quantiles);
      numbers.push_back(finite(spread.quantile(q), input, "quantile"));
      counts.push_back(1.0);
    }
  }
  if (storage_of(type.kind) == Storage::number) {
    return {{"numbers", std::move(numbers)}, {"counts", std::move(counts)}};
  }
  std::vector<std::int64_t> integers;
  for (const double x : numbers) integers.push_back(nearest_integer(x, type));
  return {{"integers", std::move(integers)}, {"counts", std::move(counts)}};
}

std::vector<Parameter> draw_parameters() {
  return {{.name = "numbers",
           .kind = SettingKind::numbers,
           .doc = "values to draw from, of a column of floats",
           .optional = true},
          {.name = "integers",
           .kind = SettingKind::integers,
           .doc = "values to draw from, of integers, bools and times",
           .optional = true},
          {.name = "texts",
           .kind = SettingKind::texts,
           .doc = "values to draw from, of texts",
           .optional = true},
          {.name = "counts",
           .kind = SettingKind::numbers,
           .doc = "how often each of them occurred",
           .optional = true}};
}

Prepared prepare_draws(std::span<const Field> inputs, const Settings& settings,
                       const Settings& learned) {
  Type type = inputs[0].type;
  if (storage_of(type.kind) == Storage::number) type = floating();
  if (!is_set(learned, "counts")) malformed("impute", "there are no learned counts");
  auto operation = std::make_shared<const Draws>(learned, flag_of(settings, "nan_is_missing"));
  if (!operation->fits(storage_of(type.kind))) {
    malformed("impute", "what was learned does not fit the type of '" + inputs[0].name + "'");
  }
  Prepared prepared = one_output(inputs, settings, std::move(type), std::move(operation));
  prepared.random = true;
  return prepared;
}

}  // namespace zeroskew::steps
