// Tail probabilities against values computed with 60 and more digits, and the laws between them.
#include "zeroskew/detail/special.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "support/catch.hpp"

namespace {

namespace math = zeroskew::detail::math;
using Numbers = std::vector<double>;

std::uint64_t whole(double x) {
  return static_cast<std::uint64_t>(x);
}

double value(const std::string& name, const Numbers& a) {
  if (name == "log_gamma") return math::log_gamma(a[0]);
  if (name == "gamma_p") return math::gamma_p(a[0], a[1]);
  if (name == "gamma_q") return math::gamma_q(a[0], a[1]);
  if (name == "beta_inc") return math::beta_inc(a[0], a[1], a[2]);
  if (name == "student_t_sf") return math::student_t_sf(a[0], a[1]);
  if (name == "f_sf") return math::f_sf(a[0], a[1], a[2]);
  if (name == "kolmogorov_sf") return math::kolmogorov_sf(a[0]);
  if (name == "kolmogorov_cdf") return math::kolmogorov_cdf(a[0]);
  if (name == "binomial_log_pmf") return math::binomial_log_pmf(whole(a[0]), whole(a[1]), a[2]);
  REQUIRE(name == "hypergeometric_log_pmf");
  return math::hypergeometric_log_pmf(whole(a[0]), whole(a[1]), whole(a[2]), whole(a[3]));
}

}  // namespace

TEST_CASE("special functions meet values of many digits", "[special]") {
  std::ifstream file("detail/special_vectors.txt");
  REQUIRE(file.good());
  std::map<std::string, double> worst;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream fields(line);
    std::string name, word;
    fields >> name;
    Numbers numbers;
    while (fields >> word) numbers.push_back(std::strtod(word.c_str(), nullptr));
    const double want = numbers.back();
    numbers.pop_back();
    const double got = value(name, numbers);
    // a probability's relative error is its logarithm's absolute one
    const bool logarithm = name.find("log_pmf") != std::string::npos;
    const double unit = logarithm ? std::max(1.0, std::fabs(want)) : std::fabs(want);
    const double error = got == want ? 0.0 : std::fabs(got - want) / unit;
    INFO(line << ": " << got << ", not " << want);
    CHECK(error <= (name == "student_t_sf" && numbers[1] > 1e4 ? 1e-11 : 1e-12));
    worst[name] = std::max(worst[name], error);
  }
  CHECK(worst.size() == 10);
}

TEST_CASE("chi-square quantiles invert its tails", "[special]") {
  for (const double df : {0.5, 1.0, 2.0, 3.0, 7.5, 30.0, 365.0, 1e4, 1e6, 1e11}) {
    for (const double p : {1e-300, 1e-100, 1e-20, 1e-5, 0.01, 0.05, 0.3, 0.5, 0.7, 0.95, 0.999}) {
      INFO("df " << df << ", p " << p);
      const double x = math::chi2_quantile(p, df);
      // one ulp of x moves the tail by about x times its density; large df feel it
      const double room = 1e-12 + 4e-16 * std::sqrt(df) * 40.0;
      if (x > 1e-300) CHECK(std::fabs(math::chi2_cdf(x, df) / p - 1.0) < room);
      CHECK(std::fabs(math::chi2_sf(math::chi2_isf(p, df), df) / p - 1.0) < room);
    }
  }
  CHECK(math::chi2_quantile(0.0, 3.0) == 0.0);
  CHECK(math::chi2_quantile(1.0, 3.0) == math::infinity);
  CHECK(math::chi2_isf(0.05, 1.0) == Approx(3.8414588206941236).epsilon(1e-14));
}

TEST_CASE("tails complement each other and are ordered", "[special]") {
  for (const double a : {0.1, 0.5, 1.0, 4.0, 33.3, 1e4, 1e9, 1.0000001e10, 1e13}) {
    double before = 0.0;
    for (int k = -20; k <= 20; ++k) {
      const double x = a + 0.2 * k * std::sqrt(a);
      if (x <= 0.0) continue;
      const double p = math::gamma_p(a, x);
      INFO("a " << a << ", x " << x);
      CHECK(p + math::gamma_q(a, x) == Approx(1.0).epsilon(1e-15));
      CHECK(p > before);
      before = p;
    }
  }
  for (const double a : {0.3, 1.0, 2.5, 80.0}) {
    for (const double x : {0.01, 0.2, 0.5, 0.9}) {
      CHECK(math::beta_inc(a, 1.7, x) + math::beta_inc(1.7, a, 1.0 - x) ==
            Approx(1.0).epsilon(1e-13));
    }
  }
  // the uniform expansion for large shapes continues the continued fraction
  const double below = math::gamma_q(1e10, 1e10 + 3e5),
               above = math::gamma_q(1e10 + 1.0, 1e10 + 3e5 + 1.0);
  CHECK(above / below == Approx(1.0).epsilon(1e-9));
}

