#include "zeroskew/stats/weighted_stats.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "stats/cells.hpp"
#include "stats/decoded.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/stats/text_stats.hpp"

namespace zeroskew {
namespace {

using detail::BigUint;

constexpr double no_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

WeightKeys keys_of(const Type& type) noexcept {
  if (is_text(type.kind)) return WeightKeys::text;
  if (!is_numeric(type.kind)) return WeightKeys::none;
  if (type.kind == Kind::floating || type.kind == Kind::decimal) return WeightKeys::floating;
  return type.is_unsigned ? WeightKeys::unsigned_integer : WeightKeys::integer;
}

struct Fraction {
  BigUint numerator;
  BigUint denominator;
  std::int64_t exponent = 0;
};

// W S2 and S1^2 in units of one power of two.
struct Spreads {
  BigUint whole;
  BigUint mean;
  std::int64_t exponent = 0;
};

Spreads spreads(const PositiveSum& weight, const ExactSum& sum, const PositiveSum& squares) {
  const PositiveSum::Parts w = weight.parts();
  const PositiveSum::Parts s2 = squares.parts();
  const ExactSum::Parts s1 = sum.parts();
  const std::int64_t left = w.exponent + s2.exponent;
  const std::int64_t right = 2 * s1.exponent;
  const std::int64_t exponent = std::min(left, right);
  return {(w.magnitude * s2.magnitude).shifted_left(left - exponent),
          (s1.magnitude * s1.magnitude).shifted_left(right - exponent), exponent};
}

// (W S2 - S1^2) / W^2; never negative (Cauchy-Schwarz).
Fraction variance_of(const PositiveSum& weight, const ExactSum& sum, const PositiveSum& squares) {
  const Spreads s = spreads(weight, sum, squares);
  const PositiveSum::Parts w = weight.parts();
  return {s.whole - s.mean, w.magnitude * w.magnitude, s.exponent - 2 * w.exponent};
}

}  // namespace

WeightedStats::WeightedStats(const Type& type) : values_(keys_of(type)) {}

bool WeightedStats::has_numbers() const noexcept {
  return values_.keys() != WeightKeys::none && values_.keys() != WeightKeys::text;
}

void WeightedStats::update(const ColumnView& column, std::span<const double> weights) {
  // Until now the column had no type, hence no value.
  if (values_.keys() == WeightKeys::none) values_ = WeightTable(keys_of(column.type));
  const auto weight_at = [&](std::int64_t row) { return weights[static_cast<std::size_t>(row)]; };
  if (values_.keys() == WeightKeys::text) {
    each_text(column, [&](std::int64_t row, std::string_view text) {
      count_.add(weight_at(row));
      values_.add(text_code(text), weight_at(row));
    });
    return;
  }
  if (!has_numbers()) {
    for (std::int64_t row = 0; row < column.length; ++row) {
      if (column.is_valid(row)) count_.add(weight_at(row));
    }
    return;
  }
  each_number(column, [&](std::int64_t row, auto value) {
    const double w = weight_at(row);
    count_.add(w);
    if constexpr (std::is_same_v<decltype(value), double>) {
      if (std::isnan(value)) return nan_.add(w);
      values_.add(order_key(value), w);
      if (std::isinf(value)) {
        return (value > 0.0 ? positive_infinities_ : negative_infinities_).add(w);
      }
    } else if constexpr (std::is_same_v<decltype(value), std::int64_t>) {
      values_.add(order_key(value), w);
    } else {
      values_.add(value, w);
    }
    weight_.add(w);
    const Decoded x = decode(value);
    const Decoded by = decode(w);
    const int exponent = x.exponent + by.exponent;
    sum_.add_bits(x.negative, static_cast<detail::uint128>(x.mantissa) * by.mantissa, exponent);
    const auto square = static_cast<detail::uint128>(x.mantissa) * x.mantissa;
    const auto low = static_cast<std::uint64_t>(square);
    const auto high = static_cast<std::uint64_t>(square >> 64);
    squares_.add_bits(static_cast<detail::uint128>(low) * by.mantissa, exponent + x.exponent);
    squares_.add_bits(static_cast<detail::uint128>(high) * by.mantissa,
                      std::int64_t{exponent} + x.exponent + 64);
  });
}

WeightedStats& WeightedStats::operator+=(const WeightedStats& other) {
  rows_ += other.rows_;
  count_ += other.count_;
  if (other.values_.keys() == WeightKeys::none) return *this;
  if (values_.keys() == WeightKeys::none) values_ = WeightTable(other.values_.keys());
  nan_ += other.nan_;
  positive_infinities_ += other.positive_infinities_;
  negative_infinities_ += other.negative_infinities_;
  weight_ += other.weight_;
  sum_ += other.sum_;
  squares_ += other.squares_;
  values_ += other.values_;
  return *this;
}

bool WeightedStats::any_infinity() const noexcept {
  return !positive_infinities_.is_zero() || !negative_infinities_.is_zero();
}

double WeightedStats::sum() const {
  if (!has_numbers()) return no_number;
  if (!any_infinity()) return sum_.value();
  if (negative_infinities_.is_zero()) return infinity;
  return positive_infinities_.is_zero() ? -infinity : no_number;
}

double WeightedStats::mean() const {
  if (!has_numbers()) return no_number;
  if (any_infinity()) return sum();
  if (weight_.is_zero()) return no_number;
  const ExactSum::Parts s = sum_.parts();
  const PositiveSum::Parts w = weight_.parts();
  const double size = detail::round_ratio(s.magnitude, w.magnitude, s.exponent - w.exponent);
  return s.negative ? -size : size;
}

double WeightedStats::variance() const {
  if (!has_numbers() || any_infinity() || weight_.is_zero()) return no_number;
  const Fraction f = variance_of(weight_, sum_, squares_);
  return detail::round_ratio(f.numerator, f.denominator, f.exponent);
}

double WeightedStats::std() const {
  if (!has_numbers() || any_infinity() || weight_.is_zero()) return no_number;
  const Fraction f = variance_of(weight_, sum_, squares_);
  return detail::round_root(f.numerator, f.denominator, f.exponent);
}

Bounds WeightedStats::quantile_bounds(double q) const {
  if (!(q >= 0.0 && q <= 1.0)) {
    fail_value("stats.bad_quantile", "", "a quantile is asked for by a share between 0 and 1");
  }
  if (!has_numbers()) return {no_number, no_number};
  const auto entries = values_.sorted();
  PositiveSum total;
  for (const auto& [key, sum] : entries) total += sum;
  if (total.is_zero()) return {no_number, no_number};
  // cumulative >= q * total, without rounding.
  const Decoded share = decode(q);
  const PositiveSum::Parts all = total.parts();
  const BigUint part = all.magnitude * BigUint(share.mantissa);
  const std::int64_t exponent = all.exponent + share.exponent;
  PositiveSum cumulative;
  for (const auto& [key, sum] : entries) {
    if (sum.is_zero()) continue;
    cumulative += sum;
    const PositiveSum::Parts so_far = cumulative.parts();
    const std::int64_t unit = std::min(so_far.exponent, exponent);
    if (so_far.magnitude.shifted_left(so_far.exponent - unit)
            .compare(part.shifted_left(exponent - unit)) >= 0) {
      const auto [lo, hi] = values_.range_of(key);
      return {lo, hi};
    }
  }
  return {no_number, no_number};
}

double WeightedStats::quantile(double q) const {
  const Bounds bounds = quantile_bounds(q);
  if (bounds.lo == bounds.hi || std::isnan(bounds.lo)) return bounds.lo;
  if (std::isinf(bounds.lo)) return bounds.hi;
  if (std::isinf(bounds.hi)) return bounds.lo;
  return bounds.lo + (bounds.hi / 2 - bounds.lo / 2);
}

bool WeightedStats::consistent() const {
  PositiveSum values;
  for (const auto& [key, sum] : values_.sorted()) values += sum;
  if (values_.keys() == WeightKeys::none) return weight_.is_zero() && count_.compare(rows_) <= 0;
  PositiveSum parts = values_.keys() == WeightKeys::text ? values : weight_;
  parts += positive_infinities_;
  parts += negative_infinities_;
  if (values_.keys() != WeightKeys::text && values.compare(parts) != 0) return false;
  parts += nan_;
  const Spreads s = spreads(weight_, sum_, squares_);
  return parts.compare(count_) == 0 && count_.compare(rows_) <= 0 && s.whole.compare(s.mean) >= 0;
}

}  // namespace zeroskew
