#pragma once
/// What two columns have to do with each other, over the rows in which both are present.

#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

#include "zeroskew/detail/hash.hpp"
#include "zeroskew/stats/exact_sum.hpp"

namespace zeroskew {

/// How often each pair of codes occurs: exact up to a limit, nothing past it.
class JointCounts {
 public:
  static constexpr std::size_t limit = 65536;
  using Codes = std::pair<std::uint64_t, std::uint64_t>;

  void add(const Codes& codes, std::uint64_t count = 1);
  JointCounts& operator+=(const JointCounts& other);

  /// False once there were more different pairs than the limit: then none is kept.
  [[nodiscard]] bool exact() const noexcept { return exact_; }
  [[nodiscard]] std::vector<std::pair<Codes, std::uint64_t>> sorted() const;

  [[nodiscard]] bool operator==(const JointCounts&) const = default;

  [[nodiscard]] static JointCounts overfull() {
    JointCounts counts;
    counts.exact_ = false;
    return counts;
  }

 private:
  struct Hash {
    std::size_t operator()(const Codes& codes) const noexcept {
      return static_cast<std::size_t>(detail::mix(codes.first ^ detail::mix(codes.second)));
    }
  };
  bool exact_ = true;
  std::unordered_map<Codes, std::uint64_t, Hash> counts_;
};

/// Sums for pairs of numbers, counts for pairs of categories: what a pair has depends on its
/// columns.
class PairStats {
 public:
  /// Exact sums over the rows in which both are finite numbers.
  struct Sums {
    std::uint64_t count = 0;
    ExactSum x, y, xx, yy, xy;

    [[nodiscard]] bool operator==(const Sums&) const = default;
  };

  PairStats& operator+=(const PairStats& other);

  /// Rows in which neither column is null.
  [[nodiscard]] std::uint64_t count() const noexcept { return count_; }
  /// Rows in which both are finite numbers.
  [[nodiscard]] std::uint64_t finite() const noexcept { return sums_.count; }
  /// The population's: mean of (x - mean x)(y - mean y); rounded once from the exact rational.
  /// NaN where no row has two finite numbers.
  [[nodiscard]] double covariance() const;
  /// Covariance by the square root of the product of the variances: one rounding in all. NaN where
  /// a column does not vary.
  [[nodiscard]] double pearson() const;
  /// Cramer's V (no bias correction), from 0 to 1. Each term of chi-square is rounded, their sum
  /// once. NaN where a column has one category only, for numbers, and past 65,536 combinations.
  [[nodiscard]] double cramers_v() const;
  /// Mutual information in nats; rounded as Cramer's V. NaN for numbers, and past the limit.
  [[nodiscard]] double mutual_information() const;

  [[nodiscard]] const Sums& sums() const noexcept { return sums_; }
  [[nodiscard]] const JointCounts& joint() const noexcept { return joint_; }

  [[nodiscard]] bool operator==(const PairStats&) const = default;

 private:
  friend class PairFeed;
  friend struct PairState;
  // No sum of squares below the square of the sum, no product above the product of the squares.
  [[nodiscard]] bool consistent() const;
  std::uint64_t count_ = 0;
  Sums sums_;
  JointCounts joint_;
};

}  // namespace zeroskew
