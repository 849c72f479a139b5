// Streams of draws: distributions against their laws, independence across every part of the key,
// and draws kept from an earlier version. Bounds are five standard deviations or a p-value of 1e-6.
#include "zeroskew/random/stream.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <set>
#include <vector>

#include "support/catch.hpp"
#include "zeroskew/random/choice.hpp"

using zeroskew::Stream;
using zeroskew::StreamKey;

namespace {

constexpr int count = 200000;
const Stream stream(StreamKey{7, 1, 2, 3, 4});

// sqrt(n) times the largest gap between the empirical and the true distribution function.
double kolmogorov(std::vector<double> draws, const std::function<double(double)>& cdf) {
  std::sort(draws.begin(), draws.end());
  double worst = 0.0;
  const auto n = static_cast<double>(draws.size());
  for (std::size_t i = 0; i < draws.size(); ++i) {
    const double p = cdf(draws[i]), k = static_cast<double>(i);
    worst = std::max({worst, p - k / n, (k + 1.0) / n - p});
  }
  return worst * std::sqrt(n);
}

std::vector<double> draw(const std::function<double(std::uint64_t)>& f) {
  std::vector<double> draws;
  for (std::uint64_t i = 0; i < count; ++i) draws.push_back(f(i));
  return draws;
}

double moment(const std::vector<double>& draws, int power) {
  double sum = 0.0;
  for (const double x : draws) sum += std::pow(x, power);
  return sum / static_cast<double>(draws.size());
}

// Correlation of two streams' uniforms, in standard deviations.
double correlation(const Stream& a, const Stream& b, std::uint64_t shift = 0) {
  double sum = 0.0;
  constexpr std::uint64_t n = 20000;
  for (std::uint64_t i = 0; i < n; ++i) {
    sum += (a.uniform(i) - 0.5) * (b.uniform(i + shift) - 0.5);
  }
  return sum * 12.0 / std::sqrt(static_cast<double>(n));
}

constexpr double kolmogorov_limit = 2.7;  // P(K > 2.7) = 9e-7

}  // namespace

TEST_CASE("draws follow their distributions", "[stream]") {
  const auto uniform = draw([](std::uint64_t i) { return stream.uniform(i); });
  CHECK(kolmogorov(uniform, [](double x) { return x; }) < kolmogorov_limit);
  CHECK(*std::min_element(uniform.begin(), uniform.end()) >= 0.0);
  CHECK(*std::max_element(uniform.begin(), uniform.end()) < 1.0);

  const auto open = draw([](std::uint64_t i) { return stream.uniform_open(i); });
  CHECK(kolmogorov(open, [](double x) { return x; }) < kolmogorov_limit);
  CHECK(*std::min_element(open.begin(), open.end()) > 0.0);

  const auto normal = draw([](std::uint64_t i) { return stream.normal(i); });
  CHECK(kolmogorov(normal, [](double x) { return 0.5 * std::erfc(-x * std::sqrt(0.5)); }) <
        kolmogorov_limit);
  const double root = std::sqrt(static_cast<double>(count));
  CHECK(moment(normal, 1) == Approx(0.0).margin(5.0 / root));
  CHECK(moment(normal, 2) == Approx(1.0).margin(5.0 * std::sqrt(2.0) / root));
  CHECK(moment(normal, 3) == Approx(0.0).margin(5.0 * std::sqrt(15.0) / root));
  CHECK(moment(normal, 4) == Approx(3.0).margin(5.0 * std::sqrt(96.0) / root));

  const auto exponential = draw([](std::uint64_t i) { return stream.exponential(i); });
  CHECK(kolmogorov(exponential, [](double x) { return -std::expm1(-x); }) < kolmogorov_limit);
  CHECK(moment(exponential, 1) == Approx(1.0).margin(5.0 / root));

  const auto laplace = draw([](std::uint64_t i) { return stream.laplace(i); });
  CHECK(kolmogorov(laplace, [](double x) {
          return x < 0.0 ? 0.5 * std::exp(x) : 1.0 - 0.5 * std::exp(-x);
        }) < kolmogorov_limit);
  CHECK(moment(laplace, 2) == Approx(2.0).margin(5.0 * std::sqrt(20.0) / root));
}

