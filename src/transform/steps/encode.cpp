// Steps that turn categories into numbers: ordinal, vocabulary, hashing, counts.

#include <map>

#include "transform/steps/inverse.hpp"
#include "transform/steps/steps.hpp"
#include "zeroskew/detail/math.hpp"

namespace zeroskew::steps {
namespace {

// A number for each category, and a rule for the others.
class Encode final : public Operation {
 public:
  enum class Unknown { value, missing, error, buckets };

  Encode(CategoryIndex index, Unknown unknown, std::int64_t fallback, std::string column)
      : index_(std::move(index)),
        unknown_(unknown),
        fallback_(fallback),
        column_(std::move(column)) {}

  void apply(Block& block, std::span<const Slot> in, std::span<const Slot> out,
             const RowContext&) const override {
    std::int64_t* y = block.integers(out[0]);
    std::uint8_t* valid = block.valid(out[0]);
    index_.for_each(block, in[0], [&](std::size_t row, std::int64_t category) {
      std::uint8_t present = 1;
      std::int64_t code = category;
      if (category == missing_category) {
        present = 0;
      } else if (category == unknown_category) {
        switch (unknown_) {
          case Unknown::value:
            code = fallback_;
            break;
          case Unknown::missing:
            present = 0;
            break;
          case Unknown::error:
            fail_unknown(block, in[0], row, column_);
          case Unknown::buckets:
            code = static_cast<std::int64_t>(index_.size() +
                                             cell_hash(block, in[0], row) %
                                                 static_cast<std::uint64_t>(fallback_));
            break;
        }
      }
      y[row] = code;
      valid[row] = present;
    });
  }

