#include "kernel/generic.hpp"

namespace zeroskew::kernel {
const Table avx512_table = Generic<xsimd::avx512dq>::table;
}  // namespace zeroskew::kernel
