/// Guards, and drift budgets that hold augmentation to them.

#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include <optional>
#include <span>
#include <utility>

#include "guards.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/policy/budget.hpp"
#include "zeroskew/policy/policy.hpp"
#include "zeroskew/stats/column_profile.hpp"

namespace zeroskew::python {
namespace {

Value parameter_from(const py::handle& object, const std::string& where) {
  if (py::isinstance<py::bool_>(object)) return object.cast<bool>();
  if (py::isinstance<py::str>(object)) return from_str(py::reinterpret_borrow<py::str>(object));
  if (py::isinstance<py::float_>(object)) return object.cast<double>();
  if (py::isinstance<py::int_>(object)) {
    const long long value = PyLong_AsLongLong(object.ptr());
    if (value != -1 || PyErr_Occurred() == nullptr) return static_cast<std::int64_t>(value);
    PyErr_Clear();
  }
  fail_type("policy.rule", where, "a parameter is a bool, a number of 64 bits or a str");
}

using Keys = py::array_t<std::uint64_t, py::array::c_style | py::array::forcecast>;

GuardedTable transform(const Policy& policy, const std::vector<Batch>& data,
                       const std::optional<Keys>& keys, std::uint64_t epoch, bool training,
                       unsigned threads, bool enforce) {
  TransformOptions options;
  if (keys) options.keys = {keys->data(), static_cast<std::size_t>(keys->size())};
  options.epoch = epoch;
  options.training = training;
  options.threads = threads;
  const py::gil_scoped_release release;
  return enforce ? policy.transform(data, options) : held(policy, data, options);
}

}  // namespace

MeasureParameters parameters_from(const py::object& object) {
  MeasureParameters parameters;
  for (const auto& [name, value] : object.cast<py::dict>()) {
    const std::string key = from_str(py::str(name));
    parameters[key] = parameter_from(value, key);
  }
  return parameters;
}

py::dict parameters_to_dict(const MeasureParameters& parameters) {
  py::dict dict;
  for (const auto& [name, value] : parameters) dict[to_str(name)] = to_object(value, Kind::string);
  return dict;
}

Guard guard_from(const py::tuple& tuple) {
  return {from_str(tuple[0]), tuple[1].cast<double>(), guard_action_of(from_str(tuple[2])),
          from_str(tuple[3]), parameters_from(tuple[4])};
}

py::tuple guard_to_tuple(const Guard& guard) {
  return py::make_tuple(to_str(guard.measure), guard.limit, to_string(guard.action),
                        to_str(guard.column), parameters_to_dict(guard.parameters));
}

void register_budgets(py::module_& module) {
  py::class_<BudgetReport>(module, "BudgetReport", "What drift budgets say.")
      .def_property_readonly(
          "budgets",
          [](const BudgetReport& report) {
            py::list list;
            for (const BudgetState& state : report.budgets) {
              list.append(py::make_tuple(guard_to_tuple(state.guard), to_str(state.column),
                                         state.of_baseline, state.result, state.broken));
            }
            return list;
          },
          "(guard, column, whether it was held against the baseline, result, broken) of each.")
      .def(
          "message",
          [](const BudgetReport& report, const std::string& action) {
            return to_str(report.message(guard_action_of(action)));
          },
          py::arg("action"))
      .def("enforce", &BudgetReport::enforce);
  module.def(
      "transform",
      [](const Policy& policy, const std::vector<Batch>& data, const std::optional<Keys>& keys,
         std::uint64_t epoch, bool training, unsigned threads, bool enforce) {
        GuardedTable made = transform(policy, data, keys, epoch, training, threads, enforce);
        return std::make_pair(std::move(made.table), std::move(made.budgets));
      },
      py::arg("policy"), py::arg("data"), py::arg("keys"), py::arg("epoch"), py::arg("training"),
      py::arg("threads"), py::arg("enforce"),
      "The batches, and what the drift budgets say of them.");
  module.def(
      "hold",
      [](const std::vector<py::tuple>& budgets) {
        BudgetReport report;
        for (const py::tuple& tuple : budgets) {
          report.budgets.push_back(hold(guard_from(tuple[0]), tuple[1].cast<const ColumnProfile&>(),
                                        tuple[2].cast<const ColumnProfile&>()));
          report.budgets.back().of_baseline = true;
        }
        return report;
      },
      py::arg("budgets"), "Holds each (guard, reference, current) column to its budget.");
}

}  // namespace zeroskew::python
