#include <pybind11/stl.h>

#include "casters.hpp"
#include "rows.hpp"
#include "validation.hpp"
#include "zeroskew/schema/expression.hpp"
#include "zeroskew/schema/feature_rules.hpp"
#include "zeroskew/schema/freeze.hpp"
#include "zeroskew/schema/pattern.hpp"
#include "zeroskew/schema/row_rule.hpp"
#include "zeroskew/schema/schema.hpp"
#include "zeroskew/schema/suggest.hpp"
#include "zeroskew/stats/profile.hpp"

namespace zeroskew::python {
namespace {

// A changed copy: schemas that were handed out stay as they are.
template <class F>
Schema changed(const Schema& schema, F change) {
  Schema copy = schema;
  change(copy);
  return copy;
}

void register_row_rules(py::module_& module) {
  module.def(
      "row_rules",
      [](const Schema& schema) {
        py::list list;
        for (const RowRule& rule : row_rules(schema)) {
          list.append(py::make_tuple(to_str(rule.name), to_str(rule.expression), rule.min_share,
                                     to_string(rule.severity), to_str(rule.description)));
        }
        return list;
      },
      py::arg("schema"), "(name, expression, min_share, severity, description) of each rule.");
  module.def(
      "with_row_rule",
      [](const Schema& schema, const py::str& name, const py::str& expression, double min_share,
         const std::string& severity, const py::str& description) {
        const RowRule rule{from_str(name), from_str(expression), min_share,
                           severity_named(severity), from_str(description)};
        return changed(schema, [&](Schema& copy) { add_row_rule(copy, rule); });
      },
      py::arg("schema"), py::arg("name"), py::arg("expression"), py::arg("min_share"),
      py::arg("severity"), py::arg("description"));
  module.def(
      "without_row_rule",
      [](const Schema& schema, const py::str& name) -> std::optional<Schema> {
        Schema copy = schema;
        if (!remove_row_rule(copy, from_str(name))) return std::nullopt;
        return copy;
      },
      py::arg("schema"), py::arg("name"), "None where there is no such rule.");
  module.def(
      "unique_key",
      [](const Schema& schema) {
        py::list list;
        for (const std::string& name : unique_key(schema)) list.append(to_str(name));
        return list;
      },
      py::arg("schema"));
  module.def(
      "with_unique_key",
      [](const Schema& schema, const py::list& names) {
        std::vector<std::string> key;
        for (const py::handle name : names) key.push_back(from_str(py::cast<py::str>(name)));
        return changed(schema, [&](Schema& copy) { set_unique_key(copy, key); });
      },
      py::arg("schema"), py::arg("names"));
  module.def(
      "parse_expression",
      [](const py::str& text, const Schema& schema) {
        const Expression expression = Expression::parse(from_str(text), schema);
        py::list columns;
        for (const Path& path : expression.columns()) columns.append(to_str(to_string(path)));
        return py::make_tuple(to_string(expression.type()), columns);
      },
      py::arg("text"), py::arg("schema"), "(type, columns).");
}

template <class Data>
void register_suggestions(py::module_& module) {
  module.def(
      "suggest",
      [](const Data& data, const Schema& schema, double tail, double margin,
         std::size_t max_values, double confidence, double length_margin) {
        const SuggestOptions options{tail, margin, max_values, confidence, length_margin};
        py::list list;
        for (const Suggestion& one : suggest_rules(data, schema, options)) {
          list.append(py::make_tuple(to_str(to_string(one.path)), one.rule, to_str(one.reason),
                                     one.fix));
        }
        return list;
      },
      py::arg("profile"), py::arg("schema"), py::arg("tail"), py::arg("margin"),
      py::arg("max_values"), py::arg("confidence"), py::arg("length_margin"),
      "(path, rule, reason, fix) of each suggestion.");
}

void register_feature_rules(py::module_& module) {
  module.def(
      "check_feature_rules",
      [](const Schema& schema, const py::str& name) {
        (void)feature_rules(schema.feature(from_str(name)));
      },
      py::arg("schema"), py::arg("name"), "Throws what is wrong with the feature's rules.");
  module.def("formats", [] {
    py::list list;
    for (const FormatInfo& info : formats()) {
      list.append(py::make_tuple(info.name, info.pattern, info.documentation));
    }
    return list;
  });
  module.def(
      "matches",
      [](const py::str& pattern, const py::list& texts) {
        const Pattern compiled(from_str(pattern));
        Pattern::Matcher matcher(compiled);
        py::list found;
        for (const py::handle text : texts) {
          found.append(matcher.matches(from_str(py::cast<py::str>(text))));
        }
        return found;
      },
      py::arg("pattern"), py::arg("texts"));
  register_suggestions<Profile>(module);
  register_suggestions<DatasetStatistics>(module);
}

}  // namespace

void register_rules(py::module_& module) {
  register_row_rules(module);
  register_feature_rules(module);
  module.def("digest", &schema_digest, py::arg("schema"));
  module.def("is_frozen", &is_frozen, py::arg("schema"));
  module.def(
      "frozen", [](const Schema& schema) { return changed(schema, &freeze); }, py::arg("schema"));
  module.def(
      "thawed", [](const Schema& schema) { return changed(schema, &thaw); }, py::arg("schema"));
}

}  // namespace zeroskew::python
