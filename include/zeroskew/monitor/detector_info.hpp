#pragma once
/// What a kind of detector says of itself, and its parameters from numbers by name.

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "zeroskew/monitor/parameter.hpp"

namespace zeroskew {

/// A kind of detector.
struct DetectorInfo {
  std::string name;
  std::string doc;
  std::string input;  ///< "number" (any finite), "error" (0 or 1), "share" (0 to 1), ...
  std::vector<DetectorParameter> parameters;

  [[nodiscard]] bool operator==(const DetectorInfo&) const = default;
};

/// Parameters by name; what is left out has its default.
using DetectorValues = std::map<std::string, double>;

namespace detail {

[[noreturn]] void fail_unknown_parameter(std::string_view detector, const DetectorValues& values,
                                         const std::vector<std::string_view>& known);
[[noreturn]] void fail_fraction(std::string_view detector, std::string_view name);

template <class T>
[[nodiscard]] constexpr const char* parameter_type() noexcept {
  if constexpr (std::is_same_v<T, Side>)
    return "side";
  else if constexpr (std::is_same_v<T, bool>)
    return "flag";
  else if constexpr (std::is_same_v<T, double>)
    return "real";
  else
    return "integer";
}

template <class Detector>
[[nodiscard]] DetectorInfo describe() {
  DetectorInfo info{
      std::string(Detector::name), std::string(Detector::doc), std::string(Detector::input), {}};
  using Parameters = typename Detector::Parameters;
  const Parameters initial;
  Parameters::visit(initial, [&](const char* name, const auto& value, const Limits& limits,
                                 const char* doc) {
    using T = std::decay_t<decltype(value)>;
    info.parameters.push_back({name, parameter_type<T>(), static_cast<double>(value), limits, doc});
  });
  return info;
}

/// Throws Error monitor.unknown_parameter or monitor.parameter.
template <class Detector>
[[nodiscard]] typename Detector::Parameters parameters_from(const DetectorValues& values) {
  typename Detector::Parameters parameters;
  std::vector<std::string_view> known;
  std::size_t used = 0;
  Detector::Parameters::visit(
      parameters, [&](const char* name, auto& value, const Limits& limits, const char*) {
        using T = std::decay_t<decltype(value)>;
        known.emplace_back(name);
        const auto found = values.find(name);
        if (found == values.end()) return;
        ++used;
        const double x = found->second;
        if (!limits.admit(x)) fail_parameter(Detector::name, name, limits, x);
        if constexpr (!std::is_same_v<T, double>) {
          if (x != static_cast<double>(static_cast<std::uint64_t>(x))) {
            fail_fraction(Detector::name, name);
          }
        }
        value = static_cast<T>(x);
      });
  if (used < values.size()) fail_unknown_parameter(Detector::name, values, known);
  return parameters;
}

template <class Detector>
[[nodiscard]] DetectorValues values_of(const Detector& detector) {
  DetectorValues values;
  Detector::Parameters::visit(detector.parameters(),
                              [&](const char* name, const auto& value, const Limits&, const char*) {
                                values[name] = static_cast<double>(value);
                              });
  return values;
}

}  // namespace detail
}  // namespace zeroskew
