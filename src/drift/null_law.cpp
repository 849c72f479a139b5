#include "drift/null_law.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <functional>
#include <iterator>
#include <numbers>

#include "drift/distance_functions.hpp"
#include "drift/moments.hpp"
#include "zeroskew/detail/math.hpp"
#include "zeroskew/detail/special.hpp"

namespace zeroskew::detail {
namespace {

constexpr double pi = std::numbers::pi;

// E|XY| for standard normals of correlation r, over E|X|^2's 2/pi: sqrt(1 - r^2) + r asin(r).
double absolute_product(double r) {
  const double rest = std::sqrt(std::max(0.0, 1.0 - r * r));
  if (rest == 0.0) return pi / 2.0;
  return rest + r * math::atan(r / rest);
}

// Gamma(x + 1/2) / Gamma(x).
double half_step(double x) {
  double factor = 1.0;
  for (; x < 20.0; x += 1.0) factor *= x / (x + 0.5);
  const double r = 1.0 / x;
  return factor * std::sqrt(x) *
         (1.0 + r * (-1.0 / 8.0 + r * (1.0 / 128.0 + r * (5.0 / 1024.0 - r * 21.0 / 32768.0))));
}

}  // namespace

double chi2_upper(double degrees, double alpha) {
  return degrees > 0.0 ? math::chi2_isf(alpha, degrees) : 0.0;
}

double shifted_gamma_quantile(double mean, double variance, double cumulant, double alpha) {
  // The shape is 4 / skewness^2; without skewness this tends to the normal law.
  const double shape =
      std::clamp(4.0 * variance * variance * variance / (cumulant * cumulant), 1e-3, 1e7);
  const double standard = (0.5 * chi2_upper(2.0 * shape, alpha) - shape) / std::sqrt(shape);
  return mean + std::sqrt(variance) * standard;
}

double scaled_chi_quantile(double mean, double mean_square, double alpha) {
  if (!(mean_square > 0.0)) return 0.0;
  // The squared mean over the mean square is 2 (Gamma((nu+1)/2) / Gamma(nu/2))^2 / nu, rising in
  // nu.
  const double ratio = mean * mean / mean_square;
  double low = 1.0;
  double high = 1e6;
  for (int step = 0; step < 60; ++step) {
    const double middle = std::sqrt(low * high);
    const double gammas = half_step(0.5 * middle);
    (2.0 * gammas * gammas / middle < ratio ? low : high) = middle;
  }
  return std::sqrt(mean_square / low * chi2_upper(low, alpha));
}

double linf_quantile(std::vector<double> rows, double n, double m, double alpha) {
  constexpr double rare = 300.0;
  struct Difference {
    double size;
    double chance;
  };
  const double all = n + m;
  const double noise = 1.0 / n + 1.0 / m;
  std::sort(rows.begin(), rows.end(), std::greater<>());
  if (rows.size() == 2) rows.pop_back();
  std::vector<double> spreads;          // of the common ones, widest first
  std::vector<Difference> differences;  // of the rare ones
  double high = 0.0;
  for (const double count : rows) {
    if (count > rare && count < all) {
      const double share = count / all;
      spreads.push_back(std::sqrt(noise * share * (1.0 - share)));
      high = std::max(high, 40.0 * spreads.back());
    } else if (count <= rare && count < all) {
      const auto first = differences.size();
      double total = 0.0;
      visit_dealt(std::ceil(count), std::ceil(n), std::ceil(m), [&](double in_a, double weight) {
        differences.push_back({std::fabs(in_a / n - (count - in_a) / m), weight});
        total += weight;
      });
      for (auto k = first; k < differences.size(); ++k) {
        differences[k].chance /= total;
        high = std::max(high, differences[k].size);
      }
    }
  }
  // Largest first, with the chance of at least that much.
  std::sort(differences.begin(), differences.end(), [](const Difference& a, const Difference& b) {
    return a.size != b.size ? a.size > b.size : a.chance > b.chance;
  });
  for (std::size_t k = 1; k < differences.size(); ++k) {
    differences[k].chance += differences[k - 1].chance;
  }
  double low = 0.0;
  for (int step = 0; step < 50; ++step) {
    const double middle = 0.5 * (low + high);
    const auto beyond =
        std::partition_point(differences.begin(), differences.end(),
                             [middle](const Difference& each) { return each.size > middle; });
    double chance = beyond == differences.begin() ? 0.0 : std::prev(beyond)->chance;
    for (const double spread : spreads) {
      if (middle > 9.0 * spread || chance > alpha) break;
      chance += 2.0 * math::normal_sf(middle / spread);
    }
    (chance > alpha ? low : high) = middle;
  }
  return high;
}

double total_variation_quantile(std::span<const double> shares, double noise, double alpha) {
  // Categories i, j have squared correlation odds_i odds_j. Powers of it factor, so the sum over
  // pairs is a short series of squares: sqrt(1-r^2) + r asin(r) = sum_k c_k r^(2k). The commonest
  // category is kept apart, since its odds may be large.
  constexpr std::size_t terms = 40;
  std::size_t common = 0;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    if (shares[i] > shares[common]) common = i;
  }
  if (shares.empty() || !(shares[common] > 0.0 && shares[common] < 1.0)) return 0.0;
  const double common_odds = shares[common] / (1.0 - shares[common]);
  const double common_deviation = std::sqrt(shares[common] * (1.0 - shares[common]));
  double spread = common_deviation;
  double variances = common_deviation * common_deviation;
  std::array<double, terms> with_common{};
  std::array<double, terms> sums{};
  std::array<double, terms> squares{};
  std::size_t used = 1;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    if (i == common || !(shares[i] > 0.0)) continue;
    ++used;
    const double deviation = std::sqrt(shares[i] * (1.0 - shares[i]));
    const double odds = shares[i] / (1.0 - shares[i]);
    spread += deviation;
    variances += deviation * deviation;
    double power = deviation;
    double joint = deviation * common_deviation;
    for (std::size_t k = 0; k < terms; ++k) {
      sums[k] += power;
      squares[k] += power * power;
      with_common[k] += joint;
      power *= odds;
      joint *= std::min(1.0, odds * common_odds);
    }
  }
  const double mean = 0.5 * std::sqrt(noise * 2.0 / pi) * spread;
  if (used <= 2) return scaled_chi_quantile(mean, mean * mean * pi / 2.0, alpha);
  double pairs = 0.0;
  double coefficient = 1.0;
  for (std::size_t k = 0; k < terms; ++k) {
    pairs += coefficient * (2.0 * with_common[k] + std::max(0.0, sums[k] * sums[k] - squares[k]));
    // c_{k+1} / c_k = (2k-1)^2 / ((2k+1)(2k+2))
    const double twice = 2.0 * static_cast<double>(k);
    coefficient *= (twice - 1.0) * (twice - 1.0) / ((twice + 1.0) * (twice + 2.0));
  }
  return scaled_chi_quantile(mean, 0.25 * noise * (variances + 2.0 / pi * pairs), alpha);
}

