/// Policies, their monitors and their audit logs.

#include <pybind11/stl.h>

#include <memory>
#include <span>
#include <utility>

#include "casters.hpp"
#include "guards.hpp"
#include "register.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/policy/audit.hpp"
#include "zeroskew/policy/diff.hpp"
#include "zeroskew/policy/policy.hpp"
#include "zeroskew/policy/store.hpp"

namespace zeroskew::python {
namespace {

using unlocked = py::call_guard<py::gil_scoped_release>;

DriftRule rule_from(const py::tuple& tuple) {
  return {from_str(tuple[0]), from_str(tuple[1]), parameters_from(tuple[2])};
}

py::tuple to_tuple(const DriftRule& rule) {
  return py::make_tuple(to_str(rule.column), to_str(rule.measure),
                        parameters_to_dict(rule.parameters));
}

Provenance provenance_from(const py::dict& fields) {
  const auto text = [&](const char* name) { return from_str(py::str(fields[name])); };
  Provenance provenance{text("who"), text("when"), {}, text("code_version"), text("parent")};
  for (const auto& [name, value] : fields["data"].cast<py::dict>()) {
    provenance.data[from_str(py::str(name))] = from_str(py::str(value));
  }
  return provenance;
}

py::dict to_dict(const Provenance& provenance) {
  py::dict data;
  for (const auto& [name, digest] : provenance.data) data[to_str(name)] = to_str(digest);
  py::dict fields;
  fields["who"] = to_str(provenance.who);
  fields["when"] = to_str(provenance.when);
  fields["data"] = data;
  fields["code_version"] = to_str(provenance.code_version);
  fields["parent"] = to_str(provenance.parent);
  return fields;
}

FallbackRule fallback_from(const py::dict& fields) {
  FallbackRule rule;
  for (const auto& [name, value] : fields) {
    const std::string key = from_str(py::str(name));
    try {
      if (key == "action") {
        rule.action = fallback_of(from_str(py::str(value)));
      } else if (key == "budget") {
        rule.budget = value.cast<double>();
      } else if (key == "min_rows") {
        rule.min_rows = value.cast<std::uint64_t>();
      } else if (key == "window") {
        rule.window = value.cast<double>();
      } else if (key == "pause") {
        rule.pause = value.cast<double>();
      } else if (key == "trials") {
        rule.trials = value.cast<std::uint64_t>();
      } else {
        fail_key("policy.fallback", key,
                 "there are action, budget, min_rows, window, pause and trials");
      }
    } catch (const py::cast_error&) {
      fail_type("policy.fallback", key, "is a number that fits");
    }
  }
  return rule;
}

py::dict to_dict(const FallbackRule& rule) {
  py::dict fields;
  fields["action"] = to_string(rule.action);
  fields["budget"] = rule.budget;
  fields["min_rows"] = rule.min_rows;
  fields["window"] = rule.window;
  fields["pause"] = rule.pause;
  fields["trials"] = rule.trials;
  return fields;
}

Policy make(const Schema& schema, const std::optional<py::str>& pipeline, const Profile& baseline,
            const std::vector<py::tuple>& rules, const std::vector<py::tuple>& guards,
            const py::dict& fallback, const py::dict& provenance, const std::vector<Batch>& sample,
            std::size_t count) {
  PolicyParts parts;
  parts.schema = schema;
  if (pipeline) parts.pipeline = FittedPipeline::from_json(from_str(*pipeline));
  parts.baseline = baseline;
  for (const py::tuple& rule : rules) parts.rules.push_back(rule_from(rule));
  for (const py::tuple& guard : guards) parts.guards.push_back(guard_from(guard));
  parts.fallback = fallback_from(fallback);
  parts.provenance = provenance_from(provenance);
  const py::gil_scoped_release release;
  return Policy(std::move(parts), sample, count);
}

void register_policy_class(py::module_& module) {
  py::class_<Policy>(module, "Policy", "The one artifact from the notebook to the server.")
      .def(py::init(&make), py::arg("schema"), py::arg("pipeline"), py::arg("baseline"),
           py::arg("rules"), py::arg("guards"), py::arg("fallback"), py::arg("provenance"),
           py::arg("sample"), py::arg("golden_rows"))
      .def_static(
          "from_json",
          [](const py::str& text, const std::string& key) {
            return Policy::from_json(from_str(text), {key});
          },
          py::arg("text"), py::arg("public_key"))
      .def_static(
          "load",
          [](const py::bytes& path, const std::string& key) {
            const std::string name = path;
            const py::gil_scoped_release release;
            return Policy::load(name, {key});
          },
          py::arg("path"), py::arg("public_key"))
      .def(
          "save",
          [](const Policy& policy, const py::bytes& path) {
            const std::string name = path;
            const py::gil_scoped_release release;
            policy.save(name);
          },
          py::arg("path"))
      .def("to_json", [](const Policy& policy) { return to_str(policy.to_json()); })
      .def(
          "verify", [](const Policy& policy, const std::string& key) { policy.verify({key}); },
          py::arg("public_key"), unlocked())
      .def(
          "sign", [](Policy& policy, const std::string& key) { policy.sign(key); },
          py::arg("private_key"))
      .def("copy", [](const Policy& policy) { return policy; })
      .def(
          "monitor",
          [](const Policy& policy, double alpha, std::size_t bins, std::size_t max_labels,
             double min_effect, std::uint64_t min_rows) {
            return policy.monitor({alpha, bins, max_labels, min_effect, min_rows});
          },
          py::arg("alpha"), py::arg("bins"), py::arg("max_labels"), py::arg("min_effect"),
          py::arg("min_rows"))
      .def_property_readonly("digest", [](const Policy& policy) { return policy.digest(); })
      .def_property_readonly("signature", [](const Policy& policy) { return policy.signature(); })
      .def_property_readonly("schema", [](const Policy& policy) { return policy.schema(); })
      .def_property_readonly(
          "pipeline", [](const Policy& policy) { return to_str(policy.pipeline().to_json()); },
          "The fitted pipeline as JSON.")
      .def_property_readonly("baseline", [](const Policy& policy) { return policy.baseline(); })
      .def_property_readonly("rules",
                             [](const Policy& policy) {
                               py::list list;
                               for (const DriftRule& rule : policy.rules()) {
                                 list.append(to_tuple(rule));
                               }
                               return list;
                             })
      .def_property_readonly("guards",
                             [](const Policy& policy) {
                               py::list list;
                               for (const Guard& guard : policy.guards())
                                 list.append(guard_to_tuple(guard));
                               return list;
                             })
      .def_property_readonly("fallback",
                             [](const Policy& policy) { return to_dict(policy.fallback()); })
      .def_property_readonly("provenance",
                             [](const Policy& policy) { return to_dict(policy.provenance()); })
      .def_property_readonly("golden_rows",
                             [](const Policy& policy) { return policy.golden().rows.size(); });
  module.def(
      "diff",
      [](const Policy& before, const Policy& after) {
        py::list list;
        for (const PolicyChange& change : policy_diff(before, after)) {
          list.append(
              py::make_tuple(to_str(change.part), to_str(change.where), to_str(change.message)));
        }
        return list;
      },
      py::arg("before"), py::arg("after"), "(part, where, message) of each change.");
  module.def("guard_measures", [] {
    py::list list;
    for (const GuardMeasure& measure : guard_measures()) {
      list.append(py::make_tuple(measure.name, measure.doc));
    }
    return list;
  });
}

void register_policy_monitor(py::module_& module) {
  py::class_<Monitor>(module, "Monitor", "Watches rows against a policy's baseline.")
      .def("record", py::overload_cast<const Batch&>(&Monitor::record, py::const_), py::arg("data"),
           unlocked())
      .def("failed", &Monitor::failed, py::arg("rows"))
      .def(
          "report",
          [](const Monitor& monitor) {
            const auto text = [&] {
              const py::gil_scoped_release release;
              return monitor.report().to_json();
            }();
            return to_str(text);
          },
          "The report as JSON.")
      .def(
          "snapshot",
          [](const Monitor& monitor) {
            const auto text = [&] {
              const py::gil_scoped_release release;
              return monitor.snapshot().to_json();
            }();
            return to_str(text);
          },
          "What was counted, as JSON.")
      .def(
          "absorb",
          [](const Monitor& monitor, const py::str& snapshot) {
            const std::string text = from_str(snapshot);
            const py::gil_scoped_release release;
            monitor.absorb(MonitorSnapshot::from_json(text));
          },
          py::arg("snapshot"))
      .def_property_readonly("features", [](const Monitor& monitor) {
        py::list list;
        for (const std::string& name : monitor.features()) list.append(to_str(name));
        return list;
      });
}

py::tuple to_tuple(const AuditEntry& entry) {
  return py::make_tuple(entry.number, to_str(entry.when), to_str(entry.who), to_str(entry.action),
                        to_str(entry.policy), to_str(entry.note), entry.previous, entry.hash);
}

void register_audit(py::module_& module) {
  py::class_<AuditLog>(module, "AuditLog", "A hash-chained file that only grows.")
      .def(py::init([](const py::bytes& path) { return AuditLog(std::string(path)); }),
           py::arg("path"))
      .def(
          "append",
          [](AuditLog& log, const py::str& action, const py::str& policy, const py::str& who,
             const py::str& note, const py::str& when) {
            return to_tuple(log.append({from_str(action), from_str(policy), from_str(who),
                                        from_str(note), from_str(when)}));
          },
          py::arg("action"), py::arg("policy"), py::arg("who"), py::arg("note"), py::arg("when"))
      .def(
          "rollback",
          [](AuditLog& log, const py::str& policy, const py::str& who, const py::str& note) {
            return to_tuple(log.rollback(from_str(policy), from_str(who), from_str(note)));
          },
          py::arg("policy"), py::arg("who"), py::arg("note"))
      .def("entries",
           [](const AuditLog& log) {
             py::list list;
             for (const AuditEntry& entry : log.entries()) list.append(to_tuple(entry));
             return list;
           })
      .def("fault",
           [](const AuditLog& log) -> py::object {
             const auto fault = log.fault();
             if (!fault) return py::none();
             return py::make_tuple(fault->line, to_str(fault->message));
           })
      .def("current", &AuditLog::current);
}

void register_store(py::module_& module) {
  py::class_<PolicyStore>(module, "PolicyStore",
                          "Deployed policies and the log that tells of them.")
      .def(py::init([](const py::bytes& folder, const std::string& key) {
             return PolicyStore(std::string(folder), {key});
           }),
           py::arg("folder"), py::arg("public_key"))
      .def(
          "deploy",
          [](PolicyStore& store, const Policy& policy, const py::str& who, const py::str& note) {
            return to_tuple(store.deploy(policy, from_str(who), from_str(note)));
          },
          py::arg("policy"), py::arg("who"), py::arg("note"))
      .def(
          "rollback",
          [](PolicyStore& store, const py::str& digest, const py::str& who, const py::str& note) {
            return to_tuple(store.rollback(from_str(digest), from_str(who), from_str(note)));
          },
          py::arg("digest"), py::arg("who"), py::arg("note"))
      .def(
          "load",
          [](const PolicyStore& store, const py::str& digest) {
            return store.load(from_str(digest));
          },
          py::arg("digest"))
      .def("current", &PolicyStore::current)
      .def("previous", &PolicyStore::previous);
}

}  // namespace

void register_policy(py::module_& module) {
  register_policy_class(module);
  register_budgets(module);
  register_policy_monitor(module);
  register_audit(module);
  register_store(module);
}

}  // namespace zeroskew::python
