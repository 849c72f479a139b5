/// Tests against a reference that may be looked at after every value.

#include <pybind11/stl.h>

#include <algorithm>
#include <limits>
#include <optional>

#include "casters.hpp"
#include "monitor.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/monitor/sequential_counts.hpp"
#include "zeroskew/monitor/sequential_ks.hpp"

namespace zeroskew::python {
namespace {

constexpr std::uint64_t no_category = std::numeric_limits<std::uint64_t>::max();

Distribution distribution_of(const py::object& reference) {
  if (py::isinstance<py::str>(reference) || py::isinstance<py::bytes>(reference)) {
    fail_type("monitor.reference", "", "an array, counts or a column of a profile is needed");
  }
  return py::module_::import("zeroskew._distributions")
      .attr("distribution")(reference, "reference")
      .cast<Distribution>();
}

template <class D>
typename D::Parameters parameters_for(const py::kwargs& named) {
  return detail::parameters_from<D>(values_of(D::name, named));
}

template <class Class>
void bind_evidence(Class& cls) {
  using Held = typename Class::type;
  cls.def_property_readonly(
         "evalue", [](Held& held) { return held.use([](const auto& d) { return d.evalue(); }); },
         "The evidence now: an e-value at every stopping time.")
      .def_property_readonly(
          "pvalue", [](Held& held) { return held.use([](const auto& d) { return d.pvalue(); }); },
          "Anytime-valid: however often it is looked at.")
      .def(
          "__iadd__",
          [](const py::object& self, Held& other) {
            const auto right = other.copy();
            self.cast<Held&>().use([&](auto& left) { left += right; });
            return self;
          },
          py::is_operator(), "Pools two streams against the same reference.");
}

// Whole numbers and bools have names too: their digits, and "true" or "false".
std::optional<std::string> name_of(const py::handle& object) {
  PyObject* raw = object.ptr();
  if (PyUnicode_Check(raw) != 0) return from_str(py::reinterpret_borrow<py::str>(object));
  if (PyBytes_Check(raw) != 0) return py::reinterpret_borrow<py::bytes>(object);
  if (PyBool_Check(raw) != 0) return raw == Py_True ? "true" : "false";
  if (PyLong_Check(raw) != 0) return from_str(py::str(object));
  if (object.is_none()) return std::nullopt;
  if (py::hasattr(object, "item")) return name_of(object.attr("item")());  // NumPy's
  const double number = number_of(object);
  if (number != number) return std::nullopt;
  fail_type("monitor.not_a_category", "SequentialCounts",
            "a name is needed, found the number " + from_str(py::repr(object)));
}

std::uint64_t index_of(double number) noexcept {
  if (!(number >= 0.0 && number < 0x1p53)) return no_category;
  const auto index = static_cast<std::uint64_t>(number);
  return static_cast<double>(index) == number ? index : no_category;
}

bool update_named(Guarded<SequentialCounts>& held, const py::handle& x) {
  const std::optional<std::string> name = name_of(x);
  return held.use([&](SequentialCounts& test) {
    return name ? test.update(std::string_view(*name)) : test.update(no_category);
  });
}

bool is_named(Guarded<SequentialCounts>& held) {
  return held.use([](const SequentialCounts& test) { return !test.labels().empty(); });
}

bool update(Guarded<SequentialCounts>& held, const py::handle& x) {
  if (is_named(held)) return update_named(held, x);
  const std::uint64_t category = index_of(number_of(x));
  return held.use([category](SequentialCounts& test) { return test.update(category); });
}

py::array_t<std::int64_t> update_many(Guarded<SequentialCounts>& held, const py::object& values) {
  std::vector<std::int64_t> alarms;
  if (is_named(held)) {
    const bool plain = py::isinstance<py::list>(values) || py::isinstance<py::tuple>(values);
    std::int64_t i = 0;
    const py::object items = plain ? values : py::module_::import("numpy").attr("asarray")(values);
    for (const py::handle& item : items) {
      if (update_named(held, item)) alarms.push_back(i);
      ++i;
    }
    return to_array(alarms);
  }
  const Doubles array = numbers_of(values);
  const auto numbers = span_of(array);
  held.use_unlocked([&](SequentialCounts& test) {
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      if (test.update(index_of(numbers[i]))) alarms.push_back(static_cast<std::int64_t>(i));
    }
  });
  return to_array(alarms);
}

std::uint64_t count_of(double count) {
  if (const std::uint64_t whole = index_of(count); whole != no_category) return whole;
  fail_value("monitor.not_counts", "SequentialCounts", "counts are whole numbers from 0 on");
}

std::vector<std::uint64_t> counts_of(const py::object& values) {
  std::vector<std::uint64_t> counts;
  const Doubles array = numbers_of(values);
  for (const double count : span_of(array)) counts.push_back(count_of(count));
  return counts;
}

bool update_counts(Guarded<SequentialCounts>& held, const py::object& given) {
  std::vector<std::uint64_t> counts;
  if (py::isinstance<py::dict>(given)) {
    const std::vector<std::string> labels = held.copy().labels();
    if (labels.empty()) {
      fail_type("monitor.not_counts", "SequentialCounts",
                "these categories have no names; give an array of counts in their order");
    }
    counts.assign(labels.size() + 1, 0);
    for (const auto& [key, value] : given.cast<py::dict>()) {
      const std::optional<std::string> name = name_of(key);
      if (!name) continue;
      const auto found = std::lower_bound(labels.begin(), labels.end(), *name);
      const bool known = found != labels.end() && *found == *name;
      const auto place = known ? found - labels.begin() : std::ptrdiff_t(labels.size());
      counts[static_cast<std::size_t>(place)] += count_of(number_of(value));
    }
  } else {
    counts = counts_of(given);
  }
  return held.use(
      [&](SequentialCounts& test) { return test.update(std::span<const std::uint64_t>(counts)); });
}

SequentialCounts counts_against(const py::object& reference, const py::kwargs& named) {
  const auto parameters = parameters_for<SequentialCounts>(named);
  const bool in_order = py::isinstance<py::list>(reference) ||
                        py::isinstance<py::tuple>(reference) ||
                        py::isinstance<py::array>(reference);
  if (in_order) return SequentialCounts::sampled(counts_of(reference), parameters);
  Distribution distribution = distribution_of(reference);
  if (distribution.kind == Distribution::Kind::cells && distribution.integral &&
      distribution.exact) {
    // Whole numbers that were all kept are categories too.
    std::vector<std::pair<std::string, double>> counts;
    for (const Cell& cell : distribution.cells) {
      counts.emplace_back(std::to_string(static_cast<std::int64_t>(cell.lo)), cell.mass);
    }
    distribution = Distribution::of_counts(counts);
  }
  return SequentialCounts::against(distribution, parameters);
}

void register_counts(py::module_& module) {
  using Held = Guarded<SequentialCounts>;
  auto cls = bind_common<SequentialCounts>(module, "reference");
  cls.def(py::init([](const py::object& reference, const py::kwargs& named) {
            return std::make_unique<Held>(counts_against(reference, named));
          }),
          py::arg("reference"))
      .def_static(
          "known",
          [](const py::object& shares, const py::kwargs& named) {
            const Doubles array = numbers_of(shares);
            const auto values = span_of(array);
            return std::make_unique<Held>(SequentialCounts::known(
                {values.begin(), values.end()}, parameters_for<SequentialCounts>(named)));
          },
          py::arg("shares"), "Against shares that are known without error, categories by index.")
      .def("update", &update, py::arg("x"),
           "Takes a category: its name, or its index where they have none. None is ignored.")
      .def("update_many", &update_many, py::arg("values"),
           "Takes categories in order; where `update` would have been True.")
      .def("update_counts", &update_counts, py::arg("counts"), "Takes many values as one look.")
      .def_property_readonly(
          "counts", [](Held& held) { return held.copy().counts(); },
          "Values taken, a number each category; with names, others come last.")
      .def_property_readonly("labels",
                             [](Held& held) {
                               const SequentialCounts test = held.copy();
                               py::list names;
                               for (const std::string& name : test.labels())
                                 names.append(to_str(name));
                               return names;
                             })
      .def_property_readonly(
          "log_evalue",
          [](Held& held) {
            return held.use([](const SequentialCounts& test) { return test.log_evalue(); });
          },
          "The natural logarithm of `evalue`.");
  bind_evidence(cls);
}

void register_ks(py::module_& module) {
  using Held = Guarded<SequentialKS>;
  auto cls = bind_common<SequentialKS>(module, "reference");
  cls.def(py::init([](const py::object& reference, const py::kwargs& named) {
            const auto parameters = parameters_for<SequentialKS>(named);
            const Distribution distribution = distribution_of(reference);
            return std::make_unique<Held>(SequentialKS::against(distribution, parameters));
          }),
          py::arg("reference"))
      .def_static(
          "known",
          [](const py::object& edges, const py::object& cdf, const py::kwargs& named) {
            const Doubles x = numbers_of(edges);
            const Doubles p = numbers_of(cdf);
            return std::make_unique<Held>(SequentialKS::known(
                {span_of(x).begin(), span_of(x).end()}, {span_of(p).begin(), span_of(p).end()},
                parameters_for<SequentialKS>(named)));
          },
          py::arg("edges"), py::arg("cdf"),
          "Against a distribution function that is known without error, by its values at edges.")
      .def_property_readonly(
          "statistic",
          [](Held& held) { return held.use([](const auto& test) { return test.statistic(); }); },
          "The distance now.")
      .def_property_readonly(
          "threshold",
          [](Held& held) { return held.use([](const auto& test) { return test.threshold(); }); },
          "The bound that the distance must pass now.");
  bind_updates(cls);
  bind_evidence(cls);
}

}  // namespace

void register_sequential(py::module_& module) {
  register_counts(module);
  register_ks(module);
}

}  // namespace zeroskew::python
