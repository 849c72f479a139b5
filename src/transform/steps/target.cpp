// Categories as what is known of a target: mean and weight of evidence, out of fold in training.

#include <map>

#include "transform/steps/categories.hpp"
#include "transform/steps/learned_steps.hpp"
#include "zeroskew/detail/math.hpp"
#include "zeroskew/stats/moments.hpp"

namespace zeroskew::steps {
namespace {

// The fold of a row: of its key alone, so that the same row is in the same fold everywhere.
std::size_t fold_of(std::uint64_t key, std::size_t folds) noexcept {
  return static_cast<std::size_t>(detail::mix(key ^ 0x9d39247e33776d41u) % folds);
}

using Groups = std::vector<Moments>;  // the targets of each fold
struct Targets {
  std::map<Value, Groups> categories;
  Groups all;
};

Value category_at(Block& block, Slot slot, Kind kind, std::size_t row) {
  if (slot.storage == Storage::text) return std::string(block.texts(slot)[row]);
  const std::int64_t x = block.integers(slot)[row];
  if (kind == Kind::boolean) return x != 0;
  if (slot.is_unsigned) return static_cast<std::uint64_t>(x);
  return x;
}

// A target as a number; rows without one teach nothing.
bool target_at(Block& block, Slot slot, std::size_t row, double& y) {
  if (block.valid(slot)[row] == 0) return false;
  y = slot.storage == Storage::number ? block.numbers(slot)[row]
      : slot.is_unsigned
          ? static_cast<double>(static_cast<std::uint64_t>(block.integers(slot)[row]))
          : static_cast<double>(block.integers(slot)[row]);
  return y - y == 0.0;
}

Targets targets_in(const FitInput& input, std::size_t folds, bool binary) {
  const std::string& target = text_of(input.settings, "target");
  Targets found;
  found.all.resize(folds);
  input.blocks({input.fields[0].name, target}, [&](Block& block, std::span<const Slot> slots,
                                                   std::span<const Field> fields,
                                                   const std::uint64_t* keys) {
    if (slots[1].storage == Storage::text) {
      fail_type("transform.wrong_type", target, "the target is a text; it must be a number");
    }
    for (std::size_t i = 0; i < block.rows(); ++i) {
      double y = 0.0;
      if (!target_at(block, slots[1], i, y)) continue;
      if (binary && y != 0.0 && y != 1.0) {
        fail_value("transform.not_binary", target,
                   "the target is 0 or 1 (or a bool), and one is " + detail::shortest(y));
      }
      const std::size_t fold = fold_of(keys[i], folds);
      found.all[fold].add(y);
      if (block.valid(slots[0])[i] == 0) continue;
      Groups& groups = found.categories[category_at(block, slots[0], fields[0].type.kind, i)];
      groups.resize(folds);
      groups[fold].add(y);
    }
  });
  return found;
}

// All folds but one; `without` = folds: all of them.
Moments joined(const Groups& groups, std::size_t without) {
  Moments all;
  for (std::size_t f = 0; f < groups.size(); ++f) {
    if (f != without) all += groups[f];
  }
  return all;
}

// Encodings of all categories, first from all rows, then without each fold; priors likewise.
template <class Encoding>
Settings learn(const FitInput& input, bool binary, const Encoding& encoding) {
  const auto folds = static_cast<std::size_t>(integer_of(input.settings, "folds"));
  const Targets found = targets_in(input, folds, binary);
  if (found.categories.empty()) {
    fail_value("transform.no_values", input.fields[0].name,
               "there is no row with a value and a target to learn from");
  }
  std::vector<ValueCount> categories;
  for (const auto& [value, groups] : found.categories) categories.push_back({value, {}});
  Settings learned = learn_categories(categories, input.fields[0]);
  std::vector<double> encodings;
  std::vector<double> priors;
  for (std::size_t f = 0; f <= folds; ++f) {
    const std::size_t without = f == 0 ? folds : f - 1;
    const Moments all = joined(found.all, without);
    const double prior = encoding(Moments(), all);
    priors.push_back(finite(prior, input, "target's mean"));
    for (const auto& [value, groups] : found.categories) {
      const Moments own = joined(groups, without);
      encodings.push_back(finite(own.count() == 0 ? prior : encoding(own, all), input,
                                 "target's mean by category"));
    }
  }
  learned["encodings"] = std::move(encodings);
  learned["priors"] = std::move(priors);
  return learned;
}

// Means shrink towards the mean of all: by the ratio of variances, as scikit-learn's TargetEncoder
// (Micci-Barreca 2001), or as if `smoothing` more rows had that mean.
Settings fit_target(const FitInput& input) {
  const bool given = is_set(input.settings, "smoothing");
  const double smoothing = given ? number_of(input.settings, "smoothing") : 0.0;
  return learn(input, false, [&](const Moments& own, const Moments& all) {
    const double mean = all.count() == 0 ? 0.0 : all.mean();
    if (own.count() == 0) return mean;
    const auto n = static_cast<double>(own.count());
    if (given) return (own.sum() + smoothing * mean) / (n + smoothing);
    const double spread = all.variance() * n;
    const double weight = spread / (spread + own.variance());
    // all of one value: what to shrink to and what to shrink are the same
    return weight == weight ? weight * own.mean() + (1.0 - weight) * mean : own.mean();
  });
}

// log of (share of the ones / share of the zeros), each count lifted by `regularization`.
Settings fit_woe(const FitInput& input) {
  const double lift = number_of(input.settings, "regularization");
  return learn(input, true, [&](const Moments& own, const Moments& all) {
    if (own.count() == 0) return 0.0;
    const double ones = own.sum();
    const double zeros = static_cast<double>(own.count()) - ones;
    const double all_ones = all.sum();
    const double all_zeros = static_cast<double>(all.count()) - all_ones;
    return detail::math::log(((ones + lift) / (all_ones + 2.0 * lift)) /
                             ((zeros + lift) / (all_zeros + 2.0 * lift)));
  });
}

class Encode final : public Operation {
 public:
  Encode(CategoryIndex index, std::vector<double> encodings, std::vector<double> priors)
      : index_(std::move(index)), encodings_(std::move(encodings)), priors_(std::move(priors)) {}

