// Principal components, and which columns are worth keeping.

#include "transform/expression.hpp"
#include "transform/steps/inverse.hpp"
#include "transform/steps/joint.hpp"
#include "transform/steps/learned_steps.hpp"
#include "zeroskew/detail/math.hpp"

namespace zeroskew::steps {
namespace {

Settings fit_pca(const FitInput& input) {
  const Joint joint = joint_of(input);
  const std::size_t n = input.fields.size();
  const std::size_t wanted =
      is_set(input.settings, "components")
          ? static_cast<std::size_t>(integer_of(input.settings, "components"))
          : n;
  if (wanted > n) {
    fail_value("transform.bad_parameter", "pca",
               "components is " + std::to_string(wanted) + "; there are " + std::to_string(n) +
                   " columns");
  }
  const Spectrum eigen = spectrum_of(joint.covariance);
  std::vector<double> cells(eigen.vectors.cells.begin(),
                            eigen.vectors.cells.begin() + static_cast<std::ptrdiff_t>(wanted * n));
  return {{"means", joint.means},
          {"components", std::move(cells)},
          {"variances",
           std::vector<double>(eigen.values.begin(),
                               eigen.values.begin() + static_cast<std::ptrdiff_t>(wanted))}};
}

class Components final : public Operation {
 public:
  Components(std::vector<double> means, std::vector<double> cells, std::vector<double> scales)
      : means_(std::move(means)), cells_(std::move(cells)), scales_(std::move(scales)) {}

  void apply(Block& block, std::span<const Slot> in, std::span<const Slot> out,
             const RowContext&) const override {
    const std::size_t n = means_.size();
    for (std::size_t i = 0; i < block.rows(); ++i) {
      bool complete = true;
      for (const Slot slot : in) complete = complete && block.valid(slot)[i] != 0;
      for (std::size_t k = 0; k < out.size(); ++k) {
        double sum = 0.0;
        for (std::size_t c = 0; c < n && complete; ++c) {
          sum += (number_at(block, in[c], i) - means_[c]) * cells_[k * n + c];
        }
        block.numbers(out[k])[i] = complete ? sum / scales_[k] : 0.0;
        block.valid(out[k])[i] = complete;
      }
    }
  }

 private:
  std::vector<double> means_;
  std::vector<double> cells_;
  std::vector<double> scales_;
};

Prepared prepare_pca(std::span<const Field> inputs, const Settings& settings,
                     const Settings& learned) {
  const std::vector<double>& means = numbers_of(learned, "means");
  const std::vector<double>& cells = numbers_of(learned, "components");
  const std::vector<double>& variances = numbers_of(learned, "variances");
  if (means.size() != inputs.size() || cells.size() != means.size() * variances.size()) {
    malformed("pca", "means, components and variances do not fit the columns");
  }
  std::vector<double> scales;
  Prepared prepared;
  const std::string& name = text_of(settings, "name");
  for (std::size_t k = 0; k < variances.size(); ++k) {
    scales.push_back(flag_of(settings, "whiten") ? divisor(std::sqrt(variances[k])) : 1.0);
    prepared.outputs.push_back({name + std::to_string(k + 1), floating(), {}});
    for (const Field& field : inputs) {
      if (field.name == prepared.outputs.back().name) {
        fail_value("transform.name_taken", "pca",
                   "makes a column '" + field.name + "', which is one of its inputs");
      }
    }
  }
  prepared.operation = std::make_shared<const Components>(means, cells, std::move(scales));
  return prepared;
}

// means + scores times the vectors; exact but for rounding where no component was left out.
class FromComponents final : public Operation {
 public:
  FromComponents(std::vector<double> means, std::vector<double> cells, std::vector<double> scales,
                 std::vector<Type> types)
      : means_(std::move(means)),
        cells_(std::move(cells)),
        scales_(std::move(scales)),
        types_(std::move(types)) {}

  void apply(Block& block, std::span<const Slot> in, std::span<const Slot> out,
             const RowContext&) const override {
    const std::size_t n = means_.size();
    for (std::size_t i = 0; i < block.rows(); ++i) {
      bool complete = true;
      for (const Slot slot : in) complete = complete && block.valid(slot)[i] != 0;
      for (std::size_t c = 0; c < n; ++c) {
        double sum = means_[c];
        for (std::size_t k = 0; k < in.size(); ++k) {
          sum += block.numbers(in[k])[i] * scales_[k] * cells_[k * n + c];
        }
        const bool known = complete && (out[c].storage == Storage::number || sum == sum);
        block.valid(out[c])[i] = known;
        if (out[c].storage == Storage::number) {
          block.numbers(out[c])[i] = known ? sum : 0.0;
        } else {
          block.integers(out[c])[i] = known ? nearest_integer(sum, types_[c]) : 0;
        }
      }
    }
  }

