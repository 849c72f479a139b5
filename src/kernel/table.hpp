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
};

extern const Table baseline_table;
extern const Table avx2_table;
extern const Table avx512_table;

}  // namespace zeroskew::kernel
