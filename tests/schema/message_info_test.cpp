// The messages' fields as editors see them.
#include "zeroskew/schema/message_info.hpp"

#include <set>
#include <string>

#include "support/catch.hpp"
#include "zeroskew/error.hpp"

using namespace zeroskew;

TEST_CASE("every message that a schema reaches can be looked up") {
  std::set<std::string> seen;
  std::vector<std::string> open = {"Schema", "Anomalies"};
  while (!open.empty()) {
    const std::string name = open.back();
    open.pop_back();
    if (!seen.insert(name).second) continue;
    for (const MessageField& field : message_fields(name)) {
      CHECK((field.kind == "message") == !field.type.empty());
      CHECK((field.kind == "enum") == !field.values.empty());
      if (field.kind == "message" && !field.type.starts_with("google.")) {
        open.emplace_back(field.type);
      }
    }
  }
  CHECK(seen.size() > 60);
  const auto feature = message_fields("Feature");
  CHECK(feature[0].name == "name");
  CHECK(feature[3].values[1] == "BYTES");
  CHECK_THROWS_AS(message_fields("Featur"), Error);
}
