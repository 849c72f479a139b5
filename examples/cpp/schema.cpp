// A schema from good rows finds what is wrong with others, and says what would accept them.

#include <iostream>
#include <zeroskew/zeroskew.hpp>

namespace {

zeroskew::Profile profile_of(const char* rows) {
  return zeroskew::profile(zeroskew::read_json_lines(rows, zeroskew::infer_json_lines(rows)));
}

}  // namespace

int main() {
  auto schema = zeroskew::infer_schema(profile_of(R"({"fare": 3.5, "zone": "north"}
                                                     {"fare": 7.0, "zone": "south"})"));
  const auto bad = profile_of(R"({"fare": 3.5, "zone": "north"}
                                 {"fare": null, "zone": "moon"})");
  for (const zeroskew::Anomaly& anomaly : zeroskew::validate(bad, schema)) {
    std::cout << to_string(anomaly.path) << ": " << anomaly.message << '\n'
              << "  fix: " << anomaly.fix.describe() << '\n';
  }
  schema = zeroskew::update_schema(schema, bad);
  std::cout << zeroskew::validate(bad, schema).size() << " anomalies after the fixes\n";
}
