// Files that the published message classes wrote: read, compared across forms, written again.
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>

#include "support/catch.hpp"
#include "zeroskew/schema/schema.hpp"

using namespace zeroskew;

namespace {

std::string golden(const std::string& name) {
  std::ifstream file("golden/schema/" + name, std::ios::binary);
  REQUIRE(file);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

TEST_CASE("published schemas read the same from JSON and text, and are written as they were") {
  for (const std::string name : {"empty", "full", "numbers"}) {
    INFO(name);
    const std::string json = golden(name + ".json");
    const std::string text = golden(name + ".pbtxt");
    const Schema from_json = Schema::from_json(json);
    const Schema from_text = Schema::from_text(text);
    CHECK(from_json == from_text);
    CHECK((from_json.to_text() == text));
    // The members of a JSON map have no order, so documents are compared, not bytes.
    CHECK((nlohmann::json::parse(from_json.to_json()) == nlohmann::json::parse(json)));
    CHECK(Schema::load("golden/schema/" + name + ".json") == from_json);
    CHECK(Schema::load("golden/schema/" + name + ".pbtxt") == from_json);
  }
}
