#include "drift/largest_gap.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <limits>
#include <numeric>
#include <vector>

#include "detail/parallel.hpp"
#include "zeroskew/kernel/sort.hpp"

namespace zeroskew::detail {
namespace {

constexpr double beyond = std::numeric_limits<double>::quiet_NaN();  // equals no value
constexpr std::size_t small = 256;                                   // so few values are sorted
constexpr std::size_t threaded = 1 << 17;  // so many are counted by two threads

// Where a value is counted: in bins of one width on the line, or on that of the doubles' leading
// digits, which is roughly logarithmic. Each step keeps the order, rounding included, so that of
// two values in different bins the one in the higher bin is the larger one.
struct Bins {
  bool digits = false;
  double lo = 0.0;
  double scale = 0.0;
  std::int32_t inner = 0;  // bins from `lo` on; 0 is that of values below it

  [[nodiscard]] std::int32_t above() const noexcept { return inner + 1; }
  [[nodiscard]] std::int32_t no_number() const noexcept { return inner + 2; }
  [[nodiscard]] std::size_t slots() const noexcept { return static_cast<std::size_t>(inner) + 3; }

  [[nodiscard]] bool usable() const noexcept { return scale > 0.0 && std::isfinite(scale); }

  template <bool by_digits>
  [[nodiscard]] static double position(double value) noexcept {
    if constexpr (!by_digits) return value;
    const auto high = static_cast<std::int32_t>(std::bit_cast<std::int64_t>(value + 0.0) >> 32);
    return high ^ ((high >> 31) & INT32_MAX);
  }
  template <bool by_digits>
  [[nodiscard]] std::int32_t of(double value) const noexcept {
    double place = (position<by_digits>(value) - lo) * scale + 1.0;
    place = place > 0.0 ? place : 0.0;
    place = place < above() ? place : above();
    place = value == value ? place : no_number();
    return static_cast<std::int32_t>(place);
  }
};

// Bins over nearly all of the given positions, which are sorted.
Bins between(const std::vector<double>& positions, bool digits, std::int32_t inner) {
  const std::size_t tail = positions.size() / 256;
  const double lo = positions[tail];
  const double width = positions[positions.size() - 1 - tail] - lo;
  return {digits, lo, static_cast<double>(inner) / width, inner};
}

// How unequally the bins share the values: the sum of squared counts of wider bins.
template <bool by_digits>
std::size_t crowd(const std::vector<double>& values, const Bins& bins) {
  std::vector<std::size_t> counts((bins.slots() >> 4) + 1);
  for (const double value : values) {
    ++counts[static_cast<std::size_t>(bins.of<by_digits>(value)) >> 4];
  }
  return std::inner_product(counts.begin(), counts.end(), counts.begin(), std::size_t{0});
}

// Chosen by some of both sides' values. Another choice would take other time and give the same gap.
Bins bins_of(std::span<const double> a, std::span<const double> b) {
  const std::size_t larger = std::max(a.size(), b.size());
  const std::size_t wanted = std::clamp<std::size_t>(larger / 32, 32, 512);
  const auto inner =
      static_cast<std::int32_t>(std::bit_ceil(std::min<std::size_t>(larger, 1 << 14)));
  std::vector<double> some;
  for (const auto side : {a, b}) {
    for (std::size_t i = 0; i < wanted; ++i) {
      const double value = side[i * side.size() / wanted];
      if (std::isfinite(value)) some.push_back(value);
    }
  }
  if (some.empty()) return {};
  std::sort(some.begin(), some.end());
  const Bins line = between(some, false, inner);
  std::vector<double> positions(some.size());
  std::transform(some.begin(), some.end(), positions.begin(), Bins::position<true>);
  const Bins digits = between(positions, true, inner);
  if (!line.usable()) return digits;
  if (!digits.usable()) return line;
  return crowd<false>(some, line) <= crowd<true>(some, digits) ? line : digits;
}

// Calls visit(value, bin) for each value; bins are made in blocks, which the compiler vectorizes.
template <class Visit>
void over_bins(std::span<const double> values, const Bins& bins, Visit&& visit) {
  std::array<std::int32_t, 256> block{};
  for (std::size_t start = 0; start < values.size(); start += block.size()) {
    const auto part = values.subspan(start, std::min(block.size(), values.size() - start));
    if (bins.digits) {
      for (std::size_t i = 0; i < part.size(); ++i) block[i] = bins.of<true>(part[i]);
    } else {
      for (std::size_t i = 0; i < part.size(); ++i) block[i] = bins.of<false>(part[i]);
    }
    for (std::size_t i = 0; i < part.size(); ++i) {
      visit(part[i], static_cast<std::size_t>(block[i]));
    }
  }
}

// One sample in bins, and the values of those bins that are looked into.
struct Counted {
  std::vector<std::uint32_t> counts;
  std::vector<double> kept;  // bin by bin
  std::int64_t size = 0;

  void count(std::span<const double> values, const Bins& bins) {
    counts.resize(bins.slots());
    std::vector<std::uint32_t> others(bins.slots());  // equal values in a row wait for each other
    std::uint32_t* halves[] = {counts.data(), others.data()};
    std::size_t turn = 0;
    over_bins(values, bins, [&](double, std::size_t bin) { ++halves[turn++ & 1][bin]; });
    for (std::size_t i = 0; i < counts.size(); ++i) counts[i] += others[i];
    size = static_cast<std::int64_t>(values.size()) - counts.back();
  }

