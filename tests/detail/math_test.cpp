// The elementary functions against correctly rounded values, against the C library, and against a
// hash of their bits that every machine must reproduce.
#include "zeroskew/detail/math.hpp"

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <limits>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "support/catch.hpp"

namespace {

namespace math = zeroskew::detail::math;

using One = double (*)(double);

struct Rule {
  One function;
  One library;    // null where the C library has none
  double ulps;    // against the true value
  double lo, hi;  // where the comparison with the C library draws its arguments
};

const std::map<std::string, Rule>& rules() {
  static const std::map<std::string, Rule> table{
      {"exp", {math::exp, std::exp, 0.76, -746, 710}},
      {"expm1", {math::expm1, std::expm1, 0.53, -60, 710}},
      {"log", {math::log, std::log, 0.51, 0, 1e300}},
      {"log1p", {math::log1p, std::log1p, 0.51, -1, 30}},
      {"log2", {math::log2, std::log2, 0.51, 0, 1e9}},
      {"log10", {math::log10, std::log10, 0.51, 0, 1e9}},
      {"cbrt", {math::cbrt, std::cbrt, 0.7, -1e9, 1e9}},
      {"sin", {math::sin, std::sin, 0.9, -1e9, 1e9}},
      {"cos", {math::cos, std::cos, 0.9, -1e9, 1e9}},
      {"tan", {math::tan, std::tan, 2.5, -100, 100}},
      {"atan", {math::atan, std::atan, 0.9, -20, 20}},
      {"tanh", {math::tanh, std::tanh, 2.5, -22, 22}},
      {"sinh", {math::sinh, std::sinh, 2.2, -100, 100}},
      {"cosh", {math::cosh, std::cosh, 1.1, -100, 100}},
      {"erf", {math::erf, std::erf, 1.0, -6, 6}},
      {"erfc", {math::erfc, std::erfc, 2.3, -6, 26}},
      {"normal_cdf", {math::normal_cdf, nullptr, 2.5, 0, 0}},
      {"normal_quantile", {math::normal_quantile, nullptr, 2.1, 0, 0}},
  };
  return table;
}

// The distance in units of the last place of `want`.
double distance(double got, double want) {
  if (std::isnan(want)) return std::isnan(got) ? 0.0 : 1e300;
  if (got == want) return 0.0;
  if (std::isinf(want) || std::isinf(got)) return 1e300;
  const int exponent = std::max(std::ilogb(want), -1022);
  return std::fabs(got - want) / std::ldexp(1.0, exponent - 52);
}

// A plain 64-bit mixer (splitmix64), so that the arguments are the same everywhere.
struct Mixer {
  std::uint64_t state = 0;
  std::uint64_t next() {
    std::uint64_t z = (state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
  double unit() { return static_cast<double>(next() >> 11) * 0x1p-53; }
};

}  // namespace

TEST_CASE("elementary functions meet correctly rounded values", "[math]") {
  std::ifstream file("detail/math_vectors.txt");
  REQUIRE(file.good());
  std::map<std::string, int> seen;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream fields(line);
    std::string name, a, b, c;
    fields >> name >> a >> b >> c;
    ++seen[name];
    INFO(line);
    const double x = std::strtod(a.c_str(), nullptr);
    const double second = std::strtod(b.c_str(), nullptr);
    if (name == "pow") {
      CHECK(distance(math::pow(x, second), std::strtod(c.c_str(), nullptr)) <= 1.0);
      continue;
    }
    // a value within e ulp of the truth is within e + 1/2 of the rounded truth
    const Rule& rule = rules().at(name);
    CHECK(distance(rule.function(x), second) <= std::floor(rule.ulps + 0.5));
  }
  CHECK(seen.size() == rules().size() + 1);
}

TEST_CASE("elementary functions stay close to the C library", "[math]") {
  Mixer mixer{7};
  for (const auto& [name, rule] : rules()) {
    if (rule.library == nullptr) continue;
    double worst = 0.0, at = 0.0;
    for (int i = 0; i < 50000; ++i) {
      // half of them evenly, half of them near the ends or near zero
      double x = rule.lo + (rule.hi - rule.lo) * mixer.unit();
      if (i % 2 == 1) x = std::ldexp(x, -static_cast<int>(mixer.next() % 40));
      const double d = distance(rule.function(x), rule.library(x));
      if (!(d <= worst)) worst = d, at = x;
    }
    // the bounds that the C libraries give for themselves: 4 ulp for some, 1 for most
    const double trust = name == "cbrt" || name == "erfc" ? 4.0 : 1.5;
    INFO(name << " at " << at);
    CHECK(worst <= std::floor(rule.ulps + trust));
  }
}

TEST_CASE("powers stay close to the C library and follow IEEE 754 at the edges", "[math]") {
  Mixer mixer{11};
  for (int i = 0; i < 50000; ++i) {
    const double x = std::ldexp(0.5 + mixer.unit(), static_cast<int>(mixer.next() % 200) - 100);
    const double y = (mixer.unit() - 0.5) * 20.0;
    INFO(x << "^" << y);
    REQUIRE(distance(math::pow(x, y), std::pow(x, y)) <= 1.0);
  }
  const double inf = math::infinity, tiny = 5e-324;
  const double edges[] = {std::nan(""),
                          inf,
                          -inf,
                          0.0,
                          -0.0,
                          1,
                          -1,
                          2,
                          -2,
                          0.5,
                          -0.5,
                          3,
                          -3,
                          1e308,
                          -1e308,
                          tiny,
                          -tiny,
                          1.5,
                          9007199254740993.0,
                          4.5e15 + 0.5,
                          -7,
                          1e-300};
  for (const double x : edges) {
    for (const double y : edges) {
      const double got = math::pow(x, y), want = std::pow(x, y);
      INFO(x << "^" << y << " = " << got << ", not " << want);
      CHECK(((got == want && std::signbit(got) == std::signbit(want)) ||
             (std::isnan(got) && std::isnan(want))));
    }
  }
}

TEST_CASE("elementary functions have the right values at the edges", "[math]") {
  const double inf = math::infinity;
  const double edges[] = {std::nan(""), inf,    -inf,    0.0,   -0.0,   1,
                          -1,           5e-324, -5e-324, 1e308, -1e308, 2.2250738585072014e-308,
                          -745.2,       -745.1, 709.8,   1e-20, -1e-20};
  for (const auto& [name, rule] : rules()) {
    if (rule.library == nullptr) continue;
    for (const double x : edges) {
      const double got = rule.function(x), want = rule.library(x);
      INFO(name << "(" << x << ") = " << got << ", not " << want);
      CHECK(distance(got, want) <= std::floor(rule.ulps + 1.5));
      if (!std::isnan(want)) CHECK(std::signbit(got) == std::signbit(want));
    }
  }
  CHECK(math::normal_cdf(inf) == 1.0);
  CHECK(math::normal_cdf(-inf) == 0.0);
  CHECK(math::normal_cdf(0.0) == 0.5);
  CHECK(std::isnan(math::normal_cdf(std::nan(""))));
  CHECK(math::normal_quantile(0.5) == 0.0);
  CHECK(math::normal_quantile(0.0) == -inf);
  CHECK(math::normal_quantile(1.0) == inf);
  CHECK(std::isnan(math::normal_quantile(-0.1)));
  CHECK(std::isnan(math::normal_quantile(1.1)));
  CHECK(std::isnan(math::normal_quantile(std::nan(""))));
}

TEST_CASE("logarithms of powers of their base are whole", "[math]") {
  for (int k = -1074; k <= 1023; ++k) REQUIRE(math::log2(std::ldexp(1.0, k)) == k);
  double power = 1.0;
  for (int k = 0; k <= 22; ++k, power *= 10.0) REQUIRE(math::log10(power) == k);
}

TEST_CASE("functions of a grid have the same bits on every machine", "[math]") {
  // FNV-1a over the bits of all results; the value was the same at every optimisation level and
  // with and without AVX2 when it was recorded
  std::uint64_t hash = 0xcbf29ce484222325u;
  const auto add = [&hash](double y) {
    const std::uint64_t bits = std::isnan(y) ? 0x7ff8000000000000u : math::to_bits(y);
    for (int i = 0; i < 8; ++i) hash = (hash ^ ((bits >> (8 * i)) & 0xff)) * 0x100000001b3u;
  };
  Mixer mixer{3};
  for (int i = 0; i < 20000; ++i) {
    const double any = math::from_bits(mixer.next());
    const double near = (mixer.unit() - 0.5) * 60.0;
    for (const auto& [name, rule] : rules()) {
      add(rule.function(any));
      add(rule.function(near));
    }
    add(math::pow(math::magnitude(near), any));
    add(math::pow(math::magnitude(any), near));
    add(math::normal_quantile(mixer.unit()));
  }
  CHECK(hash == 0x46d4a6551d124b37u);
}

TEST_CASE("products of 64 bits are exact", "[wide]") {
  using zeroskew::detail::multiply_wide;
  Mixer mixer{5};
  for (int i = 0; i < 1000; ++i) {
    const std::uint64_t a = mixer.next(), b = mixer.next() >> (i % 64);
    const auto product = multiply_wide(a, b);
    CHECK(product.lo == a * b);
    // modulo 2^32 - 1 and modulo 2^32 + 1 the high word is decided by the rest
    const std::uint64_t m = 0xffffffffu;
    const auto mod = [m](std::uint64_t x) { return x % m; };
    CHECK((mod(product.hi) + mod(product.lo)) % m == mod(mod(a) * mod(b)));
  }
  CHECK(multiply_wide(~std::uint64_t{0}, ~std::uint64_t{0}) ==
        zeroskew::detail::Wide{~std::uint64_t{0} - 1, 1});
}
