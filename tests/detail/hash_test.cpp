#include "zeroskew/detail/hash.hpp"

#include <bit>
#include <string>
#include <unordered_set>

#include "support/catch.hpp"

using zeroskew::detail::hash_bytes;
using zeroskew::detail::mix;

TEST_CASE("mix is the output function of SplitMix64") {
  constexpr std::uint64_t gamma = 0x9e3779b97f4a7c15u;
  // The published first outputs for the seed 0.
  CHECK(mix(0) == 0xe220a8397b1dcdafu);
  CHECK(mix(gamma) == 0x6e789e6aa1b965f4u);
  CHECK(mix(2 * gamma) == 0x06c45d188009454fu);
}

// Sketches are stored: a hash that changes would break every stored profile. The values were worked
// out apart, with Python's integers.
TEST_CASE("hashes never change") {
  struct Golden {
    std::size_t size;
    std::uint64_t hash;
  };
  const Golden values[] = {
      {0, 0x05514b27b703d60bu}, {1, 0xfdb14c31e364e6f3u}, {3, 0x883c31f780ed5cb6u},
      {7, 0xe1f06d5b689c03d3u}, {8, 0x9dfab90451d066cbu}, {9, 0x903f71abf90e3f80u},
      {15, 0xfc75394394386c5bu}, {16, 0x847dc9b8e1942621u}, {17, 0x3ff08fe1adf4c218u},
      {31, 0xe9dcff55e9045182u}, {32, 0x9432286c10c0feb8u}, {33, 0x3d59676578d07648u},
      {100, 0x3b4445d3eb74f848u}};
  for (const Golden& golden : values) {
    std::string text;
    for (std::size_t i = 0; i < golden.size; ++i) text.push_back(static_cast<char>(7 * i + 1));
    CHECK(hash_bytes(text) == golden.hash);
  }
}

TEST_CASE("a flipped bit of the input flips each bit of the hash half of the time") {
  std::uint64_t trials = 0;
  std::uint64_t flips[64] = {};
  for (std::size_t size = 1; size <= 40; ++size) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      std::string text;
      for (std::size_t i = 0; i < size; ++i) text.push_back(static_cast<char>(mix(seed * 64 + i)));
      const std::uint64_t before = hash_bytes(text);
      for (std::size_t bit = 0; bit < 8 * size; ++bit) {
        text[bit / 8] = static_cast<char>(text[bit / 8] ^ (1 << (bit % 8)));
        const std::uint64_t changed = before ^ hash_bytes(text);
        text[bit / 8] = static_cast<char>(text[bit / 8] ^ (1 << (bit % 8)));
        ++trials;
        for (int i = 0; i < 64; ++i) flips[i] += changed >> i & 1;
        REQUIRE(std::popcount(changed) >= 8);  // fewer: once in 10^10 if the bits were fair coins
      }
    }
  }
  // Five standard deviations of a fair coin.
  const double half = static_cast<double>(trials) / 2;
  for (const std::uint64_t count : flips) {
    const double off = static_cast<double>(count) - half;
    CHECK(off * off < 25 * half / 2);
  }
}

TEST_CASE("different strings have different hashes, whatever their length") {
  std::unordered_set<std::uint64_t> seen = {hash_bytes("")};
  std::size_t strings = 1;
  for (int a = 0; a < 256; ++a) {
    seen.insert(hash_bytes(std::string{static_cast<char>(a)}));
    for (int b = 0; b < 256; ++b) {
      seen.insert(hash_bytes(std::string{static_cast<char>(a), static_cast<char>(b)}));
    }
  }
  strings += 256 + 256 * 256;
  // Zeros only, which a hash that forgets the length confuses; 1 and 2 are among the above.
  for (std::size_t size = 3; size <= 100; ++size, ++strings) {
    seen.insert(hash_bytes(std::string(size, '\0')));
  }
  CHECK(seen.size() == strings);
}

TEST_CASE("with room behind the bytes the hash is the same") {
  std::string text;
  for (int i = 0; i < 80; ++i) text += static_cast<char>(37 * i + 128);
  for (std::size_t start = 0; start < 16; ++start) {
    for (std::size_t size = 0; start + size + 16 <= text.size(); ++size) {
      const auto some = std::string_view(text).substr(start, size);
      CHECK(zeroskew::detail::hash_roomy_bytes(some) == hash_bytes(some));
    }
  }
}
