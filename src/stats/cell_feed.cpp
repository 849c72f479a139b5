#include "stats/cell_feed.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

#include "stats/number_feed.hpp"
#include "stats/short_texts.hpp"
#include "zeroskew/detail/utf8.hpp"

namespace zeroskew {
namespace {

template <class T, class F>
void each_valid(const ColumnView& column, F&& f) {
  const T* values = column.data<T>();
  if (column.validity == nullptr) {
    for (std::int64_t i = 0; i < column.length; ++i) f(values[i]);
    return;
  }
  for (std::int64_t i = 0; i < column.length; ++i) {
    if (bit_at(column.validity, column.offset + i)) f(values[i]);
  }
}

// Present values, converted, in blocks; doubles and 64-bit integers without nulls are not copied.
template <class T, class Number, class Convert>
void add_blocks(NumberStats& stats, const ColumnView& column, Convert convert) {
  NumberFeed feed(stats);
  const T* values = column.data<T>();
  std::array<Number, kernel::block_size> block;
  for (std::int64_t start = 0; start < column.length;) {
    const std::int64_t end =
        std::min<std::int64_t>(column.length, start + std::int64_t{kernel::block_size});
    if constexpr (std::is_same_v<T, Number>) {
      if (column.validity == nullptr) {
        feed.add(std::span(values + start, static_cast<std::size_t>(end - start)));
        start = end;
        continue;
      }
    }
    std::size_t kept = 0;
    if (column.validity == nullptr) {
      for (std::int64_t i = start; i < end; ++i) block[kept++] = convert(values[i]);
    } else {
      // Without a branch: a null is overwritten by the next value.
      for (std::int64_t i = start; i < end; ++i) {
        block[kept] = convert(values[i]);
        kept += bit_at(column.validity, column.offset + i) ? 1u : 0u;
      }
    }
    feed.add(std::span<const Number>(block).first(kept));
    start = end;
  }
  feed.finish();
}

void add_bits(NumberStats& stats, const ColumnView& column) {
  const auto* bits = static_cast<const std::uint8_t*>(column.values);
  const auto present = static_cast<std::uint64_t>(column.valid_count());
  const auto set = static_cast<std::uint64_t>(
      count_bits(bits, column.validity, column.offset, column.length));
  if (present != set) stats.add(std::int64_t{0}, present - set);
  if (set != 0) stats.add(std::int64_t{1}, set);
}

template <class T>
void add_integers(NumberStats& stats, const ColumnView& column) {
  add_blocks<T, std::int64_t>(stats, column,
                              [](T value) { return static_cast<std::int64_t>(value); });
}

template <std::size_t Words>
void add_decimals(NumberStats& stats, const ColumnView& column) {
  each_valid<std::array<std::uint64_t, Words>>(column, [&](const auto& value) {
    std::array<std::uint64_t, 4> wide;
    wide.fill((value[Words - 1] >> 63) != 0 ? ~std::uint64_t{0} : 0);
    for (std::size_t i = 0; i < Words; ++i) wide[i] = value[i];
    stats.add_decimal(wide);
  });
}

template <class T>
void add_narrow_decimals(NumberStats& stats, const ColumnView& column) {
  each_valid<T>(column, [&](T value) { stats.add_decimal(std::int64_t{value}); });
}

// Collects values and hands them on in large blocks; short ones are counted as long as they repeat.
class TextBlock {
 public:
  // `length`: of the column.
  TextBlock(TextStats& stats, std::int64_t length) : stats_(stats) {
    values_.reserve(static_cast<std::size_t>(std::min(length, rows)));
    if (length >= 2 * rows && stats.values().exact()) short_.emplace(stats);
  }

