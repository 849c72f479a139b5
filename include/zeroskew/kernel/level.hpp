#pragma once
/// Which instruction set the kernels use.

#include <span>
#include <string_view>

namespace zeroskew::kernel {

/// The levels that this build has and this machine can run, from the lowest to the best:
/// "baseline" first, then "avx2", "avx512" or "neon". All give the same bits.
[[nodiscard]] std::span<const std::string_view> levels();

/// The level in use: the best one, or what the environment variable ZEROSKEW_SIMD names.
/// @throws Error kernel.unknown_level when it names none of `levels()`
[[nodiscard]] std::string_view level();

/// Uses another level from now on (tests and benchmarks). @throws Error kernel.unknown_level
void use_level(std::string_view name);

}  // namespace zeroskew::kernel