TEST_CASE("every bit is fair and bits are pairwise independent", "[stream]") {
  std::vector<int> ones(64), agree(64 * 64);
  constexpr int n = 20000;
  for (std::uint64_t i = 0; i < n; ++i) {
    const std::uint64_t bits = stream.bits64(i);
    for (std::size_t a = 0; a < 64; ++a) {
      ones[a] += static_cast<int>((bits >> a) & 1);
      for (std::size_t b = 0; b < a; ++b)
        agree[64 * a + b] += ((bits >> a) ^ (bits >> b)) & 1 ? 0 : 1;
    }
  }
  double chi2 = 0.0;
  for (const int k : ones) chi2 += (k - n / 2.0) * (k - n / 2.0) / (n / 4.0);
  CHECK(chi2 < 64.0 + 5.0 * std::sqrt(128.0));
  chi2 = 0.0;
  for (std::size_t a = 0; a < 64; ++a) {
    for (std::size_t b = 0; b < a; ++b) {
      const double d = agree[64 * a + b] - n / 2.0;
      chi2 += d * d / (n / 4.0);
    }
  }
  CHECK(std::fabs(chi2 - 2016.0) < 5.0 * std::sqrt(2.0 * 2016.0));
}

TEST_CASE("neighbours in every part of the key are uncorrelated", "[stream]") {
  const StreamKey base{42, 5, 6, 7, 8};
  const Stream origin(base);
  for (int part = 0; part < 5; ++part) {
    for (const std::uint64_t other : {1u, 2u, 1u << 31}) {
      StreamKey key = base;
      std::uint64_t* parts[] = {&key.seed, &key.epoch, &key.step, &key.row, &key.column};
      *parts[part] ^= other;
      INFO("part " << part << " changed by " << other);
      const Stream neighbour(key);
      CHECK(std::fabs(correlation(origin, neighbour)) < 5.0);
      CHECK(std::fabs(correlation(origin, neighbour, 1)) < 5.0);
    }
  }
  CHECK(std::fabs(correlation(origin, origin, 1)) < 5.0);
  CHECK(std::fabs(correlation(origin, origin, 2)) < 5.0);
  CHECK(correlation(origin, origin) > 100.0);
}

TEST_CASE("first draws across rows, epochs and columns are uniform", "[stream]") {
  std::vector<double> draws[5];
  for (std::uint64_t k = 0; k < 20000; ++k) {
    for (std::size_t part = 0; part < 5; ++part) {
      StreamKey key{1, 1, 1, 1, 1};
      std::uint64_t* parts[] = {&key.seed, &key.epoch, &key.step, &key.row, &key.column};
      *parts[part] = k;
      draws[part].push_back(Stream(key).uniform(0));
    }
  }
  for (const auto& part : draws) {
    CHECK(kolmogorov(part, [](double x) { return x; }) < kolmogorov_limit);
    double lag = 0.0;
    for (std::size_t i = 1; i < part.size(); ++i) lag += (part[i] - 0.5) * (part[i - 1] - 0.5);
    CHECK(std::fabs(lag * 12.0 / std::sqrt(static_cast<double>(part.size()))) < 5.0);
  }
}

TEST_CASE("different keys do not share draws", "[stream]") {
  std::set<std::uint64_t> seen;
  std::size_t total = 0;
  for (std::uint64_t a = 0; a < 4; ++a) {
    for (std::uint64_t b = 0; b < 4; ++b) {
      for (std::uint64_t c = 0; c < 4; ++c) {
        for (std::uint64_t d = 0; d < 4; ++d) {
          const Stream s(StreamKey{a, b, c, d, a ^ d});
          const Stream t(StreamKey{b, a, d, c, 4 + (a ^ c)});
          for (std::uint64_t i = 0; i < 8; ++i, total += 2) {
            seen.insert(s.bits64(i));
            seen.insert(t.bits64(i));
          }
        }
      }
    }
  }
  CHECK(seen.size() == total);
}

TEST_CASE("a stream for another row is the stream with that row's key", "[stream]") {
  for (std::uint64_t row = 0; row < 100; ++row) {
    CHECK(stream.with_row(row * row) == Stream(StreamKey{7, 1, 2, row * row, 4}));
  }
}