  // `roomy`: as for ShortTexts.
  void add(std::string_view value, bool roomy) {
    if (short_ && short_->add(value, roomy)) return;
    values_.push_back(value);
  }
  // To be called after at most `rows` values; the flags are those of `TextStats::add_block`.
  void flush(bool all_utf8, bool roomy) {
    stats_.add_block(values_, all_utf8, roomy);
    const auto shorter = static_cast<std::size_t>(rows) - values_.size();
    values_.clear();
    if (short_ && short_->misses() > shorter / 2) finish();
  }
  void finish() {
    if (short_) short_->flush();
    short_.reset();
  }

  static constexpr std::int64_t rows = 16384;

 private:
  TextStats& stats_;
  std::vector<std::string_view> values_;
  std::optional<ShortTexts> short_;
};

template <class Offset>
void add_offset_text(TextStats& stats, const ColumnView& column) {
  if (column.length == 0) return;
  const auto* offsets = static_cast<const Offset*>(column.offsets) + column.offset;
  const char* bytes = static_cast<const char*>(column.values);
  TextBlock block(stats, column.length);
  const Offset roomy = offsets[column.length] - static_cast<Offset>(ShortTexts::longest);
  for (std::int64_t start = 0; start < column.length; start += TextBlock::rows) {
    const std::int64_t end = std::min(column.length, start + TextBlock::rows);
    for (std::int64_t i = start; i < end; ++i) {
      if (!column.is_valid(i)) continue;
      block.add({bytes + offsets[i], static_cast<std::size_t>(offsets[i + 1] - offsets[i])},
                offsets[i] <= roomy);
    }
    // Neighbours in the buffer: one look at all their bytes tells that they are ASCII.
    block.flush(detail::is_ascii({bytes + offsets[start],
                                  static_cast<std::size_t>(offsets[end] - offsets[start])}),
                offsets[column.length] - offsets[end] >= 16);
  }
  block.finish();
}

}  // namespace

void add_numbers(NumberStats& stats, const ColumnView& column) {
  const bool decimal = column.type.kind == Kind::decimal;
  switch (column.layout) {
    case Layout::bits: return add_bits(stats, column);
    case Layout::int8: return add_integers<std::int8_t>(stats, column);
    case Layout::int16: return add_integers<std::int16_t>(stats, column);
    case Layout::uint8: return add_integers<std::uint8_t>(stats, column);
    case Layout::uint16: return add_integers<std::uint16_t>(stats, column);
    case Layout::uint32: return add_integers<std::uint32_t>(stats, column);
    case Layout::int32:
      return decimal ? add_narrow_decimals<std::int32_t>(stats, column)
                     : add_integers<std::int32_t>(stats, column);
    case Layout::int64:
      return decimal ? add_narrow_decimals<std::int64_t>(stats, column)
                     : add_integers<std::int64_t>(stats, column);
    case Layout::uint64:
      return add_blocks<std::uint64_t, std::uint64_t>(stats, column,
                                                      [](std::uint64_t value) { return value; });
    case Layout::float16: return add_blocks<std::uint16_t, double>(stats, column, half_to_double);
    case Layout::float32:
      return add_blocks<float, double>(stats, column,
                                       [](float value) { return static_cast<double>(value); });
    case Layout::float64:
      return add_blocks<double, double>(stats, column, [](double value) { return value; });
    case Layout::int128: return add_decimals<2>(stats, column);
    case Layout::int256: return add_decimals<4>(stats, column);
    default: return;
  }
}

void add_text(TextStats& stats, const ColumnView& column) {
  if (column.layout == Layout::binary32) return add_offset_text<std::int32_t>(stats, column);
  if (column.layout == Layout::binary64) return add_offset_text<std::int64_t>(stats, column);
  TextBlock block(stats, column.length);
  const bool inside = column.layout == Layout::binary_view;  // 8 bytes fit a view
  for (std::int64_t start = 0; start < column.length; start += TextBlock::rows) {
    const std::int64_t end = std::min(column.length, start + TextBlock::rows);
    for (std::int64_t i = start; i < end; ++i) {
      if (column.is_valid(i)) block.add(column.text(i), inside);
    }
    block.flush(false, false);
  }
  block.finish();
}

}  // namespace zeroskew
