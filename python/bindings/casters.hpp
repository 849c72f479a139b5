#pragma once
/// Between the core's values and Python's.

#include <pybind11/pybind11.h>

#include <string>
#include <string_view>

#include "zeroskew/column/type.hpp"
#include "zeroskew/column/value.hpp"
#include "zeroskew/stats/estimate.hpp"
#include "zeroskew/stats/exact_sum.hpp"

namespace zeroskew::python {

namespace py = pybind11;

/// A str; bytes that are not UTF-8 become lone surrogates (PEP 383), so nothing is lost.
[[nodiscard]] py::str to_str(std::string_view text);
/// The bytes of a str, lone surrogates turned back.
[[nodiscard]] std::string from_str(const py::str& text);
/// None, bool, int, float, str or, where the kind is bytes, bytes.
[[nodiscard]] py::object to_object(const Value& value, Kind kind);
/// (value, lo, hi, exact), the numbers as int where all of them are whole.
[[nodiscard]] py::tuple to_tuple(const Estimate& estimate);
[[nodiscard]] inline py::tuple to_tuple(const Bounds& bounds) {
  return py::make_tuple(bounds.lo, bounds.hi);
}
/// The exact int. @pre the sum is whole
[[nodiscard]] py::int_ to_int(const ExactSum& sum);

}  // namespace zeroskew::python
