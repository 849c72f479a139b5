#include "drift/redealt.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

#include "zeroskew/detail/wide.hpp"
#include "zeroskew/random/philox.hpp"
#include "zeroskew/random/row_key.hpp"
#include "zeroskew/random/stream.hpp"

namespace zeroskew::detail {
namespace {

constexpr double enough = 30.0;          // expected counts from which limit laws hold
constexpr double small_reference = 200;  // below it, the reference's own quantiles are too coarse
constexpr double most_rows = 1e6;
constexpr double most_work = 1e6;  // rows dealt, over all draws

// How many draws give a level of alpha exactly; 0 if too many.
std::size_t draws_for(double alpha, double dealt) {
  const double draws = std::max(399.0, std::ceil(20.0 / alpha) - 1.0);
  return draws * dealt <= most_work ? static_cast<std::size_t>(draws) : 0;
}

double upper(std::vector<double>& values, double alpha) {
  const auto above = static_cast<std::size_t>(
      std::floor(alpha * static_cast<double>(values.size() + 1) * (1.0 + 1e-12)));
  const auto place = values.end() - static_cast<std::ptrdiff_t>(std::max<std::size_t>(above, 1));
  std::nth_element(values.begin(), place, values.end());
  return *place * (1.0 + 1e-12);  // the same table in another order differs in the last bit
}

bool whole(double count) {
  return count == std::floor(count);
}

// Cards in random order: the first `k` are a sample without replacement.
class Deck {
 public:
  // @pre at most most_rows cards
  Deck(std::vector<std::uint32_t> cards, std::uint64_t key)
      : cards_(std::move(cards)), stream_({.seed = 0, .column = key}) {}

  std::span<const std::uint32_t> deal(std::size_t k) {
    // A block of random bits serves four cards: what a product leaves below its top word is as
    // random as before, less the 20 bits that a card takes.
    std::uint64_t bits[2] = {};
    for (std::size_t i = 0; i < k; ++i) {
      if (i % 4 == 0) {
        const PhiloxBlock block = philox({next_++, stream_.row_offset()}, stream_.philox_key());
        bits[0] = block.first;
        bits[1] = block.second;
      }
      const auto card = multiply_wide(bits[i % 2], static_cast<std::uint64_t>(cards_.size() - i));
      bits[i % 2] = card.lo;
      std::swap(cards_[i], cards_[i + static_cast<std::size_t>(card.hi)]);
    }
    return {cards_.data(), k};
  }

