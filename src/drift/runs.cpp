#include "drift/runs.hpp"

#include <cmath>
#include <limits>
#include <utility>

#include "zeroskew/kernel/sort.hpp"
#include "zeroskew/stats/number_stats.hpp"
#include "zeroskew/stats/order_key.hpp"

namespace zeroskew::detail {
namespace {

// Sums of products of four sizes have to stay below 2^127.
constexpr std::int64_t most = std::int64_t{1} << 29;

bool whole(double mass) noexcept {
  return mass >= 0.0 && mass <= static_cast<double>(most) && mass == std::floor(mass);
}

}  // namespace

Runs Runs::of(std::span<const double> values) {
  Runs runs;
  runs.values = kernel::sorted_without_nan(values);
  runs.size = static_cast<std::int64_t>(runs.values.size());
  return runs;
}

Runs Runs::of(const Distribution& distribution) {
  Runs runs;
  if (distribution.kind == Distribution::Kind::labels) {
    runs.reason = "cannot compare, because names have no order";
    return runs;
  }
  const auto add = [&runs](double value, double mass) {
    if (mass == 0.0) return;
    if (!whole(mass)) {
      runs.reason = "cannot compare, because an exact test needs whole counts, not weights";
      return;
    }
    runs.values.push_back(value);
    runs.counts.push_back(static_cast<std::int64_t>(mass));
    runs.size += runs.counts.back();
  };
  constexpr double infinity = std::numeric_limits<double>::infinity();
  add(-infinity, distribution.negative_infinity);
  for (const auto& cell : distribution.cells) {
    if (cell.lo != cell.hi && cell.mass != 0.0) {
      runs.reason = "cannot compare, because the values are known only up to intervals";
      return runs;
    }
    add(cell.lo, cell.mass);
  }
  add(infinity, distribution.positive_infinity);
  return runs;
}

Runs Runs::of(const NumberStats& numbers) {
  const KeyKind kind = numbers.key_kind();
  Runs runs;
  runs.size = static_cast<std::int64_t>(numbers.values().total());
  for (const CountTable::Entry& entry : numbers.values().table().sorted()) {
    const double value = value_of_key(entry.code, kind);
    const auto count = static_cast<std::int64_t>(entry.count);
    if (!runs.values.empty() && runs.values.back() == value) {
      runs.counts.back() += count;  // integers above 2^53 that share a double
    } else {
      runs.values.push_back(value);
      runs.counts.push_back(count);
    }
  }
  return runs;
}

std::vector<double> values_of(const NumberStats& numbers) {
  const KeyKind kind = numbers.key_kind();
  std::vector<double> values;
  values.reserve(numbers.values().total());
  numbers.values().table().for_each([&](std::uint64_t code, std::uint64_t count) {
    for (; count > 0; --count) values.push_back(value_of_key(code, kind));
  });
  return values;
}

std::string why_not(const Runs& a, const Runs& b, std::int64_t least) {
  if (!a.reason.empty()) return a.reason;
  if (!b.reason.empty()) return b.reason;
  return why_not_sizes(a.size, b.size, least);
}

std::string why_not_sizes(std::int64_t n, std::int64_t m, std::int64_t least) {
  for (const auto& [size, name] : {std::pair(n, "reference"), std::pair(m, "current")}) {
    const std::string side = std::string("cannot compare, because the ") + name + " side has ";
    if (size == 0) return side + "no values";
    if (size < least) return side + "fewer than " + std::to_string(least) + " values";
    if (size > most) return side + "more than 2^29 values";
  }
  return {};
}

}  // namespace zeroskew::detail
