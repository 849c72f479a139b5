#pragma once
/// Kernels over rows of pixels, in single precision where they are not whole numbers.

#include <cstddef>
#include <cstdint>

namespace zeroskew::kernel {

/// Rows of so many bytes, `step` apart in `in` (from the last to the first where it is negative),
/// one behind the other in `out`. @pre `in` and `out` do not overlap
void copy_rows(const std::uint8_t* in, std::ptrdiff_t step, std::size_t rows, std::size_t bytes,
               std::uint8_t* out) noexcept;
/// Rows of pixels, each from right to left. @pre likewise
void mirror_rows(const std::uint8_t* in, std::size_t rows, std::size_t pixels,
                 std::size_t pixel_bytes, std::uint8_t* out) noexcept;

/// Standard normals in single precision (at most 5.9), numbered: value i depends on (key, row, i)
/// only. Philox words become normals in pairs (Box and Muller, 1958).
/// Writes values first ... first + count - 1. @pre first and count are multiples of 1,024
void float_normals(std::uint64_t key, std::uint64_t row, std::uint64_t first, std::size_t count,
                   float* out) noexcept;

/// out = in + scale noise, rounded and held in 0 ... 255; for floats held in 0 ... 1.
void add_noise(const std::uint8_t* in, const float* noise, float scale, std::size_t count,
               std::uint8_t* out) noexcept;
void add_noise(const float* in, const float* noise, float scale, std::size_t count,
               float* out) noexcept;

/// out = in + (target - in) weight, likewise; `weight` has one number a pixel.
void blend(const std::uint8_t* in, const float* weight, float target, std::size_t pixels,
           std::size_t channels, std::uint8_t* out) noexcept;
void blend(const float* in, const float* weight, float target, std::size_t pixels,
           std::size_t channels, float* out) noexcept;

/// out = in factor, bytes rounded. @pre 0 <= factor <= 1
void scale(const std::uint8_t* in, float factor, std::size_t count, std::uint8_t* out) noexcept;
void scale(const float* in, float factor, std::size_t count, float* out) noexcept;

/// sum[i] += in[i] weight
void add_scaled(const float* in, float weight, std::size_t count, float* sum) noexcept;

}  // namespace zeroskew::kernel
