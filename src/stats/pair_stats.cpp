#include "zeroskew/stats/pair_stats.hpp"

#include <algorithm>
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

void JointCounts::add(const Codes& codes, std::uint64_t count) {
  if (!exact_) return;
  counts_[codes] += count;
  if (counts_.size() > limit) *this = overfull();
}

JointCounts& JointCounts::operator+=(const JointCounts& other) {
  if (!other.exact_) {
    *this = overfull();
    return *this;
  }
  if (this == &other) {
    for (auto& entry : counts_) entry.second *= 2;
    return *this;
  }
  for (const auto& [codes, count] : other.counts_) add(codes, count);
  return *this;
}

std::vector<std::pair<JointCounts::Codes, std::uint64_t>> JointCounts::sorted() const {
  std::vector<std::pair<Codes, std::uint64_t>> entries(counts_.begin(), counts_.end());
  std::sort(entries.begin(), entries.end());
  return entries;
}

PairStats& PairStats::operator+=(const PairStats& other) {
  count_ += other.count_;
  sums_.count += other.sums_.count;
  sums_.x += other.sums_.x;
  sums_.y += other.sums_.y;
  sums_.xx += other.sums_.xx;
  sums_.yy += other.sums_.yy;
  sums_.xy += other.sums_.xy;
  joint_ += other.joint_;
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
