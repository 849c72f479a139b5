#include <pybind11/stl.h>

#include "casters.hpp"
#include "register.hpp"
#include "zeroskew/column/import.hpp"
#include "zeroskew/column/json_lines.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew::python {
namespace {

// What an Arrow PyCapsule holds (the Arrow PyCapsule interface); the capsule keeps an empty shell.
template <class Struct>
Struct* held(const py::capsule& capsule, const char* name) {
  auto* pointer = static_cast<Struct*>(PyCapsule_GetPointer(capsule.ptr(), name));
  if (pointer == nullptr) throw py::error_already_set();
  if (pointer->release == nullptr) {
    fail_value("column.malformed", "",
               "the capsule's Arrow data were taken before; export them again");
  }
  return pointer;
}

// Names and types of columns, as one object that Python hands back.
struct Fields {
  std::vector<Field> list;
};

void register_json_lines(py::module_& module) {
  py::class_<Fields>(module, "Fields", "Names and types of columns.").def(py::init<>());
  module.def(
      "infer_json_lines",
      [](const py::bytes& text, const Fields& known, std::size_t first_line) {
        const std::string_view view = text;
        const py::gil_scoped_release release;
        return Fields{infer_json_lines(view, known.list, first_line)};
      },
      py::arg("text"), py::arg("known"), py::arg("first_line"),
      "The columns of some lines, and those of earlier lines.");
  module.def(
      "read_json_lines",
      [](const py::bytes& text, const Fields& fields, std::size_t first_line) {
        const std::string_view view = text;
        const py::gil_scoped_release release;
        return read_json_lines(view, fields.list, first_line);
      },
      py::arg("text"), py::arg("fields"), py::arg("first_line"), "The rows of some lines.");
}

}  // namespace

void register_column(py::module_& module) {
  py::class_<Batch>(module, "Batch",
                    "Named columns of equal length; borrows the producer's buffers.")
      .def(py::init([](const py::capsule& schema, const py::capsule& array) {
             return import_batch(held<ArrowArray>(array, "arrow_array"),
                                 held<ArrowSchema>(schema, "arrow_schema"));
           }),
           py::arg("schema"), py::arg("array"))
      .def_property_readonly("rows", [](const Batch& batch) { return batch.rows; })
      .def(
          "slice",
          [](const Batch& batch, std::int64_t start, std::int64_t count) {
            if (start < 0 || count < 0 || start > batch.rows - count) {
              throw Error(ErrorKind::index, "column.bad_slice", "", "there are no such rows");
            }
            return batch.slice(start, count);
          },
          py::arg("start"), py::arg("count"), "Some rows; the buffers are shared.")
      .def_property_readonly("names", [](const Batch& batch) {
        py::list names;
        for (const std::string& name : batch.names) names.append(to_str(name));
        return names;
      });

  py::class_<BatchReader>(module, "BatchReader", "Batches of an Arrow stream.")
      .def(py::init([](const py::capsule& stream) {
             return BatchReader(held<ArrowArrayStream>(stream, "arrow_array_stream"));
           }),
           py::arg("stream"))
      .def_property_readonly("header", [](const BatchReader& reader) { return reader.header(); })
      .def("next", &BatchReader::next, py::call_guard<py::gil_scoped_release>(),
           "The next batch; None at the end.");
  register_json_lines(module);
}

}  // namespace zeroskew::python