TEST_CASE("bernoulli and below keep their probabilities", "[stream]") {
  for (const double p : {0.0, 0.1, 0.5, 0.99, 1.0}) {
    int hits = 0;
    for (std::uint64_t i = 0; i < count; ++i) hits += stream.bernoulli(i, p) ? 1 : 0;
    CHECK(std::fabs(hits - count * p) <= 5.0 * std::sqrt(count * p * (1.0 - p)));
  }
  CHECK_FALSE(stream.bernoulli(0, std::nan("")));
  for (const std::uint64_t n : {1u, 2u, 3u, 10u, 1000u}) {
    std::vector<int> counts(n);
    for (std::uint64_t i = 0; i < count; ++i) ++counts[stream.below(i, n)];
    const double expected = count / static_cast<double>(n), df = static_cast<double>(n - 1);
    double chi2 = 0.0;
    for (const int k : counts) chi2 += (k - expected) * (k - expected) / expected;
    CHECK(std::fabs(chi2 - df) <= 6.0 * std::sqrt(2.0 * df) + 1e-9);
  }
  CHECK(stream.below(5, 0) == 0);
}

TEST_CASE("categories are chosen by weight, permutations evenly", "[choice]") {
  const std::vector<double> cumulative{0.0, 1.0, 1.0, 3.0, 6.0, 6.0};
  const double share[] = {0.0, 1.0 / 6, 0.0, 2.0 / 6, 3.0 / 6, 0.0};
  std::vector<int> counts(6);
  for (std::uint64_t i = 0; i < count; ++i) ++counts[zeroskew::categorical(stream, i, cumulative)];
  for (std::size_t k = 0; k < 6; ++k) {
    CHECK(std::fabs(counts[k] - count * share[k]) <=
          5.0 * std::sqrt(count * share[k] * (1.0 - share[k])));
  }

  std::vector<int> orders(24);
  constexpr int n = 24000;
  for (std::uint64_t row = 0; row < n; ++row) {
    const auto p = zeroskew::permutation(stream.with_row(row), 4);
    std::set<std::size_t> members(p.begin(), p.end());
    REQUIRE(members == std::set<std::size_t>{0, 1, 2, 3});
    std::size_t rank = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      std::size_t smaller = 0;
      for (std::size_t j = i + 1; j < 4; ++j) smaller += p[j] < p[i] ? 1u : 0u;
      rank = rank * (4 - i) + smaller;
    }
    ++orders[rank];
  }
  double chi2 = 0.0;
  for (const int k : orders) chi2 += (k - 1000.0) * (k - 1000.0) / 1000.0;
  CHECK(chi2 < 70.0);  // 23 degrees of freedom: P = 1e-6
  CHECK(zeroskew::permutation(stream, 0).empty());
}

TEST_CASE("draws are those of every earlier version", "[stream]") {
  CHECK(Stream().bits64(0) == 0x1e23414765eca6deu);
  CHECK(stream.bits64(0) == 0x1dc912032c4b242au);
  CHECK(stream.bits64(1) == 0x3b6c442dfebce4e6u);
  CHECK(stream.bits64(2) == 0x1868f8c1ebed206bu);
  CHECK(stream.bits64(3) == 0x1424926c3f34814bu);
  CHECK(stream.bits64(~std::uint64_t{0}) == 0x2864fced34f6d2f4u);
  CHECK(stream.bits32(0) == 0x1dc91203u);
  CHECK(stream.uniform(0) == 0x1.dc912032c4b2p-4);
  CHECK(stream.uniform(1) == 0x1.db62216ff5e7p-3);
  CHECK(stream.uniform(2) == 0x1.868f8c1ebed2p-4);
  CHECK(stream.uniform_open(0) == 0x1.dc912032c4b28p-4);
  CHECK(stream.uniform_open(1) == 0x1.db62216ff5e74p-3);
  CHECK(stream.uniform_open(2) == 0x1.868f8c1ebed28p-4);
  CHECK(stream.normal(0) == -0x1.318504cecd7c5p+0);
  CHECK(stream.normal(1) == -0x1.76b9098a87fc3p-1);
  CHECK(stream.normal(2) == -0x1.4ef9e999cbecdp+0);
  CHECK(stream.exponential(0) == 0x1.135925b5d2c3ep+1);
  CHECK(stream.exponential(1) == 0x1.75e32a3b9451fp+0);
  CHECK(stream.exponential(2) == 0x1.2cd2c948b1244p+1);
  CHECK(stream.laplace(0) == -0x1.75403373d3b84p+0);
  CHECK(stream.laplace(1) == -0x1.88e224878505p-1);
  CHECK(stream.laplace(2) == -0x1.a8337a999079p+0);
  CHECK(stream.below(3, 1000) == 78);
  CHECK(zeroskew::permutation(stream, 8) == std::vector<std::size_t>{1, 2, 5, 4, 0, 7, 3, 6});
}
