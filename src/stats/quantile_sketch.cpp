#include "zeroskew/stats/quantile_sketch.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace zeroskew {

void QuantileSketch::drop_to(unsigned shift) {
  CountTable coarser;
  coarser.reserve(capacity);
  table_.for_each([&](std::uint64_t code, std::uint64_t count) {
    coarser.add(code >> (shift - shift_), count);
  });
  table_ = std::move(coarser);
  shift_ = shift;
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

void QuantileSketch::compress() { drop_to(shift_ + bits_to_drop(table_.sorted())); }

void QuantileSketch::absorb(const std::vector<CountTable::Entry>& entries) {
  const unsigned least = bits_to_drop(entries);
  if (least > shift_) drop_to(least);
  table_.reserve(std::min(capacity, entries.size()));
  for (const CountTable::Entry& entry : entries) add_key(entry.code, entry.count);
}

QuantileSketch& QuantileSketch::operator+=(const QuantileSketch& other) {
  if (other.shift_ > shift_) drop_to(other.shift_);
  table_.reserve(std::max(table_.size(), other.table_.size()));
  const unsigned drop = shift_ - other.shift_;
  other.table_.for_each(
      [&](std::uint64_t code, std::uint64_t count) { table_.add(code >> drop, count); });
  total_ += other.total_;
  if (table_.size() > capacity) compress();
  return *this;
}

std::vector<QuantileSketch::Bucket> QuantileSketch::buckets() const {
  std::vector<Bucket> result;
  const std::uint64_t last_key = order_key(std::numeric_limits<double>::infinity());
  for (const CountTable::Entry& entry : table_.sorted()) {
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
  sketch.table_.reserve(entries.size());
  for (const CountTable::Entry& entry : entries) {
    sketch.table_.add(entry.code, entry.count);
    sketch.total_ += entry.count;
  }
  return sketch;
}

}  // namespace zeroskew
