#include "zeroskew/stats/count_table.hpp"

#include <array>

namespace zeroskew {
namespace {

using Entry = CountTable::Entry;

// Below this many, comparing costs less than the passes do.
constexpr std::size_t few = 2048;

// By the bytes of the code from the lowest to the highest; a byte that all have in common needs no
// pass.
void sort_by_bytes(std::vector<Entry>& entries) {
  std::array<std::array<std::uint32_t, 256>, 8> counts{};
  for (const Entry& entry : entries) {
    for (std::size_t byte = 0; byte < 8; ++byte) ++counts[byte][entry.code >> (8 * byte) & 255];
  }
  std::vector<Entry> other(entries.size());
  for (std::size_t byte = 0; byte < 8; ++byte) {
    const unsigned shift = static_cast<unsigned>(8 * byte);
    if (counts[byte][entries[0].code >> shift & 255] == entries.size()) continue;
    std::uint32_t start = 0;
    for (std::uint32_t& count : counts[byte]) start += std::exchange(count, start);
    for (const Entry& entry : entries) other[counts[byte][entry.code >> shift & 255]++] = entry;
    entries.swap(other);
  }
}

}  // namespace

std::vector<Entry> CountTable::sorted() const {
  std::vector<Entry> entries;
  entries.reserve(size_);
  for (const Entry& slot : slots_) {
    if (slot.count != 0) entries.push_back(slot);
  }
  if (entries.size() >= few && entries.size() >> 32 == 0) {
    sort_by_bytes(entries);
  } else {
    std::sort(entries.begin(), entries.end(),
              [](const Entry& a, const Entry& b) { return a.code < b.code; });
  }
  return entries;
}

}  // namespace zeroskew
