#include "casters.hpp"

#include <charconv>
#include <cmath>
#include <type_traits>
#include <variant>

namespace zeroskew::python {
namespace {

// Up to here every whole double is the count that it stands for.
constexpr double exact_integers = 0x1p53;

bool is_whole(double value) {
  return std::fabs(value) <= exact_integers && std::floor(value) == value;
}

}  // namespace

py::str to_str(std::string_view text) {
  PyObject* decoded =
      PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), "surrogateescape");
  if (decoded == nullptr) throw py::error_already_set();
  return py::reinterpret_steal<py::str>(decoded);
}

std::string from_str(const py::str& text) {
  PyObject* encoded = PyUnicode_AsEncodedString(text.ptr(), "utf-8", "surrogateescape");
  if (encoded == nullptr) throw py::error_already_set();
  return py::reinterpret_steal<py::bytes>(encoded);
}

py::object to_object(const Value& value, Kind kind) {
  return std::visit(
      [&](const auto& held) -> py::object {
        using Held = std::decay_t<decltype(held)>;
        if constexpr (std::is_same_v<Held, std::monostate>) {
          return py::none();
        } else if constexpr (std::is_same_v<Held, std::string>) {
          if (kind == Kind::bytes) return py::bytes(held);
          return to_str(held);
        } else {
          return py::cast(held);
        }
      },
      value);
}

py::tuple to_tuple(const Estimate& estimate) {
  const bool whole = is_whole(estimate.value) && is_whole(estimate.lo) && is_whole(estimate.hi);
  const auto number = [&](double x) -> py::object {
    if (whole) return py::int_(static_cast<std::int64_t>(x));
    return py::float_(x);
  };
  return py::make_tuple(number(estimate.value), number(estimate.lo), number(estimate.hi),
                        estimate.exact);
}

py::int_ to_int(const ExactSum& sum) {
  const ExactSum::Parts parts = sum.parts();
  const detail::BigUint whole = parts.exponent >= 0
                                    ? parts.magnitude.shifted_left(parts.exponent)
                                    : parts.magnitude.shifted_right(-parts.exponent);
  std::string hex = parts.negative ? "-0" : "0";
  const auto& digits = whole.digits();
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
    char text[8];
    const auto end = std::to_chars(text, text + sizeof text, *digit, 16).ptr;
    hex.append(sizeof text - static_cast<std::size_t>(end - text), '0').append(text, end);
  }
  PyObject* number = PyLong_FromString(hex.c_str(), nullptr, 16);
  if (number == nullptr) throw py::error_already_set();
  return py::reinterpret_steal<py::int_>(number);
}

}  // namespace zeroskew::python
