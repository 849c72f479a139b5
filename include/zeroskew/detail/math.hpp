#pragma once
/// The elementary functions that results may use. The C library's differ between machines in their
/// last bits; these are made of + - * / sqrt, integer operations and table look-ups in one fixed
/// order, so every machine and every language gets the same bits. They must be compiled without
/// contraction to fused multiply-adds (the library's CMake target sees to it) and in
/// round-to-nearest. `ulp` below means the distance between doubles at the exact result.

#include "zeroskew/detail/math_bits.hpp"
#include "zeroskew/detail/math_erf.hpp"
#include "zeroskew/detail/math_exp.hpp"
#include "zeroskew/detail/math_log.hpp"
#include "zeroskew/detail/math_quantile.hpp"
#include "zeroskew/detail/math_trig.hpp"
