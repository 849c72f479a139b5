#include "zeroskew/stats/quantile_sketch.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace zeroskew {

void QuantileSketch::add_keys(std::span<const std::uint64_t> keys) {
  total_ += keys.size();
  for (const std::uint64_t key : keys) {
    const std::size_t i = slot_of(key >> shift_);
    if (codes_[i] != no_code) [[likely]] {
      counts_.increment(i);
      continue;
    }
    add_code(key >> shift_, 1);
    if (size_ > capacity) compress();
  }
}

void QuantileSketch::drop_to(unsigned shift) {
  const std::vector<CountTable::Entry> before = entries();
  codes_.assign(slots, no_code);
  counts_ = Tallies(slots);
  size_ = 0;
  for (const CountTable::Entry& entry : before) {
    add_code(entry.code >> (shift - shift_), entry.count);
  }
  shift_ = shift;
}

std::vector<CountTable::Entry> QuantileSketch::entries() const {
  std::vector<CountTable::Entry> result;
  result.reserve(size_);
  for (std::size_t i = 0; i < slots; ++i) {
    if (codes_[i] != no_code) result.push_back({codes_[i], counts_[i]});
  }
  std::sort(result.begin(), result.end(),
            [](const auto& a, const auto& b) { return a.code < b.code; });
  return result;
}

// The least number of low bits to drop so that at most `capacity` of the rising codes differ: two
// neighbours fall together once the highest bit in which they differ is dropped.
unsigned QuantileSketch::bits_to_drop(const std::vector<CountTable::Entry>& entries) noexcept {
  std::array<std::size_t, 65> last_apart{};
  for (std::size_t i = 1; i < entries.size(); ++i) {
    ++last_apart[static_cast<std::size_t>(std::bit_width(entries[i].code ^ entries[i - 1].code))];
  }
  std::size_t occupied = 1;
  unsigned drop = 64;
  while (drop > 0 && occupied + last_apart[drop] <= capacity) occupied += last_apart[drop--];
  return drop;
}

void QuantileSketch::compress() { drop_to(shift_ + bits_to_drop(entries())); }

void QuantileSketch::absorb(const std::vector<CountTable::Entry>& entries) {
  const unsigned least = bits_to_drop(entries);
  if (least > shift_) drop_to(least);
  for (const CountTable::Entry& entry : entries) add_key(entry.code, entry.count);
}

QuantileSketch& QuantileSketch::operator+=(const QuantileSketch& other) {
  if (other.shift_ > shift_) drop_to(other.shift_);
  for (std::size_t i = 0; i < slots; ++i) {
    if (other.codes_[i] == no_code) continue;
    add_key(other.codes_[i] << other.shift_, other.counts_[i]);
  }
  return *this;
}

std::vector<QuantileSketch::Bucket> QuantileSketch::buckets() const {
  std::vector<Bucket> result;
  const std::uint64_t last_key = order_key(std::numeric_limits<double>::infinity());
  for (const CountTable::Entry& entry : entries()) {
    const std::uint64_t first = entry.code << shift_;
    const std::uint64_t next = (entry.code + 1) << shift_;
    const double lo = double_of_key(std::max(first, ~last_key));
    // The top bucket may run past infinity, and wrap to 0 past the end of the keys.
    const bool open = next == 0 || next > last_key;
    const double hi = shift_ == 0 ? lo : double_of_key(open ? last_key : next);
    result.push_back({lo, hi, entry.count});
  }
  return result;
}

QuantileSketch QuantileSketch::from_entries(const std::vector<CountTable::Entry>& entries,
                                            unsigned shift) {
  QuantileSketch sketch;
  sketch.shift_ = shift;
  for (const CountTable::Entry& entry : entries) {
    sketch.add_code(entry.code, entry.count);
    sketch.total_ += entry.count;
  }
  return sketch;
}

}  // namespace zeroskew
