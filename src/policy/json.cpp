#include "policy/json.hpp"

#include <nlohmann/json.hpp>
#include <set>
#include <vector>

namespace zeroskew::detail {
namespace {

using Json = nlohmann::json;

constexpr int deepest = 100;

void check_depth(std::string_view text) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '\\') ++i;
      if (c == '"') quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      if (++depth > deepest) {
        policy_json.fail("byte " + std::to_string(i),
                         "is nested deeper than " + std::to_string(deepest) + " levels");
      }
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
}

}  // namespace

Json parse_document(std::string_view text) {
  check_depth(text);
  std::vector<std::set<std::string>> names;
  const Json::parser_callback_t once = [&](int, Json::parse_event_t event, Json& value) {
    if (event == Json::parse_event_t::object_start) names.emplace_back();
    if (event == Json::parse_event_t::object_end) names.pop_back();
    if (event == Json::parse_event_t::key &&
        !names.back().insert(value.get<std::string>()).second) {
      policy_json.fail("", "the member " + value.dump() + " is there twice");
    }
    return true;
  };
  try {
    return Json::parse(text, once);
  } catch (const Json::exception& error) {
    policy_json.fail("", error.what());
  }
}

std::string text_of(const Json& value) {
  return value.dump();
}

}  // namespace zeroskew::detail
