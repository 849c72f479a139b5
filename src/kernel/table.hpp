#pragma once
// What each instruction set's translation unit hands out.

#include <cstddef>
#include <cstdint>

#include "zeroskew/kernel/numbers.hpp"

namespace zeroskew::kernel {

struct Table {
  void (*scan)(const double*, std::size_t, Scan*) noexcept;
  void (*block_sums)(const double*, std::size_t, int, BlockSums*) noexcept;
  void (*order_keys)(const double*, std::size_t, std::uint64_t*) noexcept;
  void (*mix)(const std::uint64_t*, std::size_t, std::uint64_t*) noexcept;
  void (*draw_bits)(std::uint64_t, std::uint64_t, std::uint64_t, const std::uint64_t*, std::size_t,
                    std::uint64_t*) noexcept;
  void (*copy_numbers)(const double*, std::size_t, double*, const double*) noexcept;
  void (*uniforms)(const std::uint64_t*, std::size_t, double*) noexcept;
  void (*fractions)(const std::uint64_t*, std::size_t, double*) noexcept;
  void (*laplaces)(const std::uint64_t*, std::size_t, double*) noexcept;
  /// The last argument is the normal quantile, for the far tails.
  void (*normals)(const std::uint64_t*, std::size_t, double*, double (*)(double) noexcept) noexcept;
  void (*copy_rows)(const std::uint8_t*, std::ptrdiff_t, std::size_t, std::size_t,
                    std::uint8_t*) noexcept;
  void (*mirror_rows)(const std::uint8_t*, std::size_t, std::size_t, std::size_t,
                      std::uint8_t*) noexcept;
  void (*float_normals)(std::uint64_t, std::uint64_t, std::uint64_t, std::size_t, float*) noexcept;
  void (*noise_bytes)(const std::uint8_t*, const float*, float, std::size_t,
                      std::uint8_t*) noexcept;
  void (*noise_floats)(const float*, const float*, float, std::size_t, float*) noexcept;
  void (*blend_bytes)(const std::uint8_t*, const float*, float, std::size_t, std::size_t,
                      std::uint8_t*) noexcept;
  void (*blend_floats)(const float*, const float*, float, std::size_t, std::size_t,
                       float*) noexcept;
  void (*scale_bytes)(const std::uint8_t*, float, std::size_t, std::uint8_t*) noexcept;
  void (*scale_floats)(const float*, float, std::size_t, float*) noexcept;
  void (*add_scaled)(const float*, float, std::size_t, float*) noexcept;
};

extern const Table baseline_table;
extern const Table avx2_table;
extern const Table avx512_table;

}  // namespace zeroskew::kernel
