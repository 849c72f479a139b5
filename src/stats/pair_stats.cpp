#include "zeroskew/stats/pair_stats.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <map>

#include "zeroskew/detail/math.hpp"

namespace zeroskew {
namespace {

using detail::BigUint;

constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

// A whole number times a power of two, with a sign.
struct Signed {
  bool negative = false;
  BigUint magnitude;
  std::int64_t exponent = 0;
};

Signed product(const ExactSum& a, const ExactSum& b) {
  const ExactSum::Parts x = a.parts();
  const ExactSum::Parts y = b.parts();
  return {x.negative != y.negative, x.magnitude * y.magnitude, x.exponent + y.exponent};
}

Signed difference_of(const Signed& a, const Signed& b) {
  const std::int64_t exponent = std::min(a.exponent, b.exponent);
  const BigUint x = a.magnitude.shifted_left(a.exponent - exponent);
  const BigUint y = b.magnitude.shifted_left(b.exponent - exponent);
  if (a.negative != b.negative) return {a.negative, x + y, exponent};
  if (x.compare(y) >= 0) return {a.negative, x - y, exponent};
  return {!a.negative, y - x, exponent};
}

// n Sab - Sa Sb: n^2 times the covariance.
Signed spread_of(std::uint64_t count, const ExactSum& ab, const ExactSum& a, const ExactSum& b) {
  const ExactSum::Parts p = ab.parts();
  return difference_of({p.negative, p.magnitude * BigUint(count), p.exponent}, product(a, b));
}

// Calls f(n_ab, n_a, n_b, n) for each combination, in order, and adds what it gives, exactly.
template <class F>
double sum_of_terms(const JointCounts& joint, std::map<std::uint64_t, double>& first,
                    std::map<std::uint64_t, double>& second, F&& f) {
  const auto entries = joint.sorted();
  double n = 0.0;
  for (const auto& [codes, count] : entries) {
    const auto size = static_cast<double>(count);
    first[codes.first] += size;
    second[codes.second] += size;
    n += size;
  }
  ExactSum sum;
  for (const auto& [codes, count] : entries) {
    sum.add(f(static_cast<double>(count), first[codes.first], second[codes.second], n));
  }
  return sum.value();
}

}  // namespace

// A code as an order key of doubles, whose ranges are fine where numbers are small.
JointCounts::Codes JointCounts::wide(Codes codes) const noexcept {
  if (kind_ == KeyKind::floating) return codes;
  std::uint64_t& code = numbers_ == Numbers::first ? codes.first : codes.second;
  code = order_key(floor_of_key(code, kind_));
  return codes;
}

JointCounts::Codes JointCounts::cut(Codes codes, unsigned bits) const noexcept {
  (numbers_ == Numbers::first ? codes.first : codes.second) >>= bits;
  return codes;
}

void JointCounts::leave_exact() {
  exact_ = false;
  decltype(counts_) ranges;
  for (const auto& [codes, count] : counts_) ranges[wide(codes)] += count;
  counts_ = std::move(ranges);
}

void JointCounts::drop_to(unsigned shift) {
  if (shift == shift_) return;
  decltype(counts_) fewer;
  for (const auto& [codes, count] : counts_) fewer[cut(codes, shift - shift_)] += count;
  counts_ = std::move(fewer);
  shift_ = shift;
}

void JointCounts::settle() {
  if (exact_) {
    if (counts_.size() <= limit) return;
    if (numbers_ == Numbers::none) {
      *this = overfull();
      return;
    }
    leave_exact();
  }
  if (counts_.size() <= capacity) return;
  // Neighbours of one name become one range once all bits in which they differ are cut.
  auto entries = sorted();
  const auto name = [&](const Codes& codes) {
    return numbers_ == Numbers::first ? codes.second : codes.first;
  };
  const auto number = [&](const Codes& codes) {
    return numbers_ == Numbers::first ? codes.first : codes.second;
  };
  std::sort(entries.begin(), entries.end(), [&](const auto& a, const auto& b) {
    return std::pair(name(a.first), number(a.first)) < std::pair(name(b.first), number(b.first));
  });
  std::array<std::size_t, 65> joined{};  // by the bits to cut
  for (std::size_t i = 1; i < entries.size(); ++i) {
    const Codes& a = entries[i - 1].first;
    const Codes& b = entries[i].first;
    if (name(a) == name(b)) {
      ++joined[static_cast<std::size_t>(std::bit_width(number(a) ^ number(b)))];
    }
  }
  std::size_t size = entries.size();
  unsigned bits = 0;
  while (size > capacity && shift_ + bits < 63) size -= joined[++bits];
  if (size > capacity) {
    *this = overfull();
  } else {
    drop_to(shift_ + bits);
  }
}

void JointCounts::add(const Codes& codes, std::uint64_t count) {
  if (lost()) return;
  const std::size_t before = counts_.size();
  counts_[exact_ ? codes : cut(wide(codes), shift_)] += count;
  if (counts_.size() != before) settle();
}

JointCounts& JointCounts::operator+=(const JointCounts& other) {
  if (lost() || other.empty()) return *this;
  if (other.lost() || empty()) {
    *this = other;
    return *this;
  }
  if (this == &other) {
    for (auto& entry : counts_) entry.second *= 2;
    return *this;
  }
  if (numbers_ == Numbers::none) {  // of a file that did not say
    numbers_ = other.numbers_;
    kind_ = other.kind_;
  }
  if (exact_ && !other.exact_) leave_exact();
  if (!exact_) drop_to(std::max(shift_, other.shift_));
  for (const auto& [codes, count] : other.counts_) {
    if (exact_) {
      counts_[codes] += count;
    } else {
      counts_[other.exact_ ? cut(wide(codes), shift_) : cut(codes, shift_ - other.shift_)] += count;
    }
  }
  settle();
  return *this;
}

JointCounts JointCounts::coarse(unsigned shift) const {
  JointCounts ranges = *this;
  if (ranges.exact_) ranges.leave_exact();
  ranges.drop_to(std::max(shift, ranges.shift_));
  return ranges;
}

std::vector<std::pair<JointCounts::Codes, std::uint64_t>> JointCounts::sorted() const {
  std::vector<std::pair<Codes, std::uint64_t>> entries(counts_.begin(), counts_.end());
  std::sort(entries.begin(), entries.end());
  return entries;
}

PairStats& PairStats::operator+=(const PairStats& other) {
  // Files of a name and a fraction once kept no counts of rows that there were.
  const bool unknown = count_ != 0 && other.count_ != 0 && joint_.empty() != other.joint_.empty();
  count_ += other.count_;
  sums_.count += other.sums_.count;
  sums_.x += other.sums_.x;
  sums_.y += other.sums_.y;
  sums_.xx += other.sums_.xx;
  sums_.yy += other.sums_.yy;
  sums_.xy += other.sums_.xy;
  if (unknown) {
    joint_ = JointCounts::overfull();
  } else {
    joint_ += other.joint_;
  }
  return *this;
}

double PairStats::covariance() const {
  if (sums_.count == 0) return no_number;
  const Signed c = spread_of(sums_.count, sums_.xy, sums_.x, sums_.y);
  const BigUint n(sums_.count);
  const double size = detail::round_ratio(c.magnitude, n * n, c.exponent);
  return c.negative ? -size : size;
}

double PairStats::pearson() const {
  if (sums_.count == 0) return no_number;
  const Signed c = spread_of(sums_.count, sums_.xy, sums_.x, sums_.y);
  const Signed x = spread_of(sums_.count, sums_.xx, sums_.x, sums_.x);
  const Signed y = spread_of(sums_.count, sums_.yy, sums_.y, sums_.y);
  if (x.magnitude.is_zero() || y.magnitude.is_zero()) return no_number;
  const double size = detail::round_root(c.magnitude * c.magnitude, x.magnitude * y.magnitude,
                                         2 * c.exponent - x.exponent - y.exponent);
  return c.negative ? -size : size;
}

bool PairStats::consistent() const {
  const Signed c = spread_of(sums_.count, sums_.xy, sums_.x, sums_.y);
  const Signed x = spread_of(sums_.count, sums_.xx, sums_.x, sums_.x);
  const Signed y = spread_of(sums_.count, sums_.yy, sums_.y, sums_.y);
  if ((x.negative && !x.magnitude.is_zero()) || (y.negative && !y.magnitude.is_zero()))
    return false;
  const Signed square{false, c.magnitude * c.magnitude, 2 * c.exponent};
  const Signed most{false, x.magnitude * y.magnitude, x.exponent + y.exponent};
  const Signed rest = difference_of(most, square);
  return !rest.negative || rest.magnitude.is_zero();
}

double PairStats::cramers_v() const {
  if (!joint_.exact()) return no_number;
  std::map<std::uint64_t, double> first;
  std::map<std::uint64_t, double> second;
  // chi^2 / n = sum of n_ab^2 / (n_a n_b) - 1; the 1 spread over the terms.
  const double sum =
      sum_of_terms(joint_, first, second, [](double ab, double a, double b, double n) {
        const double expected = a * b / n;
        return ab * ((ab - expected) / expected) / n;
      });
  const double least = static_cast<double>(std::min(first.size(), second.size()));
  if (least < 2.0) return no_number;
  return std::sqrt(std::clamp(sum / (least - 1.0), 0.0, 1.0));
}

double PairStats::mutual_information() const {
  if (!joint_.exact()) return no_number;
  std::map<std::uint64_t, double> first;
  std::map<std::uint64_t, double> second;
  const double sum =
      sum_of_terms(joint_, first, second, [](double ab, double a, double b, double n) {
        return ab / n * detail::math::log(ab / a * (n / b));
      });
  return first.empty() ? no_number : std::max(sum, 0.0);
}

}  // namespace zeroskew
