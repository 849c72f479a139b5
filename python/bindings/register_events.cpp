/// Stores of events: what was known of a key before a moment.

#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include "casters.hpp"
#include "register.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/transform/event_store.hpp"

namespace zeroskew::python {
namespace {

using Keys = py::array_t<std::uint64_t, py::array::c_style | py::array::forcecast>;
using Times = py::array_t<std::int64_t, py::array::c_style | py::array::forcecast>;
using Numbers = py::array_t<double, py::array::c_style | py::array::forcecast>;

EventStore make_store(const std::vector<std::tuple<std::string, std::int64_t, double>>& features) {
  std::vector<WindowFeature> made;
  for (const auto& [word, width, half_life] : features) {
    made.push_back({window_statistic_of(word), width, half_life});
  }
  return EventStore(std::move(made));
}

void check_sizes(py::ssize_t a, py::ssize_t b) {
  if (a != b) fail_value("transform.window", "", "keys, times and values are as many");
}

std::size_t add(EventStore& store, const Keys& keys, const Times& times, const Numbers& values) {
  check_sizes(keys.size(), times.size());
  check_sizes(keys.size(), values.size());
  std::size_t added = 0;
  for (py::ssize_t i = 0; i < keys.size(); ++i) {
    added += store.add(keys.data()[i], times.data()[i], values.data()[i]);
  }
  return added;
}

Numbers at(const EventStore& store, const Keys& keys, const Times& moments) {
  check_sizes(keys.size(), moments.size());
  const std::size_t width = store.features().size();
  Numbers out({keys.size(), static_cast<py::ssize_t>(width)});
  double* to = out.mutable_data();
  const std::uint64_t* key = keys.data();
  const std::int64_t* moment = moments.data();
  const auto count = static_cast<std::size_t>(keys.size());
  const py::gil_scoped_release release;
  for (std::size_t i = 0; i < count; ++i) {
    store.at(key[i], moment[i], std::span(to + i * width, width));
  }
  return out;
}

}  // namespace

void register_events(py::module_& module) {
  py::class_<EventStore>(module, "EventStore", "Events by key, and statistics of windows of them.")
      .def(py::init(&make_store), py::arg("features"))
      .def_property_readonly("events", &EventStore::events)
      .def("add", &add, py::arg("keys"), py::arg("times"), py::arg("values"))
      .def("at", &at, py::arg("keys"), py::arg("moments"))
      .def(
          "merge", [](EventStore& store, const EventStore& other) { store += other; },
          py::arg("other"))
      .def("forget", &EventStore::forget, py::arg("before"))
      .def(
          "equals", [](const EventStore& a, const EventStore& b) { return a == b; },
          py::arg("other"));
}

}  // namespace zeroskew::python