 private:
  CategoryIndex index_;
  Unknown unknown_;
  std::int64_t fallback_;
  std::string column_;
};

Settings fit_ordinal(const FitInput& input) {
  return learn_categories(by_value(counts_in(input)), input.fields[0]);
}

Prepared prepare_ordinal(std::span<const Field> inputs, const Settings& settings,
                         const Settings& learned) {
  const std::string& word = text_of(settings, "unknown");
  const auto unknown = word == "value"     ? Encode::Unknown::value
                       : word == "missing" ? Encode::Unknown::missing
                                           : Encode::Unknown::error;
  return one_output(
      inputs, settings, integer(),
      std::make_shared<const Encode>(CategoryIndex(learned, inputs[0], "ordinal"), unknown,
                                     integer_of(settings, "unknown_value"), inputs[0].name));
}

Prepared inverse_encode(std::span<const Field> inputs, const Settings&, const Settings& learned) {
  return category_inverse(inputs, learned);
}

// How much a value says of the labels, in bits: the mutual information of "is this value" and the
// label, over the rows that have both. Values keep their counts; the most telling come first.
std::vector<ValueCount> by_information(const FitInput& input, std::vector<ValueCount> counts) {
  std::map<Value, std::map<Value, std::uint64_t>> joint;
  std::map<Value, std::uint64_t> labels;
  std::uint64_t rows = 0;
  const auto value_of = [](Block& block, Slot slot, Kind kind, std::size_t i) -> Value {
    if (slot.storage == Storage::text) return std::string(block.texts(slot)[i]);
    if (slot.storage == Storage::number) return block.numbers(slot)[i];
    const std::int64_t x = block.integers(slot)[i];
    if (kind == Kind::boolean) return x != 0;
    if (slot.is_unsigned) return static_cast<std::uint64_t>(x);
    return x;
  };
  input.blocks({input.fields[0].name, text_of(input.settings, "labels")},
               [&](Block& block, std::span<const Slot> slots, std::span<const Field> fields,
                   const std::uint64_t*) {
                 for (std::size_t i = 0; i < block.rows(); ++i) {
                   if (block.valid(slots[0])[i] == 0 || block.valid(slots[1])[i] == 0) continue;
                   const Value label = value_of(block, slots[1], fields[1].type.kind, i);
                   ++joint[value_of(block, slots[0], fields[0].type.kind, i)][label];
                   ++labels[label];
                   ++rows;
                 }
               });
  const auto n = static_cast<double>(rows);
  std::vector<std::pair<double, ValueCount>> order;
  for (ValueCount& entry : counts) {
    const auto found = joint.find(entry.value);
    double with = 0.0;
    double bits = 0.0;
    if (found != joint.end()) {
      for (const auto& [label, count] : found->second) with += static_cast<double>(count);
      for (const auto& [label, total] : labels) {
        const auto here = found->second.find(label);
        const double both = here == found->second.end() ? 0.0 : static_cast<double>(here->second);
        const auto all = static_cast<double>(total);
        const auto part = [&](double cell, double row) {
          return cell > 0.0 ? cell / n * detail::math::log2(cell * n / (row * all)) : 0.0;
        };
        bits += part(both, with) + part(all - both, n - with);
      }
    }
    order.emplace_back(bits, std::move(entry));
  }
  std::stable_sort(order.begin(), order.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  counts.clear();
  for (auto& [bits, entry] : order) counts.push_back(std::move(entry));
  return counts;
}

Settings fit_vocabulary(const FitInput& input) {
  std::vector<ValueCount> counts = counts_in(input);
  if (is_set(input.settings, "labels")) counts = by_information(input, std::move(counts));
  const auto least = static_cast<double>(integer_of(input.settings, "frequency_threshold"));
  std::erase_if(counts, [&](const ValueCount& entry) { return entry.count.value < least; });
  if (is_set(input.settings, "top_k")) {
    const auto k = static_cast<std::size_t>(integer_of(input.settings, "top_k"));
    if (counts.size() > k) counts.resize(k);
  }
  return learn_categories(counts, input.fields[0]);
}

Prepared prepare_vocabulary(std::span<const Field> inputs, const Settings& settings,
                            const Settings& learned) {
  const std::int64_t buckets = integer_of(settings, "num_oov_buckets");
  return one_output(
      inputs, settings, integer(),
      std::make_shared<const Encode>(
          CategoryIndex(learned, inputs[0], "vocabulary"),
          buckets > 0 ? Encode::Unknown::buckets : Encode::Unknown::value,
          buckets > 0 ? buckets : integer_of(settings, "default_value"), inputs[0].name));
}

class HashBucket final : public Operation {
 public:
  HashBucket(std::uint64_t buckets, std::uint64_t salt) : buckets_(buckets), salt_(salt) {}
  void apply(Block& block, std::span<const Slot> in, std::span<const Slot> out,
             const RowContext&) const override {
    const std::uint8_t* valid = block.valid(in[0]);
    for (std::size_t i = 0; i < block.rows(); ++i) {
      const bool present = valid[i] != 0;
      const std::uint64_t hash = present ? detail::mix(cell_hash(block, in[0], i) ^ salt_) : 0;
      block.integers(out[0])[i] = static_cast<std::int64_t>(hash % buckets_);
      block.valid(out[0])[i] = present;
    }
  }

 private:
  std::uint64_t buckets_;
  std::uint64_t salt_;
};

Prepared prepare_hash(std::span<const Field> inputs, const Settings& settings, const Settings&) {
  const auto buckets = static_cast<std::uint64_t>(integer_of(settings, "buckets"));
  const auto salt = static_cast<std::uint64_t>(integer_of(settings, "salt"));
  return one_output(inputs, settings, integer(),
                    std::make_shared<const HashBucket>(buckets, salt == 0 ? 0 : detail::mix(salt)));
}

Settings fit_counts(const FitInput& input) {
  const std::vector<ValueCount> counts = by_value(counts_in(input));
  double total = 0.0;
  for (const ValueCount& entry : counts) total += entry.count.value;
  const bool share = flag_of(input.settings, "normalize");
  std::vector<double> numbers;
  for (const ValueCount& entry : counts) {
    numbers.push_back(share ? entry.count.value / total : entry.count.value);
  }
  Settings learned = learn_categories(counts, input.fields[0]);
  learned["counts"] = std::move(numbers);
  return learned;
}

class CountEncode final : public Operation {
 public:
  CountEncode(CategoryIndex index, std::vector<double> counts)
      : index_(std::move(index)), counts_(std::move(counts)) {}
  void apply(Block& block, std::span<const Slot> in, std::span<const Slot> out,
             const RowContext&) const override {
    double* y = block.numbers(out[0]);
    std::uint8_t* valid = block.valid(out[0]);
    index_.for_each(block, in[0], [&](std::size_t row, std::int64_t category) {
      y[row] = category >= 0 ? counts_[static_cast<std::size_t>(category)] : 0.0;
      valid[row] = category != missing_category;
    });
  }

 private:
  CategoryIndex index_;
  std::vector<double> counts_;
};

Prepared prepare_counts(std::span<const Field> inputs, const Settings& settings,
                        const Settings& learned) {
  CategoryIndex index(learned, inputs[0], "count_encode");
  const std::vector<double>& counts = numbers_of(learned, "counts");
  if (counts.size() != index.size()) malformed("count_encode", "categories and counts differ");
  return one_output(inputs, settings, floating(),
                    std::make_shared<const CountEncode>(std::move(index), counts));
}

}  // namespace

StepInfo ordinal() {
  return {.name = "ordinal",
          .doc =
              "The position of a value among those seen when fitting, in their order: "
              "scikit-learn's OrdinalEncoder. Missing stays missing.",
          .role = StepRole::fitted,
          .accepts = category_kinds,
          .on_unknown = OnUnknown::one_value,
          .on_overflow = OnOverflow::none,
          .parameters = {{.name = "unknown",
                          .kind = SettingKind::choice,
                          .doc = "a value not seen when fitting: unknown_value, a missing cell, or "
                                 "an error",
                          .fallback = "value",
                          .choices = {"value", "missing", "error"}},
                         {.name = "unknown_value",
                          .kind = SettingKind::integer,
                          .doc = "what an unknown value becomes",
                          .fallback = std::int64_t{-1}}},
          .learned = category_parameters(),
          .one_output = true,
          .fit = fit_ordinal,
          .prepare = prepare_ordinal,
          .inverse = inverse_encode};
}

StepInfo vocabulary() {
  return {.name = "vocabulary",
          .doc =
              "The rank of a value by frequency, the most frequent 0, the larger value first "
              "among equals: tf.transform's compute_and_apply_vocabulary.",
          .role = StepRole::fitted,
          .accepts = category_kinds,
          .on_unknown = OnUnknown::one_value,
          .on_overflow = OnOverflow::none,
          .parameters = {{.name = "top_k",
                          .kind = SettingKind::integer,
                          .doc = "keep the k most frequent values",
                          .optional = true,
                          .lo = 1},
                         {.name = "frequency_threshold",
                          .kind = SettingKind::integer,
                          .doc = "keep values that occur at least so often",
                          .fallback = std::int64_t{1},
                          .lo = 1},
                         {.name = "num_oov_buckets",
                          .kind = SettingKind::integer,
                          .doc = "values out of the vocabulary are hashed into so many numbers "
                                 "after it",
                          .fallback = std::int64_t{0},
                          .lo = 0,
                          .hi = 1e9},
                         {.name = "default_value",
                          .kind = SettingKind::integer,
                          .doc = "what they become without such buckets",
                          .fallback = std::int64_t{-1}},
                         {.name = "labels",
                          .kind = SettingKind::text,
                          .doc = "a column of labels: values rank by their mutual information with "
                                 "it instead of by frequency",
                          .optional = true}},
          .learned = category_parameters(),
          .one_output = true,
          .fit = fit_vocabulary,
          .prepare = prepare_vocabulary,
          .inverse = inverse_encode};
}

StepInfo hash_bucket() {
  return {.name = "hash_bucket",
          .doc =
              "A stable 64-bit hash of the value, salted, modulo the number of buckets. Nothing "
              "is learned; different values may share a bucket.",
          .accepts = category_kinds,
          .on_overflow = OnOverflow::none,
          .parameters = {{.name = "buckets",
                          .kind = SettingKind::integer,
                          .doc = "number of buckets",
                          .lo = 1,
                          .hi = 0x1p53},
                         {.name = "salt",
                          .kind = SettingKind::integer,
                          .doc = "another salt, another hash",
                          .fallback = std::int64_t{0}}},
          .one_output = true,
          .prepare = prepare_hash};
}

StepInfo count_encode() {
  std::vector<Parameter> learned = category_parameters();
  learned.push_back(
      {.name = "counts", .kind = SettingKind::numbers, .doc = "how often each category occurred"});
  return {.name = "count_encode",
          .doc = "How often a value occurred when fitting; 0 for others.",
          .role = StepRole::fitted,
          .accepts = category_kinds,
          .on_unknown = OnUnknown::one_value,
          .on_overflow = OnOverflow::none,
          .parameters = {{.name = "normalize",
                          .kind = SettingKind::boolean,
                          .doc = "the share of the values instead of their number",
                          .fallback = false}},
          .learned = std::move(learned),
          .one_output = true,
          .fit = fit_counts,
          .prepare = prepare_counts};
}

}  // namespace zeroskew::steps
