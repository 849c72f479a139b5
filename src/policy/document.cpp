#include "policy/document.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "policy/base64.hpp"
#include "policy/cells.hpp"
#include "policy/json.hpp"
#include "transform/json.hpp"
#include "zeroskew/detail/nearest.hpp"

namespace zeroskew::detail {
namespace {

using Json = nlohmann::json;

// A member that nobody reads would be a promise that nobody keeps.
void only(const Json& object, const std::vector<std::string>& names, const std::string& where) {
  if (!object.is_object()) policy_json.fail(where, "is no object");
  for (const auto& item : object.items()) {
    if (std::find(names.begin(), names.end(), item.key()) == names.end()) {
      policy_json.fail(where, "there is no member \"" + item.key() +
                                  "\" in this version of the format" +
                                  suggestion(item.key(), names));
    }
  }
}

std::vector<std::string> texts(const Json& list, const std::string& where) {
  std::vector<std::string> result;
  for (const Json& item : list) {
    if (!item.is_string()) policy_json.fail(where, text_of(item) + " is no text");
    result.push_back(item.get<std::string>());
  }
  return result;
}

using Parameters = std::map<std::string, Value>;

Json parameters_to_json(const Parameters& parameters) {
  Json object = Json::object();
  for (const auto& [name, value] : parameters) object[name] = cell_to_json(value);
  return object;
}

Parameters parameters_from_json(const Json& value, const std::string& where) {
  Parameters parameters;
  for (const auto& item : policy_json.object(value, "parameters", where).items()) {
    parameters[item.key()] = cell_from_json(item.value(), where);
  }
  return parameters;
}

Json rule_to_json(const DriftRule& rule) {
  return {{"column", rule.column},
          {"measure", rule.measure},
          {"parameters", parameters_to_json(rule.parameters)}};
}

DriftRule rule_from_json(const Json& value) {
  only(value, {"column", "measure", "parameters"}, "rules");
  DriftRule rule;
  rule.column = policy_json.text(value, "column", "rules");
  rule.measure = policy_json.text(value, "measure", "rules");
  rule.parameters = parameters_from_json(value, "rules");
  return rule;
}

// Only a drift budget has a column and parameters.
Json guard_to_json(const Guard& guard) {
  Json value = {
      {"measure", guard.measure}, {"limit", guard.limit}, {"action", to_string(guard.action)}};
  if (!guard.is_budget()) return value;
  value["column"] = guard.column;
  if (!guard.parameters.empty()) value["parameters"] = parameters_to_json(guard.parameters);
  return value;
}

Guard guard_from_json(const Json& value) {
  only(value, {"measure", "limit", "action", "column", "parameters"}, "guards");
  const Json& limit = policy_json.any(value, "limit", "guards");
  if (!limit.is_number()) policy_json.fail("guards", "\"limit\" is no number");
  Guard guard{policy_json.text(value, "measure", "guards"), limit.get<double>(),
              guard_action_of(policy_json.text(value, "action", "guards"))};
  if (value.contains("column")) {
    guard.column = policy_json.text(value, "column", "guards");
    if (guard.column.empty()) policy_json.fail("guards", "\"column\" is empty");
  }
  if (value.contains("parameters")) guard.parameters = parameters_from_json(value, "guards");
  return guard;
}

Json fallback_to_json(const FallbackRule& rule) {
  return {{"action", to_string(rule.action)},
          {"budget", rule.budget},
          {"min_rows", rule.min_rows},
          {"window", rule.window},
          {"pause", rule.pause},
          {"trials", rule.trials}};
}

FallbackRule fallback_from_json(const Json& value) {
  const std::string where = "fallback";
  only(value, {"action", "budget", "min_rows", "window", "pause", "trials"}, where);
  const auto number = [&](const char* name) {
    const Json& x = policy_json.any(value, name, where);
    if (!x.is_number()) policy_json.fail(where, std::string("\"") + name + "\" is no number");
    return x.get<double>();
  };
  const auto count = [&](const char* name) {
    const Json& x = policy_json.any(value, name, where);
    if (!x.is_number_unsigned())
      policy_json.fail(where, std::string("\"") + name + "\" is no count");
    return x.get<std::uint64_t>();
  };
  return {fallback_of(policy_json.text(value, "action", where)),
          number("budget"),
          count("min_rows"),
          number("window"),
          number("pause"),
          count("trials")};
}

Json golden_to_json(const GoldenRows& golden) {
  const auto cells = [](const std::vector<Value>& row) {
    Json list = Json::array();
    for (const Value& cell : row) list.push_back(cell_to_json(cell));
    return list;
  };
  Json rows = Json::array();
  for (const GoldenRow& row : golden.rows) {
    rows.push_back({{"key", std::to_string(row.key)},
                    {"epoch", std::to_string(row.epoch)},
                    {"training", row.training},
                    {"in", cells(row.in)},
                    {"out", cells(row.out)}});
  }
  return {{"inputs", golden.inputs}, {"outputs", golden.outputs}, {"rows", std::move(rows)}};
}

GoldenRows golden_from_json(const Json& value) {
  only(value, {"inputs", "outputs", "rows"}, "golden");
  GoldenRows golden;
  golden.inputs = texts(policy_json.list(value, "inputs", "golden"), "golden");
  golden.outputs = texts(policy_json.list(value, "outputs", "golden"), "golden");
  for (const Json& item : policy_json.list(value, "rows", "golden")) {
    const std::string where = "golden, row " + std::to_string(golden.rows.size());
    only(item, {"key", "epoch", "training", "in", "out"}, where);
    GoldenRow row;
    const auto word = [&](const char* name) {
      return within(where, [&] { return word_from_json(policy_json.text(item, name, ""), name); });
    };
    row.key = word("key");
    row.epoch = word("epoch");
    const Json& training = policy_json.any(item, "training", where);
    if (!training.is_boolean()) policy_json.fail(where, "\"training\" is neither true nor false");
    row.training = training.get<bool>();
    for (const Json& cell : policy_json.list(item, "in", where)) {
      row.in.push_back(cell_from_json(cell, where));
    }
    for (const Json& cell : policy_json.list(item, "out", where)) {
      row.out.push_back(cell_from_json(cell, where));
    }
    golden.rows.push_back(std::move(row));
  }
  return golden;
}

Provenance provenance_from_json(const Json& value) {
  const std::string where = "provenance";
  only(value, {"who", "when", "data", "code_version", "parent"}, where);
  Provenance provenance;
  provenance.who = policy_json.text(value, "who", where);
  provenance.when = policy_json.text(value, "when", where);
  provenance.code_version = policy_json.text(value, "code_version", where);
  provenance.parent = policy_json.text(value, "parent", where);
  for (const auto& item : policy_json.object(value, "data", where).items()) {
    provenance.data[item.key()] = policy_json.text(value["data"], item.key().c_str(), where);
  }
  return provenance;
}

Profile baseline_from_json(const Json& value) {
  only(value, {"digest", "state"}, "baseline");
  const std::string digest = policy_json.text(value, "digest", "baseline");
  Profile profile =
      Profile::from_bytes(from_base64(policy_json.text(value, "state", "baseline"), "baseline"));
  if (profile.digest() != digest) {
    fail_value("policy.baseline", "baseline",
               "the profile's digest is " + profile.digest() + ", not " + digest);
  }
  return profile;
}

}  // namespace

Json content_to_json(const PolicyParts& parts, const GoldenRows& golden) {
  Json rules = Json::array();
  for (const DriftRule& rule : parts.rules) rules.push_back(rule_to_json(rule));
  Json guards = Json::array();
  for (const Guard& guard : parts.guards) guards.push_back(guard_to_json(guard));
  const Provenance& from = parts.provenance;
  Json content = {
      {"format", "zeroskew.policy"},
      {"version", policy_version},
      {"schema", parse_document(parts.schema.to_json())},
      {"pipeline", parse_document(parts.pipeline.to_json())},
      {"baseline",
       {{"digest", parts.baseline.digest()}, {"state", base64(parts.baseline.to_bytes())}}},
      {"rules", std::move(rules)},
      {"guards", std::move(guards)},
      {"golden", golden_to_json(golden)},
      {"provenance",
       {{"who", from.who},
        {"when", from.when},
        {"data", Json(from.data)},
        {"code_version", from.code_version},
        {"parent", from.parent}}}};
  // Left out where it is the usual one: what was written before there were others stays the same.
  if (parts.fallback != FallbackRule{}) content["fallback"] = fallback_to_json(parts.fallback);
  return content;
}

std::pair<PolicyParts, GoldenRows> content_from_json(const Json& content) {
  only(content,
       {"format", "version", "schema", "pipeline", "baseline", "rules", "guards", "golden",
        "provenance", "fallback"},
       "");
  PolicyParts parts;
  parts.schema = within("schema", [&] {
    return Schema::from_json(text_of(policy_json.object(content, "schema", "")));
  });
  parts.pipeline = within("pipeline", [&] {
    return FittedPipeline::from_json(text_of(policy_json.object(content, "pipeline", "")));
  });
  parts.baseline = within(
      "baseline", [&] { return baseline_from_json(policy_json.any(content, "baseline", "")); });
  for (const Json& rule : policy_json.list(content, "rules", "")) {
    parts.rules.push_back(rule_from_json(rule));
  }
  for (const Json& guard : policy_json.list(content, "guards", "")) {
    parts.guards.push_back(guard_from_json(guard));
  }
  if (content.contains("fallback")) parts.fallback = fallback_from_json(content["fallback"]);
  parts.provenance = provenance_from_json(policy_json.any(content, "provenance", ""));
  return {std::move(parts), golden_from_json(policy_json.any(content, "golden", ""))};
}

}  // namespace zeroskew::detail
