#include "monitor.hpp"

#include <cmath>
#include <limits>

#include "casters.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew::python {
namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr const char* sides[] = {"both", "up", "down"};

std::string type_name(const py::handle& object) {
  return Py_TYPE(object.ptr())->tp_name;
}

// "lambda" is a word of Python's own; as usual, it has an underscore there.
std::string python_name(const std::string& name) {
  return name == "lambda" ? "lambda_" : name;
}

py::object to_parameter(const DetectorParameter& parameter, double value) {
  if (parameter.type == "side") return py::str(sides[static_cast<std::size_t>(value)]);
  if (parameter.type == "flag") return py::bool_(value != 0.0);
  if (parameter.type == "integer") return py::int_(static_cast<std::uint64_t>(value));
  return py::float_(value);
}

std::string range_of(const DetectorParameter& parameter) {
  if (parameter.type == "side") return "\"both\", \"up\" or \"down\"";
  if (parameter.type == "flag") return "True or False";
  return (parameter.type == "integer" ? "whole, " : "") + parameter.limits.describe();
}

}  // namespace

double number_of(const py::handle& object) {
  PyObject* raw = object.ptr();
  if (PyFloat_CheckExact(raw)) return PyFloat_AS_DOUBLE(raw);
  if (object.is_none()) return not_a_number;
  const double number = PyFloat_AsDouble(raw);
  if (number != -1.0 || PyErr_Occurred() == nullptr) return number;
  const bool large = PyErr_ExceptionMatches(PyExc_OverflowError) != 0;
  PyErr_Clear();
  if (large) {
    const bool negative = object < py::int_(0);
    return negative ? -std::numeric_limits<double>::infinity()
                    : std::numeric_limits<double>::infinity();
  }
  if (type_name(object) == "NAType") return not_a_number;
  fail_type("monitor.not_a_number", "", "a number or None is needed, found " + type_name(object));
}

Doubles numbers_of(const py::object& values) {
  const py::module_ numpy = py::module_::import("numpy");
  py::object array;
  try {
    // A masked array's mask would be lost on the way.
    const bool masked = py::isinstance(values, numpy.attr("ma").attr("MaskedArray"));
    array = masked ? values.attr("astype")("float64").attr("filled")(not_a_number)
                   : numpy.attr("asarray")(values);
  } catch (const py::error_already_set& error) {
    fail_type("monitor.not_numbers", "",
              std::string("an array or a list of numbers is needed: ") + error.what());
  }
  if (array.attr("ndim").cast<int>() != 1) {
    fail_value("monitor.not_numbers", "", "an array of one dimension is needed, a value a row");
  }
  const auto kind = array.attr("dtype").attr("kind").cast<std::string>();
  if (kind == "O") {
    Doubles numbers(static_cast<py::ssize_t>(py::len(array)));
    double* out = numbers.mutable_data();
    for (const py::handle& item : array) *out++ = number_of(item);
    return numbers;
  }
  if (kind != "f" && kind != "i" && kind != "u" && kind != "b") {
    fail_type("monitor.not_numbers", "",
              "numbers are needed, found " + py::str(array.attr("dtype")).cast<std::string>());
  }
  return Doubles(array);
}

DetectorValues values_of(std::string_view detector, const py::kwargs& named) {
  DetectorValues values;
  for (const auto& [key, value] : named) {
    std::string name = from_str(py::str(key));
    if (name == "lambda_") name.pop_back();
    const std::string where = std::string(detector) + "." + name;
    if (name == "side" && py::isinstance<py::str>(value)) {
      const std::string word = from_str(py::str(value));
      std::size_t side = 0;
      while (side < 3 && word != sides[side]) ++side;
      if (side == 3) {
        fail_value("monitor.parameter", where,
                   "must be \"both\", \"up\" or \"down\", found \"" + word + "\"");
      }
      values[name] = static_cast<double>(side);
      continue;
    }
    const double number = PyFloat_AsDouble(value.ptr());
    if (number == -1.0 && PyErr_Occurred() != nullptr) {
      PyErr_Clear();
      fail_type("monitor.parameter", where, "must be a number, found " + type_name(value));
    }
    values[name] = number;
  }
  return values;
}

py::dict parameters_of(const DetectorInfo& info, const DetectorValues& values) {
  py::dict result;
  for (const DetectorParameter& parameter : info.parameters) {
    result[python_name(parameter.name).c_str()] =
        to_parameter(parameter, values.at(parameter.name));
  }
  return result;
}

std::string specification(std::string_view name, std::string_view first,
                          const py::dict& parameters) {
  std::string text(name);
  text.append("(").append(first.empty() ? "" : "...");
  for (const auto& [key, value] : parameters) {
    if (text.back() != '(') text += ", ";
    text.append(from_str(py::str(key))).append("=").append(from_str(py::repr(value)));
  }
  return text + ")";
}

std::string document(const DetectorInfo& info, std::string_view first) {
  std::string text = info.doc + ".\n\n";
  if (!first.empty()) text.append("Against `").append(first).append("`. ");
  text += "Takes: " + info.input + ".\n\nParameters:\n";
  for (const DetectorParameter& parameter : info.parameters) {
    text += "    " + python_name(parameter.name) + ": " + parameter.doc + " (" +
            range_of(parameter) + ")\n";
  }
  return text;
}

py::dict to_dict(const DetectorInfo& info) {
  py::list parameters;
  for (const DetectorParameter& parameter : info.parameters) {
    parameters.append(py::make_tuple(python_name(parameter.name), parameter.type,
                                     to_parameter(parameter, parameter.initial),
                                     range_of(parameter), parameter.doc));
  }
  py::dict entry;
  entry["name"] = info.name;
  entry["doc"] = info.doc;
  entry["input"] = info.input;
  entry["parameters"] = parameters;
  return entry;
}

}  // namespace zeroskew::python
