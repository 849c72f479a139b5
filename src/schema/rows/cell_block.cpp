#include "schema/rows/cell_block.hpp"

#include <bit>
#include <cstring>

#include "zeroskew/column/value.hpp"
#include "zeroskew/stats/moments.hpp"

namespace zeroskew::detail {
namespace {

// As the statistics count them: the double nearest to unscaled / 10^scale.
template <std::size_t Words>
double decimal(const std::array<std::uint64_t, Words>& unscaled, std::int32_t scale) {
  std::array<std::uint64_t, 4> wide;
  wide.fill((unscaled[Words - 1] >> 63) != 0 ? ~std::uint64_t{0} : 0);
  for (std::size_t i = 0; i < Words; ++i) wide[i] = unscaled[i];
  Moments one;
  one.add(wide);
  return one.sum(scale);
}

double narrow_decimal(std::int64_t unscaled, std::int32_t scale) {
  return decimal<1>({static_cast<std::uint64_t>(unscaled)}, scale);
}

}  // namespace

template <class T, class At, class Out, class Convert>
void CellBlock::fill(const ColumnView& column, At at, Out& out, Convert convert) {
  const auto* bytes = static_cast<const char*>(column.values) +
                      column.offset * static_cast<std::int64_t>(sizeof(T));
  const auto load = [&](std::size_t i) {
    T value;
    std::memcpy(&value, bytes + at(i) * static_cast<std::int64_t>(sizeof(T)), sizeof(T));
    return convert(value);
  };
  if (all_valid_) {
    for (std::size_t i = 0; i < size_; ++i) out[i] = load(i);
    return;
  }
  using Value = typename Out::value_type;
  for (std::size_t i = 0; i < size_; ++i) out[i] = valid_[i] != 0 ? load(i) : Value{};
}

template <class At>
void CellBlock::load_values(const ColumnView& column, At at) {
  const bool is_decimal = column.type.kind == Kind::decimal;
  const std::int32_t scale = column.type.scale;
  const auto integers = [&]<class T>(T) {
    form_ = Form::integer;
    fill<T>(column, at, integers_, [](T value) { return static_cast<std::int64_t>(value); });
  };
  const auto decimals = [&]<class T>(T) {
    form_ = Form::number;
    fill<T>(column, at, numbers_, [&](T value) { return narrow_decimal(value, scale); });
  };
  switch (column.layout) {
    case Layout::bits: {
      form_ = Form::integer;
      const auto* bits = static_cast<const std::uint8_t*>(column.values);
      for (std::size_t i = 0; i < size_; ++i) {
        integers_[i] = valid_[i] != 0 && bit_at(bits, column.offset + at(i)) ? 1 : 0;
      }
      return;
    }
    case Layout::int8:
      return integers(std::int8_t{});
    case Layout::int16:
      return integers(std::int16_t{});
    case Layout::uint8:
      return integers(std::uint8_t{});
    case Layout::uint16:
      return integers(std::uint16_t{});
    case Layout::uint32:
      return integers(std::uint32_t{});
    case Layout::int32:
      return is_decimal ? decimals(std::int32_t{}) : integers(std::int32_t{});
    case Layout::int64:
      return is_decimal ? decimals(std::int64_t{}) : integers(std::int64_t{});
    case Layout::uint64: {
      integers(std::uint64_t{});
      std::int64_t signs = 0;
      for (std::size_t i = 0; i < size_; ++i) signs |= integers_[i];
      if (signs < 0) form_ = Form::huge;
      return;
    }
    case Layout::float16:
      form_ = Form::number;
      return fill<std::uint16_t>(column, at, numbers_, half_to_double);
    case Layout::float32:
      form_ = Form::number;
      return fill<float>(column, at, numbers_, [](float v) { return static_cast<double>(v); });
    case Layout::float64:
      form_ = Form::number;
      return fill<double>(column, at, numbers_, [](double v) { return v; });
    case Layout::int128:
      form_ = Form::number;
      return fill<std::array<std::uint64_t, 2>>(
          column, at, numbers_, [&](const auto& value) { return decimal<2>(value, scale); });
    case Layout::int256:
      form_ = Form::number;
      return fill<std::array<std::uint64_t, 4>>(
          column, at, numbers_, [&](const auto& value) { return decimal<4>(value, scale); });
    case Layout::binary32:
    case Layout::binary64:
    case Layout::binary_view:
    case Layout::fixed_binary:
      form_ = Form::text;
      for (std::size_t i = 0; i < size_; ++i) {
        texts_[i] = valid_[i] != 0 ? column.text(at(i)) : std::string_view();
      }
      return;
    default:
      form_ = Form::none;
      return;
  }
}

template <class At>
void CellBlock::load_cells(const ColumnView& column, std::size_t count, At at) {
  size_ = count;
  all_valid_ = column.validity == nullptr && column.layout != Layout::none;
  if (all_valid_) {
    std::memset(valid_.data(), 1, count);
  } else {
    bool all = true;
    for (std::size_t i = 0; i < count; ++i) {
      valid_[i] = column.is_valid(at(i)) ? 1 : 0;
      all = all && valid_[i] != 0;
    }
    all_valid_ = all;
  }
  if (column.layout != Layout::dictionary) return load_values(column, at);
  // A dictionary's cells are those of its values; one of these may be null, too.
  const ColumnView& values = column.children[0];
  std::array<std::int64_t, most> positions;
  for (std::size_t i = 0; i < count; ++i) {
    positions[i] = valid_[i] != 0 ? column.index(at(i)) : 0;
    if (valid_[i] != 0 && !values.is_valid(positions[i])) {
      valid_[i] = 0;
      all_valid_ = false;
    }
  }
  load_values(values, [&](std::size_t i) { return positions[i]; });
}

void CellBlock::load(const ColumnView& column, std::int64_t first, std::size_t count) {
  load_cells(column, count,
             [first](std::size_t i) { return first + static_cast<std::int64_t>(i); });
}

void CellBlock::load(const ColumnView& column, std::span<const std::int64_t> positions) {
  load_cells(column, positions.size(), [positions](std::size_t i) { return positions[i]; });
}

std::string CellBlock::shown(std::size_t i) const {
  switch (form_) {
    case Form::integer:
      return to_string(Value(integers_[i]));
    case Form::huge:
      return to_string(Value(static_cast<std::uint64_t>(integers_[i])));
    case Form::number:
      return to_string(Value(numbers_[i]));
    case Form::text:
      return std::string(texts_[i]);
    case Form::none:
      break;
  }
  return {};
}

}  // namespace zeroskew::detail
