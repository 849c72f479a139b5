#include "zeroskew/stats/value_counts.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "zeroskew/detail/hash.hpp"

namespace zeroskew {
namespace {

constexpr std::size_t most_candidates = 4096;

std::size_t bucket_of(std::uint64_t hash) noexcept {
  return static_cast<std::size_t>(hash & (ValueCounts::bucket_count - 1));
}

// What values other than the one that is looked for put into a bucket.
struct Noise {
  double typical = 0.0;
  double heaviest = 0.0;
};

Noise noise_of(const std::vector<std::uint64_t>& buckets) {
  std::vector<std::uint64_t> loads = buckets;
  const auto middle = loads.begin() + static_cast<std::ptrdiff_t>(loads.size() / 2);
  std::nth_element(loads.begin(), middle, loads.end());
  Noise noise{static_cast<double>(*middle), 0.0};
  // A bucket heavier than three typical ones has a frequent value of its own: no example of noise.
  for (const std::uint64_t load : buckets) {
    const auto mass = static_cast<double>(load);
    if (mass <= 3.0 * noise.typical) noise.heaviest = std::max(noise.heaviest, mass);
  }
  return noise;
}

}  // namespace

bool ValueCounts::add_hashed(std::uint64_t code, std::uint64_t count) {
  const std::uint64_t hash = detail::mix(code);
  std::uint64_t& bucket = buckets_[bucket_of(hash)];
  bucket += count;
  sketch_->add(hash);
  return bucket > total_ / candidate_share && note_candidate(code);
}

void ValueCounts::add_hashed_block(std::span<const std::uint64_t> codes,
                                   std::span<const std::uint64_t> hashes) {
  total_ += codes.size();
  const std::uint64_t heavy = total_ / candidate_share;
  bool any_heavy = false;
  for (const std::uint64_t hash : hashes) {
    any_heavy |= ++buckets_[bucket_of(hash)] > heavy;
    sketch_->add(hash);
  }
  if (!any_heavy) return;
  for (std::size_t i = 0; i < codes.size(); ++i) {
    if (buckets_[bucket_of(hashes[i])] > heavy) note_candidate(codes[i]);
  }
}

bool ValueCounts::note_candidate(std::uint64_t code) {
  if (candidates_.count(code) != 0) return false;
  if (candidates_.size() >= most_candidates) prune();
  if (candidates_.size() >= most_candidates) return false;
  candidates_.add(code);
  return true;
}

// Forgets candidates that have become rare.
void ValueCounts::prune() {
  CountTable kept;
  candidates_.for_each([&](std::uint64_t code, std::uint64_t) {
    if (at_most(code) > total_ / candidate_share) kept.add(code);
  });
  candidates_ = std::move(kept);
}

void ValueCounts::spill() {
  exact_ = false;
  buckets_.assign(bucket_count, 0);
  sketch_.emplace();
  const CountTable table = std::exchange(table_, CountTable{});
  table.for_each([this](std::uint64_t code, std::uint64_t count) {
    const std::uint64_t hash = detail::mix(code);
    buckets_[bucket_of(hash)] += count;
    sketch_->add(hash);
  });
  for (const CountTable::Entry& entry : table.sorted()) {
    if (entry.count > total_ / candidate_share) candidates_.add(entry.code);
  }
}

void ValueCounts::merge(const ValueCounts& other) {
  total_ += other.total_;
  if (exact_ && !other.exact_) spill();
  if (other.exact_) {
    if (exact_) table_.reserve(std::max(table_.size(), other.table_.size()));
    other.table_.for_each([this](std::uint64_t code, std::uint64_t count) {
      if (exact_) {
        table_.add(code, count);
      } else {
        add_hashed(code, count);
      }
    });
    return;
  }
  for (std::size_t i = 0; i < bucket_count; ++i) buckets_[i] += other.buckets_[i];
  *sketch_ += *other.sketch_;
  for (const CountTable::Entry& entry : other.candidates_.sorted()) {
    if (candidates_.count(entry.code) == 0) candidates_.add(entry.code);
  }
  prune();
}

Estimate ValueCounts::distinct() const {
  if (exact_) {
    const auto size = static_cast<double>(table_.size());
    return {size, size, size, true};
  }
  Estimate estimate = sketch_->estimate();
  // The sketch exists because there were more, and each occurred at least once.
  estimate.lo = std::max(estimate.lo, static_cast<double>(exact_limit + 1));
  estimate.hi = std::min(estimate.hi, static_cast<double>(total_));
  estimate.value = std::clamp(estimate.value, estimate.lo, estimate.hi);
  return estimate;
}

std::uint64_t ValueCounts::at_most(std::uint64_t code) const noexcept {
  return exact_ ? table_.count(code) : buckets_[bucket_of(detail::mix(code))];
}

std::vector<ValueCounts::Frequent> ValueCounts::frequent() const {
  std::vector<Frequent> result;
  if (exact_) {
    result.reserve(table_.size());
    table_.for_each([&](std::uint64_t code, std::uint64_t count) {
      const auto n = static_cast<double>(count);
      result.push_back({code, {n, n, n, true}});
    });
  } else {
    const Noise noise = noise_of(buckets_);
    candidates_.for_each([&](std::uint64_t code, std::uint64_t) {
      const auto most = static_cast<double>(at_most(code));
      result.push_back({code,
                        {std::max(1.0, most - noise.typical),
                         std::max(0.0, most - noise.heaviest), most, false}});
    });
  }
  std::sort(result.begin(), result.end(), [](const Frequent& a, const Frequent& b) {
    return a.count.value != b.count.value ? a.count.value > b.count.value : a.code > b.code;
  });
  return result;
}

bool ValueCounts::operator==(const ValueCounts& other) const {
  return exact_ == other.exact_ && total_ == other.total_ && table_ == other.table_ &&
         buckets_ == other.buckets_ && sketch_ == other.sketch_;
}

ValueCounts ValueCounts::from_table(CountTable table, std::uint64_t total) {
  ValueCounts counts;
  counts.table_ = std::move(table);
  counts.total_ = total;
  return counts;
}

ValueCounts ValueCounts::from_sketch(std::vector<std::uint64_t> buckets,
                                     const DistinctSketch& distinct, std::uint64_t total) {
  ValueCounts counts;
  counts.exact_ = false;
  counts.buckets_ = std::move(buckets);
  counts.sketch_.emplace(distinct);
  counts.total_ = total;
  return counts;
}

}  // namespace zeroskew
