#include <pybind11/stl.h>

#include <filesystem>

#include "casters.hpp"
#include "register.hpp"
#include "rows.hpp"
#include "validation.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/schema/checks.hpp"
#include "zeroskew/schema/diff.hpp"
#include "zeroskew/schema/infer.hpp"
#include "zeroskew/schema/message_info.hpp"
#include "zeroskew/schema/validate.hpp"
#include "zeroskew/schema/validate_slices.hpp"
#include "zeroskew/stats/profile.hpp"

namespace zeroskew::python {
namespace {

using unlocked = py::call_guard<py::gil_scoped_release>;

std::vector<std::string> steps_of(const py::list& steps) {
  std::vector<std::string> result;
  for (const py::handle step : steps) result.push_back(from_str(py::cast<py::str>(step)));
  return result;
}

py::list to_list(const std::vector<std::string>& texts) {
  py::list list;
  for (const std::string& text : texts) list.append(to_str(text));
  return list;
}

void register_messages(py::module_& module) {
  module.def(
      "message_fields",
      [](const py::str& message) {
        py::list list;
        for (const MessageField& field : message_fields(from_str(message))) {
          list.append(py::make_tuple(field.name, field.kind, field.repeated, field.one_of,
                                     field.type, py::cast(field.values)));
        }
        return list;
      },
      py::arg("message"), "(name, kind, repeated, one_of, type, values) of each field.");
  module.def(
      "parse_path", [](const py::str& text) { return to_list(Path::parse(from_str(text)).step); },
      py::arg("text"));
  module.def(
      "path_text", [](const py::list& steps) { return to_str(to_string(Path(steps_of(steps)))); },
      py::arg("steps"));
  module.def("checks", [] {
    py::list list;
    for (const CheckInfo& check : checks()) {
      py::list types;
      for (const AnomalyType type : check.types) types.append(to_string(type));
      list.append(py::make_tuple(check.name, types, check.documentation));
    }
    return list;
  });
  module.def("anomaly_types", [] {
    py::list list;
    for (std::int32_t number = 0; number < kAnomalyTypeCount; ++number) {
      list.append(to_string(static_cast<AnomalyType>(number)));
    }
    return list;
  });
}

void register_schema_class(py::module_& module) {
  py::class_<Schema>(module, "Schema", "What the data must look like.")
      .def_static(
          "from_json", [](const py::str& text) { return Schema::from_json(from_str(text)); },
          py::arg("text"))
      .def_static(
          "from_text", [](const py::str& text) { return Schema::from_text(from_str(text)); },
          py::arg("text"))
      .def_static(
          "load",
          [](const py::bytes& path) {
            return Schema::load(std::filesystem::path(std::string(path)));
          },
          py::arg("path"))
      .def(
          "save",
          [](const Schema& schema, const py::bytes& path) {
            schema.save(std::filesystem::path(std::string(path)));
          },
          py::arg("path"))
      .def("to_json", [](const Schema& schema) { return to_str(schema.to_json()); })
      .def("to_text", [](const Schema& schema) { return to_str(schema.to_text()); })
      .def(
          "find",
          [](const Schema& schema, const py::str& name) -> std::optional<py::list> {
            // The steps of the feature that a name or path means.
            const std::string text = from_str(name);
            const Feature& wanted = schema.feature(text);
            for (const Path& path : schema.paths()) {
              if (schema.find(path) == &wanted) return to_list(path.step);
            }
            return std::nullopt;
          },
          py::arg("name"))
      .def("paths",
           [](const Schema& schema) {
             py::list list;
             for (const Path& path : schema.paths()) list.append(to_list(path.step));
             return list;
           })
      .def(
          "required",
          [](const Schema& schema, const py::list& steps,
             const std::optional<py::str>& environment) {
            const Feature* feature = schema.find(Path(steps_of(steps)));
            const auto name = text_of(environment);
            schema.check_environment(name);
            return feature != nullptr && schema.required(*feature, name);
          },
          py::arg("steps"), py::arg("environment"))
      .def("equals", [](const Schema& a, const Schema& b) { return a == b; }, py::arg("other"));
  module.def(
      "diff",
      [](const Schema& before, const Schema& after) {
        py::list list;
        for (const SchemaChange& change : schema_diff(before, after)) {
          static constexpr const char* kinds[] = {"added", "removed", "changed"};
          const auto value = [](const std::optional<std::string>& text) -> py::object {
            return text ? py::object(to_str(*text)) : py::none();
          };
          list.append(py::make_tuple(kinds[static_cast<std::size_t>(change.kind)],
                                     to_str(change.path), to_str(change.what), value(change.before),
                                     value(change.after), to_str(to_string(change))));
        }
        return list;
      },
      py::arg("before"), py::arg("after"),
      "(kind, path, field, before, after, text) of each difference.");
}

void register_anomalies(py::module_& module) {
  py::class_<Fix>(module, "Fix", "The smallest change of a schema that accepts an anomaly.")
      .def("describe", [](const Fix& fix) { return to_str(fix.describe()); })
      .def_property_readonly("empty", &Fix::empty)
      .def(
          "applied",
          [](const Fix& fix, const Schema& schema) {
            Schema changed = schema;
            fix.apply(changed);
            return changed;
          },
          py::arg("schema"));
  py::class_<Anomaly>(module, "Anomaly", "One thing that is wrong with data.")
      .def_property_readonly("path", [](const Anomaly& a) { return to_str(to_string(a.path)); })
      .def_property_readonly("steps", [](const Anomaly& a) { return to_list(a.path.step); })
      .def_property_readonly("type", [](const Anomaly& a) { return to_string(a.type); })
      .def_property_readonly("severity", [](const Anomaly& a) { return to_string(a.severity); })
      .def_property_readonly("summary", [](const Anomaly& a) { return to_str(a.summary); })
      .def_property_readonly("message", [](const Anomaly& a) { return to_str(a.message); })
      .def_property_readonly("rule", [](const Anomaly& a) { return to_str(a.rule); })
      .def_property_readonly("fix", [](const Anomaly& a) { return a.fix; });
  py::class_<Anomalies>(module, "Anomalies", "The verdict of a validation.")
      .def_property_readonly("items", [](const Anomalies& a) { return a.items; })
      .def_property_readonly(
          "measurements",
          [](const Anomalies& a) {
            py::list list;
            for (const Measurement& m : a.measurements) {
              list.append(py::make_tuple(to_str(to_string(m.path)), to_string(m.comparison),
                                         to_string(m.measure), m.value, m.threshold));
            }
            return list;
          })
      .def_property_readonly("data_missing", [](const Anomalies& a) { return a.data_missing; })
      .def_property_readonly("baseline", [](const Anomalies& a) { return a.baseline; })
      .def("to_json", [](const Anomalies& a) { return to_str(a.to_json()); })
      .def_static(
          "from_json", [](const py::str& text) { return Anomalies::from_json(from_str(text)); },
          py::arg("text"))
      .def(
          "equals", [](const Anomalies& a, const Anomalies& b) { return a == b; },
          py::arg("other"));
}

// Of {name: statistics}.
SliceStatistics slices_of(const py::dict& named) {
  SliceStatistics slices;
  for (const auto& [name, statistics] : named) {
    slices.emplace(from_str(py::cast<py::str>(name)),
                   py::cast<const DatasetStatistics&>(statistics));
  }
  return slices;
}

void register_validation(py::module_& module) {
  module.def(
      "infer",
      [](const Profile& profile, std::size_t max_categories, bool infer_shape) {
        return infer_schema(profile, {max_categories, infer_shape});
      },
      py::arg("profile"), py::arg("max_categories"), py::arg("infer_shape"), unlocked());
  module.def(
      "validate",
      [](const Profile& profile, const Schema& schema, const std::optional<py::str>& environment,
         const Profile* previous, const Profile* serving, const Profile* previous_version,
         const Severities& severities, std::size_t max_categories, std::optional<double> now) {
        ValidateOptions options = options_of(environment, max_categories, severities);
        options.now = now;
        const py::gil_scoped_release release;
        return validate(profile, schema, options, {previous, serving, previous_version});
      },
      py::arg("profile"), py::arg("schema"), py::arg("environment"), py::arg("previous"),
      py::arg("serving"), py::arg("previous_version"), py::arg("severities"),
      py::arg("max_categories"), py::arg("now"));
  module.def(
      "validate_slices",
      [](const py::dict& slices, const Schema& schema, const std::optional<py::str>& environment,
         const std::optional<py::dict>& previous, const std::optional<py::dict>& serving,
         const std::optional<py::dict>& previous_version, const Severities& severities,
         std::size_t max_categories, std::optional<double> now) {
        ValidateOptions options = options_of(environment, max_categories, severities);
        options.now = now;
        const SliceStatistics current = slices_of(slices);
        SliceStatistics others[3];
        const SliceStatistics* sides[3] = {};
        std::size_t side = 0;
        for (const auto* one : {&previous, &serving, &previous_version}) {
          if (*one) sides[side] = &(others[side] = slices_of(**one));
          ++side;
        }
        std::map<std::string, Anomalies> found;
        {
          const py::gil_scoped_release release;
          found = validate_slices(current, schema, options,
                                  Controls<SliceStatistics>{sides[0], sides[1], sides[2]});
        }
        py::list list;
        for (auto& [name, anomalies] : found) {
          list.append(py::make_tuple(to_str(name), std::move(anomalies)));
        }
        return list;
      },
      py::arg("slices"), py::arg("schema"), py::arg("environment"), py::arg("previous"),
      py::arg("serving"), py::arg("previous_version"), py::arg("severities"),
      py::arg("max_categories"), py::arg("now"), "{name: statistics} against the same of others.");
  module.def(
      "update",
      [](const Schema& schema, const Profile& profile, const std::optional<py::str>& environment,
         std::size_t max_categories) {
        const ValidateOptions options = options_of(environment, max_categories);
        const py::gil_scoped_release release;
        return update_schema(schema, profile, options);
      },
      py::arg("schema"), py::arg("profile"), py::arg("environment"), py::arg("max_categories"));
}

}  // namespace

void register_schema(py::module_& module) {
  register_messages(module);
  register_schema_class(module);
  register_anomalies(module);
  register_validation(module);
  register_rows(module);
  register_rules(module);
}

}  // namespace zeroskew::python
