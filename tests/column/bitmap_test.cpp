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

TEST_CASE("no bitmap means that every bit is set") {
  CHECK(zeroskew::bit_at(nullptr, 12345));
  CHECK(zeroskew::count_bits(nullptr, 5, 17) == 17);
}
