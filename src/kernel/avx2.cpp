#include "kernel/generic.hpp"

namespace zeroskew::kernel {
const Table avx2_table = Generic<xsimd::avx2>::table;
}  // namespace zeroskew::kernel
