// Augmenting steps that replace cells: masks, swaps, other categories, moved times.

#include "transform/steps/categories.hpp"
#include "transform/steps/steps.hpp"
#include "zeroskew/random/choice.hpp"

namespace zeroskew::steps {
namespace {

Parameter share(double fallback) {
  return {.name = "p",
          .doc = "share of the rows on which the step acts",
          .fallback = fallback,
          .lo = 0.0,
          .hi = 1.0};
}

class Mask final : public Operation {
 public:
  void apply(Block& block, std::span<const Slot> in, std::span<const Slot> out,
             const RowContext& rows) const override {
    copy_cells(block, in[0], out[0]);
    if (!rows.active) return;
    std::uint8_t* valid = block.valid(out[0]);
    for (std::size_t i = 0; i < block.rows(); ++i) {
      if (rows.acts == nullptr || rows.acts[i] != 0) valid[i] = 0;
    }
  }
};

Prepared prepare_mask(std::span<const Field> inputs, const Settings& settings, const Settings&) {
  Type type = inputs[0].type;
  if (type.kind == Kind::decimal) type = floating();
  return one_output(inputs, settings, type, std::make_shared<const Mask>());
}

class Swap final : public Operation {
 public:
  void apply(Block& block, std::span<const Slot> in, std::span<const Slot> out,
             const RowContext& rows) const override {
    copy_cells(block, in[0], out[0]);
    copy_cells(block, in[1], out[1]);
    if (!rows.active) return;
    for (std::size_t i = 0; i < block.rows(); ++i) {
      if (rows.acts != nullptr && rows.acts[i] == 0) continue;
      std::swap(block.valid(out[0])[i], block.valid(out[1])[i]);
      if (out[0].storage == Storage::text) {
        std::swap(block.texts(out[0])[i], block.texts(out[1])[i]);
      } else {
        std::swap(block.integers(out[0])[i], block.integers(out[1])[i]);
      }
    }
  }
};

Prepared prepare_swap(std::span<const Field> inputs, const Settings&, const Settings&) {
  if (inputs.size() != 2 || inputs[0].type != inputs[1].type) {
    fail_value("transform.no_column", "swap_columns", "two columns of one type are swapped");
  }
  Prepared prepared;
  prepared.outputs.assign(inputs.begin(), inputs.end());
  for (Field& field : prepared.outputs) {
    if (field.type.kind == Kind::decimal) field.type = floating();
  }
  prepared.operation = std::make_shared<const Swap>();
  return prepared;
}

Settings fit_resample(const FitInput& input) {
  const std::vector<ValueCount> counts = by_value(counts_in(input));
  Settings learned = learn_categories(counts, input.fields[0]);
  std::vector<double> numbers;
  for (const ValueCount& entry : counts) numbers.push_back(entry.count.value);
  learned["counts"] = std::move(numbers);
  return learned;
}

class Resample final : public Operation {
 public:
  Resample(std::vector<std::string> texts, std::vector<std::int64_t> integers,
           std::vector<double> cumulative)
      : texts_(std::move(texts)),
        integers_(std::move(integers)),
        cumulative_(std::move(cumulative)) {}

  void apply(Block& block, std::span<const Slot> in, std::span<const Slot> out,
             const RowContext& rows) const override {
    copy_cells(block, in[0], out[0]);
    if (!rows.active) return;
    const std::uint8_t* valid = block.valid(out[0]);
    for_acting(rows, block.rows(), [&](std::size_t i, const Stream& stream) {
      if (valid[i] == 0) return;
      const std::size_t chosen = categorical(stream, 0, cumulative_);
      if (out[0].storage == Storage::text) {
        block.texts(out[0])[i] = texts_[chosen];
      } else {
        block.integers(out[0])[i] = integers_[chosen];
      }
    });
  }