  void keep(std::span<const double> values, const Bins& bins,
            const std::vector<std::uint8_t>& wanted) {
    std::size_t total = 0;
    std::vector<std::size_t> ends(counts.size());
    for (std::size_t i = 0; i < counts.size(); ++i) {
      ends[i] = total;
      if (wanted[i] != 0) total += counts[i];
    }
    kept.resize(total);
    if (total == 0) return;
    over_bins(values, bins, [&](double value, std::size_t bin) {
      if (wanted[bin] != 0) kept[ends[bin]++] = value;
    });
  }
};

bool one_value(std::span<const double> a, std::span<const double> b) {
  const auto same = [&](double value) { return value == a[0]; };
  return std::all_of(b.begin(), b.end(), same) && std::all_of(a.begin(), a.end(), same);
}

LargestGap by_sorting(std::span<const double> a, std::span<const double> b) {
  const auto x = kernel::sorted_without_nan(a);
  const auto y = kernel::sorted_without_nan(b);
  const auto n = static_cast<std::int64_t>(x.size());
  const auto m = static_cast<std::int64_t>(y.size());
  return {n, m, n == 0 || m == 0 ? 0 : largest_gap_of_sorted(x, y, n, m)};
}

}  // namespace

std::int64_t largest_gap_of_sorted(std::span<const double> a, std::span<const double> b,
                                   std::int64_t n, std::int64_t m, std::int64_t start) {
  // Which side the next value comes from is a coin's toss, so nothing branches on it: both advance
  // by 0 or 1, and the gap counts where neither goes on with the same value.
  const double* x = a.data();
  const double* y = b.data();
  const double* const x_end = x + a.size();
  const double* const y_end = y + b.size();
  std::int64_t gap = std::abs(start);
  std::int64_t difference = start;
  double next_x = *(x == x_end ? &beyond : x);
  double next_y = *(y == y_end ? &beyond : y);
  while (x != x_end && y != y_end) {
    const double value = next_x < next_y ? next_x : next_y;
    const std::int64_t in_x = next_x == value ? 1 : 0;
    const std::int64_t in_y = next_y == value ? 1 : 0;
    difference += (in_x * m) - (in_y * n);
    x += in_x;
    y += in_y;
    next_x = *(x == x_end ? &beyond : x);
    next_y = *(y == y_end ? &beyond : y);
    const std::int64_t settled = (next_x == value ? 0 : 1) & (next_y == value ? 0 : 1);
    gap = std::max(gap, settled * (difference < 0 ? -difference : difference));
  }
  // The last value may go on upon one side; from there on the difference runs one way.
  const double last =
      x == x_end ? (a.empty() ? beyond : x_end[-1]) : (b.empty() ? beyond : y_end[-1]);
  for (; x != x_end && *x == last; ++x) difference += m;
  for (; y != y_end && *y == last; ++y) difference -= n;
  gap = std::max(gap, std::abs(difference));
  difference += ((x_end - x) * m) - ((y_end - y) * n);
  return std::max(gap, std::abs(difference));
}

LargestGap largest_gap_of_values(std::span<const double> a, std::span<const double> b) {
  if (std::min(a.size(), b.size()) < small) return by_sorting(a, b);
  const Bins bins = bins_of(a, b);
  if (!bins.usable()) return by_sorting(a, b);
  const std::array<std::span<const double>, 2> values{a, b};
  std::array<Counted, 2> sides;
  const unsigned threads = a.size() + b.size() < threaded ? 1 : 2;
  in_parallel(2, threads, [&](std::size_t i) { sides[i].count(values[i], bins); });
  const Counted& x = sides[0];
  const Counted& y = sides[1];
  LargestGap result{x.size, y.size, 0};
  if (x.size == 0 || y.size == 0) return result;
  // The gap is known between bins. Within one it stays below what all values of one side would
  // make of it, so that few bins can hold a larger one.
  const std::size_t numbers = bins.slots() - 1;
  std::vector<std::int64_t> before(numbers);
  std::int64_t difference = 0;
  for (std::size_t i = 0; i < numbers; ++i) {
    before[i] = difference;
    difference += x.counts[i] * y.size - y.counts[i] * x.size;
    result.gap = std::max(result.gap, std::abs(difference));
  }
  std::vector<std::uint8_t> wanted(bins.slots());
  const auto most = [&](std::size_t i) {
    return std::max(before[i] + x.counts[i] * y.size, y.counts[i] * x.size - before[i]);
  };
  for (std::size_t i = 0; i < numbers; ++i) {
    wanted[i] = most(i) > result.gap && x.counts[i] != 0 && y.counts[i] != 0 ? 1 : 0;
  }
  in_parallel(2, threads, [&](std::size_t i) { sides[i].keep(values[i], bins, wanted); });
  std::span<double> rest_x = sides[0].kept;
  std::span<double> rest_y = sides[1].kept;
  for (std::size_t i = 0; i < numbers; ++i) {
    if (wanted[i] == 0) continue;
    const auto in_x = rest_x.first(x.counts[i]);
    const auto in_y = rest_y.first(y.counts[i]);
    rest_x = rest_x.subspan(in_x.size());
    rest_y = rest_y.subspan(in_y.size());
    if (most(i) <= result.gap || one_value(in_x, in_y)) continue;
    kernel::sort_doubles(in_x);
    kernel::sort_doubles(in_y);
    const auto gap = largest_gap_of_sorted(in_x, in_y, x.size, y.size, before[i]);
    result.gap = std::max(result.gap, gap);
  }
  return result;
}

}  // namespace zeroskew::detail
