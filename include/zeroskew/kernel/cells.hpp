#pragma once
/// Cells of numbers on their way into blocks and out of them.

#include <span>

namespace zeroskew::kernel {

/// Copies; a NaN of whatever bits becomes the one with nothing in it. Memory is asked for what lies
/// from `next` on, as many cells again: the block to come.
void copy_numbers(std::span<const double> values, double* out, const double* next) noexcept;

}  // namespace zeroskew::kernel
