#include "zeroskew/schema/row_rule.hpp"

#include <algorithm>

#include "schema/freeze.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/schema/expression.hpp"
#include "zeroskew/schema/schema.hpp"

namespace zeroskew {
namespace {

constexpr std::string_view kRules = "row_rules";
constexpr std::string_view kKey = "unique_key";

[[noreturn]] void fail(const std::string& where, std::string_view message) {
  fail_value("schema.bad_rule", where, message);
}

std::string text_in(const Extension& rule, std::string_view name, const std::string& where) {
  const Extension* found = rule.find(name);
  if (found == nullptr) return {};
  if (!found->is_text()) fail(where, std::string(name) + " is a text");
  return found->text();
}

RowRule rule_of(const Extension& stored, std::size_t index) {
  std::string where = "row rule " + std::to_string(index + 1);
  if (!stored.is_object()) fail(where, "a rule is an object with a name and an expression");
  RowRule rule;
  rule.name = text_in(stored, "name", where);
  if (!rule.name.empty()) where = "row rule '" + rule.name + "'";
  rule.expression = text_in(stored, "expression", where);
  rule.description = text_in(stored, "description", where);
  if (const Extension* share = stored.find("min_share")) {
    if (!share->is_number()) fail(where, "min_share is a number above 0, and at most 1");
    rule.min_share = share->number();
  }
  const std::string severity = text_in(stored, "severity", where);
  if (severity == to_string(Severity::warning)) rule.severity = Severity::warning;
  if (!severity.empty() && severity != to_string(rule.severity)) {
    fail(where, "severity is ERROR or WARNING");
  }
  if (rule.name.empty() || rule.expression.empty()) {
    fail(where, "a rule has a name and an expression");
  }
  if (!(rule.min_share > 0.0 && rule.min_share <= 1.0)) {
    fail(where, "min_share is a number above 0, and at most 1");
  }
  return rule;
}

Extension stored_form(const RowRule& rule) {
  Extension stored = Extension::object();
  stored.set("name", rule.name);
  stored.set("expression", rule.expression);
  if (rule.min_share != 1.0) stored.set("min_share", rule.min_share);
  if (rule.severity != Severity::error) stored.set("severity", to_string(rule.severity));
  if (!rule.description.empty()) stored.set("description", rule.description);
  return stored;
}

// Sets a member of the schema's extension; an empty list takes it out.
void store(Schema& schema, std::string_view name, Extension::List list) {
  if (!schema.annotation) schema.annotation.emplace();
  Extension& extension = schema.annotation->extension;
  if (!list.empty()) {
    extension.set(name, Extension(std::move(list)));
    return;
  }
  extension.erase(name);
  if (extension.is_object() && extension.members().empty()) extension = Extension();
  if (*schema.annotation == Annotation()) schema.annotation.reset();
}

void store(Schema& schema, const std::vector<RowRule>& rules) {
  Extension::List list;
  for (const RowRule& rule : rules) list.push_back(stored_form(rule));
  store(schema, kRules, std::move(list));
}

}  // namespace

std::vector<RowRule> row_rules(const Schema& schema) {
  std::vector<RowRule> rules;
  if (!schema.annotation) return rules;
  const Extension* stored = schema.annotation->extension.find(kRules);
  if (stored == nullptr) return rules;
  if (!stored->is_list()) fail("row_rules", "row rules are a list");
  for (const Extension& one : stored->list()) {
    RowRule rule = rule_of(one, rules.size());
    const auto same = [&](const RowRule& other) { return other.name == rule.name; };
    if (std::any_of(rules.begin(), rules.end(), same)) {
      fail("row rule '" + rule.name + "'", "two rules have this name");
    }
    rules.push_back(std::move(rule));
  }
  return rules;
}

void add_row_rule(Schema& schema, const RowRule& rule) {
  detail::require_editable(schema);
  const RowRule checked = rule_of(stored_form(rule), 0);
  const Expression expression = Expression::parse(checked.expression, schema);
  if (expression.type() != ExpressionType::boolean) {
    fail("row rule '" + rule.name + "'",
         "a rule is a condition, and this is of type " + std::string(to_string(expression.type())));
  }
  std::vector<RowRule> rules = row_rules(schema);
  const auto at = std::find_if(rules.begin(), rules.end(),
                               [&](const RowRule& other) { return other.name == checked.name; });
  if (at == rules.end()) {
    rules.push_back(checked);
  } else {
    *at = checked;
  }
  store(schema, rules);
}

std::vector<std::string> unique_key(const Schema& schema) {
  std::vector<std::string> names;
  if (!schema.annotation) return names;
  const Extension* stored = schema.annotation->extension.find(kKey);
  if (stored == nullptr) return names;
  if (!stored->is_list()) fail("unique_key", "the key is a list of names");
  for (const Extension& one : stored->list()) {
    if (!one.is_text()) fail("unique_key", "the key is a list of names");
    names.push_back(to_string(Path::parse(one.text())));
  }
  return names;
}

void set_unique_key(Schema& schema, const std::vector<std::string>& names) {
  detail::require_editable(schema);
  Extension::List list;
  for (const std::string& name : names) {
    const Feature& wanted = schema.feature(name);
    for (const Path& path : schema.paths()) {
      if (schema.find(path) == &wanted) list.emplace_back(to_string(path));
    }
  }
  store(schema, kKey, std::move(list));
}

bool remove_row_rule(Schema& schema, std::string_view name) {
  detail::require_editable(schema);
  std::vector<RowRule> rules = row_rules(schema);
  const bool found = std::erase_if(rules, [&](const RowRule& r) { return r.name == name; }) > 0;
  if (found) store(schema, rules);
  return found;
}

}  // namespace zeroskew
