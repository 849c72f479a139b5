#pragma once
/// What a server does when a policy fails more often than it may.

#include <cstdint>
#include <string_view>

namespace zeroskew {

enum class Fallback : std::uint8_t {
  reject,        ///< answer with an error
  pass_through,  ///< answer with the row as it came
  last_good      ///< answer with the policy that was deployed before; without one, reject
};

/// When to fall back, and for how long. Times are in seconds.
struct FallbackRule {
  Fallback action = Fallback::reject;
  double budget = 0.1;          ///< share of the rows in a window that may fail
  std::uint64_t min_rows = 50;  ///< of a window, before its share is judged
  double window = 10.0;
  double pause = 30.0;       ///< before a few rows are tried again
  std::uint64_t trials = 5;  ///< rows in a row that must succeed then

  [[nodiscard]] bool operator==(const FallbackRule&) const = default;
};

/// "reject", "pass_through", "last_good".
[[nodiscard]] std::string_view to_string(Fallback action) noexcept;
/// @throws Error policy.fallback
[[nodiscard]] Fallback fallback_of(std::string_view word);
/// @throws Error policy.fallback for a share outside 0 to 1, times that are not positive and
/// finite, and counts of zero
void check_fallback(const FallbackRule& rule);

}  // namespace zeroskew
