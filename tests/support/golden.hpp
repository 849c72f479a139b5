#pragma once
// Golden files, read from the folder of the tests.

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

namespace zeroskew::test {

inline nlohmann::json golden(const std::string& path) {
  std::ifstream in("golden/" + path);
  if (!in) throw std::runtime_error("no golden file " + path);
  return nlohmann::json::parse(in);
}

// A double as Python's float.hex() writes it.
inline double hex_double(const nlohmann::json& text) {
  return std::strtod(text.get<std::string>().c_str(), nullptr);
}

}  // namespace zeroskew::test
