#include <pybind11/stl.h>

#include "casters.hpp"
#include "register.hpp"
#include "validation.hpp"
#include "zeroskew/detail/crc32c.hpp"
#include "zeroskew/detail/file.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/schema/anomalies_text.hpp"
#include "zeroskew/schema/infer.hpp"
#include "zeroskew/schema/read_statistics.hpp"
#include "zeroskew/stats/profile.hpp"

namespace zeroskew::python {
namespace {

StatisticsForm form_named(const std::string& name) {
  if (name == "binary") return StatisticsForm::binary;
  if (name == "text") return StatisticsForm::text;
  if (name == "json") return StatisticsForm::json;
  fail_value("statistics.bad_form", name, "forms are 'binary', 'text' and 'json'");
}

const char* type_name(StatisticsType type) noexcept {
  switch (type) {
    case StatisticsType::integer:
      return "int";
    case StatisticsType::floating:
      return "float";
    case StatisticsType::string:
      return "string";
    case StatisticsType::bytes:
      return "bytes";
    case StatisticsType::structure:
      return "struct";
    case StatisticsType::none:
      break;
  }
  return "null";
}

py::list read(const py::bytes& document, const std::string& form) {
  std::vector<NamedStatistics> found;
  {
    const std::string_view bytes = document;
    const py::gil_scoped_release unlocked;
    found = read_statistics(bytes, form_named(form));
  }
  py::list list;
  for (NamedStatistics& one : found) {
    list.append(py::make_tuple(to_str(one.name), std::move(one.statistics)));
  }
  return list;
}

const FeatureStatistics& find(const DatasetStatistics& data, const std::vector<py::str>& steps) {
  Path path;
  for (const py::str& step : steps) path.step.push_back(from_str(step));
  const FeatureStatistics* found = data.find(path);
  if (found == nullptr) {
    fail_key("profile.unknown_column", to_string(path), "there is no such column");
  }
  return *found;
}

}  // namespace

void register_statistics(py::module_& module) {
  py::class_<DatasetStatistics>(module, "DatasetStatistics",
                                "What validation reads of a data set, whoever profiled it.")
      .def_static("of_profile", &DatasetStatistics::of_profile, py::arg("profile"),
                  py::keep_alive<0, 1>())
      .def_static("read", &read, py::arg("document"), py::arg("form"),
                  "(name, statistics) of each dataset of a list that another tool wrote.")
      .def_property_readonly("num_examples", &DatasetStatistics::num_examples)
      .def_property_readonly("columns",
                             [](const DatasetStatistics& data) {
                               py::list list;
                               for (const FeatureStatistics& feature : data.features()) {
                                 list.append(py::make_tuple(to_str(feature.path.step.back()),
                                                            type_name(feature.type)));
                               }
                               return list;
                             })
      .def(
          "distribution",
          [](const DatasetStatistics& data, const std::vector<py::str>& steps) {
            return distribution_of(find(data, steps));
          },
          py::arg("steps"))
      .def(
          "count",
          [](const DatasetStatistics& data, const std::vector<py::str>& steps) {
            return find(data, steps).present();
          },
          py::arg("steps"));
  module.def(
      "anomalies_to_text", [](const Anomalies& anomalies) { return to_str(to_text(anomalies)); },
      py::arg("anomalies"));
  module.def(
      "anomalies_from_text",
      [](const py::str& text) { return anomalies_from_text(from_str(text)); }, py::arg("text"));
  module.def(
      "masked_crc32c",
      [](const py::bytes& bytes) {
        const std::string_view view = bytes;
        const py::gil_scoped_release unlocked;
        return detail::masked_crc32c(view);
      },
      py::arg("data"), "The checksum that TFRecord files store.");
  module.def(
      "write_file",
      [](const py::bytes& path, const py::bytes& content) {
        const std::string place = path;
        const std::string_view view = content;
        const py::gil_scoped_release unlocked;
        detail::write_file(place, view);
      },
      py::arg("path"), py::arg("content"), "A write that fails leaves the old file.");
  module.def(
      "infer",
      [](const DatasetStatistics& data, std::size_t max_categories, bool infer_shape) {
        return infer_schema(data, {max_categories, infer_shape});
      },
      py::arg("profile"), py::arg("max_categories"), py::arg("infer_shape"),
      py::call_guard<py::gil_scoped_release>());
  module.def(
      "validate",
      [](const DatasetStatistics& data, const Schema& schema,
         const std::optional<py::str>& environment, const DatasetStatistics* previous,
         const DatasetStatistics* serving, const DatasetStatistics* previous_version,
         const Severities& severities, std::size_t max_categories, std::optional<double> now) {
        ValidateOptions options = options_of(environment, max_categories, severities);
        options.now = now;
        const py::gil_scoped_release release;
        return validate(data, schema, options, {previous, serving, previous_version});
      },
      py::arg("profile"), py::arg("schema"), py::arg("environment"), py::arg("previous"),
      py::arg("serving"), py::arg("previous_version"), py::arg("severities"),
      py::arg("max_categories"), py::arg("now"));
  module.def(
      "update",
      [](const Schema& schema, const DatasetStatistics& data,
         const std::optional<py::str>& environment, std::size_t max_categories) {
        const ValidateOptions options = options_of(environment, max_categories);
        const py::gil_scoped_release release;
        return update_schema(schema, data, options);
      },
      py::arg("schema"), py::arg("profile"), py::arg("environment"), py::arg("max_categories"));
}

}  // namespace zeroskew::python
