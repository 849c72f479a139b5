#pragma once
// Counts what the whole program allocates: included by one of its sources, as it replaces operator
// new. Malloc keeps the alignment that plain new promises.

#include <cstdlib>
#include <new>

#include "support/allocations.hpp"

void* operator new(std::size_t size) {
  ++zeroskew::test::allocations;
  zeroskew::test::allocated_bytes += size;
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}
