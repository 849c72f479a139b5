// Compositions as JSON.

#include "transform/json.hpp"
#include "zeroskew/detail/nearest.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew {
namespace {

using Json = nlohmann::json;

const char* const composition_names[] = {"sequence", "one_of", "some_of"};

// The members that both forms of a composition share: {"p":...,"when":...,"weights":...,"n":...}.
void put_options(Json& value, const Membership& membership) {
  const CompositionOptions& options = membership.options;
  if (options.p != 1.0) value["p"] = options.p;
  if (!options.when.empty()) value["when"] = options.when;
  if (!options.weights.empty()) value["weights"] = options.weights;
  if (membership.kind == CompositionKind::some_of) {
    value["n"] = options.least == options.most ? Json(options.most)
                                               : Json::array({options.least, options.most});
  }
}

double number_in(const Json& value, const std::string& where) {
  if (!value.is_number()) transform_json.fail(where, value.dump() + " is no number");
  return value.get<double>();
}
std::uint32_t count_in(const Json& value, const std::string& where) {
  if (!value.is_number_unsigned() || value.get<std::uint64_t>() > 1000000) {
    transform_json.fail(where, value.dump() + " is no number of members");
  }
  return value.get<std::uint32_t>();
}

// Reads one of those members; false for any other name.
bool take_option(const std::string& name, const Json& value, CompositionOptions& options,
                 const std::string& where) {
  if (name == "p") {
    options.p = number_in(value, where);
  } else if (name == "when") {
    if (!value.is_string()) transform_json.fail(where, "\"when\" is no text");
    options.when = value.get<std::string>();
  } else if (name == "weights") {
    if (!value.is_array()) transform_json.fail(where, "\"weights\" is no list");
    for (const Json& weight : value) options.weights.push_back(number_in(weight, where));
  } else if (name == "n") {
    const bool pair = value.is_array() && value.size() == 2;
    options.least = count_in(pair ? value[0] : value, where);
    options.most = pair ? count_in(value[1], where) : options.least;
  } else {
    return false;
  }
  return true;
}

}  // namespace

Stage stage_from_json(const Json& value, int depth) {
  if (depth > 100) transform_json.fail("steps", "compositions are nested too deeply");
  for (int kind = 0; kind < 3; ++kind) {
    const char* name = composition_names[kind];
    if (!value.is_object() || !value.contains(name)) continue;
    CompositionOptions options;
    std::vector<Stage> members;
    for (const Json& member : transform_json.list(value, name, name)) {
      members.push_back(stage_from_json(member, depth + 1));
    }
    for (const auto& [key, item] : value.items()) {
      if (key != name && !take_option(key, item, options, name)) {
        fail_key(
            "transform.unknown_parameter", name,
            "has no parameter '" + key + "'" +
                detail::suggestion(key, std::vector<std::string>{"p", "when", "weights", "n"}));
      }
    }
    if (kind == 1) return Stage::one_of(std::move(members), std::move(options));
    if (kind == 2) return Stage::some_of(std::move(members), std::move(options));
    return Stage::sequence(std::move(members), std::move(options));
  }
  return step_from_json(value);
}

// Steps first ... last - 1 as stages, inside `depth` compositions that they have in common.
Json stages_to_json(const Pipeline& pipeline, std::size_t first, std::size_t last,
                    std::size_t depth) {
  Json stages = Json::array();
  while (first < last) {
    const std::vector<Membership> within = pipeline.within(first);
    if (within.size() <= depth) {
      stages.push_back(step_to_json(pipeline.steps()[first++]));
      continue;
    }
    const Membership& membership = within[depth];
    Json members = Json::array();
    while (first < last) {
      // One member: the steps of the same number, as one stage.
      const auto same = [&](std::size_t i, bool member, std::uint32_t number) {
        const std::vector<Membership> other = pipeline.within(i);
        return other.size() > depth && other[depth].group == membership.group &&
               (!member || other[depth].member == number);
      };
      if (!same(first, false, 0)) break;
      const std::uint32_t number = pipeline.within(first)[depth].member;
      std::size_t end = first;
      while (end < last && same(end, true, number)) ++end;
      for (Json& stage : stages_to_json(pipeline, first, end, depth + 1)) members.push_back(stage);
      first = end;
    }
    Json composition = {{composition_names[static_cast<int>(membership.kind)], std::move(members)}};
    put_options(composition, membership);
    stages.push_back(std::move(composition));
  }
  return stages;
}

Json membership_to_json(const Membership& membership) {
  Json value = {{"composition", composition_names[static_cast<int>(membership.kind)]},
                {"group", membership.group},
                {"member", membership.member},
                {"members", membership.members}};
  put_options(value, membership);
  return value;
}

Membership membership_from_json(const Json& value) {
  Membership membership;
  const std::string kind = transform_json.text(value, "composition", "within");
  bool known = false;
  for (int k = 0; k < 3; ++k) {
    if (kind != composition_names[k]) continue;
    membership.kind = static_cast<CompositionKind>(k);
    known = true;
  }
  if (!known) transform_json.fail("within", "'" + kind + "' is no composition");
  membership.group = count_in(transform_json.any(value, "group", "within"), "within");
  membership.member = count_in(transform_json.any(value, "member", "within"), "within");
  membership.members = count_in(transform_json.any(value, "members", "within"), "within");
  for (const auto& [key, item] : value.items())
    take_option(key, item, membership.options, "within");
  const CompositionOptions& options = membership.options;
  const bool weighted = options.weights.empty() || options.weights.size() == membership.members;
  if (membership.member >= membership.members || options.least > options.most || !weighted) {
    transform_json.fail("within", "the composition does not fit its members");
  }
  return membership;
}

}  // namespace zeroskew
