// Messages about parameters and states.

#include "zeroskew/monitor/parameter.hpp"

#include <algorithm>
#include <utility>

#include "zeroskew/detail/format.hpp"
#include "zeroskew/detail/nearest.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/monitor/detector_info.hpp"
#include "zeroskew/monitor/state.hpp"

namespace zeroskew {

std::string Limits::describe() const {
  constexpr double unbounded = 1e15;
  const bool bounded_above = hi < unbounded;
  const bool bounded_below = lo > -unbounded;
  if (!bounded_above && !bounded_below) return "any finite number";
  if (!bounded_above) return (open ? "above " : "at least ") + detail::shortest(lo);
  return (open ? "between " : "from ") + detail::shortest(lo) + (open ? " and " : " to ") +
         detail::shortest(hi) + (open ? ", without the ends" : "");
}

namespace detail {

void fail_parameter(std::string_view detector, std::string_view name, const Limits& limits,
                    double found) {
  std::string where(detector);
  where.append(".").append(name);
  fail_value("monitor.parameter", std::move(where),
             "must be " + limits.describe() + ", found " + rounded(found));
}

void fail_parameters(std::string_view detector, std::string_view rule) {
  fail_value("monitor.parameter", std::string(detector), rule);
}

void fail_fraction(std::string_view detector, std::string_view name) {
  std::string where(detector);
  where.append(".").append(name);
  fail_value("monitor.parameter", std::move(where), "must be a whole number");
}

void fail_unknown_parameter(std::string_view detector, const DetectorValues& values,
                            const std::vector<std::string_view>& known) {
  std::string list;
  for (const std::string_view name : known) list.append(list.empty() ? "" : ", ").append(name);
  for (const auto& [name, value] : values) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    fail_key("monitor.unknown_parameter", std::string(detector) + "." + name,
             "there is no such parameter" + suggestion(name, known) + " (there are " + list + ")");
  }
  fail_key("monitor.unknown_parameter", std::string(detector), "its parameters are " + list);
}

void fail_state(std::string_view detector, std::string_view why) {
  std::string message = "not a saved state: ";
  fail_value("monitor.malformed", std::string(detector), message.append(why));
}

std::string state_name(std::span<const std::uint8_t> bytes) {
  if (bytes.size() < state_magic.size() + 8) fail_state("detector", "the bytes end early");
  for (std::size_t i = 0; i < state_magic.size(); ++i) {
    if (bytes[i] != static_cast<std::uint8_t>(state_magic[i])) {
      fail_state("detector", "the bytes do not begin as a state of this version does");
    }
  }
  std::uint64_t size = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    size |= std::uint64_t{bytes[state_magic.size() + i]} << (8 * i);
  }
  const auto rest = bytes.subspan(state_magic.size() + 8);
  if (size > rest.size()) fail_state("detector", "the bytes end early");
  return std::string(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(size));
}

}  // namespace detail
}  // namespace zeroskew