 private:
  std::vector<std::uint32_t> cards_;
  Stream stream_;
  std::uint64_t next_ = 0;
};

std::optional<double> over_labels(const Aligned& aligned, double alpha,
                                  const AlignedDistance& distance) {
  const bool from_a = aligned.n <= aligned.m;
  const double dealt = std::min(aligned.n, aligned.m);
  const double all = aligned.n + aligned.m;
  bool rare = false;
  auto key = row_key(static_cast<std::int64_t>(dealt));
  for (const Category& category : aligned.categories) {
    const double rows = category.a.value + category.b.value;
    if (!whole(category.a.value) || !whole(category.b.value)) return std::nullopt;
    rare = rare || (rows > 0.0 && rows * dealt < enough * all);
    key = row_key(static_cast<std::int64_t>(key ^ static_cast<std::uint64_t>(rows)));
  }
  const std::size_t draws = draws_for(alpha, dealt);
  if (!rare || draws == 0 || all > most_rows) return std::nullopt;
  std::vector<std::uint32_t> category_of;
  Aligned drawn = aligned;
  for (std::size_t i = 0; i < drawn.categories.size(); ++i) {
    const double rows = drawn.categories[i].a.value + drawn.categories[i].b.value;
    category_of.insert(category_of.end(), static_cast<std::size_t>(rows),
                       static_cast<std::uint32_t>(i));
  }
  Deck deck(std::move(category_of), key);
  std::vector<double> counts(drawn.categories.size());
  std::vector<double> values(draws);
  for (double& value : values) {
    std::fill(counts.begin(), counts.end(), 0.0);
    for (const std::uint32_t category : deck.deal(static_cast<std::size_t>(dealt))) {
      counts[category] += 1.0;
    }
    for (std::size_t i = 0; i < counts.size(); ++i) {
      const double rows = aligned.categories[i].a.value + aligned.categories[i].b.value;
      drawn.categories[i].a.value = from_a ? counts[i] : rows - counts[i];
      drawn.categories[i].b.value = from_a ? rows - counts[i] : counts[i];
    }
    value = distance(drawn);
  }
  return upper(values, alpha);
}

// All rows in order, infinities included.
std::vector<double> pooled_rows(const Distribution& a, const Distribution& b) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  std::vector<double> rows;
  const auto add = [&rows](double value, double mass) {
    rows.insert(rows.end(), static_cast<std::size_t>(mass), value);
  };
  for (const Distribution* side : {&a, &b}) {
    add(-infinity, side->negative_infinity);
    for (const Cell& cell : side->cells) add(cell.lo, cell.mass);
    add(infinity, side->positive_infinity);
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

std::optional<double> over_bins(const Distribution& reference, const Distribution& current,
                                int bins, double alpha, const AlignedDistance& distance) {
  const double n = reference.total();
  const double m = current.total();
  const std::size_t draws = draws_for(alpha, n);
  if (n >= small_reference || draws == 0 || n + m > most_rows) return std::nullopt;
  for (const Distribution* side : {&reference, &current}) {
    for (const Cell& cell : side->cells) {
      if (cell.lo != cell.hi || !whole(cell.mass)) return std::nullopt;
    }
  }
  const std::vector<double> rows = pooled_rows(reference, current);
  auto key = row_key(static_cast<std::int64_t>(n));
  for (const double value : rows) {
    key = row_key(static_cast<std::int64_t>(key ^ std::bit_cast<std::uint64_t>(value + 0.0)));
  }
  std::vector<std::uint32_t> places(rows.size());
  std::iota(places.begin(), places.end(), std::uint32_t{0});
  Deck deck(std::move(places), key);
  std::vector<double> sample(static_cast<std::size_t>(n));
  std::vector<double> values(draws);
  Aligned drawn;
  drawn.n = n;
  drawn.m = m;
  drawn.binned = true;
  for (double& value : values) {
    const auto dealt = deck.deal(sample.size());
    for (std::size_t i = 0; i < sample.size(); ++i) sample[i] = rows[dealt[i]];
    const std::vector<double> edges = [&] {
      const Distribution side = Distribution::of_values(sample);
      return reference_edges(side, bins);
    }();
    std::sort(sample.begin(), sample.end());
    drawn.categories.assign(edges.size() + 1, Category{});
    double sample_before = 0.0;
    double rows_before = 0.0;
    for (std::size_t i = 0; i <= edges.size(); ++i) {
      const auto below = [&](const std::vector<double>& sorted) {
        return i == edges.size()
                   ? static_cast<double>(sorted.size())
                   : static_cast<double>(std::lower_bound(sorted.begin(), sorted.end(), edges[i]) -
                                         sorted.begin());
      };
      const double in_sample = below(sample);
      const double in_rows = below(rows);
      drawn.categories[i].a.value = in_sample - sample_before;
      drawn.categories[i].b.value = (in_rows - rows_before) - (in_sample - sample_before);
      sample_before = in_sample;
      rows_before = in_rows;
    }
    value = edges.empty() ? 0.0 : distance(drawn);
  }
  return upper(values, alpha);
}

}  // namespace

std::optional<double> redealt_quantile(const Aligned& aligned, const Distribution& reference,
                                       const Distribution& current, int bins, double alpha,
                                       const AlignedDistance& distance) {
  if (!aligned.exact) return std::nullopt;
  return aligned.binned ? over_bins(reference, current, bins, alpha, distance)
                        : over_labels(aligned, alpha, distance);
}

}  // namespace zeroskew::detail
