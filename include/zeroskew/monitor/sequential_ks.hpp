#pragma once
/// Are numbers still distributed as in the reference? A test that may be looked at after every
/// value.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "zeroskew/drift/distribution.hpp"
#include "zeroskew/monitor/parameter.hpp"

namespace zeroskew {

/// The Kolmogorov-Smirnov distance to a reference against the time-uniform bound of Howard &
/// Ramdas, "Sequential estimation of quantiles", Bernoulli 2022, corollary 2: with probability 1 -
/// a, for all t >= m, the distance of a sample of t to the truth is at most 0.85 sqrt((log log(e t
/// / m) + 0.8 log(1612 / a)) / t). A reference sample of n rows adds its own bound of Dvoretzky,
/// Kiefer, Wolfowitz and Massart, and each takes half of alpha. Distances are taken at up to
/// `max_edges` values of the reference, so they are never too large. An alarm stands until `reset`.
class SequentialKS : public Signal {
 public:
  static constexpr std::string_view name = "SequentialKS";
  static constexpr std::string_view doc =
      "Anytime-valid Kolmogorov-Smirnov test against a reference";
  static constexpr std::string_view input = "number";

  struct Parameters {
    double alpha = 0.05;
    std::uint64_t min_count = 10;
    std::uint64_t max_edges = 128;

    template <class Self, class Visitor>
    static void visit(Self& p, Visitor&& v) {
      v("alpha", p.alpha, detail::share, "bound on the probability of ever raising a false alarm");
      v("min_count", p.min_count, Limits{1, 1e9}, "m: no alarm before this many values");
      v("max_edges", p.max_edges, Limits{1, 1e6},
        "values of the reference where distances are taken");
    }
    [[nodiscard]] bool operator==(const Parameters&) const = default;
  };

  SequentialKS() : SequentialKS(Parameters()) {}
  explicit SequentialKS(const Parameters& parameters);

  /// Against a sample of the reference. Throws Error monitor.reference if it has no finite value.
  [[nodiscard]] static SequentialKS sampled(std::vector<double> values,
                                            const Parameters& parameters);
  /// Against a column's distribution, the same as from its values. Throws Error monitor.reference.
  [[nodiscard]] static SequentialKS against(const Distribution& reference,
                                            const Parameters& parameters);
  /// Against a distribution function known without error: its values at ascending edges. Throws
  /// Error monitor.reference.
  [[nodiscard]] static SequentialKS known(std::vector<double> edges, std::vector<double> cdf,
                                          const Parameters& parameters);

  /// Takes a number, NaN is ignored; true from the first alarm on.
  bool update(double x) noexcept;
  /// Pools two streams against the same reference into one, as if nobody had looked before now.
  SequentialKS& operator+=(const SequentialKS& other);
  void reset() noexcept;

  /// The distance now, and the bound that it must pass.
  [[nodiscard]] double statistic() const noexcept;
  [[nodiscard]] double threshold() const noexcept { return bound(parameters_.alpha); }
  /// An anytime-valid p-value (the level at which the bound is the distance now), and the e-value
  /// 1 / (2 sqrt(p)) made from it.
  [[nodiscard]] double pvalue() const noexcept;
  [[nodiscard]] double evalue() const noexcept;

  [[nodiscard]] const Parameters& parameters() const noexcept { return parameters_; }
  [[nodiscard]] std::vector<std::uint8_t> write() const;
  [[nodiscard]] static SequentialKS read(std::span<const std::uint8_t> bytes);
  [[nodiscard]] bool consistent() const;
  [[nodiscard]] bool operator==(const SequentialKS&) const = default;

  template <class Self, class Visitor>
  static void visit_state(Self& self, Visitor&& visit) {
    visit_signal(self, visit);
    visit(self.rows_);
    visit(self.edge_);
    visit(self.cdf_);
    visit(self.counts_);
    visit(self.n_);
    visit(self.quiet_);
  }

 private:
  [[nodiscard]] double bound(double alpha) const noexcept;
  bool look() noexcept;

  Parameters parameters_;
  double rows_ = 0.0;  // of the reference; 0 if it is known;
  std::vector<double> edge_;
  std::vector<double> cdf_;
  std::vector<std::uint64_t> counts_;  // values up to edge i, and above the last
  double n_ = 0.0;
  double quiet_ = 0.0;  // no alarm is possible before this many values
};

}  // namespace zeroskew
