// The serving side of examples/python/flights.py, without Python: rows come in as JSON lines, are
// profiled a batch at a time, and are held against the schema and the training profile that Python
// wrote. The digest and the anomalies are the ones that Python finds.

#include <fstream>
#include <iostream>
#include <string>
#include <zeroskew/zeroskew.hpp>

namespace {

constexpr std::size_t kBatchBytes = std::size_t{1} << 20;

// Whole lines, about a megabyte of them; empty at the end.
std::string next_lines(std::istream& in) {
  std::string lines(kBatchBytes, '\0');
  in.read(lines.data(), static_cast<std::streamsize>(lines.size()));
  lines.resize(static_cast<std::size_t>(in.gcount()));
  std::string rest;
  if (std::getline(in, rest)) lines += rest + '\n';
  return lines;
}

zeroskew::Profile profile_rows(std::istream& in, const std::vector<zeroskew::Field>& fields) {
  zeroskew::Profile profile;
  for (std::string lines = next_lines(in); !lines.empty(); lines = next_lines(in)) {
    profile.update(zeroskew::read_json_lines(lines, fields));
  }
  return profile;
}

void print(const zeroskew::Anomalies& anomalies) {
  for (const zeroskew::Anomaly& anomaly : anomalies) {
    std::cout << to_string(anomaly.severity) << ' ' << to_string(anomaly.path) << ' '
              << to_string(anomaly.type) << ": " << anomaly.message << '\n'
              << "  fix: " << anomaly.fix.describe() << '\n';
  }
  for (const zeroskew::Measurement& one : anomalies.measurements) {
    std::cout << to_string(one.comparison) << ' ' << to_string(one.path) << ' '
              << to_string(one.measure) << ' ' << one.value << (one.exceeded() ? " > " : " <= ")
              << one.threshold << '\n';
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: flights SERVING.jsonl SCHEMA.json TRAINING.profile\n";
    return 2;
  }
  try {
    const auto schema = zeroskew::Schema::load(argv[2]);
    const auto training = zeroskew::Profile::load(argv[3]);
    std::ifstream rows(argv[1], std::ios::binary);
    const auto serving = profile_rows(rows, zeroskew::row_fields(schema, "SERVING"));

    zeroskew::ValidateOptions options;
    options.environment = "SERVING";
    zeroskew::Controls<zeroskew::Profile> controls;
    controls.serving = &training;  // the other side of skew
    const auto anomalies = zeroskew::validate(serving, schema, options, controls);
    std::cout << serving.rows() << " rows, digest " << serving.digest() << '\n';
    print(anomalies);
    return anomalies.empty() ? 0 : 1;
  } catch (const zeroskew::Error& error) {
    std::cerr << error.what() << '\n';
    return 2;
  }
}
