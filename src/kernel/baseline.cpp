// The instruction set that every machine of the platform has.
#include "kernel/generic.hpp"

namespace zeroskew::kernel {
#if defined(__aarch64__) || defined(_M_ARM64)
using BaselineArch = xsimd::neon64;
#elif defined(__x86_64__) || defined(_M_X64)
using BaselineArch = xsimd::sse2;
#else
#error "zeroskew's kernels know x86-64 and aarch64"
#endif
const Table baseline_table = Generic<BaselineArch>::table;
}  // namespace zeroskew::kernel
