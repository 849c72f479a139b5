/// Measures between two sets of points, and rows joined by key.

#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "casters.hpp"
#include "register.hpp"
#include "zeroskew/drift/domain_classifier.hpp"
#include "zeroskew/drift/mmd.hpp"
#include "zeroskew/drift/pca_reconstruction.hpp"
#include "zeroskew/drift/row_skew.hpp"
#include "zeroskew/drift/sliced_wasserstein.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew::python {
namespace {

using Matrix = py::array_t<double, py::array::c_style | py::array::forcecast>;
using Measure = MeasureResult (*)(const Points&, const Points&, const PointsOptions&);

Points points_of(const Matrix& array) {
  if (array.ndim() != 2) fail_type("drift.not_points", "", "an array of two dimensions is needed");
  return {{array.data(), static_cast<std::size_t>(array.size())},
          static_cast<std::size_t>(array.shape(1))};
}

MeasureResult run(Measure measure, const Matrix& reference, const Matrix& current,
                  const PointsOptions& options) {
  const Points a = points_of(reference);
  const Points b = points_of(current);
  const py::gil_scoped_release unlocked;
  return measure(a, b, options);
}

void register_measures(py::module_& module) {
  py::class_<MmdSketch>(module, "MmdSketch", "What a maximum mean discrepancy needs of one side.")
      .def(py::init<std::size_t, double, int, std::uint64_t>(), py::arg("dimensions"),
           py::arg("bandwidth"), py::arg("features"), py::arg("seed"))
      .def(
          "update",
          [](MmdSketch& sketch, const Matrix& array) {
            const Points points = points_of(array);
            const py::gil_scoped_release unlocked;
            sketch.update(points);
          },
          py::arg("points"))
      .def(
          "add", [](MmdSketch& sketch, const MmdSketch& other) { sketch += other; },
          py::arg("other"))
      .def("copy", [](const MmdSketch& sketch) { return sketch; })
      .def(
          "equals", [](const MmdSketch& a, const MmdSketch& b) { return a == b; }, py::arg("other"))
      .def("to_bytes",
           [](const MmdSketch& sketch) {
             const auto bytes = sketch.to_bytes();
             return py::bytes(reinterpret_cast<const char*>(bytes.data()), bytes.size());
           })
      .def_static(
          "from_bytes",
          [](const py::bytes& bytes) {
            const std::string_view view = bytes;
            return MmdSketch::from_bytes(
                {reinterpret_cast<const std::uint8_t*>(view.data()), view.size()});
          },
          py::arg("bytes"))
      .def("compare", &MmdSketch::compare, py::arg("current"), py::arg("alpha"))
      .def_property_readonly("rows", &MmdSketch::rows)
      .def_property_readonly("dimensions", &MmdSketch::dimensions)
      .def_property_readonly("bandwidth", &MmdSketch::bandwidth);
  module.def(
      "mmd",
      [](const Matrix& a, const Matrix& b, bool linear, std::optional<double> bandwidth,
         int features, std::uint64_t seed, double alpha) {
        PointsOptions options;
        options.bandwidth = bandwidth;
        options.features = features;
        options.seed = seed;
        options.alpha = alpha;
        return run(linear ? &mmd_linear : &mmd, a, b, options);
      },
      py::arg("reference"), py::arg("current"), py::arg("linear"), py::arg("bandwidth"),
      py::arg("features"), py::arg("seed"), py::arg("alpha"));
  module.def(
      "sliced_wasserstein",
      [](const Matrix& a, const Matrix& b, int directions, int permutations, std::uint64_t seed,
         double alpha) {
        PointsOptions options;
        options.directions = directions;
        options.permutations = permutations;
        options.seed = seed;
        options.alpha = alpha;
        return run(&sliced_wasserstein, a, b, options);
      },
      py::arg("reference"), py::arg("current"), py::arg("directions"), py::arg("permutations"),
      py::arg("seed"), py::arg("alpha"));
  module.def(
      "pca_reconstruction",
      [](const Matrix& a, const Matrix& b, double explained, std::uint64_t seed, double alpha) {
        PointsOptions options;
        options.explained = explained;
        options.seed = seed;
        options.alpha = alpha;
        return run(&pca_reconstruction, a, b, options);
      },
      py::arg("reference"), py::arg("current"), py::arg("explained"), py::arg("seed"),
      py::arg("alpha"));
  module.def(
      "domain_classifier",
      [](const Matrix& a, const Matrix& b, std::uint64_t seed, double alpha) {
        PointsOptions options;
        options.seed = seed;
        options.alpha = alpha;
        return run(&domain_classifier, a, b, options);
      },
      py::arg("reference"), py::arg("current"), py::arg("seed"), py::arg("alpha"));
}

py::list samples_of(const FeatureSkew& feature) {
  py::list samples;
  for (const SkewSample& sample : feature.samples) {
    samples.append(
        py::make_tuple(to_str(sample.key), to_str(sample.training), to_str(sample.serving)));
  }
  return samples;
}

}  // namespace

void register_points(py::module_& module) {
  register_measures(module);
  py::class_<FeatureSkew>(module, "FeatureSkew", "How one feature differs between joined rows.")
      .def_property_readonly("name", [](const FeatureSkew& f) { return to_str(f.name); })
      .def_readonly("matched", &FeatureSkew::matched)
      .def_readonly("mismatched", &FeatureSkew::mismatched)
      .def_readonly("missing_in_training", &FeatureSkew::missing_in_training)
      .def_readonly("missing_in_serving", &FeatureSkew::missing_in_serving)
      .def_readonly("largest_difference", &FeatureSkew::largest_difference)
      .def_property_readonly("rate", &FeatureSkew::rate)
      .def_property_readonly("samples", &samples_of)
      .def_property_readonly("reason", [](const FeatureSkew& f) { return to_str(f.reason); });
  py::class_<RowSkew>(module, "RowSkew", "Rows joined by key and compared cell by cell.")
      .def_readonly("joined", &RowSkew::joined)
      .def_readonly("training_only", &RowSkew::training_only)
      .def_readonly("serving_only", &RowSkew::serving_only)
      .def_readonly("repeated", &RowSkew::repeated)
      .def_readonly("without_key", &RowSkew::without_key)
      .def_readonly("features", &RowSkew::features)
      .def_readonly("reason", &RowSkew::reason)
      .def_property_readonly("skewed", &RowSkew::skewed);
  module.def(
      "row_skew",
      [](const std::vector<Batch>& training, const std::vector<Batch>& serving,
         const std::vector<std::string>& keys, const std::vector<std::string>& columns,
         double absolute, double relative, std::size_t samples) {
        const RowSkewOptions options{keys, columns, absolute, relative, samples};
        const py::gil_scoped_release unlocked;
        return row_skew(std::span<const Batch>(training), std::span<const Batch>(serving), options);
      },
      py::arg("training"), py::arg("serving"), py::arg("keys"), py::arg("columns"),
      py::arg("absolute"), py::arg("relative"), py::arg("samples"));
}

}  // namespace zeroskew::python
