#pragma once
/// Are categories still as frequent as in the reference? A test that may be looked at after every
/// value.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "zeroskew/detail/math.hpp"
#include "zeroskew/drift/distribution.hpp"
#include "zeroskew/monitor/parameter.hpp"

namespace zeroskew {

/// The multinomial Dirichlet e-process of Lindon & Malek, "Anytime-valid inference for multinomial
/// count data", NeurIPS 2022. Against known shares it is their Bayes factor. Against the counts of
/// a reference sample it is a likelihood ratio by universal inference (Wasserman, Ramdas &
/// Balakrishnan, PNAS 2020): Dirichlet mixtures (1/2 a category) for both samples over the largest
/// likelihood of common shares, so that the sampling error of the reference is in it and a new
/// category is no proof by itself. Under no change the probability of ever alarming is at most
/// alpha. An alarm stands until `reset`.
class SequentialCounts : public Signal {
 public:
  static constexpr std::string_view name = "SequentialCounts";
  static constexpr std::string_view doc = "Anytime-valid test of category frequencies";
  static constexpr std::string_view input = "index of a category";

  struct Parameters {
    double alpha = 0.05;
    double concentration = 1.0;

    template <class Self, class Visitor>
    static void visit(Self& p, Visitor&& v) {
      v("alpha", p.alpha, detail::share, "bound on the probability of ever raising a false alarm");
      v("concentration", p.concentration, detail::positive,
        "known shares: mean weight of a category in the prior");
    }
    [[nodiscard]] bool operator==(const Parameters&) const = default;
  };

  SequentialCounts() : SequentialCounts(Parameters()) {}
  explicit SequentialCounts(const Parameters& parameters);

  /// Against shares that are known without error; they are divided by their sum. Throws Error
  /// monitor.reference unless there are two or more, all positive.
  [[nodiscard]] static SequentialCounts known(std::vector<double> shares,
                                              const Parameters& parameters);
  /// Against the counts of a sample; zeros are allowed. Throws Error monitor.reference.
  [[nodiscard]] static SequentialCounts sampled(std::vector<std::uint64_t> counts,
                                                const Parameters& parameters);
  /// Against labelled counts of a sample. The last category is that of all other names.
  [[nodiscard]] static SequentialCounts against(const Distribution& reference,
                                                const Parameters& parameters);

  /// Takes a category's index; one out of range is ignored. True from the first alarm on.
  bool update(std::uint64_t category) noexcept;
  /// Takes a name, for a reference with names.
  bool update(std::string_view label) noexcept;
  /// Takes many values as one look. Throws Error monitor.reference unless there is a count for each
  /// category.
  bool update(std::span<const std::uint64_t> counts);
  /// Pools two streams against the same reference into one, as if nobody had looked before now.
  SequentialCounts& operator+=(const SequentialCounts& other);
  void reset() noexcept;

  /// The evidence now: an e-value at every stopping time.
  [[nodiscard]] double evalue() const noexcept { return detail::math::exp(log_evalue_); }
  [[nodiscard]] double log_evalue() const noexcept { return log_evalue_; }
  /// An anytime-valid p-value: one over the largest evidence so far.
  [[nodiscard]] double pvalue() const noexcept {
    return log_best_ > 0.0 ? detail::math::exp(-log_best_) : 1.0;
  }
  [[nodiscard]] std::size_t categories() const noexcept { return reference_.size(); }
  /// The names, sorted, without the last category of all others; empty if categories have none.
  [[nodiscard]] const std::vector<std::string>& labels() const noexcept { return labels_; }
  [[nodiscard]] const std::vector<std::uint64_t>& counts() const noexcept { return counts_; }

  [[nodiscard]] const Parameters& parameters() const noexcept { return parameters_; }
  [[nodiscard]] std::vector<std::uint8_t> write() const;
  [[nodiscard]] static SequentialCounts read(std::span<const std::uint8_t> bytes);
  [[nodiscard]] bool consistent() const;
  [[nodiscard]] bool operator==(const SequentialCounts&) const = default;

  template <class Self, class Visitor>
  static void visit_state(Self& self, Visitor&& visit) {
    visit_signal(self, visit);
    visit(self.sampled_);
    visit(self.reference_);
    visit(self.size_);
    visit(self.labels_);
    visit(self.counts_);
    visit(self.n_);
    visit(self.log_evalue_);
    visit(self.log_best_);
  }

 private:
  [[nodiscard]] double log_start() const noexcept;
  [[nodiscard]] double log_closed_form() const noexcept;
  [[nodiscard]] double prior(std::size_t category) const noexcept;
  [[nodiscard]] double prior_total() const noexcept;
  bool look() noexcept;

  Parameters parameters_;
  bool sampled_ = false;
  std::vector<double> reference_;    // shares, or counts
  double size_ = 1.0;                // sum of the reference
  std::vector<std::string> labels_;  // sorted; empty without names;
  std::vector<std::uint64_t> counts_;
  double n_ = 0.0;
  double log_evalue_ = 0.0;
  double log_best_ = 0.0;
  double log_alpha_ = 0.0;
};

}  // namespace zeroskew
