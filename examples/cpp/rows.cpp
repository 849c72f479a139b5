// Which rows of a file break a schema, without Python: the rules across columns that a notebook
// wrote into the schema (examples/notebooks/life_cycle.ipynb) are checked here with the same
// result.

#include <fstream>
#include <iostream>
#include <string>
#include <zeroskew/zeroskew.hpp>

namespace {

// Whole lines, about a megabyte of them; empty at the end.
std::string next_lines(std::istream& in) {
  std::string lines(std::size_t{1} << 20, '\0');
  in.read(lines.data(), static_cast<std::streamsize>(lines.size()));
  lines.resize(static_cast<std::size_t>(in.gcount()));
  std::string rest;
  if (std::getline(in, rest)) lines += rest + '\n';
  return lines;
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 3 && argc != 4) {
    std::cerr << "usage: rows DATA.jsonl SCHEMA.pbtxt [ENVIRONMENT]\n";
    return 2;
  }
  std::ifstream in(argv[1], std::ios::binary);
  const auto schema = zeroskew::Schema::load(argv[2]);
  zeroskew::RowOptions options;
  if (argc == 4) options.environment = argv[3];
  const auto fields = zeroskew::row_fields(schema, options.environment);
  zeroskew::RowValidator validator(schema, options);
  for (std::string lines = next_lines(in); !lines.empty(); lines = next_lines(in)) {
    validator.update(zeroskew::read_json_lines(lines, fields));
  }
  const auto found = validator.result();
  for (const zeroskew::RowAnomaly& anomaly : found) {
    std::cout << to_string(anomaly.type) << ' ' << to_string(anomaly.path) << anomaly.rule << ": "
              << anomaly.message << '\n';
  }
  std::cout << found.row_numbers().size() << " of " << found.rows << " rows are anomalous\n";
  return found.empty() ? 0 : 1;
} catch (const zeroskew::Error& error) {
  std::cerr << "rows: " << error.what() << '\n';
  return 2;
}