 private:
  std::vector<double> means_;
  std::vector<double> cells_;
  std::vector<double> scales_;
  std::vector<Type> types_;
};

Prepared inverse_pca(std::span<const Field> inputs, const Settings& settings,
                     const Settings& learned) {
  std::vector<double> scales;
  for (const double variance : numbers_of(learned, "variances")) {
    scales.push_back(flag_of(settings, "whiten") ? divisor(std::sqrt(variance)) : 1.0);
  }
  Prepared prepared;
  std::vector<Type> types;
  for (const Field& field : inputs) {
    prepared.outputs.push_back({field.name, field.type, {}});
    if (field.type.kind == Kind::decimal) prepared.outputs.back().type = floating();
    types.push_back(prepared.outputs.back().type);
  }
  prepared.operation = std::make_shared<const FromComponents>(numbers_of(learned, "means"),
                                                              numbers_of(learned, "components"),
                                                              std::move(scales), std::move(types));
  return prepared;
}

// Columns whose values change too little, follow another column, or moved.
struct Kept {
  std::vector<bool> keep;
  std::vector<double> scores;
};

Kept by_variance(const FitInput& input, double threshold) {
  Kept kept;
  for (std::size_t c = 0; c < input.fields.size(); ++c) {
    const NumberStats* numbers = input.profile(c).numbers();
    const double variance = numbers != nullptr && numbers->any() ? numbers->variance() : 0.0;
    kept.scores.push_back(variance + 0.0);
    kept.keep.push_back(!(variance <= threshold));
  }
  return kept;
}

// The first of two columns that go together stays.
Kept by_correlation(const FitInput& input, double threshold) {
  const Joint joint = joint_of(input);
  const std::size_t n = input.fields.size();
  Kept kept{std::vector<bool>(n, true), std::vector<double>(n)};
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (!kept.keep[j]) continue;
      const double scale =
          std::sqrt(joint.covariance.at(i, i)) * std::sqrt(joint.covariance.at(j, j));
      const double r = scale > 0.0 ? std::fabs(joint.covariance.at(i, j)) / scale : 0.0;
      kept.scores[i] = std::max(kept.scores[i], r);
    }
    kept.keep[i] = !(kept.scores[i] > threshold);
  }
  return kept;
}

// Population stability between the rows where the formula holds and the others, over the first
// ones' deciles; shares below 1e-4 count as 1e-4.
Kept by_psi(const FitInput& input, double threshold) {
  if (!is_set(input.settings, "reference")) {
    fail_value("transform.bad_parameter", "select_features",
               "reference is none; psi compares the rows where that formula holds with the others");
  }
  constexpr std::size_t bins = 10;
  Kept kept;
  for (const Field& field : input.fields) {
    std::vector<std::string> names{field.name};
    for (const std::string& name : Formula::columns(text_of(input.settings, "reference"))) {
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
    std::vector<double> before;
    std::vector<double> after;
    input.blocks(names, [&](Block& block, std::span<const Slot> slots,
                            std::span<const Field> fields, const std::uint64_t*) {
      const Formula formula(text_of(input.settings, "reference"), fields);
      for (std::size_t i = 0; i < block.rows(); ++i) {
        const double x = number_at(block, slots[0], i);
        if (block.valid(slots[0])[i] == 0 || x != x) continue;
        (formula.holds(block, slots, i) ? before : after).push_back(x);
      }
    });
    if (before.empty() || after.empty()) {
      fail_value("transform.no_values", field.name,
                 "psi needs rows with values on both sides of the formula");
    }
    std::sort(before.begin(), before.end());
    std::vector<double> edges;
    for (std::size_t k = 1; k < bins; ++k) {
      const double edge = before[k * before.size() / bins];
      if (edges.empty() || edge > edges.back()) edges.push_back(edge);
    }
    const auto shares = [&](const std::vector<double>& values) {
      std::vector<std::uint64_t> counts(edges.size() + 1);
      for (const double x : values) {
        ++counts[static_cast<std::size_t>(std::upper_bound(edges.begin(), edges.end(), x) -
                                          edges.begin())];
      }
      std::vector<double> result;
      for (const std::uint64_t count : counts) {
        result.push_back(
            std::max(static_cast<double>(count) / static_cast<double>(values.size()), 1e-4));
      }
      return result;
    };
    const std::vector<double> p = shares(before);
    const std::vector<double> q = shares(after);
    double psi = 0.0;
    for (std::size_t k = 0; k < p.size(); ++k) {
      psi += (q[k] - p[k]) * detail::math::log(q[k] / p[k]);
    }
    kept.scores.push_back(psi);
    kept.keep.push_back(!(psi > threshold));
  }
  return kept;
}

Settings fit_selection(const FitInput& input) {
  const std::string& method = text_of(input.settings, "method");
  const double threshold = is_set(input.settings, "threshold")
                               ? number_of(input.settings, "threshold")
                               : (method == "variance" ? 0.0 : (method == "psi" ? 0.25 : 0.95));
  const Kept kept = method == "variance"      ? by_variance(input, threshold)
                    : method == "correlation" ? by_correlation(input, threshold)
                                              : by_psi(input, threshold);
  std::vector<std::string> names;
  std::vector<double> scores;
  for (std::size_t c = 0; c < kept.keep.size(); ++c) {
    if (kept.keep[c]) names.push_back(input.fields[c].name);
    scores.push_back(finite(kept.scores[c], input, method.c_str()));
  }
  return {{"kept", std::move(names)}, {"scores", std::move(scores)}};
}

class Keep final : public Operation {
 public:
  explicit Keep(std::vector<std::size_t> from) : from_(std::move(from)) {}
  void apply(Block& block, std::span<const Slot> in, std::span<const Slot> out,
             const RowContext&) const override {
    for (std::size_t k = 0; k < out.size(); ++k) copy_cells(block, in[from_[k]], out[k]);
  }

 private:
  std::vector<std::size_t> from_;
};

Prepared prepare_selection(std::span<const Field> inputs, const Settings&,
                           const Settings& learned) {
  Prepared prepared;
  std::vector<std::size_t> from;
  for (const std::string& name : std::get<std::vector<std::string>>(learned.at("kept"))) {
    std::size_t at = 0;
    while (at < inputs.size() && inputs[at].name != name) ++at;
    if (at == inputs.size()) malformed("select_features", "'" + name + "' is none of its columns");
    prepared.outputs.push_back({name, inputs[at].type, {}});
    if (inputs[at].type.kind == Kind::decimal) prepared.outputs.back().type = floating();
    from.push_back(at);
  }
  prepared.operation = std::make_shared<const Keep>(std::move(from));
  return prepared;
}

}  // namespace

