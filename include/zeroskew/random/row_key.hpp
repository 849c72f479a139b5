#pragma once
/// The 64 bits by which a row (or a column's name) is known to random draws.

#include <cstdint>
#include <string_view>

namespace zeroskew {

/// XXH64 with seed 0 of the bytes (the xxHash specification, version 0.1.1), the same on every
/// machine and in every language that has that hash.
[[nodiscard]] std::uint64_t row_key(std::string_view bytes) noexcept;

/// XXH64 with seed 0 of the integer's eight bytes, lowest first: different integers, different
/// keys.
[[nodiscard]] std::uint64_t row_key(std::int64_t value) noexcept;

}  // namespace zeroskew
