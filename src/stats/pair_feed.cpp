#include "stats/pair_feed.hpp"

#include <bit>
#include <cmath>
#include <type_traits>

#include "stats/cells.hpp"
#include "stats/decoded.hpp"
#include "zeroskew/stats/order_key.hpp"
#include "zeroskew/stats/text_stats.hpp"

namespace zeroskew {
namespace {

constexpr std::uint64_t nan_code = ~std::uint64_t{0};  // past every number

Decoded decoded(const PairCells& cells, std::size_t row) noexcept {
  const std::uint64_t bits = cells.bits[row];
  switch (cells.form) {
    case PairCells::Form::whole:
      return decode(static_cast<std::int64_t>(bits));
    case PairCells::Form::natural:
      return decode(bits);
    default:
      return decode(std::bit_cast<double>(bits));
  }
}

void add_product(ExactSum& sum, const Decoded& a, const Decoded& b) noexcept {
  sum.add_bits(a.negative != b.negative, static_cast<detail::uint128>(a.mantissa) * b.mantissa,
               a.exponent + b.exponent);
}

void add_small(PairStats::Sums& sums, const PairCells& a, const PairCells& b) {
  std::int64_t count = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;
  for (std::size_t i = 0; i < a.small.size(); ++i) {
    const std::int64_t both = a.finite[i] & b.finite[i];
    const std::int64_t p = a.small[i] * both;
    const std::int64_t q = b.small[i] * both;
    count += both;
    x += p;
    y += q;
    xx += p * p;
    yy += q * q;
    xy += p * q;
  }
  sums.count += static_cast<std::uint64_t>(count);
  sums.x.add(x);
  sums.y.add(y);
  sums.xx.add(xx);
  sums.yy.add(yy);
  sums.xy.add(xy);
}

void add_general(PairStats::Sums& sums, const PairCells& a, const PairCells& b) {
  const Decoded one{1, 0, false};
  for (std::size_t i = 0; i < a.finite.size(); ++i) {
    if ((a.finite[i] & b.finite[i]) == 0) continue;
    const Decoded x = decoded(a, i);
    const Decoded y = decoded(b, i);
    ++sums.count;
    add_product(sums.x, x, one);
    add_product(sums.y, y, one);
    add_product(sums.xx, x, x);
    add_product(sums.yy, y, y);
    add_product(sums.xy, x, y);
  }
}

// Fills `small` if every finite number is whole and below 2^23.
void find_small(PairCells& cells) {
  constexpr std::int64_t bound = 1 << 23;
  std::vector<std::int64_t> small(cells.bits.size());
  for (std::size_t i = 0; i < small.size(); ++i) {
    if (cells.form == PairCells::Form::real) {
      const double value = std::bit_cast<double>(cells.bits[i]);
      if (!(std::fabs(value) < static_cast<double>(bound))) return;
      small[i] = static_cast<std::int64_t>(value);
      if (static_cast<double>(small[i]) != value) return;
    } else {
      small[i] = static_cast<std::int64_t>(cells.bits[i]);
      if (small[i] <= -bound || small[i] >= bound) return;
    }
  }
  cells.small = std::move(small);
}

}  // namespace

PairCells::Role PairCells::role_of(const Type& type) noexcept {
  switch (type.kind) {
    case Kind::string:
    case Kind::bytes:
    case Kind::boolean:
      return Role::category;
    case Kind::integer:
      return Role::countable;
    default:
      return is_numeric(type.kind) ? Role::number : Role::other;
  }
}

PairCells PairCells::of(const ColumnView& column) {
  PairCells cells;
  cells.role = role_of(column.type);
  const auto size = static_cast<std::size_t>(column.length);
  cells.present.resize(size);
  const auto at = [](std::int64_t row) { return static_cast<std::size_t>(row); };
  if (is_text(column.type.kind)) {
    cells.codes.resize(size);
    each_text(column, [&](std::int64_t row, std::string_view text) {
      cells.present[at(row)] = 1;
      cells.codes[at(row)] = text_code(text);
    });
    return cells;
  }
  if (!is_numeric(column.type.kind)) {
    for (std::int64_t row = 0; row < column.length; ++row) {
      cells.present[at(row)] = column.is_valid(row) ? 1 : 0;
    }
    return cells;
  }
  cells.finite.resize(size);
  cells.bits.resize(size);
  cells.codes.resize(size);
  if (cells.role == Role::countable) {
    cells.kind = column.type.is_unsigned ? KeyKind::unsigned_integer : KeyKind::integer;
  }
  each_number(column, [&](std::int64_t row, auto value) {
    using Value = decltype(value);
    const std::size_t i = at(row);
    cells.present[i] = 1;
    if constexpr (std::is_same_v<Value, double>) {
      cells.codes[i] = std::isnan(value) ? nan_code : order_key(value);
      if (!std::isfinite(value)) return;
      cells.bits[i] = std::bit_cast<std::uint64_t>(value);
    } else {
      constexpr bool natural = std::is_same_v<Value, std::uint64_t>;
      cells.form = natural ? Form::natural : Form::whole;
      cells.bits[i] = static_cast<std::uint64_t>(value);
      const std::uint64_t code = [&] {
        if constexpr (natural)
          return value;
        else
          return order_key(value);
      }();
      constexpr KeyKind kind = natural ? KeyKind::unsigned_integer : KeyKind::integer;
      cells.codes[i] = cells.role == Role::number ? order_key(floor_of_key(code, kind)) : code;
    }
    cells.finite[i] = 1;
  });
  find_small(cells);
  return cells;
}

void PairFeed::add(PairStats& stats, const PairCells& a, const PairCells& b) {
  for (std::size_t i = 0; i < a.present.size(); ++i) {
    stats.count_ += static_cast<std::uint64_t>(a.present[i] & b.present[i]);
  }
  if (!a.finite.empty() && !b.finite.empty()) {
    if (!a.small.empty() && !b.small.empty()) {
      add_small(stats.sums_, a, b);
    } else {
      add_general(stats.sums_, a, b);
    }
  }
  using Role = PairCells::Role;
  const bool categories = a.role == Role::category || b.role == Role::category;
  if (!categories || a.codes.empty() || b.codes.empty()) return;
  if (stats.joint_.empty() && a.role != b.role) {
    stats.joint_ = a.role == Role::category ? JointCounts(JointCounts::Numbers::second, b.kind)
                                            : JointCounts(JointCounts::Numbers::first, a.kind);
  }
  for (std::size_t i = 0; i < a.present.size() && !stats.joint_.lost(); ++i) {
    if ((a.present[i] & b.present[i]) != 0) stats.joint_.add({a.codes[i], b.codes[i]});
  }
}

}  // namespace zeroskew