TEST_CASE("closed forms hold", "[special]") {
  for (const double x : {1e-10, 0.1, 1.0, 5.0, 100.0, 600.0}) {
    CHECK(math::gamma_q(1.0, x) == Approx(std::exp(-x)).epsilon(1e-12));
    CHECK(math::chi2_sf(x, 1.0) == Approx(std::erfc(std::sqrt(0.5 * x))).epsilon(1e-12));
    CHECK(math::student_t_sf(x, 1.0) ==
          Approx(std::atan(1.0 / x) / std::acos(-1.0)).epsilon(1e-12));
    CHECK(math::f_sf(x * x, 1.0, 9.0) == Approx(2.0 * math::student_t_sf(x, 9.0)).epsilon(1e-12));
  }
  CHECK(math::student_t_sf(1e200, 1.0) == Approx(1e-200 / std::acos(-1.0)).epsilon(1e-12));
  CHECK(math::student_t_sf(-2.0, 5.0) + math::student_t_sf(2.0, 5.0) == Approx(1.0));
  CHECK(math::student_t_sf(2.0, math::infinity) == math::normal_sf(2.0));
  double sum = 0.0;
  for (std::uint64_t k = 0; k <= 50; ++k) sum += math::binomial_pmf(k, 50, 0.3);
  CHECK(sum == Approx(1.0).epsilon(1e-13));
  sum = 0.0;
  for (std::uint64_t k = 0; k <= 30; ++k) sum += math::hypergeometric_pmf(k, 100, 40, 30);
  CHECK(sum == Approx(1.0).epsilon(1e-13));
}

TEST_CASE("special functions at the edges", "[special]") {
  const double nan = std::nan(""), inf = math::infinity;
  CHECK(math::log_gamma(1.0) == 0.0);
  CHECK(math::log_gamma(2.0) == 0.0);
  CHECK(math::log_gamma(0.0) == inf);
  CHECK(std::isnan(math::log_gamma(-1.5)));
  CHECK(math::gamma_p(2.0, 0.0) == 0.0);
  CHECK(math::gamma_q(2.0, inf) == 0.0);
  CHECK(std::isnan(math::gamma_q(-1.0, 2.0)));
  CHECK(std::isnan(math::gamma_q(1.0, nan)));
  CHECK(std::isnan(math::chi2_sf(nan, 2.0)));
  CHECK(math::chi2_sf(-3.0, 2.0) == 1.0);
  CHECK(math::beta_inc(2.0, 3.0, 0.0) == 0.0);
  CHECK(math::beta_inc(2.0, 3.0, 1.0) == 1.0);
  CHECK(std::isnan(math::beta_inc(2.0, 3.0, 1.1)));
  CHECK(math::student_t_sf(0.0, 3.0) == 0.5);
  CHECK(math::student_t_sf(inf, 3.0) == 0.0);
  CHECK(std::isnan(math::student_t_sf(nan, 3.0)));
  CHECK(math::f_sf(0.0, 3.0, 4.0) == 1.0);
  CHECK(math::f_sf(inf, 3.0, 4.0) == 0.0);
  CHECK(math::kolmogorov_sf(0.0) == 1.0);
  CHECK(math::kolmogorov_sf(inf) == 0.0);
  CHECK(std::isnan(math::kolmogorov_sf(nan)));
  CHECK(math::binomial_pmf(3, 2, 0.5) == 0.0);
  CHECK(math::binomial_pmf(0, 0, 0.5) == 1.0);
  CHECK(math::binomial_pmf(0, 5, 0.0) == 1.0);
  CHECK(math::binomial_pmf(5, 5, 1.0) == 1.0);
  CHECK(math::hypergeometric_pmf(0, 10, 0, 4) == 1.0);
  CHECK(math::hypergeometric_pmf(4, 10, 10, 4) == 1.0);
  CHECK(math::hypergeometric_pmf(1, 10, 9, 4) == 0.0);
}
