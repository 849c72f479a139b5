#pragma once
// How often the test program has allocated: plan_test.cpp counts.

#include <atomic>
#include <cstddef>

namespace transform_test {

extern std::atomic<std::size_t> allocations;

}  // namespace transform_test
