#include "zeroskew/drift/mann_whitney.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "drift/outcome.hpp"
#include "drift/runs.hpp"
#include "zeroskew/detail/math.hpp"
#include "zeroskew/detail/special.hpp"

namespace zeroskew {
namespace {

constexpr const char* mann_whitney_name = "mann_whitney";
constexpr std::int64_t most_exact_steps = 200'000'000;

// P(U <= u) without ties: the Gaussian binomial's coefficients, as the product over i of
// (1 - q^(large + i)) / (1 - q^i), kept as shares so that nothing overflows.
double exact_cdf(std::int64_t n, std::int64_t m, std::int64_t u) {
  const auto few = std::min(n, m);
  const auto many = std::max(n, m);
  std::vector<double> share(static_cast<std::size_t>(u) + 1, 0.0);
  share[0] = 1.0;
  for (std::int64_t i = 1; i <= few; ++i) {
    for (auto k = u; k >= many + i; --k) {
      share[static_cast<std::size_t>(k)] -= share[static_cast<std::size_t>(k - many - i)];
    }
    const double scale = static_cast<double>(i) / static_cast<double>(many + i);
    for (std::int64_t k = i; k <= u; ++k) {
      share[static_cast<std::size_t>(k)] += share[static_cast<std::size_t>(k - i)];
    }
    for (auto& each : share) each *= scale;
  }
  double sum = 0.0;
  for (const double each : share) sum += each;
  return sum;
}

MeasureResult mann_whitney_of(const detail::Runs& a, const detail::Runs& b,
                              const MeasureOptions& options) {
  detail::check_options(mann_whitney_name, options);
  if (options.method != "auto" && options.method != "exact" && options.method != "asymptotic") {
    detail::fail_option(mann_whitney_name, "method", options.method, "auto, exact or asymptotic");
  }
  if (auto reason = detail::why_not(a, b); !reason.empty()) {
    return detail::cannot(mann_whitney_name, options, std::move(reason));
  }
  // Twice U: each pair counts 2 where the reference is larger, 1 where equal.
  std::int64_t twice = 0;
  std::int64_t smaller_b = 0;
  detail::int128 ties = 0;
  bool tied = false;
  detail::walk(a, b, [&](double, std::int64_t in_a, std::int64_t in_b) {
    twice += in_a * (2 * smaller_b + in_b);
    smaller_b += in_b;
    const auto t = in_a + in_b;
    tied = tied || t > 1;
    ties += static_cast<detail::int128>(t) * t * t - t;
  });
  const auto n = static_cast<double>(a.size);
  const auto m = static_cast<double>(b.size);
  const double u = 0.5 * static_cast<double>(twice);
  const auto pairs = a.size * b.size;
  const auto larger = std::max(twice, 2 * pairs - twice);
  bool exact = options.method == "exact" ||
               (options.method == "auto" && !tied && std::min(a.size, b.size) <= 8);
  const auto rest = pairs - larger / 2;  // whole pairs on the smaller side
  if (exact && rest > most_exact_steps / std::min(a.size, b.size)) exact = false;
  if (exact) {
    return detail::test_result(mann_whitney_name, options, u,
                               std::min(1.0, 2.0 * exact_cdf(a.size, b.size, rest)),
                               "Mann-Whitney U of the reference, two-sided, exact p-value");
  }
  const double total = n + m;
  const double variance =
      n * m / 12.0 * ((total + 1.0) - static_cast<double>(ties) / (total * (total - 1.0)));
  if (!(variance > 0.0)) {
    return detail::test_result(mann_whitney_name, options, u, 1.0,
                               "Mann-Whitney U of the reference: all values are equal");
  }
  const double z = (0.5 * static_cast<double>(larger - pairs) - 0.5) / std::sqrt(variance);
  return detail::test_result(mann_whitney_name, options, u, 2.0 * detail::math::normal_sf(z),
                             "Mann-Whitney U of the reference, two-sided, normal with corrections "
                             "for ties and continuity");
}

}  // namespace

MeasureResult mann_whitney(std::span<const double> reference, std::span<const double> current,
                           const MeasureOptions& options) {
  return mann_whitney_of(detail::Runs::of(reference), detail::Runs::of(current), options);
}

MeasureResult mann_whitney(const Distribution& reference, const Distribution& current,
                           const MeasureOptions& options) {
  return mann_whitney_of(detail::Runs::of(reference), detail::Runs::of(current), options);
}

}  // namespace zeroskew
