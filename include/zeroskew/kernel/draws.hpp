#pragma once
/// Random draws for a block of rows at a time: the bits of the random room, one row a lane.

#include <cstddef>
#include <cstdint>
#include <span>

namespace zeroskew::kernel {

/// The first word of the Philox block of (counter, row ^ offset) for each row: draw 2 * counter of
/// a Stream with this key and offset. @pre out has room for rows.size() words
void draw_bits(std::uint64_t key, std::uint64_t offset, std::uint64_t counter,
               std::span<const std::uint64_t> rows, std::uint64_t* out) noexcept;

/// What Stream::uniform_open, uniform, laplace and normal make of such bits.
void uniforms(std::span<const std::uint64_t> bits, double* out) noexcept;
void fractions(std::span<const std::uint64_t> bits, double* out) noexcept;
void laplaces(std::span<const std::uint64_t> bits, double* out) noexcept;
/// At most 1,024. `out` may not be `bits`.
void normals(std::span<const std::uint64_t> bits, double* out) noexcept;

}  // namespace zeroskew::kernel
