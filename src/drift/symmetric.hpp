#pragma once
// Eigenvectors of a symmetric matrix by a fixed sequence of operations. Linear algebra libraries
// choose theirs by the machine's instructions, and so their last bits.

#include <cstddef>
#include <vector>

namespace zeroskew::detail {

struct Spectrum {
  std::vector<double> values;   // rising
  std::vector<double> vectors;  // column j of the size x size matrix belongs to values[j]
};

// Householder's reduction and implicit QL (Bowdler, Martin, Reinsch and Wilkinson 1968). `matrix`
// is row after row. @throws Error drift.no_convergence
[[nodiscard]] Spectrum spectrum_of(std::vector<double> matrix, std::size_t size);

}  // namespace zeroskew::detail
