#include "zeroskew/kernel/sort.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

namespace zeroskew::kernel {
namespace {

constexpr std::size_t digits = 6;
constexpr unsigned digit_bits = 11;
constexpr std::size_t radix = std::size_t{1} << digit_bits;
constexpr std::size_t small = 512;

// The doubles' order is the order of these keys: negatives flipped, the others above them.
constexpr std::uint64_t key_of(double value) noexcept {
  const auto bits = std::bit_cast<std::uint64_t>(value + 0.0);  // -0.0 + 0.0 is 0.0
  return bits ^ ((bits >> 63) != 0 ? ~std::uint64_t{0} : std::uint64_t{1} << 63);
}

constexpr double value_of(std::uint64_t key) noexcept {
  return std::bit_cast<double>(key ^
                               ((key >> 63) != 0 ? std::uint64_t{1} << 63 : ~std::uint64_t{0}));
}

constexpr std::size_t digit_of(std::uint64_t key, std::size_t which) noexcept {
  return static_cast<std::size_t>(key >> (which * digit_bits)) & (radix - 1);
}

using Counts = std::array<std::array<std::uint32_t, radix>, digits>;

// One stable pass; the counts become the places where each digit's keys start.
void scatter(const std::uint64_t* from, std::uint64_t* to, std::size_t size, std::size_t which,
             std::array<std::uint32_t, radix> counts) noexcept {
  std::uint32_t start = 0;
  for (auto& count : counts) {
    const auto here = count;
    count = start;
    start += here;
  }
  for (std::size_t i = 0; i < size; ++i) to[counts[digit_of(from[i], which)]++] = from[i];
}

// Finishes what the leading digits have left nearly sorted; false once that costs too much.
bool insertion_sort(std::uint64_t* keys, std::size_t size) noexcept {
  std::size_t budget = 4 * size;
  for (std::size_t i = 1; i < size; ++i) {
    const auto key = keys[i];
    std::size_t j = i;
    for (; j > 0 && keys[j - 1] > key; --j) keys[j] = keys[j - 1];
    keys[j] = key;
    if (i - j > budget) return false;
    budget -= i - j;
  }
  return true;
}

// Sorts keys by the given digits, least significant first, skipping those that are all equal.
// Returns where the result is.
std::uint64_t* radix_sort(std::uint64_t* keys, std::uint64_t* other, std::size_t size,
                          const Counts& counts, std::size_t first) noexcept {
  for (std::size_t which = first; which < digits; ++which) {
    if (counts[which][digit_of(keys[0], which)] == size) continue;
    scatter(keys, other, size, which, counts[which]);
    std::swap(keys, other);
  }
  return keys;
}

}  // namespace

void sort_doubles(std::span<double> values) {
  const std::size_t size = values.size();
  if (size < small || size > UINT32_MAX) {
    for (auto& value : values) value += 0.0;
    std::sort(values.begin(), values.end());
    return;
  }
  const auto buffer = std::make_unique_for_overwrite<std::uint64_t[]>(2 * size);
  std::uint64_t* keys = buffer.get();
  std::uint64_t* other = keys + size;
  const auto counts = std::make_unique<Counts>();
  for (std::size_t i = 0; i < size; ++i) {
    const auto key = key_of(values[i]);
    keys[i] = key;
    for (std::size_t which = 0; which < digits; ++which) ++(*counts)[which][digit_of(key, which)];
  }
  // Three leading digits (sign, exponent, 21 bits of fraction) all but sort most columns. Where
  // they do not, the sort starts again with every digit: slower, never quadratic.
  auto* sorted = radix_sort(keys, other, size, *counts, digits - 3);
  if (!insertion_sort(sorted, size)) {
    sorted = radix_sort(sorted, sorted == keys ? other : keys, size, *counts, 0);
  }
  for (std::size_t i = 0; i < size; ++i) values[i] = value_of(sorted[i]);
}

std::vector<double> sorted_without_nan(std::span<const double> values) {
  std::vector<double> kept(values.size());
  std::size_t size = 0;
  for (const double value : values) {  // no branch: a NaN is overwritten by what follows
    kept[size] = value;
    size += value == value ? 1 : 0;
  }
  kept.resize(size);
  sort_doubles(kept);
  return kept;
}

}  // namespace zeroskew::kernel
