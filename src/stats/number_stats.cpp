#include "zeroskew/stats/number_stats.hpp"

#include <algorithm>
#include <cmath>

namespace zeroskew {
namespace {

// Those that are doubles.
constexpr auto powers_of_ten = [] {
  std::array<double, 23> powers{};
  double power = 1.0;
  for (double& p : powers) {
    p = power;
    power *= 10.0;
  }
  return powers;
}();

std::uint64_t key_of(std::int64_t value) noexcept { return order_key(value); }
std::uint64_t key_of(std::uint64_t value) noexcept { return value; }

}  // namespace

// The sketch is over doubles: a whole number above 2^53 goes to the double at or below it.
std::uint64_t NumberStats::sketch_key(std::uint64_t key) const noexcept {
  return kind_ == KeyKind::floating ? key : order_key(floor_of_key(key, kind_));
}

void NumberStats::add_key(std::uint64_t key, std::uint64_t count) {
  min_key_ = std::min(min_key_, key);
  max_key_ = std::max(max_key_, key);
  values_.add(key, count);
  if (sketch_) {
    sketch_->add_key(sketch_key(key), count);
  } else if (values_.overfull()) {
    settle();
  }
}

// The exact counts as entries of a sketch, in rising order.
std::vector<CountTable::Entry> NumberStats::sketch_entries() const {
  std::vector<CountTable::Entry> entries = values_.table().sorted();
  for (CountTable::Entry& entry : entries) entry.code = sketch_key(entry.code);
  return entries;
}

// Past the limit of exact values: what was counted goes into the sketches.
void NumberStats::settle() {
  if (!values_.overfull()) return;
  (sketch_ ? *sketch_ : sketch_.emplace()).absorb(sketch_entries());
  values_.spill();
}

void NumberStats::limit_values(std::size_t limit) {
  values_.limit_to(limit);
  settle();
}

void NumberStats::add(double value, std::uint64_t count) {
  if (std::isnan(value)) {
    nan_ += count;
    return;
  }
  if (value == 0.0) zeros_ += count;
  if (std::isinf(value)) {
    (value > 0.0 ? positive_infinities_ : negative_infinities_) += count;
  } else {
    moments_.add(value, count);
  }
  add_key(order_key(value), count);
}

void NumberStats::add(std::int64_t value, std::uint64_t count) {
  if (value == 0) zeros_ += count;
  moments_.add(value, count);
  add_key(order_key(value), count);
}

void NumberStats::add(std::uint64_t value, std::uint64_t count) {
  if (value == 0) zeros_ += count;
  moments_.add(value, count);
  add_key(value, count);
}

// While values are counted exactly, keys go into the table one by one; afterwards the sketches take
// the whole block.
void NumberStats::add_keys(std::span<const std::uint64_t> keys,
                           std::span<const std::uint64_t> near) {
  std::size_t i = 0;
  for (; i < keys.size() && values_.exact(); ++i) {
    values_.add(keys[i]);
    if (values_.overfull()) settle();
  }
  keys = keys.subspan(i);
  if (keys.empty()) return;
  std::array<std::uint64_t, kernel::block_size> words;
  kernel::mix(keys, words.data());
  values_.add_hashed_block(keys, std::span(words).first(keys.size()));
  if (kind_ == KeyKind::floating) return sketch_->add_keys(keys);
  if (!near.empty()) return sketch_->add_keys(near.subspan(i));
  for (std::size_t k = 0; k < keys.size(); ++k) words[k] = sketch_key(keys[k]);
  sketch_->add_keys(std::span(words).first(keys.size()));
}

void NumberStats::add_block(std::span<const double> values, std::span<const std::uint64_t> keys,
                            const kernel::Scan& scan) {
  zeros_ += scan.zeros;
  min_key_ = std::min(min_key_, order_key(scan.min));
  max_key_ = std::max(max_key_, order_key(scan.max));
  moments_.add_block(values, std::max(std::fabs(scan.min), std::fabs(scan.max)));
  add_keys(keys);
}

template <class Integer>
void NumberStats::add_integers(std::span<const Integer> values, Integer low, Integer high) {
  if (low <= 0 && high >= 0) {
    zeros_ += static_cast<std::uint64_t>(std::count(values.begin(), values.end(), Integer{0}));
  }
  min_key_ = std::min(min_key_, key_of(low));
  max_key_ = std::max(max_key_, key_of(high));
  std::array<std::uint64_t, kernel::block_size> keys;
  const auto block = std::span(keys).first(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) keys[i] = key_of(values[i]);
  constexpr Integer exact = Integer{1} << 53;
  if (high >= exact || (std::is_signed_v<Integer> && low <= Integer{0} - exact)) {
    moments_.add_block(values);
    return add_keys(block);
  }
  // Each is a double: the doubles' kernels serve.
  std::array<double, kernel::block_size> doubles;
  std::array<std::uint64_t, kernel::block_size> near;
  for (std::size_t i = 0; i < values.size(); ++i) doubles[i] = static_cast<double>(values[i]);
  const auto same = std::span<const double>(doubles).first(values.size());
  const double reach = std::max(std::fabs(static_cast<double>(low)), static_cast<double>(high));
  moments_.add_block(same, reach);
  if (!values_.exact() || values_.table().size() + values.size() > values_.limit()) {
    kernel::order_keys(same, near.data());
    return add_keys(block, std::span<const std::uint64_t>(near).first(values.size()));
  }
  add_keys(block);
}

void NumberStats::add_block(std::span<const std::int64_t> values, std::int64_t low,
                            std::int64_t high) {
  add_integers(values, low, high);
}

void NumberStats::add_block(std::span<const std::uint64_t> values, std::uint64_t low,
                            std::uint64_t high) {
  add_integers(values, low, high);
}

void NumberStats::add_decimal(const std::array<std::uint64_t, 4>& unscaled) {
  const auto low = static_cast<std::int64_t>(unscaled[0]);
  const std::uint64_t above = low < 0 ? ~std::uint64_t{0} : 0;
  if (unscaled[1] == above && unscaled[2] == above && unscaled[3] == above) {
    return add_decimal(low);
  }
  Moments one;
  one.add(unscaled);
  moments_.add(unscaled);
  add_key(order_key(one.sum(scale_)), 1);
}

void NumberStats::add_decimal(std::int64_t unscaled) {
  if (unscaled == 0) ++zeros_;
  moments_.add(unscaled);
  constexpr std::int64_t exact = std::int64_t{1} << 53;
  const auto power = static_cast<std::size_t>(scale_);
  if (scale_ >= 0 && power < powers_of_ten.size() && -exact <= unscaled && unscaled <= exact) {
    // Two doubles, so that one division rounds once.
    return add_key(order_key(static_cast<double>(unscaled) / powers_of_ten[power]), 1);
  }
  Moments one;
  one.add(unscaled);
  add_key(order_key(one.sum(scale_)), 1);
}

NumberStats& NumberStats::operator+=(const NumberStats& other) {
  nan_ += other.nan_;
  zeros_ += other.zeros_;
  positive_infinities_ += other.positive_infinities_;
  negative_infinities_ += other.negative_infinities_;
  min_key_ = std::min(min_key_, other.min_key_);
  max_key_ = std::max(max_key_, other.max_key_);
  moments_ += other.moments_;
  if (other.sketch_ && !sketch_) sketch_.emplace().absorb(sketch_entries());
  if (sketch_ && other.sketch_) *sketch_ += *other.sketch_;
  if (sketch_ && !other.sketch_) sketch_->absorb(other.sketch_entries());
  values_.merge(other.values_);
  settle();
  return *this;
}

double NumberStats::sum() const {
  const bool up = positive_infinities_ != 0;
  const bool down = negative_infinities_ != 0;
  if (up && down) return std::numeric_limits<double>::quiet_NaN();
  if (up) return std::numeric_limits<double>::infinity();
  if (down) return -std::numeric_limits<double>::infinity();
  return moments_.sum(scale_);
}

double NumberStats::mean() const {
  if (positive_infinities_ + negative_infinities_ != 0) return sum();
  return moments_.mean(scale_);
}

double NumberStats::variance() const {
  if (positive_infinities_ + negative_infinities_ != 0) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  return moments_.variance(scale_);
}

double NumberStats::std() const {
  if (positive_infinities_ + negative_infinities_ != 0) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  return moments_.std(scale_);
}

double NumberStats::min() const noexcept {
  return any() ? value_of_key(min_key_, kind_) : std::numeric_limits<double>::quiet_NaN();
}

double NumberStats::max() const noexcept {
  return any() ? value_of_key(max_key_, kind_) : std::numeric_limits<double>::quiet_NaN();
}

// Values so frequent that every order of arrival finds them among the candidates, in their order.
std::vector<NumberStats::Atom> NumberStats::atoms() const {
  std::vector<Atom> result;
  for (const CountTable::Entry& entry : values_.candidates().sorted()) {
    // The second rule keeps out rare values that share a frequent one's bucket.
    const std::uint64_t most = values_.at_most(entry.code);
    if (most > values_.total() / 256 && entry.count > values_.total() / 512) {
      result.push_back({value_of_key(entry.code, kind_), most});
    }
  }
  return result;
}

Spread NumberStats::spread() const {
  std::vector<Spread::Cell> cells;
  if (!sketch_) {
    for (const CountTable::Entry& entry : values_.table().sorted()) {
      const double value = value_of_key(entry.code, kind_);
      if (!cells.empty() && cells.back().hi == value) {
        cells.back().count += entry.count;  // integers above 2^53 that share a double
      } else {
        cells.push_back({.lo = value, .hi = value, .count = entry.count});
      }
    }
    return Spread(std::move(cells));
  }
  constexpr double exact_integers = 0x1p53;
  const double lowest = min();
  const double highest = max();
  const std::vector<Atom> known = atoms();
  auto atom = known.begin();
  for (const QuantileSketch::Bucket& bucket : sketch_->buckets()) {
    double likely = std::numeric_limits<double>::quiet_NaN();
    for (; atom != known.end() && (atom->value < bucket.hi || atom->value == bucket.lo); ++atom) {
      if (atom->most * 2 > bucket.count) likely = atom->value;
    }
    double lo = bucket.lo;
    double hi = bucket.hi;
    if (kind_ != KeyKind::floating) {
      // Whole numbers in [lo, hi): the ends move inward to whole numbers.
      if (lo == hi) {
        if (std::fabs(lo) >= exact_integers) hi = std::nextafter(lo, highest + 1.0);
      } else {
        lo = std::ceil(lo);
        if (std::fabs(hi) < exact_integers) hi = std::ceil(hi) - 1.0;
      }
    }
    std::uint64_t count = bucket.count;
    if (lo == 0.0 && hi > 0.0 && zeros_ != 0) {
      // How many zeros there are is known: they are no part of what is uncertain.
      cells.push_back({.lo = 0.0, .hi = 0.0, .count = zeros_});
      if ((count -= zeros_) == 0) continue;
      lo = kind_ == KeyKind::floating ? std::numeric_limits<double>::denorm_min() : 1.0;
      if (likely == 0.0) likely = std::numeric_limits<double>::quiet_NaN();
    }
    lo = std::clamp(lo, lowest, highest);
    cells.push_back({lo, std::max(lo, std::min(hi, highest)), count, likely});
  }
  // The extremes are known exactly: one value of the outermost cells each is a point.
  Spread::Cell& first = cells.front();
  if (first.count == 1) {
    first.lo = first.hi = lowest;
  } else if (first.lo != first.hi) {
    --first.count;
    cells.insert(cells.begin(), {.lo = lowest, .hi = lowest, .count = 1});
  }
  Spread::Cell& last = cells.back();
  if (last.count == 1) {
    last.lo = last.hi = highest;
  } else if (last.lo != last.hi) {
    --last.count;
    cells.push_back({.lo = highest, .hi = highest, .count = 1});
  }
  return Spread(std::move(cells));
}

}  // namespace zeroskew
