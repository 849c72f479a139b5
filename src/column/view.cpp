#include "zeroskew/column/view.hpp"

#include <cmath>

namespace zeroskew {

std::int64_t ColumnView::index(std::int64_t row) const noexcept {
  switch (index_layout) {
    case Layout::int8: return data<std::int8_t>()[row];
    case Layout::int16: return data<std::int16_t>()[row];
    case Layout::int32: return data<std::int32_t>()[row];
    case Layout::uint8: return data<std::uint8_t>()[row];
    case Layout::uint16: return data<std::uint16_t>()[row];
    case Layout::uint32: return data<std::uint32_t>()[row];
    case Layout::uint64: return static_cast<std::int64_t>(data<std::uint64_t>()[row]);
    default: return data<std::int64_t>()[row];
  }
}

ColumnView::Extent ColumnView::list_extent(std::int64_t row) const noexcept {
  const std::int64_t i = offset + row;
  switch (layout) {
    case Layout::list32: {
      const auto* o = static_cast<const std::int32_t*>(offsets) + i;
      return {o[0], o[1] - o[0]};
    }
    case Layout::list64: {
      const auto* o = static_cast<const std::int64_t*>(offsets) + i;
      return {o[0], o[1] - o[0]};
    }
    case Layout::list_view32:
      return {static_cast<const std::int32_t*>(offsets)[i],
              static_cast<const std::int32_t*>(sizes)[i]};
    case Layout::list_view64:
      return {static_cast<const std::int64_t*>(offsets)[i],
              static_cast<const std::int64_t*>(sizes)[i]};
    case Layout::fixed_list:
      return {i * width, width};
    default:
      return {};
  }
}

double half_to_double(std::uint16_t bits) noexcept {
  const int sign = bits >> 15;
  const int exponent = (bits >> 10) & 0x1f;
  const int mantissa = bits & 0x3ff;
  double magnitude;
  if (exponent == 0) {
    magnitude = std::ldexp(mantissa, -24);
  } else if (exponent == 31) {
    magnitude = mantissa == 0 ? HUGE_VAL : std::nan("");
  } else {
    magnitude = std::ldexp(mantissa + 1024, exponent - 25);
  }
  return sign != 0 ? -magnitude : magnitude;
}

}  // namespace zeroskew
