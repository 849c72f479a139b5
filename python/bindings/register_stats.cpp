#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include "casters.hpp"
#include "profile_extras.hpp"
#include "register.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/stats/profile.hpp"

namespace zeroskew::python {
namespace {

using unlocked = py::call_guard<py::gil_scoped_release>;

void check_share(double q) {
  if (!(q >= 0.0 && q <= 1.0)) {
    fail_value("stats.bad_quantile", "", "a quantile is asked for by a share between 0 and 1");
  }
}

py::list to_list(const std::vector<Spread::Bin>& bins) {
  py::list list;
  for (const Spread::Bin& bin : bins) {
    const py::tuple count = to_tuple(bin.count);
    list.append(py::make_tuple(bin.low, bin.high, count[0], count[1], count[2]));
  }
  return list;
}

bool is_whole(const NumberStats& stats) {
  return stats.key_kind() != KeyKind::floating;
}

py::object number_of_key(std::uint64_t key, KeyKind kind) {
  switch (kind) {
    case KeyKind::integer:
      return py::int_(int_of_key(key));
    case KeyKind::unsigned_integer:
      return py::int_(key);
    default:
      return py::float_(double_of_key(key));
  }
}

py::object sum_of(const NumberStats& stats) {
  if (is_whole(stats)) return to_int(stats.moments().sums());
  return py::float_(stats.sum());
}

py::list top_of(const NumberStats& stats, std::size_t k) {
  py::list list;
  for (const ValueCounts::Frequent& frequent : stats.values().frequent()) {
    if (list.size() == k) break;
    list.append(
        py::make_tuple(number_of_key(frequent.code, stats.key_kind()), to_tuple(frequent.count)));
  }
  return list;
}

void register_numbers(py::module_& module) {
  py::class_<Spread>(module, "Spread",
                     "The numbers of a column in order, as cells with certified counts.")
      .def(
          "quantile",
          [](const Spread& spread, double q) {
            check_share(q);
            return spread.quantile(q);
          },
          py::arg("q"))
      .def(
          "quantile_bounds",
          [](const Spread& spread, double q) {
            check_share(q);
            return to_tuple(spread.quantile_bounds(q));
          },
          py::arg("q"))
      .def(
          "cdf_bounds",
          [](const Spread& spread, double x) { return to_tuple(spread.cdf_bounds(x)); },
          py::arg("x"))
      .def(
          "equal_width",
          [](const Spread& spread, std::size_t bins) { return to_list(spread.equal_width(bins)); },
          py::arg("bins"), "(low, high, count, lo, hi) of bins of equal width.")
      .def(
          "equal_mass",
          [](const Spread& spread, std::size_t bins) { return to_list(spread.equal_mass(bins)); },
          py::arg("bins"), "(low, high, count, lo, hi) of bins between quantiles.")
      .def(
          "cells",
          [](const Spread& spread) {
            py::list list;
            for (const Spread::Cell& cell : spread.cells()) {
              list.append(py::make_tuple(cell.lo, cell.hi, cell.count));
            }
            return list;
          },
          "(lo, hi, count) of each cell, in order.");

  py::class_<NumberStats>(module, "NumberStats", "Everything about the numbers of a column.")
      .def_property_readonly("count", &NumberStats::count)
      .def_property_readonly("nan", &NumberStats::nan)
      .def_property_readonly("zeros", &NumberStats::zeros)
      .def_property_readonly("positive_infinities", &NumberStats::positive_infinities)
      .def_property_readonly("negative_infinities", &NumberStats::negative_infinities)
      .def_property_readonly("sum", &sum_of, "Exact for whole numbers, else rounded once.")
      .def_property_readonly("mean", &NumberStats::mean)
      .def_property_readonly("variance", &NumberStats::variance)
      .def_property_readonly("std", &NumberStats::std)
      .def_property_readonly("min",
                             [](const NumberStats& s) -> py::object {
                               return s.any() ? number_of_key(s.min_key(), s.key_kind())
                                              : py::float_(s.min());
                             })
      .def_property_readonly("max",
                             [](const NumberStats& s) -> py::object {
                               return s.any() ? number_of_key(s.max_key(), s.key_kind())
                                              : py::float_(s.max());
                             })
      .def_property_readonly("distinct",
                             [](const NumberStats& s) { return to_tuple(s.values().distinct()); })
      .def("top", &top_of, py::arg("k"),
           "(value, (count, lo, hi, exact)), the most frequent first.")
      .def("spread", &NumberStats::spread, unlocked());
}

void register_column_profile(py::module_& module) {
  constexpr auto inside = py::return_value_policy::reference_internal;
  py::class_<ColumnProfile>(module, "ColumnProfile", "Everything that is known of one column.")
      .def_property_readonly("kind",
                             [](const ColumnProfile& c) { return to_string(c.type().kind); })
      .def_property_readonly("type", [](const ColumnProfile& c) { return to_string(c.type()); })
      .def_property_readonly("unit",
                             [](const ColumnProfile& c) { return to_string(c.type().unit); })
      .def_property_readonly("timezone",
                             [](const ColumnProfile& c) { return to_str(c.type().timezone); })
      .def_property_readonly("scale", [](const ColumnProfile& c) { return c.type().scale; })
      .def_property_readonly("rows", &ColumnProfile::rows)
      .def_property_readonly("count", &ColumnProfile::count)
      .def_property_readonly("missing", &ColumnProfile::missing)
      .def_property_readonly("numbers", &ColumnProfile::numbers, inside)
      .def_property_readonly("length", &ColumnProfile::length, inside)
      .def_property_readonly("invalid_utf8",
                             [](const ColumnProfile& c) -> py::object {
                               if (c.text() == nullptr || !c.text()->checks_utf8())
                                 return py::none();
                               return py::int_(c.text()->invalid_utf8());
                             })
      .def_property_readonly("values_exact", &ColumnProfile::values_exact)
      .def_property_readonly("distinct",
                             [](const ColumnProfile& c) { return to_tuple(c.distinct()); })
      .def(
          "top",
          [](const ColumnProfile& c, std::size_t k) {
            py::list list;
            for (const ValueCount& entry : c.top(k)) {
              list.append(
                  py::make_tuple(to_object(entry.value, c.type().kind), to_tuple(entry.count)));
            }
            return list;
          },
          py::arg("k"), "(value, (count, lo, hi, exact)), the most frequent first.")
      .def_property_readonly("child_names",
                             [](const ColumnProfile& c) {
                               py::list names;
                               for (const ColumnProfile::Child& child : c.children())
                                 names.append(to_str(child.name));
                               return names;
                             })
      .def(
          "child",
          [](const ColumnProfile& c, std::size_t i) -> const ColumnProfile& {
            if (i >= c.children().size()) {
              throw Error(ErrorKind::index, "stats.bad_child", "", "there is no such child");
            }
            return c.children()[i].profile;
          },
          py::arg("i"), inside);
}

void register_profile(py::module_& module) {
  constexpr auto inside = py::return_value_policy::reference_internal;
  py::class_<Profile> profile_class(
      module, "Profile",
      "The profile of a data set. `absorb` and `add` invalidate its columns: the "
      "Python skin changes copies only.");
  register_profile_extras(module, profile_class);
  profile_class.def(py::init<>())
      .def(
          "copy", [](const Profile& profile) { return Profile(profile); }, unlocked())
      .def("absorb", &Profile::update, py::arg("batch"), py::arg("options"), unlocked())
      .def(
          "add", [](Profile& profile, const Profile& other) { profile += other; }, py::arg("other"),
          unlocked())
      .def_property_readonly("rows", &Profile::rows)
      .def_property_readonly("columns",
                             [](const Profile& profile) {
                               py::list names;
                               for (const std::string& name : profile.columns())
                                 names.append(to_str(name));
                               return names;
                             })
      .def(
          "column",
          [](const Profile& profile, const py::str& name) -> const ColumnProfile& {
            return profile.column(from_str(name));
          },
          py::arg("name"), inside)
      .def(
          "contains",
          [](const Profile& profile, const py::str& name) {
            return profile.find(from_str(name)) != nullptr;
          },
          py::arg("name"))
      .def(
          "equals", [](const Profile& a, const Profile& b) { return a == b; }, py::arg("other"),
          unlocked())
      .def("digest", &Profile::digest, unlocked())
      .def("to_bytes",
           [](const Profile& profile) {
             std::vector<std::uint8_t> bytes;
             {
               const py::gil_scoped_release release;
               bytes = profile.to_bytes();
             }
             return py::bytes(reinterpret_cast<const char*>(bytes.data()), bytes.size());
           })
      .def_static(
          "from_bytes",
          [](const py::bytes& bytes) {
            const std::string_view view = bytes;
            const py::gil_scoped_release release;
            return Profile::from_bytes(
                {reinterpret_cast<const std::uint8_t*>(view.data()), view.size()});
          },
          py::arg("data"))
      .def("save", &Profile::save, py::arg("path"), unlocked())
      .def_static("load", &Profile::load, py::arg("path"), unlocked());
}

}  // namespace

void register_stats(py::module_& module) {
  register_numbers(module);
  register_column_profile(module);
  register_profile(module);
}

}  // namespace zeroskew::python
