#include <iostream>
#include <zeroskew/zeroskew.hpp>

int main() {
  const char* rows = "{\"fare\": 3.5, \"tip\": 1}\n{\"fare\": 7, \"tip\": null}\n";
  const auto fields = zeroskew::infer_json_lines(rows);
  zeroskew::Profile profile;
  profile.update(zeroskew::read_json_lines(rows, fields));
  std::cout << profile.rows() << " rows, digest " << profile.digest() << '\n';
  return profile.rows() == 2 && profile.digest().size() == 64 ? 0 : 1;
}
