// Canonical form of sums, value counts and number statistics.

#include <algorithm>
#include <limits>

#include "detail/pack.hpp"
#include "stats/state.hpp"

namespace zeroskew {
namespace {

namespace cbor = detail::cbor;
using detail::pack;

// Sorted codes and their counts, as differences and packed.
void put_entries(cbor::Map& map, const std::vector<CountTable::Entry>& entries) {
  std::vector<std::uint64_t> steps;
  std::vector<std::uint64_t> counts;
  std::uint64_t previous = 0;
  for (const CountTable::Entry& entry : entries) {
    steps.push_back(entry.code - previous);
    counts.push_back(entry.count);
    previous = entry.code;
  }
  map.add("size", cbor::number(entries.size()))
      .add("codes", cbor::bytes(pack(steps)))
      .add("counts", cbor::bytes(pack(counts)));
}

std::vector<CountTable::Entry> read_entries(const StateReader& in, std::size_t limit) {
  const auto size = static_cast<std::size_t>(in.number("size"));
  in.require(size <= limit, "more entries than the format allows");
  const auto steps = in.packed("codes", size);
  const auto counts = in.packed("counts", size);
  std::vector<CountTable::Entry> entries;
  std::uint64_t code = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const std::uint64_t next = code + steps[i];
    in.require(i == 0 || next > code, "codes that do not rise");
    in.require(counts[i] != 0, "a count of zero");
    code = next;
    entries.push_back({code, counts[i]});
  }
  return entries;
}

std::uint64_t checked_total(const StateReader& in, const std::vector<std::uint64_t>& counts) {
  std::uint64_t total = 0;
  for (const std::uint64_t count : counts) {
    in.require(total + count >= total, "counts past 2^64");
    total += count;
  }
  return total;
}

// A whole number as its digits' bytes.
std::vector<std::uint8_t> magnitude_bytes(const detail::BigUint& magnitude) {
  std::vector<std::uint8_t> bytes;
  for (const std::uint32_t digit : magnitude.digits()) {
    for (int i = 0; i < 4; ++i) bytes.push_back(static_cast<std::uint8_t>(digit >> (8 * i)));
  }
  return bytes;
}

detail::BigUint read_magnitude(const StateReader& in, std::size_t most_digits) {
  const auto& magnitude = in.bytes("magnitude");
  in.require(magnitude.size() % 4 == 0 && magnitude.size() <= 4 * most_digits,
             "a magnitude of an odd size");
  std::vector<std::uint32_t> digits(magnitude.size() / 4);
  for (std::size_t i = 0; i < magnitude.size(); ++i) {
    digits[i / 4] |= static_cast<std::uint32_t>(magnitude[i]) << (8 * (i % 4));
  }
  return detail::BigUint(std::move(digits));
}

}  // namespace

cbor::Bytes write_sum(const ExactSum& sum) {
  const ExactSum::Parts parts = sum.parts();
  return cbor::Map()
      .add("negative", cbor::number(parts.negative ? 1 : 0))
      .add("exponent", cbor::signed_number(parts.exponent))
      .add("magnitude", cbor::bytes(magnitude_bytes(parts.magnitude)))
      .finish();
}

ExactSum read_sum(const StateReader& in) {
  const ExactSum::Parts parts{in.number("negative") != 0, read_magnitude(in, ExactSum::words),
                              in.signed_number("exponent")};
  in.require(ExactSum::fits(parts), "a sum out of range");
  return ExactSum::from_parts(parts);
}

cbor::Bytes write_sum(const PositiveSum& sum) {
  const PositiveSum::Parts parts = sum.parts();
  return cbor::Map()
      .add("exponent", cbor::signed_number(parts.exponent))
      .add("magnitude", cbor::bytes(magnitude_bytes(parts.magnitude)))
      .finish();
}

PositiveSum read_positive_sum(const StateReader& in) {
  const PositiveSum::Parts parts{read_magnitude(in, 256), in.signed_number("exponent")};
  in.require(PositiveSum::fits(parts), "a sum out of range");
  return PositiveSum::from_parts(parts);
}

cbor::Bytes ValueState::write(const ValueCounts& values) {
  cbor::Map map;
  if (values.limit() != ValueCounts::exact_limit) map.add("limit", cbor::number(values.limit()));
  if (values.exact()) {
    put_entries(map, values.table().sorted());
    return map.finish();
  }
  std::vector<std::uint64_t> ranks(values.sketch().ranks().begin(), values.sketch().ranks().end());
  return map.add("buckets", cbor::bytes(pack(values.buckets())))
      .add("ranks", cbor::bytes(pack(ranks)))
      .finish();
}

