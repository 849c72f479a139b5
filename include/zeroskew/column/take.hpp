#pragma once
/// Chosen rows of a batch, in any order and as often as wanted, as a batch of its own.

#include <cstdint>
#include <span>

#include "zeroskew/column/batch.hpp"

namespace zeroskew {

/// Row i of the result is row `rows[i]` of the batch. Text gets 64-bit offsets and lists become
/// contiguous; types stay. Dictionaries and the buffers of string views are shared.
/// @pre 0 <= rows[i] < batch.rows
[[nodiscard]] Batch take(const Batch& batch, std::span<const std::int64_t> rows);

}  // namespace zeroskew
