#include "zeroskew/column/bitmap.hpp"

#include <vector>

#include "support/catch.hpp"
#include "zeroskew/detail/hash.hpp"

TEST_CASE("bits are counted from any offset, over any length") {
  std::vector<std::uint8_t> bytes(50);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<std::uint8_t>(zeroskew::detail::mix(i));
  }
  std::vector<int> sums = {0};
  for (std::size_t i = 0; i < 8 * bytes.size(); ++i) {
    const int bit = bytes[i / 8] >> (i % 8) & 1;
    CHECK(zeroskew::bit_at(bytes.data(), static_cast<std::int64_t>(i)) == (bit == 1));
    sums.push_back(sums.back() + bit);
  }
  std::size_t wrong = 0;
  for (std::size_t start = 0; start < sums.size(); ++start) {
    for (std::size_t end = start; end < sums.size(); ++end) {
      wrong += zeroskew::count_bits(bytes.data(), static_cast<std::int64_t>(start),
                                    static_cast<std::int64_t>(end - start)) !=
               sums[end] - sums[start];
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("bits set in two bitmaps are counted from any offset, over any length") {
  std::vector<std::uint8_t> left(40);
  std::vector<std::uint8_t> right(40);
  for (std::size_t i = 0; i < left.size(); ++i) {
    left[i] = static_cast<std::uint8_t>(zeroskew::detail::mix(i));
    right[i] = static_cast<std::uint8_t>(zeroskew::detail::mix(i + 1000));
  }
  std::size_t wrong = 0;
  for (std::int64_t start = 0; start < 70; ++start) {
    std::int64_t both = 0;
    for (std::int64_t end = start; end < 320; ++end) {
      wrong += zeroskew::count_bits(left.data(), right.data(), start, end - start) != both;
      both += zeroskew::bit_at(left.data(), end) && zeroskew::bit_at(right.data(), end);
    }
  }
  CHECK(wrong == 0);
  CHECK(zeroskew::count_bits(left.data(), nullptr, 3, 100) ==
        zeroskew::count_bits(left.data(), 3, 100));
  CHECK(zeroskew::count_bits(nullptr, left.data(), 3, 100) ==
        zeroskew::count_bits(left.data(), 3, 100));
}

TEST_CASE("no bitmap means that every bit is set") {
  CHECK(zeroskew::bit_at(nullptr, 12345));
  CHECK(zeroskew::count_bits(nullptr, 5, 17) == 17);
}