StepInfo pca() {
  return {
      .name = "pca",
      .doc =
          "Principal components of columns of numbers, the largest variance first, each "
          "vector's largest entry positive; scikit-learn's PCA up to that sign, with the "
          "population's variances. A row with a missing cell has missing components.",
      .role = StepRole::fitted,
      .shape = StepShape::together,
      .accepts = number_kinds,
      .parameters = {{.name = "components",
                      .kind = SettingKind::integer,
                      .doc = "how many; none: as many as columns",
                      .optional = true,
                      .lo = 1},
                     {.name = "whiten",
                      .kind = SettingKind::boolean,
                      .doc = "divide each by its standard deviation",
                      .fallback = false},
                     {.name = "name",
                      .kind = SettingKind::text,
                      .doc = "the new columns are <name>1, <name>2, ...",
                      .fallback = "pc"}},
      .learned = {{.name = "means", .kind = SettingKind::numbers, .doc = "of the columns"},
                  {.name = "components",
                   .kind = SettingKind::numbers,
                   .doc = "the vectors, one behind the other"},
                  {.name = "variances", .kind = SettingKind::numbers, .doc = "of the components"}},
      .needs_rows = true,
      .fit = fit_pca,
      .prepare = prepare_pca,
      .inverse = inverse_pca};
}

StepInfo select_features() {
  return {.name = "select_features",
          .doc =
              "Keeps the columns that vary (variance above the threshold), that do not follow an "
              "earlier one (largest correlation at most the threshold), or that did not move "
              "(population stability index at most the threshold); removes the others.",
          .role = StepRole::fitted,
          .shape = StepShape::together,
          .accepts = number_kinds,
          .on_overflow = OnOverflow::none,
          .parameters = {{.name = "method",
                          .kind = SettingKind::choice,
                          .doc = "what is measured",
                          .fallback = "variance",
                          .choices = {"variance", "correlation", "psi"}},
                         {.name = "threshold",
                          .doc = "none: 0 for variance, 0.95 for correlation, 0.25 for psi",
                          .optional = true,
                          .lo = 0.0},
                         {.name = "reference",
                          .kind = SettingKind::text,
                          .doc = "a formula for psi: rows where it holds against the others",
                          .optional = true}},
          .learned = {{.name = "kept", .kind = SettingKind::texts, .doc = "names of the columns"},
                      {.name = "scores",
                       .kind = SettingKind::numbers,
                       .doc = "what was measured of each column"}},
          .fit = fit_selection,
          .prepare = prepare_selection};
}

}  // namespace zeroskew::steps
