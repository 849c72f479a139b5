#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include "casters.hpp"
#include "guarded.hpp"
#include "rows.hpp"
#include "validation.hpp"
#include "zeroskew/schema/validate_rows.hpp"

namespace zeroskew::python {
namespace {

// A bool a row.
py::array_t<bool> to_mask(const std::vector<std::uint64_t>& marked, std::int64_t rows) {
  py::array_t<bool> mask(rows);
  bool* out = mask.mutable_data();
  for (std::int64_t row = 0; row < rows; ++row) {
    const auto word = static_cast<std::size_t>(row / 64);
    out[row] = word < marked.size() && ((marked[word] >> (row % 64)) & 1) != 0;
  }
  return mask;
}

py::array_t<std::int64_t> to_array(const std::vector<std::int64_t>& numbers) {
  return py::array_t<std::int64_t>(static_cast<py::ssize_t>(numbers.size()), numbers.data());
}

using Validator = Guarded<RowValidator>;

}  // namespace

void register_rows(py::module_& module) {
  py::class_<RowAnomaly>(module, "RowAnomaly", "One kind of fault, and the rows that have it.")
      .def_property_readonly("path", [](const RowAnomaly& a) { return to_str(to_string(a.path)); })
      .def_property_readonly("type", [](const RowAnomaly& a) { return to_string(a.type); })
      .def_property_readonly("rule", [](const RowAnomaly& a) { return to_str(a.rule); })
      .def_property_readonly("severity", [](const RowAnomaly& a) { return to_string(a.severity); })
      .def_property_readonly("summary", [](const RowAnomaly& a) { return to_str(a.summary); })
      .def_property_readonly("message", [](const RowAnomaly& a) { return to_str(a.message); })
      .def_property_readonly("rows", [](const RowAnomaly& a) { return a.rows; })
      .def_property_readonly("samples",
                             [](const RowAnomaly& a) {
                               py::list list;
                               for (const RowSample& sample : a.samples) {
                                 list.append(py::make_tuple(sample.row, to_str(sample.value)));
                               }
                               return list;
                             })
      .def("row_numbers", [](const RowAnomaly& a) { return to_array(a.row_numbers()); });
  py::class_<RowAnomalies>(module, "RowAnomalies", "Which rows are anomalous, and why.")
      .def_property_readonly("items", [](const RowAnomalies& a) { return a.items; })
      .def_property_readonly("rows", [](const RowAnomalies& a) { return a.rows; })
      .def("row_numbers", [](const RowAnomalies& a) { return to_array(a.row_numbers()); })
      .def("mask", [](const RowAnomalies& a) { return to_mask(a.marked(), a.rows); })
      .def(
          "equals", [](const RowAnomalies& a, const RowAnomalies& b) { return a == b; },
          py::arg("other"));
  py::class_<Validator>(module, "RowValidator", "Looks at rows, batch by batch.")
      .def(py::init([](const Schema& schema, const std::optional<py::str>& environment,
                       std::size_t samples, unsigned threads,
                       const std::vector<std::pair<std::string, std::string>>& severities) {
             RowOptions options;
             if (environment) options.environment = from_str(*environment);
             options.samples = samples;
             options.threads = threads;
             for (const auto& [type, severity] : severities) {
               options.severities.emplace_back(type_named(type), severity_named(severity));
             }
             return std::make_unique<Validator>(RowValidator(schema, std::move(options)));
           }),
           py::arg("schema"), py::arg("environment"), py::arg("samples"), py::arg("threads"),
           py::arg("severities"))
      .def(
          "update",
          [](Validator& validator, const Batch& batch) {
            validator.use_unlocked([&](RowValidator& rows) { rows.update(batch); });
          },
          py::arg("batch"))
      .def("result", [](Validator& validator) {
        return validator.use_unlocked([](const RowValidator& rows) { return rows.result(); });
      });
}

}  // namespace zeroskew::python