Levels levels_of(const Distribution& a, const Distribution& b) {
  constexpr std::size_t buckets = 64;
  std::array<double, buckets> length{};
  std::array<double, buckets> weighted{};
  const double n = a.total();
  const double m = b.total();
  bool begun = false;
  Step last;
  sweep(a, b, [&](const Step& step) {
    if (begun) {
      const double left = (n * last.a + m * last.b) / (n + m);
      const double right = (n * step.left_a + m * step.left_b) / (n + m);
      const double level = std::clamp(0.5 * (left + right), 0.0, 1.0);
      const auto bucket =
          std::min(buckets - 1, static_cast<std::size_t>(level * static_cast<double>(buckets)));
      length[bucket] += step.x - last.x;
      weighted[bucket] += (step.x - last.x) * level;
    }
    begun = true;
    last = step;
  });
  Levels levels;
  for (std::size_t i = 0; i < buckets; ++i) {
    if (!(length[i] > 0.0)) continue;
    levels.length.push_back(length[i]);
    levels.level.push_back(std::clamp(weighted[i] / length[i], 0.0, 1.0));
  }
  return levels;
}

namespace {

// E|XYZ| over (2/pi)^(3/2), of standard normals where X and Z are independent given Y (Nabeya
// 1951).
double absolute_triple(double xy, double yz) {
  const double xz = xy * yz;
  const auto asin_of = [](double r) {
    const double rest = std::sqrt(std::max(0.0, 1.0 - r * r));
    return rest > 0.0 ? math::atan(r / rest) : (r > 0.0 ? pi / 2.0 : 0.0);
  };
  const double rest_xy = std::max(0.0, 1.0 - xy * xy);
  const double rest_yz = std::max(0.0, 1.0 - yz * yz);
  const double rest_xz = 1.0 - xz * xz;
  double sum = std::sqrt(rest_xy * rest_yz);  // the determinant's root
  if (rest_xz > 0.0) {
    sum += (xy + xz * yz) * (rest_yz > 0.0 ? asin_of(xy * std::sqrt(rest_yz / rest_xz)) : 0.0);
    sum += (yz + xy * xz) * (rest_xy > 0.0 ? asin_of(yz * std::sqrt(rest_xy / rest_xz)) : 0.0);
  }
  // Where Y is X, or is Z, the partial correlation of the two is 1 and that of the others 0.
  if (rest_xy == 0.0) sum = (1.0 + xz * xz) * pi / 2.0;
  if (rest_yz == 0.0) sum = (1.0 + xz * xz) * pi / 2.0;
  return sum;
}

// Skewness of the area under a Brownian bridge's absolute value, over at most 16 stretches.
double area_skewness(const Levels& levels) {
  struct Stretch {
    double level = 0.0;
    double length = 0.0;
  };
  constexpr std::size_t stretches = 16;
  std::vector<Stretch> coarse;
  const std::size_t step = (levels.level.size() + stretches - 1) / stretches;
  for (std::size_t i = 0; i < levels.level.size(); ++i) {
    if (i % step == 0) coarse.emplace_back();
    coarse.back().level += levels.level[i] * levels.length[i];
    coarse.back().length += levels.length[i];
  }
  for (Stretch& each : coarse) each.level /= each.length;
  const auto correlation = [&](std::size_t i, std::size_t j) {  // i <= j
    if (i == j) return 1.0;
    const double s = coarse[i].level;
    const double t = coarse[j].level;
    const double odds = s * (1.0 - t) / (t * (1.0 - s));
    return odds > 0.0 ? std::min(1.0, std::sqrt(odds)) : 0.0;
  };
  const auto weight = [&](std::size_t i) {
    return coarse[i].length * std::sqrt(coarse[i].level * (1.0 - coarse[i].level));
  };
  double first = 0.0;
  double second = 0.0;
  double third = 0.0;
  for (std::size_t i = 0; i < coarse.size(); ++i) {
    first += weight(i);
    for (std::size_t j = i; j < coarse.size(); ++j) {
      const double pair = weight(i) * weight(j);
      if (pair == 0.0) continue;
      const double near = correlation(i, j);
      second += (i == j ? 1.0 : 2.0) * pair * absolute_product(near);
      for (std::size_t k = j; k < coarse.size(); ++k) {
        const double orders = i == k ? 1.0 : (i == j || j == k) ? 3.0 : 6.0;
        const double triple = i == k ? pi : absolute_triple(near, correlation(j, k));
        third += orders * pair * weight(k) * triple;
      }
    }
  }
  const double unit = std::sqrt(2.0 / pi);
  first *= unit;
  second *= unit * unit;
  third *= unit * unit * unit;
  const double variance = second - first * first;
  if (!(variance > 0.0)) return 0.0;
  const double central = third - 3.0 * first * second + 2.0 * first * first * first;
  return central / (variance * std::sqrt(variance));
}

}  // namespace

