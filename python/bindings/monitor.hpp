#pragma once
/// What the bindings of all detectors and sequential tests share.

#include <pybind11/numpy.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "guarded.hpp"
#include "zeroskew/monitor/detector_info.hpp"

namespace zeroskew::python {

using Doubles = py::array_t<double, py::array::c_style | py::array::forcecast>;

/// A float, int or bool; None and pandas' NA are NaN, an int beyond all doubles is infinite.
[[nodiscard]] double number_of(const py::handle& object);
/// The same for every item of a sequence.
[[nodiscard]] Doubles numbers_of(const py::object& values);
[[nodiscard]] inline std::span<const double> span_of(const Doubles& array) {
  return {array.data(), static_cast<std::size_t>(array.size())};
}
/// Numbers by name; a side may be given by its word.
[[nodiscard]] DetectorValues values_of(std::string_view detector, const py::kwargs& named);
/// Parameters in their order, each of its own Python type.
[[nodiscard]] py::dict parameters_of(const DetectorInfo& info, const DetectorValues& values);
/// "name(parameter=value, ...)", the positional arguments first.
[[nodiscard]] std::string specification(std::string_view name, std::string_view first,
                                        const py::dict& parameters);
/// The class's docstring.
[[nodiscard]] std::string document(const DetectorInfo& info, std::string_view first);
[[nodiscard]] py::dict to_dict(const DetectorInfo& info);

[[nodiscard]] inline py::bytes to_bytes(const std::vector<std::uint8_t>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
[[nodiscard]] inline py::array_t<std::int64_t> to_array(const std::vector<std::int64_t>& values) {
  return py::array_t<std::int64_t>(static_cast<py::ssize_t>(values.size()), values.data());
}

/// A class for D with all that detectors and tests have in common; `first` names its positional
/// arguments.
template <class D>
[[nodiscard]] auto bind_common(py::module_& module, std::string_view first = "") {
  using Held = Guarded<D>;
  static const DetectorInfo info = detail::describe<D>();
  static const std::string doc = document(info, first);
  static const std::string positional(first);
  const auto load = [](const py::bytes& bytes) {
    const std::string_view view = bytes;
    return std::make_unique<Held>(
        D::read({reinterpret_cast<const std::uint8_t*>(view.data()), view.size()}));
  };
  const auto save = [](Held& held) {
    return to_bytes(held.use([](const D& d) { return d.write(); }));
  };
  const auto named = [](Held& held) {
    return parameters_of(info, held.use([](const D& d) { return detail::values_of(d); }));
  };
  py::class_<Held> cls(module, info.name.c_str(), doc.c_str(), py::is_final());
  cls.def_property_readonly(
         "drifted", [](Held& held) { return held.use([](const D& d) { return d.drifted(); }); },
         "Whether the last value raised an alarm; an alarm of a sequential test stands.")
      .def_property_readonly(
          "warning", [](Held& held) { return held.use([](const D& d) { return d.warning(); }); },
          "Whether the last value raised a warning, where the method has one.")
      .def_property_readonly(
          "count", [](Held& held) { return held.use([](const D& d) { return d.count(); }); },
          "Values that were used.")
      .def_property_readonly(
          "ignored", [](Held& held) { return held.use([](const D& d) { return d.ignored(); }); },
          "Values that were not: None, NaN, and what the detector does not take.")
      .def(
          "reset", [](Held& held) { held.use([](D& d) { d.reset(); }); },
          "Forgets all values; parameters and reference stay.")
      .def_property_readonly("parameters", named)
      .def("to_bytes", save, "The state: the same bytes on every machine.")
      .def_static("from_bytes", load, py::arg("data"))
      .def("copy", [](Held& held) { return std::make_unique<Held>(held.copy()); })
      .def("__copy__", [](Held& held) { return std::make_unique<Held>(held.copy()); })
      .def(
          "__deepcopy__",
          [](Held& held, const py::dict&) { return std::make_unique<Held>(held.copy()); },
          py::arg("memo"))
      .def(
          "__eq__",
          [](Held& held, Held& other) {
            const D right = other.copy();
            return held.use([&](const D& left) { return left == right; });
          },
          py::is_operator())
      .def("__repr__",
           [named](Held& held) { return specification(info.name, positional, named(held)); })
      .def(py::pickle(save, load));
  cls.attr("__module__") = "zeroskew.monitor";
  return cls;
}

/// `update` and `update_many` for detectors of numbers.
template <class Class>
void bind_updates(Class& cls) {
  using Held = typename Class::type;
  cls.def(
         "update",
         [](Held& held, const py::handle& x) {
           const double number = number_of(x);
           return held.use([number](auto& d) { return d.update(number); });
         },
         py::arg("x"), "Takes a value; True raises an alarm. None and NaN are ignored and counted.")
      .def(
          "update_many",
          [](Held& held, const py::object& values) {
            const Doubles array = numbers_of(values);
            const auto numbers = span_of(array);
            std::vector<std::int64_t> alarms;
            held.use_unlocked([&](auto& d) {
              for (std::size_t i = 0; i < numbers.size(); ++i) {
                if (d.update(numbers[i])) alarms.push_back(static_cast<std::int64_t>(i));
              }
            });
            return to_array(alarms);
          },
          py::arg("values"),
          "Takes values in order, other threads may run; where `update` would have been True.");
}

void register_sequential(py::module_& module);
void register_recorder(py::module_& module);

}  // namespace zeroskew::python
