#include <iostream>
#include <zeroskew/zeroskew.hpp>

// Profiles rows as a server gets them, and holds them against a schema.
int main() {
  const char* learned = R"({"fare": 3.5, "zone": "north"}
                           {"fare": 7, "zone": "north"}
                           {"fare": 12.25, "zone": "south"})";
  const char* served = R"({"fare": 8, "zone": "moon"})";
  try {
    const auto fields = zeroskew::infer_json_lines(learned);
    const auto profile = zeroskew::profile(zeroskew::read_json_lines(learned, fields));
    const zeroskew::ColumnProfile& fare = profile.column("fare");
    std::cout << profile.rows() << " rows, mean fare " << fare.mean() << '\n'
              << "digest " << profile.digest() << '\n';

    // Or zeroskew::Schema::load("schema.json"), as Python saved it.
    const zeroskew::Schema schema = zeroskew::infer_schema(profile);
    const auto row = zeroskew::profile(zeroskew::read_json_lines(served, fields));
    for (const zeroskew::Anomaly& anomaly : zeroskew::validate(row, schema)) {
      std::cout << to_string(anomaly.path) << ": " << anomaly.message << '\n';
    }
  } catch (const zeroskew::Error& error) {  // error.id() is stable, error.where() is the place
    std::cerr << error.what() << '\n';
    return 2;
  }
}