double wasserstein_quantile(const Levels& levels, double noise, double alpha) {
  double mean = 0.0;
  double mean_square = 0.0;
  for (std::size_t i = 0; i < levels.level.size(); ++i) {
    const double s = levels.level[i];
    const double deviation = levels.length[i] * std::sqrt(s * (1.0 - s));
    mean += deviation;
    mean_square += deviation * deviation * pi / 2.0;
    for (std::size_t j = 0; j < i; ++j) {
      const double t = levels.level[j];  // below s
      const double other = levels.length[j] * std::sqrt(t * (1.0 - t));
      if (deviation * other == 0.0) continue;
      const double correlation = std::sqrt(t * (1.0 - s) / (s * (1.0 - t)));
      mean_square += 2.0 * deviation * other * absolute_product(std::min(1.0, correlation));
    }
  }
  mean *= std::sqrt(noise * 2.0 / pi);
  mean_square *= noise * 2.0 / pi;
  const double narrow = scaled_chi_quantile(mean, mean_square, alpha);
  const double variance = mean_square - mean * mean;
  const double skewness = levels.level.size() > 1 ? area_skewness(levels) : 0.0;
  if (!(variance > 0.0) || !(skewness > 0.01)) return narrow;
  // A shifted gamma of the same mean, variance and skewness, whose tail is not too light. Where one
  // stretch is nearly all, the area is one absolute value, and the scaled chi is the wider one.
  const double cumulant = skewness * variance * std::sqrt(variance);
  return std::max(narrow, shifted_gamma_quantile(mean, variance, cumulant, alpha));
}

double energy_quantile(const Levels& levels, double noise, double alpha) {
  double mean = 0.0;
  double variance = 0.0;
  for (std::size_t i = 0; i < levels.level.size(); ++i) {
    const double s = levels.level[i];
    mean += levels.length[i] * s * (1.0 - s);
    for (std::size_t j = 0; j <= i; ++j) {
      const double covariance = levels.level[j] * (1.0 - s);
      const double both = levels.length[i] * levels.length[j] * covariance * covariance;
      variance += (i == j ? 2.0 : 4.0) * both;
    }
  }
  if (!(mean > 0.0) || !(variance > 0.0)) return 0.0;
  const double degrees = 2.0 * mean * mean / variance;
  const double scale = variance / (2.0 * mean);
  return std::sqrt(2.0 * noise * scale * chi2_upper(degrees, alpha));
}

}  // namespace zeroskew::detail
