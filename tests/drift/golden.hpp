#pragma once
// The vectors that golden/drift/make_vectors.py has taken from scipy.

#include <cmath>
#include <cstdint>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "zeroskew/drift/result.hpp"

namespace drift_golden {

inline nlohmann::json load(const std::string& name) {
  std::ifstream file("golden/drift/" + name + ".json");
  REQUIRE(file.good());
  return nlohmann::json::parse(file);
}

// The recipe of make_vectors.py.
inline std::vector<double> sample(std::int64_t n, std::int64_t seed, std::int64_t ties,
                                  std::int64_t shift) {
  std::vector<double> values;
  for (std::int64_t k = 1; k <= n; ++k) {
    const std::int64_t i = 37 * k % 10007;
    values.push_back(static_cast<double>(2 * (((i * i * i + seed) % 10007) / ties) + shift));
  }
  return values;
}

inline std::vector<double> reference(const nlohmann::json& entry) {
  return sample(entry["n"], 17, entry["ties"], 0);
}
inline std::vector<double> current(const nlohmann::json& entry) {
  return sample(entry["m"], 4242, entry["ties"], entry["shift"]);
}

// Relative or absolute, whichever is the kinder.
inline bool close(double found, double expected, double tolerance = 1e-9) {
  return std::fabs(found - expected) <= tolerance * std::max(1.0, std::fabs(expected));
}

// [statistic, p-value]; a null pair is one that scipy refuses.
inline void check_test(const nlohmann::json& entry, const char* key,
                       const zeroskew::MeasureResult& result, double tolerance = 1e-9) {
  if (!entry.contains(key) || entry[key].is_null() || entry[key][1].is_null()) return;
  INFO(key << ' ' << entry.dump());
  INFO(result.reason);
  REQUIRE(result.comparable());
  if (!entry[key][0].is_null()) {
    INFO("statistic " << result.statistic);
    CHECK(close(result.statistic, entry[key][0], tolerance));
  }
  INFO("p " << *result.pvalue);
  CHECK(close(*result.pvalue, entry[key][1], tolerance));
}

}  // namespace drift_golden
