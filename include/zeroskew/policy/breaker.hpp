#pragma once
/// A circuit breaker: stops using a policy that fails beyond its budget, and tries it again later.

#include <atomic>
#include <cstdint>
#include <string_view>

#include "zeroskew/policy/fallback.hpp"

namespace zeroskew {

/// Lock-free and from any thread. Times are nanoseconds of any clock; when the clock goes
/// backwards, windows and pauses last longer and nothing else happens.
class Breaker {
 public:
  enum class State : std::uint8_t {
    closed,    ///< rows go through the policy
    open,      ///< rows get the fallback
    half_open  ///< a few rows try the policy, the others get the fallback
  };

  /// @throws Error policy.fallback
  explicit Breaker(const FallbackRule& rule = {});

  /// May this row go through the policy? Who is told yes reports the outcome.
  [[nodiscard]] bool allow(std::int64_t now) noexcept;
  void succeeded(std::int64_t now) noexcept;
  void failed(std::int64_t now) noexcept;

  /// While held the breaker is open, whatever rows do: for a guard of the monitor that is broken.
  void hold(bool held) noexcept;

  [[nodiscard]] State state() const noexcept;
  [[nodiscard]] bool held() const noexcept { return held_.load(std::memory_order_relaxed); }
  /// How often it opened.
  [[nodiscard]] std::uint64_t opened() const noexcept {
    return opened_.load(std::memory_order_relaxed);
  }
  [[nodiscard]] const FallbackRule& rule() const noexcept { return rule_; }

 private:
  void open(std::int64_t now) noexcept;
  void roll(std::int64_t now) noexcept;

  FallbackRule rule_;
  std::int64_t window_ = 0;
  std::int64_t pause_ = 0;
  std::atomic<State> state_{State::closed};
  std::atomic<bool> held_{false};
  std::atomic<std::uint64_t> opened_{0};
  std::atomic<std::int64_t> since_{0};  // start of the window; when it opened
  std::atomic<std::uint64_t> rows_{0};
  std::atomic<std::uint64_t> failures_{0};
  std::atomic<std::uint64_t> tried_{0};
  std::atomic<std::uint64_t> good_{0};
};

/// "closed", "open", "half_open".
[[nodiscard]] std::string_view to_string(Breaker::State state) noexcept;

}  // namespace zeroskew
