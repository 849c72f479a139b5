// Row keys are XXH64: vectors from the xxhash library.
#include "zeroskew/random/row_key.hpp"

#include <cstdint>
#include <limits>
#include <string>

#include "support/catch.hpp"

using zeroskew::row_key;

TEST_CASE("row keys of strings are XXH64", "[row_key]") {
  CHECK(row_key("") == 0xef46db3751d8e999u);
  CHECK(row_key("a") == 0xd24ec4f1a98c6e5bu);
  CHECK(row_key("aho") == 0xf0a146ee97aaeb7bu);
  CHECK(row_key("ahov") == 0x259fc8aa66266ab8u);
  CHECK(row_key("ahovcjq") == 0x4bd8db38b35746f8u);
  CHECK(row_key("ahovcjqx") == 0x327c72a78988cb58u);
  CHECK(row_key("ahovcjqxelsz") == 0xd26e0b3df1badfecu);
  CHECK(row_key("ahovcjqxelszgnubipwdkryfmtahovc") == 0xc60b040c0aa3c968u);
  CHECK(row_key("ahovcjqxelszgnubipwdkryfmtahovcj") == 0xecb57311ef028954u);
  CHECK(row_key("ahovcjqxelszgnubipwdkryfmtahovcjq") == 0xaafb3e2eb53be3e9u);
  CHECK(row_key("ahovcjqxelszgnubipwdkryfmtahovcjqxelszgnubipwdkryf"
                "mtahovcjqxels") == 0xc101e7626cf2b342u);
  CHECK(row_key("ahovcjqxelszgnubipwdkryfmtahovcjqxelszgnubipwdkryf"
                "mtahovcjqxelsz") == 0x99942a6c8ba86017u);
  CHECK(row_key("ahovcjqxelszgnubipwdkryfmtahovcjqxelszgnubipwdkryf"
                "mtahovcjqxelszgnubipwdkryfmtahovcjqxelszgnubipwdkr") == 0xe645df0208c9f1d6u);
  CHECK(row_key("abc") == 0x44bc2cf5ad770999u);
}

TEST_CASE("row keys of integers are XXH64 of eight bytes", "[row_key]") {
  for (const std::int64_t value :
       {std::int64_t{0}, std::int64_t{1}, std::int64_t{-1}, std::int64_t{123456789},
        std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()}) {
    std::string bytes;
    for (int i = 0; i < 8; ++i) {
      bytes.push_back(static_cast<char>((static_cast<std::uint64_t>(value) >> (8 * i)) & 0xff));
    }
    CHECK(row_key(value) == row_key(bytes));
  }
}

TEST_CASE("one changed bit of an integer changes about half of the key", "[row_key]") {
  double changed = 0.0;
  for (std::int64_t value = 0; value < 1000; ++value) {
    for (int bit = 0; bit < 64; ++bit) {
      const auto other =
          static_cast<std::int64_t>(static_cast<std::uint64_t>(value) ^ (std::uint64_t{1} << bit));
      std::uint64_t difference = row_key(value) ^ row_key(other);
      for (; difference != 0; difference &= difference - 1) changed += 1.0;
    }
  }
  // 64,000 pairs of 64 fair bits: a standard deviation of 4 / sqrt(64,000) = 0.016
  CHECK(changed / 64000.0 == Approx(32.0).margin(0.1));
}
