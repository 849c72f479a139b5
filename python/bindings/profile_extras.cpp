#include "profile_extras.hpp"

#include <pybind11/stl.h>

#include <algorithm>
#include <optional>

#include "casters.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew::python {
namespace {

Value value_of(const py::handle& object) {
  if (py::isinstance<py::bool_>(object)) return object.cast<bool>();
  if (py::isinstance<py::int_>(object)) {
    int overflow = 0;
    const long long whole = PyLong_AsLongLongAndOverflow(object.ptr(), &overflow);
    if (overflow == 0) return static_cast<std::int64_t>(whole);
    return object.cast<std::uint64_t>();
  }
  if (py::isinstance<py::float_>(object)) return object.cast<double>();
  if (py::isinstance<py::bytes>(object)) return std::string(object.cast<py::bytes>());
  return from_str(object.cast<py::str>());
}

// [(column, values or None), ...] of each slicing.
std::vector<Slicing> slicings_of(const py::list& list) {
  std::vector<Slicing> slicings;
  for (const py::handle& one : list) {
    Slicing slicing;
    for (const py::handle& part : one) {
      const auto pair = part.cast<py::tuple>();
      Slicing::Feature feature{from_str(pair[0].cast<py::str>()), {}};
      for (const py::handle& value : pair[1].cast<py::list>()) {
        feature.values.push_back(value_of(value));
      }
      slicing.features.push_back(std::move(feature));
    }
    slicings.push_back(std::move(slicing));
  }
  return slicings;
}

ProfileOptions options_of(const std::vector<py::str>& columns, unsigned threads, bool keep_names,
                          const std::optional<py::str>& weight, const py::list& slices,
                          std::size_t max_slices,
                          const std::vector<std::pair<py::str, py::str>>& pairs, bool all_pairs,
                          std::size_t exact_values) {
  ProfileOptions options;
  for (const py::str& name : columns) options.columns.push_back(from_str(name));
  options.threads = threads;
  options.keep_names = keep_names;
  if (weight) options.weight = from_str(*weight);
  options.slices = slicings_of(slices);
  options.max_slices = max_slices;
  for (const auto& [a, b] : pairs) options.pairs.emplace_back(from_str(a), from_str(b));
  options.all_pairs = all_pairs;
  options.exact_values = exact_values;
  return options;
}

// The values with the most weight: (value, (weight, lo, hi, exact)).
py::list top_of(const Profile& profile, const py::str& name, std::size_t k) {
  const ColumnProfile& column = profile.column(from_str(name));
  const WeightedStats* weighted = profile.weighted(from_str(name));
  struct Entry {
    std::uint64_t code;
    Value value;
    Estimate weight;
  };
  std::vector<Entry> entries;
  if (weighted == nullptr || column.values() == nullptr) return py::list();
  if (weighted->values().exact()) {
    for (const auto& [code, sum] : weighted->values().sorted()) {
      const double w = sum.value();
      entries.push_back({code, column.value_of(code), {w, w, w, true}});
    }
  } else {
    // The names of the most frequent are known; their weight is at most that of their range.
    for (const ValueCounts::Frequent& f : column.values()->frequent()) {
      const double most = weighted->values().at_most(f.code);
      entries.push_back({f.code, column.value_of(f.code), {most, 0.0, most, false}});
    }
  }
  const bool text = column.text() != nullptr;
  std::sort(entries.begin(), entries.end(), [&](const Entry& a, const Entry& b) {
    if (a.weight.value != b.weight.value) return a.weight.value > b.weight.value;
    return text ? a.value > b.value : a.code > b.code;
  });
  py::list list;
  for (const Entry& entry : entries) {
    if (list.size() == k) break;
    const Estimate& w = entry.weight;
    list.append(py::make_tuple(to_object(entry.value, column.type().kind),
                               py::make_tuple(w.value, w.lo, w.hi, w.exact)));
  }
  return list;
}

void register_statistics(py::module_& module) {
  py::class_<WeightedStats>(module, "WeightedStats", "Statistics of rows that count by weights.")
      .def_property_readonly("rows", &WeightedStats::rows)
      .def_property_readonly("count", &WeightedStats::count)
      .def_property_readonly("missing", &WeightedStats::missing)
      .def_property_readonly("nan", &WeightedStats::nan)
      .def_property_readonly("has_numbers", &WeightedStats::has_numbers)
      .def_property_readonly("sum", &WeightedStats::sum)
      .def_property_readonly("mean", &WeightedStats::mean)
      .def_property_readonly("variance", &WeightedStats::variance)
      .def_property_readonly("std", &WeightedStats::std)
      .def("quantile", &WeightedStats::quantile, py::arg("q"))
      .def(
          "quantile_bounds",
          [](const WeightedStats& stats, double q) { return to_tuple(stats.quantile_bounds(q)); },
          py::arg("q"));

  py::class_<PairStats>(module, "PairStats", "What two columns have to do with each other.")
      .def_property_readonly("count", &PairStats::count)
      .def_property_readonly("finite", &PairStats::finite)
      .def_property_readonly("covariance", &PairStats::covariance)
      .def_property_readonly("pearson", &PairStats::pearson)
      .def_property_readonly("cramers_v", &PairStats::cramers_v)
      .def_property_readonly("mutual_information", &PairStats::mutual_information);
}

}  // namespace

void register_profile_extras(py::module_& module, py::class_<Profile>& profile) {
  register_statistics(module);
  py::class_<ProfileOptions>(module, "ProfileOptions", "What to profile, and how.")
      .def(py::init(&options_of), py::arg("columns"), py::arg("threads"), py::arg("keep_names"),
           py::arg("weight") = py::none(), py::arg("slices") = py::list(),
           py::arg("max_slices") = 1000,
           py::arg("pairs") = std::vector<std::pair<py::str, py::str>>(),
           py::arg("all_pairs") = false, py::arg("exact_values") = ValueCounts::exact_limit);
  profile
      .def(
          "weighted",
          [](const Profile& self, const py::str& name) { return self.weighted(from_str(name)); },
          py::arg("name"), py::return_value_policy::reference_internal)
      .def("weighted_top", &top_of, py::arg("name"), py::arg("k"))
      .def_property_readonly("weighted_rows", &Profile::weighted_rows)
      .def(
          "slices",
          [](const Profile& self) {
            py::dict slices;
            for (const auto& [name, slice] : self.slices()) {
              slices[to_str(name)] = py::cast(Profile(*slice));
            }
            return slices;
          },
          "Copies of the slices' profiles, by name.")
      .def("pairs",
           [](const Profile& self) {
             py::list pairs;
             for (const auto& [a, b] : self.pairs()) {
               pairs.append(py::make_tuple(to_str(a), to_str(b)));
             }
             return pairs;
           })
      .def(
          "pair",
          [](const Profile& self, const py::str& a, const py::str& b) {
            return self.pair(from_str(a), from_str(b));
          },
          py::arg("a"), py::arg("b"));
}

}  // namespace zeroskew::python
