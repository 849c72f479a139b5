#pragma once
/// What each thread counts about requests and rows; whoever asks adds the threads up.

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace server {

enum class Route : std::uint8_t {
  other,
  ping,
  invocations,
  transform,
  healthz,
  readyz,
  metrics,
  policy,
  profile,
  monitor
};
inline constexpr std::array<std::string_view, 10> route_names = {
    "other",  "ping",    "invocations", "transform", "healthz",
    "readyz", "metrics", "policy",      "profile",   "monitor"};

/// Upper bounds of the latency histogram, in nanoseconds.
inline constexpr std::array<std::uint64_t, 14> latency_bounds = {
    50'000,     100'000,    250'000,    500'000,     1'000'000,   2'000'000,   5'000'000,
    10'000'000, 25'000'000, 50'000'000, 100'000'000, 250'000'000, 500'000'000, 1'000'000'000};

/// One thread writes, any thread reads.
class Counter {
 public:
  void add(std::uint64_t n = 1) noexcept {
    value_.store(value_.load(std::memory_order_relaxed) + n, std::memory_order_relaxed);
  }
  [[nodiscard]] std::uint64_t value() const noexcept {
    return value_.load(std::memory_order_relaxed);
  }

 private:
  std::atomic<std::uint64_t> value_{0};
};

struct alignas(64) Counters {
  struct OfRoute {
    std::array<Counter, 5> status;  ///< 1xx, 2xx, ...
    std::array<Counter, latency_bounds.size() + 1> latency;
    Counter nanoseconds;
  };
  std::array<OfRoute, route_names.size()> routes;
  Counter rows;
  Counter failed_rows;
  Counter unknown_columns;  ///< cells of columns that the policy does not know
  Counter cached;
  Counter fallbacks;

  void finished(std::uint8_t route, unsigned status, std::uint64_t nanoseconds) noexcept {
    OfRoute& one = routes[route < routes.size() ? route : 0];
    one.status[status / 100 - 1 < 5 ? status / 100 - 1 : 4].add();
    std::size_t bin = 0;
    while (bin < latency_bounds.size() && nanoseconds > latency_bounds[bin]) ++bin;
    one.latency[bin].add();
    one.nanoseconds.add(nanoseconds);
  }
};

}  // namespace server
