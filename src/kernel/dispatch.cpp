// The choice of an instruction set, made once at first use.

#include <atomic>
#include <cstdlib>
#include <string>
#include <vector>

#include "kernel/table.hpp"
#include "zeroskew/detail/math_quantile.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/kernel/cells.hpp"
#include "zeroskew/kernel/draws.hpp"
#include "zeroskew/kernel/image.hpp"
#include "zeroskew/kernel/level.hpp"

namespace zeroskew::kernel {
namespace {

struct Levels {
  std::vector<std::string_view> names;
  std::vector<const Table*> tables;

  Levels() {
    add("baseline", baseline_table);
#if defined(ZEROSKEW_X86_LEVELS)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx2")) add("avx2", avx2_table);
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512cd")) {
      add("avx512", avx512_table);
    }
#endif
  }

  void add(std::string_view name, const Table& table) {
    names.push_back(name);
    tables.push_back(&table);
  }

  [[nodiscard]] std::size_t find(std::string_view name, const std::string& where) const {
    std::string all;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (names[i] == name) return i;
      all.append(i == 0 ? "" : ", ").append(names[i]);
    }
    fail_value("kernel.unknown_level", where,
               "'" + std::string(name) + "' is no level of this machine; it has " + all);
  }
};

const Levels& all_levels() {
  static const Levels levels;
  return levels;
}

std::size_t first_choice() {
  const char* forced = std::getenv("ZEROSKEW_SIMD");
  if (forced == nullptr || *forced == '\0') return all_levels().names.size() - 1;
  return all_levels().find(forced, "ZEROSKEW_SIMD");
}

std::atomic<std::size_t>& chosen() {
  static std::atomic<std::size_t> index{first_choice()};
  return index;
}

const Table& table() {
  return *all_levels().tables[chosen().load(std::memory_order_relaxed)];
}

}  // namespace

std::span<const std::string_view> levels() {
  return all_levels().names;
}
std::string_view level() {
  return all_levels().names[chosen().load()];
}
void use_level(std::string_view name) {
  chosen() = all_levels().find(name, "");
}

Scan scan(std::span<const double> values) noexcept {
  Scan result;
  table().scan(values.data(), values.size(), &result);
  return result;
}

void block_sums(std::span<const double> values, int exponent, BlockSums& sums) noexcept {
  table().block_sums(values.data(), values.size(), exponent, &sums);
}

void order_keys(std::span<const double> values, std::uint64_t* keys) noexcept {
  table().order_keys(values.data(), values.size(), keys);
}

void mix(std::span<const std::uint64_t> words, std::uint64_t* hashes) noexcept {
  table().mix(words.data(), words.size(), hashes);
}

void copy_numbers(std::span<const double> values, double* out, const double* next) noexcept {
  table().copy_numbers(values.data(), values.size(), out, next);
}

void draw_bits(std::uint64_t key, std::uint64_t offset, std::uint64_t counter,
               std::span<const std::uint64_t> rows, std::uint64_t* out) noexcept {
  table().draw_bits(key, offset, counter, rows.data(), rows.size(), out);
}

void uniforms(std::span<const std::uint64_t> bits, double* out) noexcept {
  table().uniforms(bits.data(), bits.size(), out);
}

void fractions(std::span<const std::uint64_t> bits, double* out) noexcept {
  table().fractions(bits.data(), bits.size(), out);
}

void laplaces(std::span<const std::uint64_t> bits, double* out) noexcept {
  table().laplaces(bits.data(), bits.size(), out);
}

void normals(std::span<const std::uint64_t> bits, double* out) noexcept {
  table().normals(bits.data(), bits.size(), out, detail::math::normal_quantile);
}

void copy_rows(const std::uint8_t* in, std::ptrdiff_t step, std::size_t rows, std::size_t bytes,
               std::uint8_t* out) noexcept {
  table().copy_rows(in, step, rows, bytes, out);
}

void mirror_rows(const std::uint8_t* in, std::size_t rows, std::size_t pixels,
                 std::size_t pixel_bytes, std::uint8_t* out) noexcept {
  table().mirror_rows(in, rows, pixels, pixel_bytes, out);
}

void float_normals(std::uint64_t key, std::uint64_t row, std::uint64_t first, std::size_t count,
                   float* out) noexcept {
  table().float_normals(key, row, first, count, out);
}

void add_noise(const std::uint8_t* in, const float* noise, float scale, std::size_t count,
               std::uint8_t* out) noexcept {
  table().noise_bytes(in, noise, scale, count, out);
}
void add_noise(const float* in, const float* noise, float scale, std::size_t count,
               float* out) noexcept {
  table().noise_floats(in, noise, scale, count, out);
}

void blend(const std::uint8_t* in, const float* weight, float target, std::size_t pixels,
           std::size_t channels, std::uint8_t* out) noexcept {
  table().blend_bytes(in, weight, target, pixels, channels, out);
}
void blend(const float* in, const float* weight, float target, std::size_t pixels,
           std::size_t channels, float* out) noexcept {
  table().blend_floats(in, weight, target, pixels, channels, out);
}

void scale(const std::uint8_t* in, float factor, std::size_t count, std::uint8_t* out) noexcept {
  table().scale_bytes(in, factor, count, out);
}
void scale(const float* in, float factor, std::size_t count, float* out) noexcept {
  table().scale_floats(in, factor, count, out);
}

void add_scaled(const float* in, float weight, std::size_t count, float* sum) noexcept {
  table().add_scaled(in, weight, count, sum);
}

}  // namespace zeroskew::kernel
