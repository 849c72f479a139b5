#include <iostream>
#include <zeroskew/zeroskew.hpp>

// Profiles rows as a server gets them.
int main() {
  const char* rows = R"({"fare": 3.5, "zone": "north"}
                        {"fare": 7, "zone": "north"}
                        {"fare": 12.25, "zone": "south"}
                        {"fare": null, "zone": "south"})";
  try {
    const auto fields = zeroskew::infer_json_lines(rows);
    const auto profile = zeroskew::profile(zeroskew::read_json_lines(rows, fields));
    const zeroskew::ColumnProfile& fare = profile.column("fare");
    std::cout << profile.rows() << " rows, mean fare " << fare.mean() << '\n'
              << "digest " << profile.digest() << '\n';
  } catch (const zeroskew::Error& error) {  // error.id() is stable, error.where() is the place
    std::cerr << error.what() << '\n';
    return 2;
  }
}
