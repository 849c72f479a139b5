#include "zeroskew/stats/value_counts.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "zeroskew/detail/hash.hpp"

namespace zeroskew {

bool ValueCounts::add_hashed(std::uint64_t code, std::uint64_t count) {
  const std::uint64_t hash = detail::mix(code);
  const std::size_t bucket = hash % bucket_count;
  buckets_.add(bucket, count);
  sketch_->add(hash);
  return buckets_[bucket] > total_ / candidate_share && note_candidate(code, count);
}

void ValueCounts::add_hashed_block(std::span<const std::uint64_t> codes,
                                   std::span<const std::uint64_t> hashes,
                                   std::vector<std::size_t>* named) {
  total_ += codes.size();
  const std::uint64_t heavy = total_ / candidate_share;
  bool any_heavy = false;
  for (const std::uint64_t hash : hashes) {
    any_heavy |= buckets_.increment(hash % bucket_count) > heavy;
    sketch_->add(hash);
  }
  if (!any_heavy) return;
  for (std::size_t i = 0; i < codes.size(); ++i) {
    if (buckets_[hashes[i] % bucket_count] <= heavy) continue;
    if (note_candidate(codes[i], 1) && named != nullptr) named->push_back(i);
  }
}

// Counts what is seen of a code from now on; true if it passes the named share. (Whatever is above
// it has passed it here, or in a part that was merged.)
bool ValueCounts::note_candidate(std::uint64_t code, std::uint64_t count) {
  const std::uint64_t seen = candidates_.add(code, count);
  if (candidates_.size() > most_candidates) shed();
  const std::uint64_t least = total_ / named_share;
  return seen > least && seen - count <= least;
}

// Makes room: those candidates go whose buckets have become light, and if that is not enough every
// bound falls by their median (Anderson et al., "A high-performance algorithm for identifying
// frequent items in data streams", 2017).
//
// What a bound lacks: a code in a light bucket is not counted, nor kept, which costs at most 1/4096
// of the total in all, as the bucket's count has never fallen. And each fall by m takes away m from
// at least 768 bounds, whose sum never exceeds the total: all falls together are at most 1/768 of
// it. Both together are below 1/512; in a merge they hold for the sums of the sides' totals.
void ValueCounts::shed() {
  std::vector<std::uint64_t> bounds;
  CountTable kept;
  candidates_.for_each([&](std::uint64_t code, std::uint64_t seen) {
    if (at_most(code) <= total_ / candidate_share) return;
    kept.add(code, seen);
    bounds.push_back(seen);
  });
  candidates_ = std::move(kept);
  if (bounds.size() <= most_candidates / 4 * 3) return;
  const auto middle = bounds.begin() + static_cast<std::ptrdiff_t>(bounds.size() / 2);
  std::nth_element(bounds.begin(), middle, bounds.end());
  CountTable lower;
  candidates_.for_each([&](std::uint64_t code, std::uint64_t seen) {
    if (seen > *middle) lower.add(code, seen - *middle);
  });
  candidates_ = std::move(lower);
}

void ValueCounts::spill() { spill_as_part(total_); }

void ValueCounts::spill_as_part(std::uint64_t total) {
  exact_ = false;
  buckets_ = Tallies(bucket_count);
  sketch_.emplace();
  const CountTable table = std::exchange(table_, CountTable{});
  table.for_each([this](std::uint64_t code, std::uint64_t count) {
    const std::uint64_t hash = detail::mix(code);
    buckets_.add(hash % bucket_count, count);
    sketch_->add(hash);
  });
  table.for_each([&](std::uint64_t code, std::uint64_t count) {
    if (count > total / candidate_share) candidates_.add(code, count);
  });
}

void ValueCounts::merge(const ValueCounts& other) {
  limit_to(other.limit_);
  if (other.total_ == 0) return;
  if (total_ == 0) {
    const std::size_t limit = limit_;
    *this = other;
    limit_ = limit;
    return;
  }
  if (!exact_ && other.exact_) {
    // Both sides in the same form, so that either order of merging does the same.
    ValueCounts spilled = other;
    spilled.spill();
    return merge(spilled);
  }
  total_ += other.total_;
  if (exact_ && other.exact_) {
    table_.reserve(std::max(table_.size(), other.table_.size()));
    other.table_.for_each(
        [this](std::uint64_t code, std::uint64_t count) { table_.add(code, count); });
    return;
  }
  if (exact_) spill_as_part(total_ - other.total_);
  buckets_ += other.buckets_;
  *sketch_ += *other.sketch_;
  other.candidates_.for_each(
      [this](std::uint64_t code, std::uint64_t seen) { candidates_.add(code, seen); });
  if (candidates_.size() > most_candidates) shed();
}

Estimate ValueCounts::distinct() const {
  if (exact_) {
    const auto size = static_cast<double>(table_.size());
    return {size, size, size, true};
  }
  Estimate estimate = sketch_->estimate();
  // The sketch exists because there were more, and each occurred at least once.
  estimate.lo = std::max(estimate.lo, static_cast<double>(limit_ + 1));
  estimate.hi = std::min(estimate.hi, static_cast<double>(total_));
  estimate.value = std::clamp(estimate.value, estimate.lo, estimate.hi);
  return estimate;
}

std::uint64_t ValueCounts::at_most(std::uint64_t code) const noexcept {
  return exact_ ? table_.count(code) : buckets_[bucket_of(code)];
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
    // What is known of a bucket's other values is not this one's.
    std::vector<std::uint64_t> seen_in(bucket_count);
    candidates_.for_each([&](std::uint64_t code, std::uint64_t seen) {
      seen_in[bucket_of(code)] += seen;
    });
    candidates_.for_each([&](std::uint64_t code, std::uint64_t seen) {
      if (seen <= total_ / named_share) return;
      const std::size_t bucket = bucket_of(code);
      const auto least = static_cast<double>(seen);
      const auto most = static_cast<double>(buckets_[bucket] - (seen_in[bucket] - seen));
      result.push_back({code, {least, least, most, least == most}});
    });
  }
  std::sort(result.begin(), result.end(), [](const Frequent& a, const Frequent& b) {
    return a.count.value != b.count.value ? a.count.value > b.count.value : a.code > b.code;
  });
  return result;
}

bool ValueCounts::operator==(const ValueCounts& other) const {
  return exact_ == other.exact_ && limit_ == other.limit_ && total_ == other.total_ &&
         table_ == other.table_ && buckets_ == other.buckets_ && sketch_ == other.sketch_;
}

ValueCounts ValueCounts::from_table(CountTable table, std::uint64_t total, std::size_t limit) {
  ValueCounts counts;
  counts.limit_ = limit;
  counts.table_ = std::move(table);
  counts.total_ = total;
  return counts;
}

ValueCounts ValueCounts::from_sketch(const std::vector<std::uint64_t>& buckets,
                                     const DistinctSketch& distinct, std::uint64_t total,
                                     std::size_t limit) {
  ValueCounts counts;
  counts.exact_ = false;
  counts.limit_ = limit;
  counts.buckets_ = Tallies(bucket_count);
  for (std::size_t i = 0; i < bucket_count; ++i) counts.buckets_.add(i, buckets[i]);
  counts.sketch_.emplace(distinct);
  counts.total_ = total;
  return counts;
}

}  // namespace zeroskew
