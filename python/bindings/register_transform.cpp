/// Steps with their registry, pipelines, and what they make of batches.

#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include <memory>
#include <span>
#include <utility>
#include <variant>

#include "casters.hpp"
#include "register.hpp"
#include "settings.hpp"
#include "zeroskew/column/export.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/transform/pipeline.hpp"
#include "zeroskew/transform/row_keys.hpp"

namespace zeroskew::python {
namespace {

using unlocked = py::call_guard<py::gil_scoped_release>;
using Keys = py::array_t<std::uint64_t, py::array::c_style | py::array::forcecast>;

std::vector<std::string> names_from(const std::vector<py::str>& names) {
  std::vector<std::string> result;
  for (const py::str& name : names) result.push_back(from_str(name));
  return result;
}

py::list names_of(const std::vector<std::string>& names) {
  py::list list;
  for (const std::string& name : names) list.append(to_str(name));
  return list;
}

py::list to_list(const std::vector<Field>& fields) {
  py::list list;
  for (const Field& field : fields) {
    list.append(py::make_tuple(to_str(field.name), to_string(field.type)));
  }
  return list;
}

py::list registry() {
  py::list result;
  for (const StepInfo& info : step_registry()) {
    py::list accepts;
    for (const Kind kind : info.accepts) accepts.append(to_string(kind));
    py::dict entry;
    entry["name"] = info.name;
    entry["doc"] = info.doc;
    entry["role"] = info.role == StepRole::fitted  ? "fitted"
                    : info.role == StepRole::fixed ? "fixed"
                                                   : "augmenting";
    entry["shape"] = info.shape == StepShape::each ? "each" : "together";
    entry["accepts"] = accepts;
    entry["invertible"] = info.inverse != nullptr;
    entry["needs_rows"] = info.needs_rows;
    entry["parameters"] = parameters_to_list(info.parameters);
    const Behaviour behaviour = behaviour_of(info);
    py::dict stated;
    stated["unknown category"] = behaviour.unknown;
    stated["missing column"] = behaviour.missing_column;
    stated["extra column"] = behaviour.extra_column;
    stated["wrong type"] = behaviour.wrong_type;
    stated["overflow"] = behaviour.overflow;
    entry["behaviour"] = stated;
    result.append(entry);
  }
  return result;
}

void register_step(py::module_& module) {
  py::class_<Step>(module, "Step", "A step's name, its columns and every setting.")
      .def(py::init([](const py::str& name, const std::vector<py::str>& columns,
                       const py::dict& settings) {
             return Step(from_str(name), names_from(columns), settings_from(settings));
           }),
           py::arg("name"), py::arg("columns"), py::arg("settings"))
      .def_static(
          "from_json", [](const py::str& text) { return Step::from_json(from_str(text)); },
          py::arg("text"))
      .def_property_readonly("name", &Step::name)
      .def_property_readonly("columns", [](const Step& step) { return names_of(step.columns()); })
      .def_property_readonly("settings", [](const Step& step) { return to_dict(step.settings()); })
      .def("to_json", [](const Step& step) { return to_str(step.to_json()); })
      .def("equals", [](const Step& a, const Step& b) { return a == b; }, py::arg("other"));
}

FittedPipeline fit_batches(const Pipeline& pipeline, const std::vector<Batch>& data,
                           const std::optional<Keys>& keys) {
  std::span<const std::uint64_t> given;
  if (keys) given = {keys->data(), static_cast<std::size_t>(keys->size())};
  const py::gil_scoped_release release;
  return pipeline.fit(std::span<const Batch>(data), given);
}

Batch transform(const FittedPipeline& fitted, const Batch& data, const std::optional<Keys>& keys,
                std::uint64_t first_key, std::uint64_t epoch, bool training, unsigned threads) {
  TransformOptions options;
  if (keys && keys->size() > 0) {
    options.keys = {keys->data(), static_cast<std::size_t>(keys->size())};
  }
  options.first_key = first_key;
  options.epoch = epoch;
  options.training = training;
  options.threads = threads;
  const py::gil_scoped_release release;
  return fitted.transform(data, options);
}

void register_pipelines(py::module_& module) {
  py::class_<FittedPipeline>(module, "FittedPipeline", "A pipeline that knows its parameters.")
      .def_static(
          "from_json",
          [](const py::str& text) { return FittedPipeline::from_json(from_str(text)); },
          py::arg("text"))
      .def("to_json", [](const FittedPipeline& fitted) { return to_str(fitted.to_json()); })
      .def_property_readonly("seed", &FittedPipeline::seed)
      .def_property_readonly(
          "inputs", [](const FittedPipeline& fitted) { return to_list(fitted.inputs()); },
          "(name, type) of each column that the steps need.")
      .def_property_readonly(
          "outputs", [](const FittedPipeline& fitted) { return to_list(fitted.outputs()); },
          "(name, type) of each column that comes out of exactly the inputs.")
      .def_property_readonly(
          "steps",
          [](const FittedPipeline& fitted) {
            py::list list;
            for (const FittedStep& step : fitted.steps()) {
              list.append(py::make_tuple(step.step, to_list(step.inputs), to_dict(step.learned)));
            }
            return list;
          },
          "(step, inputs, what it learned) of each step and column.")
      .def("transform", &transform, py::arg("data"), py::arg("keys"), py::arg("first_key"),
           py::arg("epoch"), py::arg("training"), py::arg("threads"))
      .def("inverse_transform", &FittedPipeline::inverse_transform, py::arg("data"), unlocked())
      .def(
          "equals", [](const FittedPipeline& a, const FittedPipeline& b) { return a == b; },
          py::arg("other"));

  py::class_<Pipeline>(module, "Pipeline", "Steps in their order and one seed.")
      .def(py::init<std::vector<Step>, std::uint64_t>(), py::arg("steps"), py::arg("seed"))
      .def_static(
          "from_json", [](const py::str& text) { return Pipeline::from_json(from_str(text)); },
          py::arg("text"))
      .def("to_json", [](const Pipeline& pipeline) { return to_str(pipeline.to_json()); })
      .def("specification",
           [](const Pipeline& pipeline) { return to_str(pipeline.specification()); })
      .def_property_readonly("steps", &Pipeline::steps)
      .def_property_readonly("seed", &Pipeline::seed)
      .def(
          "fit_profile",
          [](const Pipeline& pipeline, const Profile& profile) { return pipeline.fit(profile); },
          py::arg("profile"), unlocked())
      .def("fit_batches", &fit_batches, py::arg("data"), py::arg("keys"))
      .def("equals", [](const Pipeline& a, const Pipeline& b) { return a == b; }, py::arg("other"));
}

template <class Struct>
void release(PyObject* capsule, const char* name) {
  auto* held = static_cast<Struct*>(PyCapsule_GetPointer(capsule, name));
  if (held == nullptr) return PyErr_Clear();
  if (held->release != nullptr) held->release(held);
  delete held;
}

py::tuple to_capsules(const Batch& batch) {
  auto array = std::make_unique<ArrowArray>();
  auto schema = std::make_unique<ArrowSchema>();
  export_batch(batch, array.get(), schema.get());
  // The capsules own the structs from here on, also when the second cannot be made.
  py::capsule schemas(schema.release(), "arrow_schema",
                      [](PyObject* c) { release<ArrowSchema>(c, "arrow_schema"); });
  py::capsule arrays(array.release(), "arrow_array",
                     [](PyObject* c) { release<ArrowArray>(c, "arrow_array"); });
  return py::make_tuple(schemas, arrays);
}

Keys keys_of(const Batch& batch, const py::str& name) {
  const std::string column = from_str(name);
  const auto found = batch.find(column);
  if (!found) {
    fail_key("transform.keys", column, "the data have no such column to take the keys from");
  }
  const std::vector<std::uint64_t> keys = row_keys(batch.columns[*found]);
  return Keys(static_cast<py::ssize_t>(keys.size()), keys.data());
}

}  // namespace

void register_transform(py::module_& module) {
  register_step(module);
  register_pipelines(module);
  register_row(module);
  register_image(module);
  register_events(module);
  register_function(module);
  module.def("registry", &registry);
  module.def("export_batch", &to_capsules, py::arg("batch"),
             "The capsules of the Arrow PyCapsule interface: schema, array.");
  module.def("row_keys", &keys_of, py::arg("batch"), py::arg("column"));
}

}  // namespace zeroskew::python
