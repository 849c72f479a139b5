#include "zeroskew/monitor/detector.hpp"

#include <type_traits>
#include <utility>

#include "zeroskew/detail/nearest.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/monitor/state.hpp"

namespace zeroskew {
namespace {

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
  return {detail::describe<std::variant_alternative_t<i, Detector::Any>>()...};
}

template <class F>
Detector::Any of_kind(std::string_view name, const F& f) {
  Detector::Any any;
  if (!with_kind(name, [&](auto* kind) { any = f(kind); }, Kinds())) {
    std::string known;
    std::vector<std::string> names;
    for (const DetectorInfo& info : detector_registry()) {
      names.push_back(info.name);
      known.append(known.empty() ? "" : ", ").append(info.name);
    }
    fail_key("monitor.unknown_detector", std::string(name),
             "there is no such detector" + detail::suggestion(name, names) + " (there are " +
                 known + ")");
  }
  return any;
}

}  // namespace

const std::vector<DetectorInfo>& detector_registry() {
  static const std::vector<DetectorInfo> registry = describe_all(Kinds());
  return registry;
}

Detector::Detector(std::string_view name, const DetectorValues& values)
    : any_(of_kind(name, [&](auto* kind) -> Any {
        using Kind = std::remove_pointer_t<decltype(kind)>;
        return Kind(detail::parameters_from<Kind>(values));
      })) {}

std::string_view Detector::name() const {
  return std::visit([](const auto& d) { return std::decay_t<decltype(d)>::name; }, any_);
}

DetectorValues Detector::parameters() const {
  return std::visit([](const auto& detector) { return detail::values_of(detector); }, any_);
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
