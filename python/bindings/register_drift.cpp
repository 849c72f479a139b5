/// Distributions, and every measure between two of them.

#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include <algorithm>
#include <optional>
#include <span>
#include <type_traits>
#include <utility>

#include "casters.hpp"
#include "register.hpp"
#include "zeroskew/drift/anderson.hpp"
#include "zeroskew/drift/chi_square.hpp"
#include "zeroskew/drift/compare.hpp"
#include "zeroskew/drift/cvm.hpp"
#include "zeroskew/drift/distribution.hpp"
#include "zeroskew/drift/epps_singleton.hpp"
#include "zeroskew/drift/fisher.hpp"
#include "zeroskew/drift/ks.hpp"
#include "zeroskew/drift/kuiper.hpp"
#include "zeroskew/drift/mann_whitney.hpp"
#include "zeroskew/drift/proportions.hpp"
#include "zeroskew/drift/registry.hpp"
#include "zeroskew/drift/welch_t.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/stats/column_profile.hpp"

namespace zeroskew::python {
namespace {

using Doubles = py::array_t<double, py::array::c_style | py::array::forcecast>;
using ArrayTest = MeasureResult (*)(std::span<const double>, std::span<const double>,
                                    const MeasureOptions&);

std::span<const double> span_of(const Doubles& array) {
  return {array.data(), static_cast<std::size_t>(array.size())};
}

Value value_of(const py::handle& object) {
  if (py::isinstance<py::bool_>(object)) return object.cast<bool>();
  if (py::isinstance<py::int_>(object)) return object.cast<std::int64_t>();
  if (py::isinstance<py::float_>(object)) return object.cast<double>();
  return from_str(py::str(object));
}

// An option that the measure does not read is an error, never silently ignored.
MeasureOptions options_of(const std::string& measure, const py::dict& named) {
  const MeasureInfo& info = measure_info(measure);
  MeasureOptions options;
  for (const auto& [key, value] : named) {
    if (value.is_none()) continue;
    const std::string name = from_str(py::str(key));
    set_option(options, name, value_of(value));
    const bool read = std::any_of(info.parameters.begin(), info.parameters.end(),
                                  [&](const MeasureParameter& p) { return p.name == name; });
    if (!read) fail_key("drift.unknown_option", name, measure + " has no such option");
  }
  return options;
}

// Tests that take raw numbers or counts without a detour over a distribution.
ArrayTest array_test(std::string_view name) {
  constexpr std::pair<std::string_view, ArrayTest> tests[] = {
      {"ks", static_cast<ArrayTest>(&ks_2samp)},
      {"kuiper", static_cast<ArrayTest>(&kuiper)},
      {"cvm", static_cast<ArrayTest>(&cvm_2samp)},
      {"anderson", static_cast<ArrayTest>(&anderson_2samp)},
      {"mann_whitney", static_cast<ArrayTest>(&mann_whitney)},
      {"welch_t", static_cast<ArrayTest>(&welch_t)},
      {"epps_singleton", static_cast<ArrayTest>(&epps_singleton)},
      {"chi2", static_cast<ArrayTest>(&chi2_2samp)},
      {"g", static_cast<ArrayTest>(&g_2samp)},
      {"fisher_exact", static_cast<ArrayTest>(&fisher_exact)},
      {"proportions_z", static_cast<ArrayTest>(&proportions_z)},
  };
  for (const auto& [known, run] : tests) {
    if (known == name) return run;
  }
  fail_key("drift.unknown_measure", std::string(name), "no test of arrays has this name");
}

MeasureResult run_arrays(const std::string& name, const Doubles& reference, const Doubles& current,
                         const py::dict& named) {
  const ArrayTest run = array_test(name);
  const MeasureOptions options = options_of(name, named);
  const auto a = span_of(reference);
  const auto b = span_of(current);
  const py::gil_scoped_release unlocked;
  return run(a, b, options);
}

MeasureResult run_distributions(const std::string& name, const Distribution& reference,
                                const Distribution& current, const py::dict& named) {
  const MeasureOptions options = options_of(name, named);
  const py::gil_scoped_release unlocked;
  return measure(name, reference, current, options);
}

py::list labels_of(const Distribution& distribution) {
  py::list result;
  for (const Label& label : distribution.labels) {
    result.append(py::make_tuple(to_str(label.name), label.mass));
  }
  return result;
}

py::list cells_of(const Distribution& distribution) {
  py::list result;
  for (const Cell& cell : distribution.cells) {
    result.append(py::make_tuple(cell.lo, cell.hi, cell.mass));
  }
  return result;
}

Distribution of_counts(const std::vector<std::pair<py::str, double>>& counts) {
  std::vector<std::pair<std::string, double>> named;
  for (const auto& [name, count] : counts) named.emplace_back(from_str(name), count);
  return Distribution::of_counts(named);
}

Distribution of_cells(const std::vector<std::tuple<double, double, double>>& cells) {
  std::vector<Cell> made;
  for (const auto& [lo, hi, mass] : cells) made.push_back({lo, hi, mass});
  return Distribution::of_cells(std::move(made));
}

py::list registry() {
  py::list result;
  for (const MeasureInfo& info : measures()) {
    py::list parameters;
    for (const MeasureParameter& p : info.parameters) {
      parameters.append(py::make_tuple(p.name, p.type, p.fallback, p.range, p.doc));
    }
    py::dict entry;
    entry["name"] = info.name;
    entry["kind"] = info.kind == MeasureInfo::Kind::test ? "test" : "distance";
    entry["labels"] = info.labels;
    entry["numbers"] = info.numbers;
    entry["intervals"] = info.intervals;
    entry["symmetric"] = info.symmetric;
    entry["parameters"] = parameters;
    entry["doc"] = info.doc;
    result.append(entry);
  }
  return result;
}

template <class T>
T as(const py::handle& value, const std::string& name, const char* right) {
  try {
    return value.cast<T>();
  } catch (const py::cast_error&) {
    fail_type("drift.bad_rule", name, std::string(right) + " is needed");
  }
}

CompareRule rule_of(const py::dict& named, CompareRule rule) {
  for (const auto& [key, value] : named) {
    const std::string name = from_str(py::str(key));
    if (name == "test") {
      rule.test = value.is_none() ? "" : from_str(py::str(value));
    } else if (name == "min_effect") {
      rule.min_effect = as<double>(value, name, "a number between 0 and 1");
    } else if (name == "distances") {
      rule.distances = as<std::vector<std::string>>(value, name, "a list of measures' names");
    } else {
      fail_key("drift.bad_rule", name,
               "a rule has 'test', 'min_effect' and 'distances', and nothing else");
    }
  }
  return rule;
}

CompareOptions compare_options(const py::dict& rule, const py::dict& rules,
                               const std::string& correction, double alpha, double pair_effect) {
  CompareOptions options;
  options.pair_effect = pair_effect;
  options.alpha = alpha;
  options.correction = correction_of(correction);
  options.rule = rule_of(rule, CompareRule());
  for (const auto& [column, own] : rules) {
    options.rules[from_str(py::str(column))] =
        rule_of(py::reinterpret_borrow<py::dict>(own), options.rule);
  }
  return options;
}

template <class Side>
Drift run_compare(const Side& reference, const Side& current, const py::dict& rule,
                  const py::dict& rules, const std::string& correction, double alpha,
                  double pair_effect) {
  CompareOptions options = compare_options(rule, rules, correction, alpha, pair_effect);
  // Of profiles these are asked for column by column.
  options.details = !std::is_same_v<Side, Profile>;
  const py::gil_scoped_release unlocked;
  return compare(reference, current, options);
}

ColumnDetails details_of(const Profile& reference, const Profile& current, const std::string& name,
                         const py::dict& rule) {
  const CompareRule own = rule_of(rule, {});
  const ColumnProfile* before = reference.find(name);
  const ColumnProfile* after = current.find(name);
  if (before == nullptr || after == nullptr) return {};
  const py::gil_scoped_release unlocked;
  return compare_details(*before, *after, own);
}

py::list contributors_of(const std::vector<Contributor>& contributors) {
  py::list result;
  for (const Contributor& c : contributors) {
    result.append(py::make_tuple(to_str(c.name), c.reference, c.current));
  }
  return result;
}

}  // namespace

void register_drift(py::module_& module) {
  py::class_<Distribution>(module, "Distribution",
                           "How the values of a column are spread: labels or ordered cells.")
      .def_static(
          "of_values",
          [](const Doubles& values, std::uint64_t missing) {
            return Distribution::of_values(span_of(values), missing);
          },
          py::arg("values"), py::arg("missing") = 0)
      .def_static("of_counts", &of_counts, py::arg("counts"))
      .def_static("of_cells", &of_cells, py::arg("cells"))
      .def_static("of_profile", &Distribution::of_profile, py::arg("profile"),
                  py::call_guard<py::gil_scoped_release>())
      .def_readwrite("missing", &Distribution::missing)
      .def_readonly("nan", &Distribution::nan)
      .def_readonly("exact", &Distribution::exact)
      .def_property_readonly("total", &Distribution::total)
      .def_property_readonly("labels", &labels_of)
      .def_property_readonly("cells", &cells_of)
      .def(
          "__eq__", [](const Distribution& a, const Distribution& b) { return a == b; },
          py::is_operator());

  py::class_<MeasureResult>(module, "MeasureResult", "What a measure answers with.")
      .def_readonly("name", &MeasureResult::name)
      .def_readonly("statistic", &MeasureResult::statistic)
      .def_readonly("lo", &MeasureResult::lo)
      .def_readonly("hi", &MeasureResult::hi)
      .def_readonly("pvalue", &MeasureResult::pvalue)
      .def_readonly("threshold", &MeasureResult::threshold)
      .def_readonly("drifted", &MeasureResult::drifted)
      .def_readonly("alpha", &MeasureResult::alpha)
      .def_readonly("definition", &MeasureResult::definition)
      .def_readonly("reason", &MeasureResult::reason);

  module.def("measure", &run_distributions, py::arg("name"), py::arg("reference"),
             py::arg("current"), py::arg("options"));
  module.def("measure_arrays", &run_arrays, py::arg("name"), py::arg("reference"),
             py::arg("current"), py::arg("options"));
  module.def("registry", &registry);

  py::class_<ColumnDrift>(module, "ColumnDrift", "The verdict on one column.")
      .def_property_readonly("name", [](const ColumnDrift& c) { return to_str(c.name); })
      .def_readonly("drifted", &ColumnDrift::drifted)
      .def_readonly("verdict", &ColumnDrift::verdict)
      .def_property_readonly("reason", [](const ColumnDrift& c) { return to_str(c.reason); })
      .def_readonly("pvalue", &ColumnDrift::pvalue)
      .def_readonly("adjusted_pvalue", &ColumnDrift::adjusted_pvalue)
      .def_readonly("effect", &ColumnDrift::effect)
      .def_readonly("tests", &ColumnDrift::tests)
      .def_readonly("details", &ColumnDrift::details);
  py::class_<ColumnDetails>(module, "ColumnDetails", "What is behind a verdict.")
      .def_readonly("distances", &ColumnDetails::distances)
      .def_property_readonly("contributors",
                             [](const ColumnDetails& d) { return contributors_of(d.contributors); })
      .def_property_readonly("new_categories", [](const ColumnDetails& d) {
        return contributors_of(d.new_categories);
      });
  py::class_<PairDrift>(module, "PairDrift", "The verdict on a pair of columns.")
      .def_property_readonly("first", [](const PairDrift& p) { return to_str(p.first); })
      .def_property_readonly("second", [](const PairDrift& p) { return to_str(p.second); })
      .def_readonly("drifted", &PairDrift::drifted)
      .def_readonly("verdict", &PairDrift::verdict)
      .def_property_readonly("reason", [](const PairDrift& p) { return to_str(p.reason); })
      .def_readonly("pvalue", &PairDrift::pvalue)
      .def_readonly("adjusted_pvalue", &PairDrift::adjusted_pvalue)
      .def_readonly("effect", &PairDrift::effect)
      .def_readonly("reference", &PairDrift::reference)
      .def_readonly("current", &PairDrift::current)
      .def_readonly("test", &PairDrift::test)
      .def_property_readonly("contributors",
                             [](const PairDrift& p) { return contributors_of(p.contributors); });
  py::class_<Drift>(module, "Drift", "The verdict on all columns.")
      .def_readonly("drifted", &Drift::drifted)
      .def_readonly("alpha", &Drift::alpha)
      .def_readonly("pairs", &Drift::pairs)
      .def_property_readonly("correction",
                             [](const Drift& drift) { return to_string(drift.correction); })
      .def_property_readonly("names",
                             [](const Drift& drift) {
                               py::list names;
                               for (const ColumnDrift& c : drift.columns)
                                 names.append(to_str(c.name));
                               return names;
                             })
      .def(
          "at",
          [](const Drift& drift, std::size_t i) -> const ColumnDrift& {
            return drift.columns.at(i);
          },
          py::arg("index"), py::return_value_policy::reference_internal);
  module.def("compare", &run_compare<Profile>, py::arg("reference"), py::arg("current"),
             py::arg("rule"), py::arg("rules"), py::arg("correction"), py::arg("alpha"),
             py::arg("pair_effect") = CompareOptions().pair_effect);
  py::class_<ColumnDistribution>(module, "ColumnDistribution", "A column of one side.")
      .def(py::init([](const py::str& name, const std::string& type, bool numeric, bool has_cells,
                       const Distribution& values) {
             return ColumnDistribution{from_str(name), type, numeric, has_cells, values};
           }),
           py::arg("name"), py::arg("type"), py::arg("numeric"), py::arg("has_cells"),
           py::arg("values"));
  module.def("compare", &run_compare<std::vector<ColumnDistribution>>, py::arg("reference"),
             py::arg("current"), py::arg("rule"), py::arg("rules"), py::arg("correction"),
             py::arg("alpha"), py::arg("pair_effect") = CompareOptions().pair_effect);
  module.def("compare_details", &details_of, py::arg("reference"), py::arg("current"),
             py::arg("name"), py::arg("rule"));
}

}  // namespace zeroskew::python
