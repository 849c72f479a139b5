#pragma once
/// Did the data move, where, and by how much: one verdict a column, and one for all of them.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "zeroskew/drift/correction.hpp"
#include "zeroskew/drift/distribution.hpp"
#include "zeroskew/drift/interaction.hpp"
#include "zeroskew/drift/result.hpp"
#include "zeroskew/stats/profile.hpp"

namespace zeroskew {

/// What counts as drift in a column.
struct CompareRule {
  /// The test of the values; "" chooses by type: chi-square for labels and for numbers of few
  /// values, Kolmogorov-Smirnov for continuous numbers, Anderson-Darling given the ties otherwise.
  std::string test;
  /// The smallest effect that matters: a share of the rows, from 0 to 1. A million rows tell apart
  /// what nobody would call drift.
  double min_effect = 0.02;
  /// Distances measured beside the test, by registry name.
  std::vector<std::string> distances = {"linf", "total_variation", "js_divergence", "psi",
                                        "wasserstein"};

  [[nodiscard]] bool operator==(const CompareRule&) const = default;
};

struct CompareOptions {
  double alpha = 0.05;  ///< of a column, or of all of them by `correction`
  Correction correction = Correction::benjamini_hochberg;
  CompareRule rule;                          ///< of columns without one of their own
  std::map<std::string, CompareRule> rules;  ///< by column
  /// The smallest change that matters in how two columns go together: of a correlation, or a share
  /// of the rows.
  double pair_effect = 0.05;
  /// Whether distances, contributors and new categories are filled in. They take most of the time;
  /// `compare_details` gives them for one column later.
  bool details = true;
  unsigned threads = 0;  ///< 0: as many as the machine has. The result does not depend on it.
};

/// What is behind a verdict.
struct ColumnDetails {
  std::vector<MeasureResult> distances;     ///< as the rule asks
  std::vector<Contributor> contributors;    ///< the largest changes first, ten at the most
  std::vector<Contributor> new_categories;  ///< labels that the reference does not have
};

struct ColumnDrift {
  std::string name;
  bool drifted = false;
  std::string verdict;  ///< "drifted", "stable" or "cannot compare"
  std::string reason;   ///< in words: what moved and by how much, or why nothing can be said
  /// Did it move: of the test of the values and the test of the missing rate together (Bonferroni
  /// of the two). Nothing where the column cannot be compared.
  std::optional<double> pvalue;
  std::optional<double> adjusted_pvalue;  ///< after the correction for many columns
  /// How much: the largest of the change in missing rate and the distance of the values (total
  /// variation of labels, the largest gap of the distribution functions of numbers).
  double effect = 0.0;
  std::vector<MeasureResult> tests;  ///< of the values, of the missing rate
  ColumnDetails details;             ///< empty unless asked for
};

struct Drift {
  bool drifted = false;  ///< some column or pair drifted
  double alpha = 0.05;
  Correction correction = Correction::benjamini_hochberg;
  std::vector<ColumnDrift> columns;  ///< in the reference's order, then the current side's new ones
  std::vector<PairDrift> pairs;      ///< those that both profiles have statistics of

  /// @throws Error drift.unknown_column
  [[nodiscard]] const ColumnDrift& column(std::string_view name) const;
};

/// A column of one side, wherever its distribution comes from.
struct ColumnDistribution {
  std::string name;
  std::string type;       ///< columns of different types cannot be compared,
  bool numeric = false;   ///< unless both are numeric
  bool has_cells = true;  ///< false: nothing but nulls, so that the type is not known
  Distribution values;
};

/// Compares two profiles column by column. Calibrated: without drift a column has drifted with
/// chance `alpha` at the most, whatever its kind, and so have all together (as `correction` says),
/// pairs of columns among them where both profiles have pairs.
/// @throws Error drift.bad_rule (a rule for no column, alpha or an effect out of range),
/// drift.unknown_measure
[[nodiscard]] Drift compare(const Profile& reference, const Profile& current,
                            const CompareOptions& options = {});
[[nodiscard]] Drift compare(const std::vector<ColumnDistribution>& reference,
                            const std::vector<ColumnDistribution>& current,
                            const CompareOptions& options = {});

/// Distances and contributors of one column. Empty where the two cannot be compared.
/// @throws Error drift.unknown_measure
[[nodiscard]] ColumnDetails compare_details(const ColumnProfile& reference,
                                            const ColumnProfile& current,
                                            const CompareRule& rule = {});

}  // namespace zeroskew
