#include "zeroskew/kernel/draws.hpp"

#include <bit>
#include <vector>

#include "support/catch.hpp"
#include "zeroskew/kernel/level.hpp"
#include "zeroskew/random/stream.hpp"

using namespace zeroskew;

namespace {

bool same(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

}  // namespace

TEST_CASE("every level draws what the scalar stream draws") {
  std::vector<std::uint64_t> keys(1024);
  std::vector<std::uint64_t> bits(1024);
  std::vector<double> normals(1024);
  std::vector<double> uniforms(1024);
  std::vector<double> fractions(1024);
  std::vector<double> laplaces(1024);
  for (const std::string_view level : kernel::levels()) {
    kernel::use_level(level);
    std::size_t wrong = 0;
    for (std::uint64_t round = 0; round < 60; ++round) {
      const Stream stream({round, 3, 99 * round, 0, 5});
      const std::size_t count = 1024 - round * 17;
      for (std::size_t i = 0; i < count; ++i)
        keys[i] = round % 2 == 0 ? i : ~(i * 0x9e3779b97f4a7c15u);
      const std::uint64_t counter = round % 3 == 0 ? 0 : (round << 33) + round;
      kernel::draw_bits(stream.philox_key(), stream.row_offset(), counter, {keys.data(), count},
                        bits.data());
      kernel::normals({bits.data(), count}, normals.data());
      kernel::uniforms({bits.data(), count}, uniforms.data());
      kernel::fractions({bits.data(), count}, fractions.data());
      kernel::laplaces({bits.data(), count}, laplaces.data());
      for (std::size_t i = 0; i < count; ++i) {
        const Stream row = stream.with_row(keys[i]);
        wrong += bits[i] != row.bits64(2 * counter);
        wrong += !same(normals[i], row.normal(2 * counter));
        wrong += !same(uniforms[i], row.uniform_open(2 * counter));
        wrong += !same(fractions[i], row.uniform(2 * counter));
        wrong += !same(laplaces[i], row.laplace(2 * counter));
      }
    }
    INFO(level);
    CHECK(wrong == 0);
  }
  kernel::use_level(kernel::levels().back());
}

TEST_CASE("every level has the tails of the normal and the Laplace quantile") {
  std::vector<std::uint64_t> bits;
  for (std::uint64_t i = 0; i < 512; ++i) {
    const std::uint64_t small = i < 64 ? std::uint64_t{1} << i : i * i * i << (i % 40);
    bits.push_back(small);
    bits.push_back(~small);
  }
  std::vector<double> made(bits.size());
  std::vector<double> laplaces(bits.size());
  for (const std::string_view level : kernel::levels()) {
    kernel::use_level(level);
    kernel::normals(bits, made.data());
    kernel::laplaces(bits, laplaces.data());
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < bits.size(); ++i) {
      const double p = static_cast<double>((bits[i] >> 11) | 1) * 0x1p-53;
      wrong += !same(made[i], detail::math::normal_quantile(p));
      const double log = detail::math::log(2.0 * (p < 0.5 ? p : 1.0 - p));
      wrong += !same(laplaces[i], p < 0.5 ? log : -log);
    }
    INFO(level);
    CHECK(wrong == 0);
  }
  kernel::use_level(kernel::levels().back());
}
