/// Streaming detectors: a class for each kind in the registry.

#include <pybind11/stl.h>

#include <utility>
#include <variant>

#include "monitor.hpp"
#include "register.hpp"
#include "zeroskew/monitor/detector.hpp"
#include "zeroskew/monitor/e_bh.hpp"
#include "zeroskew/monitor/sequential_counts.hpp"
#include "zeroskew/monitor/sequential_ks.hpp"

namespace zeroskew::python {
namespace {

// A read-only property where D has a member of that name.
#define ZEROSKEW_QUERY(name, doc)                                                              \
  if constexpr (requires(const D& d) { d.name(); }) {                                          \
    cls.def_property_readonly(                                                                 \
        #name, [](Held& held) { return held.use([](const D& d) { return d.name(); }); }, doc); \
  }

template <class D>
void register_detector(py::module_& module) {
  using Held = Guarded<D>;
  auto cls = bind_common<D>(module);
  cls.def(py::init([](const py::kwargs& named) {
    return std::make_unique<Held>(D(detail::parameters_from<D>(values_of(D::name, named))));
  }));
  bind_updates(cls);
  ZEROSKEW_QUERY(width, "Values in the window.")
  ZEROSKEW_QUERY(mean, "Mean of the window.")
  ZEROSKEW_QUERY(variance, "Population variance of the window.")
  ZEROSKEW_QUERY(run_length, "The most probable number of values since the last change.")
  ZEROSKEW_QUERY(rate, "Share of errors since the last alarm.")
  ZEROSKEW_QUERY(average, "The moving average.")
  ZEROSKEW_QUERY(rise, "Evidence of a rise, compared with the threshold.")
  ZEROSKEW_QUERY(fall, "Evidence of a fall, compared with the threshold.")
  ZEROSKEW_QUERY(statistic, "The statistic of the last test.")
  ZEROSKEW_QUERY(threshold, "What raises an alarm.")
  ZEROSKEW_QUERY(evidence, "Compared with the target run length.")
  ZEROSKEW_QUERY(evalue, "The evidence now: an e-value at every stopping time.")
  ZEROSKEW_QUERY(log_evalue, "Its natural logarithm.")
  ZEROSKEW_QUERY(pvalue, "Anytime-valid: one over the largest evidence so far.")
  if constexpr (requires(const D& d) { d.interval(); }) {
    cls.def(
        "interval",
        [](Held& held) {
          const auto interval = held.use([](const D& d) { return d.interval(); });
          return py::make_tuple(interval.lo, interval.hi);
        },
        "Bounds that contain the mean at all times with probability 1 - alpha.");
  }
  if constexpr (requires(const D& d) { d.probability(std::uint64_t{0}); }) {
    cls.def(
        "probability",
        [](Held& held, std::uint64_t length) {
          return held.use([length](const D& d) { return d.probability(length); });
        },
        py::arg("length"), "The probability that the last change was `length` values ago.");
  }
}

#undef ZEROSKEW_QUERY

template <std::size_t... i>
void register_all(py::module_& module, std::index_sequence<i...>) {
  (register_detector<std::variant_alternative_t<i, Detector::Any>>(module), ...);
}

py::list registry() {
  py::list result;
  for (const DetectorInfo& info : detector_registry()) result.append(to_dict(info));
  result.append(to_dict(detail::describe<SequentialCounts>()));
  result.append(to_dict(detail::describe<SequentialKS>()));
  return result;
}

}  // namespace

void register_monitor(py::module_& module) {
  register_all(module, std::make_index_sequence<std::variant_size_v<Detector::Any>>());
  register_sequential(module);
  register_recorder(module);
  module.def("registry", &registry,
             "Each kind: name, doc, input, and (name, type, default, range, doc) of parameters.");
  module.def(
      "e_benjamini_hochberg",
      [](const Doubles& evalues, double alpha) {
        return e_benjamini_hochberg(span_of(evalues), alpha);
      },
      py::arg("evalues"), py::arg("alpha"));
  module.def(
      "combined_evalue", [](const Doubles& evalues) { return combined_evalue(span_of(evalues)); },
      py::arg("evalues"));
}

}  // namespace zeroskew::python
