#include "zeroskew/monitor/detector.hpp"

#include <type_traits>
#include <utility>

#include "zeroskew/error.hpp"
#include "zeroskew/monitor/state.hpp"

namespace zeroskew {
namespace {

template <class T>
constexpr const char* type_name() {
  if constexpr (std::is_same_v<T, Side>)
    return "side";
  else if constexpr (std::is_same_v<T, bool>)
    return "flag";
  else if constexpr (std::is_same_v<T, double>)
    return "real";
  else
    return "integer";
}

template <class D>
DetectorInfo describe() {
  DetectorInfo info{std::string(D::name), std::string(D::doc), std::string(D::input), {}};
  using Parameters = typename D::Parameters;
  const Parameters initial;
  Parameters::visit(
      initial, [&](const char* name, const auto& value, const Limits& limits, const char* doc) {
        using T = std::decay_t<decltype(value)>;
        info.parameters.push_back({name, type_name<T>(), static_cast<double>(value), limits, doc});
      });
  return info;
}

template <class T>
T converted(const std::string& where, double found) {
  if constexpr (!std::is_same_v<T, double>) {
    if (found != static_cast<double>(static_cast<std::uint64_t>(found))) {
      fail_value("monitor.parameter", where, "must be a whole number");
    }
  }
  return static_cast<T>(found);
}

template <class D>
Detector::Any make(const DetectorValues& values) {
  typename D::Parameters parameters;
  std::size_t used = 0;
  D::Parameters::visit(parameters,
                       [&](const char* name, auto& value, const Limits& limits, const char*) {
                         const auto found = values.find(name);
                         if (found == values.end()) return;
                         ++used;
                         if (!limits.admit(found->second)) {
                           detail::fail_parameter(D::name, name, limits, found->second);
                         }
                         const std::string where = std::string(D::name) + "." + name;
                         value = converted<std::decay_t<decltype(value)>>(where, found->second);
                       });
  if (used < values.size()) {
    std::string known;
    D::Parameters::visit(parameters, [&](const char* name, auto&, const Limits&, const char*) {
      known.append(known.empty() ? "" : ", ").append(name);
    });
    fail_key("monitor.unknown_parameter", std::string(D::name), "its parameters are " + known);
  }
  return D(parameters);
}

// Calls `f` with a null pointer of the kind that is called `name`.
template <class F, std::size_t... i>
bool with_kind(std::string_view name, const F& f, std::index_sequence<i...>) {
  return ((std::variant_alternative_t<i, Detector::Any>::name == name
               ? (f(static_cast<std::variant_alternative_t<i, Detector::Any>*>(nullptr)), true)
               : false) ||
          ...);
}

using Kinds = std::make_index_sequence<std::variant_size_v<Detector::Any>>;

template <std::size_t... i>
std::vector<DetectorInfo> describe_all(std::index_sequence<i...>) {
  return {describe<std::variant_alternative_t<i, Detector::Any>>()...};
}

template <class F>
Detector::Any of_kind(std::string_view name, const F& f) {
  Detector::Any any;
  if (!with_kind(name, [&](auto* kind) { any = f(kind); }, Kinds())) {
    std::string known;
    for (const DetectorInfo& info : detector_registry()) {
      known.append(known.empty() ? "" : ", ").append(info.name);
    }
    fail_key("monitor.unknown_detector", std::string(name), "the detectors are " + known);
  }
  return any;
}

}  // namespace

const std::vector<DetectorInfo>& detector_registry() {
  static const std::vector<DetectorInfo> registry = describe_all(Kinds());
  return registry;
}

Detector::Detector(std::string_view name, const DetectorValues& values)
    : any_(of_kind(
          name, [&](auto* kind) { return make<std::remove_pointer_t<decltype(kind)>>(values); })) {}

std::string_view Detector::name() const {
  return std::visit([](const auto& d) { return std::decay_t<decltype(d)>::name; }, any_);
}

DetectorValues Detector::parameters() const {
  DetectorValues values;
  std::visit(
      [&](const auto& detector) {
        using Parameters = typename std::decay_t<decltype(detector)>::Parameters;
        Parameters::visit(detector.parameters(),
                          [&](const char* name, const auto& value, const Limits&, const char*) {
                            values[name] = static_cast<double>(value);
                          });
      },
      any_);
  return values;
}

const Signal& Detector::signal() const {
  return std::visit([](const auto& detector) -> const Signal& { return detector; }, any_);
}

std::vector<std::uint8_t> Detector::write() const {
  return std::visit([](const auto& detector) { return detector.write(); }, any_);
}

Detector Detector::read(std::span<const std::uint8_t> bytes) {
  return Detector(of_kind(detail::state_name(bytes), [&](auto* kind) -> Any {
    return std::remove_pointer_t<decltype(kind)>::read(bytes);
  }));
}

}  // namespace zeroskew