ValueCounts ValueState::read(const StateReader& in) {
  const std::uint64_t limit = in.has("limit") ? in.number("limit") : ValueCounts::exact_limit;
  in.require(limit <= ValueCounts::exact_limit, "a limit out of range");
  if (!in.has("buckets")) {
    const auto entries = read_entries(in, limit);
    CountTable table;
    table.reserve(entries.size());
    std::vector<std::uint64_t> counts;
    for (const CountTable::Entry& entry : entries) {
      table.add(entry.code, entry.count);
      counts.push_back(entry.count);
    }
    return ValueCounts::from_table(std::move(table), checked_total(in, counts), limit);
  }
  const auto buckets = in.packed("buckets", ValueCounts::bucket_count);
  const auto packed = in.packed("ranks", DistinctSketch::registers);
  std::array<std::uint8_t, DistinctSketch::registers> ranks{};
  for (std::size_t i = 0; i < packed.size(); ++i) {
    in.require(packed[i] <= DistinctSketch::highest_rank, "a rank out of range");
    ranks[i] = static_cast<std::uint8_t>(packed[i]);
  }
  const std::uint64_t total = checked_total(in, buckets);
  in.require(total > limit, "a sketch of fewer values than make one");
  return ValueCounts::from_sketch(buckets, DistinctSketch::from_ranks(ranks), total, limit);
}

cbor::Bytes NumberState::write(const NumberStats& stats) {
  cbor::Map map;
  map.add("nan", cbor::number(stats.nan_))
      .add("zeros", cbor::number(stats.zeros_))
      .add("+inf", cbor::number(stats.positive_infinities_))
      .add("-inf", cbor::number(stats.negative_infinities_))
      .add("sum", write_sum(stats.moments_.sums()))
      .add("squares", write_sum(stats.moments_.squares()))
      .add("values", ValueState::write(stats.values_));
  if (stats.any()) {
    map.add("min", cbor::number(stats.min_key_)).add("max", cbor::number(stats.max_key_));
  }
  if (stats.sketch_) {
    cbor::Map sketch;
    put_entries(sketch, stats.sketch_->entries());
    sketch.add("shift", cbor::number(stats.sketch_->shift()));
    map.add("sketch", sketch.finish());
  }
  return map.finish();
}

NumberStats NumberState::read(const StateReader& in, KeyKind kind, int scale) {
  NumberStats stats(kind, scale);
  stats.nan_ = in.number("nan");
  stats.zeros_ = in.number("zeros");
  stats.positive_infinities_ = in.number("+inf");
  stats.negative_infinities_ = in.number("-inf");
  stats.values_ = ValueState::read(in.map("values"));
  const std::uint64_t total = stats.values_.total();
  const std::uint64_t infinite = stats.positive_infinities_ + stats.negative_infinities_;
  in.require(infinite <= total && infinite >= stats.positive_infinities_ && stats.zeros_ <= total,
             "more infinities or zeros than values");
  stats.moments_ =
      Moments::from_sums(total - infinite, read_sum(in.map("sum")), read_sum(in.map("squares")));
  in.require(stats.moments_.consistent(), "a sum of squares below the square of the sum");
  if (total != 0) {
    stats.min_key_ = in.number("min");
    stats.max_key_ = in.number("max");
    in.require(stats.min_key_ <= stats.max_key_, "a minimum above the maximum");
  }
  in.require(in.has("sketch") == !stats.values_.exact(), "quantiles that do not fit the values");
  if (in.has("sketch")) {
    const StateReader inner = in.map("sketch");
    const std::uint64_t shift = inner.number("shift");
    inner.require(shift < 64, "a shift out of range");
    const auto entries = read_entries(inner, QuantileSketch::capacity);
    const std::uint64_t last = order_key(std::numeric_limits<double>::infinity());
    inner.require(entries.empty() || (entries.front().code >= ~last >> shift &&
                                      entries.back().code <= last >> shift),
                  "a key out of range");
    stats.sketch_.emplace(QuantileSketch::from_entries(entries, static_cast<unsigned>(shift)));
    inner.require(stats.sketch_->total() == total, "quantiles of another number of values");
    const std::uint64_t zero = order_key(0.0) >> shift;
    const auto found =
        std::find_if(entries.begin(), entries.end(), [&](const auto& e) { return e.code == zero; });
    inner.require(stats.zeros_ <= (found == entries.end() ? 0 : found->count),
                  "fewer values around zero than zeros");
  } else if (total != 0) {
    const auto entries = stats.values_.table().sorted();
    in.require(entries.front().code == stats.min_key_ && entries.back().code == stats.max_key_,
               "extremes that are not among the values");
  }
  return stats;
}

}  // namespace zeroskew
