#pragma once
/// What two columns have to do with each other, over the rows in which both are present.

#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

#include "zeroskew/detail/hash.hpp"
#include "zeroskew/stats/exact_sum.hpp"
#include "zeroskew/stats/order_key.hpp"

namespace zeroskew {

/// How often each pair of codes occurs: exact up to a limit. Past it nothing is kept of two
/// columns of names; where one is of numbers, they are counted by ranges.
class JointCounts {
 public:
  static constexpr std::size_t limit = 65536;
  static constexpr std::size_t capacity = 4096;  ///< of combinations with ranges

  using Codes = std::pair<std::uint64_t, std::uint64_t>;
  enum class Numbers : std::uint8_t { none, first, second };

  JointCounts() = default;
  /// One column is of numbers. Fractions are counted by ranges from the start: by the top 64 -
  /// shift bits of their order key as a double, `shift` being the least one at which at most
  /// `capacity` combinations are occupied, so that the state depends on the multiset of rows alone.
  JointCounts(Numbers numbers, KeyKind kind) noexcept
      : exact_(numbers == Numbers::none || kind != KeyKind::floating),
        numbers_(numbers),
        kind_(kind) {}

  void add(const Codes& codes, std::uint64_t count = 1);
  JointCounts& operator+=(const JointCounts& other);

  /// Whether each combination is counted by itself.
  [[nodiscard]] bool exact() const noexcept { return exact_; }
  /// Whether there were more different combinations than are counted: then none is kept.
  [[nodiscard]] bool lost() const noexcept { return !exact_ && numbers_ == Numbers::none; }
  [[nodiscard]] bool empty() const noexcept { return counts_.empty() && !lost(); }
  /// Which of the two are numbers, what their codes are, and by how many bits these are cut.
  [[nodiscard]] Numbers numbers() const noexcept { return numbers_; }
  [[nodiscard]] KeyKind kind() const noexcept { return kind_; }
  [[nodiscard]] unsigned shift() const noexcept { return shift_; }
  [[nodiscard]] std::vector<std::pair<Codes, std::uint64_t>> sorted() const;
  /// The same by ranges of at least this shift: an exact table's numbers as keys of doubles.
  /// @pre one is of numbers
  [[nodiscard]] JointCounts coarse(unsigned shift) const;

  [[nodiscard]] bool operator==(const JointCounts&) const = default;

  [[nodiscard]] static JointCounts overfull() {
    JointCounts counts;
    counts.exact_ = false;
    return counts;
  }

 private:
  friend struct PairState;
  struct Hash {
    std::size_t operator()(const Codes& codes) const noexcept {
      return static_cast<std::size_t>(detail::mix(codes.first ^ detail::mix(codes.second)));
    }
  };
  [[nodiscard]] Codes wide(Codes codes) const noexcept;
  [[nodiscard]] Codes cut(Codes codes, unsigned bits) const noexcept;
  void drop_to(unsigned shift);
  void leave_exact();
  void settle();

  bool exact_ = true;
  Numbers numbers_ = Numbers::none;
  KeyKind kind_ = KeyKind::floating;
  unsigned shift_ = 0;
  std::unordered_map<Codes, std::uint64_t, Hash> counts_;
};

/// Sums for pairs of numbers, counts for pairs of categories and of a category and a number: what a
/// pair has depends on its columns.
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