 private:
  std::vector<std::string> texts_;
  std::vector<std::int64_t> integers_;
  std::vector<double> cumulative_;
};

Prepared prepare_resample(std::span<const Field> inputs, const Settings& settings,
                          const Settings& learned) {
  const CategoryIndex index(learned, inputs[0], "category_resample");
  std::vector<double> cumulative = numbers_of(learned, "counts");
  if (cumulative.size() != index.size() || cumulative.empty()) {
    malformed("category_resample", "categories and counts differ");
  }
  double total = 0.0;
  for (double& count : cumulative) {
    if (!(count > 0.0)) malformed("category_resample", "a count is not above 0");
    count = total += count;
  }
  std::vector<std::string> texts;
  std::vector<std::int64_t> integers;
  if (is_set(learned, "texts")) texts = std::get<std::vector<std::string>>(learned.at("texts"));
  if (is_set(learned, "integers")) {
    integers = std::get<std::vector<std::int64_t>>(learned.at("integers"));
  }
  return one_output(inputs, settings, inputs[0].type,
                    std::make_shared<const Resample>(std::move(texts), std::move(integers),
                                                     std::move(cumulative)));
}

std::int64_t units_per_second(TimeUnit unit) noexcept {
  switch (unit) {
    case TimeUnit::millisecond:
      return 1000;
    case TimeUnit::microsecond:
      return 1000000;
    case TimeUnit::nanosecond:
      return 1000000000;
    default:
      return 1;
  }
}

class Jitter final : public Operation {
 public:
  explicit Jitter(std::int64_t most) : most_(most) {}
  void apply(Block& block, std::span<const Slot> in, std::span<const Slot> out,
             const RowContext& rows) const override {
    copy_cells(block, in[0], out[0]);
    if (!rows.active) return;
    std::int64_t* x = block.integers(out[0]);
    for_acting(rows, block.rows(), [&](std::size_t i, const Stream& stream) {
      const auto steps = stream.below(0, static_cast<std::uint64_t>(2 * most_ + 1));
      const std::int64_t move = static_cast<std::int64_t>(steps) - most_;
      constexpr std::int64_t top = std::numeric_limits<std::int64_t>::max();
      constexpr std::int64_t bottom = std::numeric_limits<std::int64_t>::min();
      if (move > 0 && x[i] > top - move) {
        x[i] = top;
      } else if (move < 0 && x[i] < bottom - move) {
        x[i] = bottom;
      } else {
        x[i] += move;
      }
    });
  }

 private:
  std::int64_t most_;
};

Prepared prepare_jitter(std::span<const Field> inputs, const Settings& settings, const Settings&) {
  const Type& type = inputs[0].type;
  const double unit = static_cast<double>(units_per_second(type.unit));
  const double most = std::floor(number_of(settings, "seconds") * unit);
  if (most > 0x1p61) {
    fail_value("transform.bad_parameter", "timestamp_jitter",
               "seconds is " + detail::shortest(number_of(settings, "seconds")) +
                   "; in the column's unit it must be below 2^61");
  }
  return one_output(inputs, settings, type,
                    std::make_shared<const Jitter>(static_cast<std::int64_t>(most)));
}

}  // namespace

StepInfo mask_to_missing() {
  return {.name = "mask_to_missing",
          .doc = "Makes cells missing.",
          .role = StepRole::augmenting,
          .on_overflow = OnOverflow::none,
          .parameters = {share(0.1)},
          .one_output = true,
          .prepare = prepare_mask};
}

StepInfo swap_columns() {
  return {.name = "swap_columns",
          .doc = "Exchanges the cells of two columns of one type.",
          .role = StepRole::augmenting,
          .shape = StepShape::together,
          .on_overflow = OnOverflow::none,
          .parameters = {share(0.1)},
          .prepare = prepare_swap};
}

StepInfo category_resample() {
  std::vector<Parameter> learned = category_parameters();
  learned.push_back(
      {.name = "counts", .kind = SettingKind::numbers, .doc = "how often each category occurred"});
  return {.name = "category_resample",
          .doc = "Replaces a value by one drawn with the frequencies learned; missing cells stay.",
          .role = StepRole::augmenting,
          .accepts = category_kinds,
          .on_overflow = OnOverflow::none,
          .parameters = {share(0.1)},
          .learned = std::move(learned),
          .one_output = true,
          .fit = fit_resample,
          .prepare = prepare_resample};
}

StepInfo timestamp_jitter() {
  return {.name = "timestamp_jitter",
          .doc =
              "Moves times by a whole number of units, uniform in [-seconds, seconds]; held at "
              "the ends of the 64-bit range.",
          .role = StepRole::augmenting,
          .accepts = {Kind::timestamp, Kind::time, Kind::duration},
          .on_overflow = OnOverflow::bounded,
          .parameters = {{.name = "seconds", .doc = "largest move", .lo = 0.0}},
          .one_output = true,
          .prepare = prepare_jitter};
}

}  // namespace zeroskew::steps
