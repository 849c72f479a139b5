#include "zeroskew/policy/fallback.hpp"

#include <string>

#include "zeroskew/error.hpp"

namespace zeroskew {

std::string_view to_string(Fallback action) noexcept {
  switch (action) {
    case Fallback::pass_through:
      return "pass_through";
    case Fallback::last_good:
      return "last_good";
    case Fallback::reject:
      break;
  }
  return "reject";
}

Fallback fallback_of(std::string_view word) {
  for (const Fallback one : {Fallback::reject, Fallback::pass_through, Fallback::last_good}) {
    if (to_string(one) == word) return one;
  }
  fail_value("policy.fallback", std::string(word),
             "a fallback is reject, pass_through or last_good");
}

void check_fallback(const FallbackRule& rule) {
  const auto check = [](bool good, const char* name, const char* range) {
    if (!good) fail_value("policy.fallback", name, range);
  };
  constexpr double longest = 1e9;  // about 30 years, and safe as nanoseconds in 64 bits
  check(rule.budget >= 0.0 && rule.budget <= 1.0, "budget", "is a share, from 0 to 1");
  check(rule.min_rows >= 1, "min_rows", "is at least 1");
  check(rule.window > 0.0 && rule.window <= longest, "window", "is above 0, in seconds");
  check(rule.pause > 0.0 && rule.pause <= longest, "pause", "is above 0, in seconds");
  check(rule.trials >= 1, "trials", "is at least 1");
}

}  // namespace zeroskew
