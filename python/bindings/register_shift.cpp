/// What explains a change: thresholds from history, mix, concept, bounds.

#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include <cstdint>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "casters.hpp"
#include "register.hpp"
#include "zeroskew/drift/concept_shift.hpp"
#include "zeroskew/drift/mix_shift.hpp"
#include "zeroskew/drift/thresholds.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew::python {
namespace {

using Doubles = py::array_t<double, py::array::c_style | py::array::forcecast>;
using Seconds = py::array_t<std::int64_t, py::array::c_style | py::array::forcecast>;
using Names = std::vector<py::str>;

std::span<const double> span_of(const Doubles& array) {
  return {array.data(), static_cast<std::size_t>(array.size())};
}

std::vector<std::string> strings_of(const Names& names) {
  std::vector<std::string> result;
  for (const py::str& name : names) result.push_back(from_str(name));
  return result;
}

Season season_of(const std::string& word) {
  if (word.empty()) return Season::none;
  if (word == "hour") return Season::hour;
  if (word == "weekday") return Season::weekday;
  if (word == "hour_of_week") return Season::hour_of_week;
  fail_value("drift.season", "propose_thresholds",
             "season '" + word + "' is unknown; use 'hour', 'weekday' or 'hour_of_week'");
}

MixShift run_mix_shift(
    const std::vector<std::tuple<py::str, double, double, double, double>>& slices, double alpha) {
  std::vector<SliceMeans> means;
  for (const auto& [name, n, before, m, after] : slices) {
    means.push_back({from_str(name), n, before, m, after});
  }
  return mix_shift(means, alpha);
}

ConceptShift run_concept_shift(const Doubles& before, const Names& labels_before,
                               const Doubles& after, const Names& labels_after, int bins,
                               double alpha) {
  const auto first = strings_of(labels_before);
  const auto second = strings_of(labels_after);
  MeasureOptions options;
  options.bins = bins;
  options.alpha = alpha;
  const Predicted reference{span_of(before), first};
  const Predicted current{span_of(after), second};
  const py::gil_scoped_release unlocked;
  return concept_shift(reference, current, options);
}

}  // namespace

void register_shift(py::module_& module) {
  py::class_<ThresholdProposal>(module, "ThresholdProposal", "Thresholds that a history proposes.")
      .def_readonly("margin", &ThresholdProposal::margin)
      .def_readonly("rate", &ThresholdProposal::rate)
      .def_readonly("reached", &ThresholdProposal::reached)
      .def_readonly("history", &ThresholdProposal::history)
      .def("at", &ThresholdProposal::at, py::arg("seconds"))
      .def_property_readonly("slots", [](const ThresholdProposal& proposal) {
        py::list slots;
        for (const SlotThreshold& s : proposal.slots) {
          slots.append(py::make_tuple(s.slot, s.center, s.threshold, s.count));
        }
        return slots;
      });
  module.def(
      "propose_thresholds",
      [](const Doubles& values, const Seconds& times, const std::string& season, double rate) {
        ThresholdOptions options;
        options.rate = rate;
        options.season = season_of(season);
        return propose_thresholds(span_of(values),
                                  {times.data(), static_cast<std::size_t>(times.size())}, options);
      },
      py::arg("values"), py::arg("times"), py::arg("season"), py::arg("rate"));
  py::class_<MixShift>(module, "MixShift", "Why a mean moved.")
      .def_readonly("reference_mean", &MixShift::reference_mean)
      .def_readonly("current_mean", &MixShift::current_mean)
      .def_readonly("mix", &MixShift::mix)
      .def_readonly("within", &MixShift::within)
      .def_readonly("shares", &MixShift::shares)
      .def_readonly("reason", &MixShift::reason)
      .def_property_readonly("slices", [](const MixShift& shift) {
        py::list slices;
        for (const SliceShift& s : shift.slices) {
          slices.append(
              py::make_tuple(to_str(s.name), s.reference_share, s.current_share, s.mix, s.within));
        }
        return slices;
      });
  module.def("mix_shift", &run_mix_shift, py::arg("slices"), py::arg("alpha"));
  module.def(
      "concept_shift",
      [](const Doubles& before, const Names& labels_before, const Doubles& after,
         const Names& labels_after, int bins, double alpha) {
        const ConceptShift shift =
            run_concept_shift(before, labels_before, after, labels_after, bins, alpha);
        return py::make_tuple(shift.covariate, shift.relation);
      },
      py::arg("reference"), py::arg("reference_labels"), py::arg("current"),
      py::arg("current_labels"), py::arg("bins"), py::arg("alpha"));
  module.def(
      "out_of_bounds",
      [](const Doubles& values, double lo, double hi, double alpha) {
        const OutOfBounds found = out_of_bounds(span_of(values), lo, hi, alpha);
        return py::make_tuple(found.below, found.above, found.nan, found.count, found.share,
                              found.lo, found.hi);
      },
      py::arg("values"), py::arg("lo"), py::arg("hi"), py::arg("alpha"));
}

}  // namespace zeroskew::python
