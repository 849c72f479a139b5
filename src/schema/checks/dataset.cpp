// How many examples there are, and how many there were.

#include "schema/checks/check.hpp"
#include "schema/checks/numbers.hpp"
#include "zeroskew/detail/format.hpp"

namespace zeroskew::detail {
namespace {

class DatasetCheck {
 public:
  DatasetCheck(Run& run, double examples)
      : run_(run), examples_(examples), constraints_(*run.schema.dataset_constraints) {}

  void check_count() {
    const auto& min = constraints_.min_examples_count;
    const auto& max = constraints_.max_examples_count;
    if (min && examples_ < static_cast<double>(*min)) {
      report(AnomalyType::dataset_low_num_examples, "Too few examples",
             "Expected at least " + std::to_string(*min) + " examples, found " +
                 count_text(examples_) + ".",
             [&] { constraints_.min_examples_count = whole_number(examples_); });
    }
    if (max && examples_ > static_cast<double>(*max)) {
      report(AnomalyType::dataset_high_num_examples, "Too many examples",
             "Expected at most " + std::to_string(*max) + " examples, found " +
                 count_text(examples_) + ".",
             [&] { constraints_.max_examples_count = whole_number(examples_); });
    }
  }

  void compare(std::optional<NumericValueComparator> DatasetConstraints::* member,
               const DatasetStatistics* control, const std::string& name) {
    auto& bounds = constraints_.*member;
    if (!bounds || control == nullptr) return;
    const double before = control->num_examples();
    if (before == 0.0) {
      if (!bounds->max_fraction_threshold) return;
      report(AnomalyType::comparator_high_num_examples, "Nothing to compare the size with",
             "The " + name + " has no examples, so that no ratio is within the threshold " +
                 shortest(*bounds->max_fraction_threshold) + ".",
             [&] { bounds->max_fraction_threshold.reset(); });
      return;
    }
    const double ratio = examples_ / before;
    const std::string found = "there are " + shortest(ratio) + " times as many examples (" +
                              count_text(examples_) + ") as in the " + name + " (" +
                              count_text(before) + ").";
    if (bounds->max_fraction_threshold && ratio > *bounds->max_fraction_threshold) {
      report(AnomalyType::comparator_high_num_examples, "Many more examples than before",
             "Expected a ratio of at most " + shortest(*bounds->max_fraction_threshold) + ", but " +
                 found,
             [&] { bounds->max_fraction_threshold = ratio; });
    }
    if (bounds->min_fraction_threshold && ratio < *bounds->min_fraction_threshold) {
      report(AnomalyType::comparator_low_num_examples, "Many fewer examples than before",
             "Expected a ratio of at least " + shortest(*bounds->min_fraction_threshold) +
                 ", but " + found,
             [&] { bounds->min_fraction_threshold = ratio; });
    }
  }

 private:
  void report(AnomalyType type, std::string summary, std::string message, auto repair) {
    const DatasetConstraints before = constraints_;
    repair();
    run_.report(Path(), type, std::move(summary), std::move(message),
                fix_between(before, constraints_));
  }

  Run& run_;
  double examples_;
  DatasetConstraints constraints_;
};

}  // namespace

void check_dataset_size(Run& run, const DatasetStatistics& data) {
  if (!run.schema.dataset_constraints) return;
  DatasetCheck check(run, data.num_examples());
  check.check_count();
  check.compare(&DatasetConstraints::num_examples_drift_comparator, run.controls.previous,
                "previous span");
  check.compare(&DatasetConstraints::num_examples_version_comparator, run.controls.previous_version,
                "previous version");
}

}  // namespace zeroskew::detail
