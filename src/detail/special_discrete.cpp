#include "detail/special_parts.hpp"
#include "zeroskew/detail/special.hpp"

namespace zeroskew::detail::math {
namespace {

// k and n - k, and the odds of a failure.
double binomial_log(double hits, double misses, double odds) noexcept {
  if (hits == 0.0) return misses == 0.0 ? 0.0 : -misses * log1p(1.0 / odds);
  if (misses == 0.0) return -hits * log1p(odds);
  return binomial_log_term(hits, misses, odds);
}

}  // namespace

double binomial_log_pmf(std::uint64_t k, std::uint64_t n, double p) noexcept {
  if (!(p >= 0.0 && p <= 1.0)) return quiet_nan;
  if (k > n) return -infinity;
  if (p == 0.0) return k == 0 ? 0.0 : -infinity;
  if (p == 1.0) return k == n ? 0.0 : -infinity;
  return binomial_log(static_cast<double>(k), static_cast<double>(n - k), (1.0 - p) / p);
}
double binomial_pmf(std::uint64_t k, std::uint64_t n, double p) noexcept {
  return exp(binomial_log_pmf(k, n, p));
}

double hypergeometric_log_pmf(std::uint64_t k, std::uint64_t total, std::uint64_t marked,
                              std::uint64_t drawn) noexcept {
  if (marked > total || drawn > total) return quiet_nan;
  if (k > marked || k > drawn || drawn - k > total - marked) return -infinity;
  if (drawn == 0 || drawn == total) return 0.0;
  const auto real = [](std::uint64_t n) { return static_cast<double>(n); };
  const double odds = real(total - drawn) / real(drawn);
  return binomial_log(real(k), real(marked - k), odds) +
         binomial_log(real(drawn - k), real(total - marked - (drawn - k)), odds) -
         binomial_log(real(drawn), real(total - drawn), odds);
}
double hypergeometric_pmf(std::uint64_t k, std::uint64_t total, std::uint64_t marked,
                          std::uint64_t drawn) noexcept {
  return exp(hypergeometric_log_pmf(k, total, marked, drawn));
}

}  // namespace zeroskew::detail::math
