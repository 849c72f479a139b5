#include "stats/number_feed.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace zeroskew {

void NumberFeed::finish() {
  dense_.flush([this](std::int64_t value, std::uint64_t count) {
    if (stats_.key_kind() == KeyKind::floating) {
      stats_.add(static_cast<double>(value), count);
    } else if (stats_.key_kind() == KeyKind::integer) {
      stats_.add(value, count);
    } else {
      stats_.add(static_cast<std::uint64_t>(value), count);
    }
  });
  dense_total_ = 0;
}

// The array's counts have 32 bits.
void NumberFeed::count_dense(std::uint64_t values) {
  dense_total_ += values;
  if (dense_total_ >= (std::uint64_t{1} << 31)) finish();
}

void NumberFeed::add_general(std::span<const double> values, const kernel::Scan& scan) {
  kernel::order_keys(values, keys_.data());
  stats_.add_block(values, std::span(keys_).first(values.size()), scan);
}

void NumberFeed::add(std::span<const double> values) {
  if (values.empty()) return;
  const kernel::Scan scan = kernel::scan(values);
  if (!scan.finite) {
    std::array<double, kernel::block_size> rest;
    std::size_t kept = 0;
    for (const double value : values) {
      if (std::isfinite(value)) {
        rest[kept++] = value;
      } else {
        stats_.add(value);
      }
    }
    return add(std::span<const double>(rest).first(kept));
  }
  if (scan.integral && dense_.cover(static_cast<std::int64_t>(scan.min),
                                    static_cast<std::int64_t>(scan.max))) {
    for (const double value : values) dense_.add(static_cast<std::int64_t>(value));
    return count_dense(values.size());
  }
  add_general(values, scan);
}

template <class Integer>
void NumberFeed::add_integers(std::span<const Integer> values) {
  if (values.empty()) return;
  Integer low = values[0];
  Integer high = values[0];
  for (const Integer value : values) {
    low = std::min(low, value);
    high = std::max(high, value);
  }
  if (std::in_range<std::int64_t>(high) &&
      dense_.cover(static_cast<std::int64_t>(low), static_cast<std::int64_t>(high))) {
    for (const Integer value : values) dense_.add(static_cast<std::int64_t>(value));
    return count_dense(values.size());
  }
  stats_.add_block(values, low, high);
}

void NumberFeed::add(std::span<const std::int64_t> values) { add_integers(values); }

void NumberFeed::add(std::span<const std::uint64_t> values) { add_integers(values); }

}  // namespace zeroskew