  void apply(Block& block, std::span<const Slot> in, std::span<const Slot> out,
             const RowContext& rows) const override {
    double* y = block.numbers(out[0]);
    std::uint8_t* valid = block.valid(out[0]);
    const std::size_t folds = priors_.size() - 1;
    index_.for_each(block, in[0], [&](std::size_t row, std::int64_t category) {
      const std::size_t set = rows.training ? 1 + fold_of(rows.keys[row], folds) : 0;
      y[row] = category >= 0 ? encodings_[set * index_.size() + static_cast<std::size_t>(category)]
                             : priors_[set];
      valid[row] = 1;
    });
  }

 private:
  CategoryIndex index_;
  std::vector<double> encodings_;
  std::vector<double> priors_;
};

Prepared prepare_target(std::span<const Field> inputs, const Settings& settings,
                        const Settings& learned) {
  CategoryIndex index(learned, inputs[0], "target_encode");
  const std::vector<double>& encodings = numbers_of(learned, "encodings");
  const std::vector<double>& priors = numbers_of(learned, "priors");
  if (priors.size() < 2 || encodings.size() != priors.size() * index.size()) {
    malformed("target_encode", "categories, folds and encodings differ");
  }
  return one_output(inputs, settings, floating(),
                    std::make_shared<const Encode>(std::move(index), encodings, priors));
}

StepInfo info_of(std::string name, std::string doc, Parameter own) {
  std::vector<Parameter> learned = category_parameters();
  learned.push_back({.name = "encodings",
                     .kind = SettingKind::numbers,
                     .doc = "of each category: from all rows, then without each fold"});
  learned.push_back(
      {.name = "priors", .kind = SettingKind::numbers, .doc = "of other values, likewise"});
  return {.name = std::move(name),
          .doc = std::move(doc),
          .role = StepRole::fitted,
          .accepts = category_kinds,
          .on_unknown = OnUnknown::one_value,
          .on_overflow = OnOverflow::none,
          .parameters = {{.name = "target",
                          .kind = SettingKind::text,
                          .doc = "the column to learn of; it is needed when fitting only"},
                         std::move(own),
                         {.name = "folds",
                          .kind = SettingKind::integer,
                          .doc = "in training, rows are in so many folds by their keys",
                          .fallback = std::int64_t{5},
                          .lo = 2,
                          .hi = 1000}},
          .learned = std::move(learned),
          .one_output = true,
          .needs_rows = true,
          .prepare = prepare_target};
}

}  // namespace

StepInfo target_encode() {
  StepInfo info = info_of(
      "target_encode",
      "The mean of a target among the rows with the value, drawn towards the mean of all; other "
      "and missing values have the mean of all. Where training=True a row's encoding is learned "
      "from the other folds, so that its own target does not leak: fit and transform with the "
      "same keys.",
      {.name = "smoothing",
       .doc = "so many rows with the mean of all are added; none: by the ratio of variances, as "
              "scikit-learn's TargetEncoder does",
       .optional = true,
       .lo = 0.0});
  info.fit = fit_target;
  return info;
}

StepInfo woe_encode() {
  StepInfo info = info_of(
      "woe_encode",
      "The weight of evidence of a target of zeros and ones: the logarithm of the value's share "
      "of the ones over its share of the zeros; 0 for other and missing values. Where "
      "training=True a row's is learned from the other folds.",
      {.name = "regularization",
       .doc = "added to each count, so that no logarithm is infinite",
       .fallback = 0.5,
       .lo = 0.0,
       .lo_open = true});
  info.fit = fit_woe;
  return info;
}

}  // namespace zeroskew::steps
