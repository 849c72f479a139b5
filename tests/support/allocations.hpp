#pragma once
// What the program has allocated so far, where one of its sources includes counting_new.hpp.

#include <atomic>
#include <cstddef>

namespace zeroskew::test {

inline std::atomic<std::size_t> allocations{0};
inline std::atomic<std::size_t> allocated_bytes{0};

}  // namespace zeroskew::test
