#include "zeroskew/stats/weight_table.hpp"

#include <algorithm>

#include "zeroskew/detail/hash.hpp"

namespace zeroskew {
namespace {

KeyKind kind_of(WeightKeys keys) noexcept {
  switch (keys) {
    case WeightKeys::integer:
      return KeyKind::integer;
    case WeightKeys::unsigned_integer:
      return KeyKind::unsigned_integer;
    default:
      return KeyKind::floating;
  }
}

}  // namespace

// What is cut into ranges: keys whose order is that of doubles, or mixed hashes.
std::uint64_t WeightTable::wide_key(std::uint64_t code) const noexcept {
  if (keys_ == WeightKeys::text) return detail::mix(code);
  if (keys_ == WeightKeys::floating) return code;
  return order_key(floor_of_key(code, kind_of(keys_)));
}

void WeightTable::add(std::uint64_t code, double weight) {
  const std::size_t before = sums_.size();
  sums_[exact_ ? code : wide_key(code) >> shift_].add(weight);
  if (sums_.size() != before) settle();
}

void WeightTable::leave_exact() {
  exact_ = false;
  std::unordered_map<std::uint64_t, PositiveSum> wide;
  for (auto& [code, sum] : sums_) wide[wide_key(code)] += sum;
  sums_ = std::move(wide);
}

void WeightTable::drop_to(unsigned shift) {
  if (shift == shift_) return;
  std::unordered_map<std::uint64_t, PositiveSum> fewer;
  for (auto& [key, sum] : sums_) fewer[key >> (shift - shift_)] += sum;
  sums_ = std::move(fewer);
  shift_ = shift;
}

void WeightTable::settle() {
  if (exact_) {
    if (sums_.size() <= exact_limit) return;
    leave_exact();
  }
  if (sums_.size() <= capacity) return;
  std::vector<std::uint64_t> keys;
  keys.reserve(sums_.size());
  for (const auto& [key, sum] : sums_) keys.push_back(key);
  std::sort(keys.begin(), keys.end());
  unsigned drop = 0;
  while (keys.size() > capacity) {
    ++drop;
    for (std::uint64_t& key : keys) key >>= 1;
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  }
  drop_to(shift_ + drop);
}

WeightTable& WeightTable::operator+=(const WeightTable& other) {
  if (other.exact_ && !exact_) {
    for (const auto& [code, sum] : other.sums_) sums_[wide_key(code) >> shift_] += sum;
  } else {
    if (exact_ && !other.exact_) leave_exact();
    drop_to(std::max(shift_, other.shift_));
    const unsigned drop = shift_ - other.shift_;
    for (const auto& [key, sum] : other.sums_) sums_[key >> drop] += sum;
  }
  settle();
  return *this;
}

std::vector<WeightTable::Entry> WeightTable::sorted() const {
  std::vector<Entry> entries(sums_.begin(), sums_.end());
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.first < b.first; });
  return entries;
}

double WeightTable::at_most(std::uint64_t code) const {
  const auto found = sums_.find(exact_ ? code : wide_key(code) >> shift_);
  return found == sums_.end() ? 0.0 : found->second.value();
}

std::pair<double, double> WeightTable::range_of(std::uint64_t key) const noexcept {
  if (exact_) {
    const double value = value_of_key(key, kind_of(keys_));
    return {value, value};
  }
  const std::uint64_t first = key << shift_;
  const std::uint64_t last = first | ((std::uint64_t{1} << shift_) - 1);
  double lo = double_of_key(first);
  double hi = double_of_key(last);
  // Beyond the infinities lie the NaNs, which are no values here.
  if (std::isnan(lo)) lo = -std::numeric_limits<double>::infinity();
  if (std::isnan(hi)) hi = std::numeric_limits<double>::infinity();
  // A whole number above 2^53 went to the double below it.
  if (keys_ != WeightKeys::floating && std::fabs(hi) >= 0x1p53) {
    hi = std::nextafter(hi, std::numeric_limits<double>::infinity());
  }
  return {lo, hi};
}

WeightTable WeightTable::from_entries(WeightKeys keys, bool exact, unsigned shift,
                                      std::vector<Entry> entries) {
  WeightTable table(keys);
  table.exact_ = exact;
  table.shift_ = shift;
  for (Entry& entry : entries) table.sums_.emplace(entry.first, std::move(entry.second));
  return table;
}

}  // namespace zeroskew
