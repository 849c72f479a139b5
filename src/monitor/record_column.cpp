// A whole column on its way into a recorder.

#include <string>

#include "zeroskew/error.hpp"
#include "zeroskew/monitor/recorder.hpp"

namespace zeroskew {
namespace {

// Hands every cell to `number` or to `missing`. @pre has_numbers(column)
template <class Number, class Missing>
void each_number(const ColumnView& column, const Number& number, const Missing& missing) {
  const auto each = [&](auto value_at) {
    for (std::int64_t i = 0; i < column.length; ++i) {
      if (column.is_valid(i))
        number(value_at(i));
      else
        missing();
    }
  };
  const auto of = [&](const auto* values) {
    return each([values](std::int64_t i) { return static_cast<double>(values[i]); });
  };
  switch (column.layout) {
    case Layout::none:
      for (std::int64_t i = 0; i < column.length; ++i) missing();
      return;
    case Layout::bits:
      return each([&](std::int64_t i) {
        const auto* bits = static_cast<const std::uint8_t*>(column.values);
        return bit_at(bits, column.offset + i) ? 1.0 : 0.0;
      });
    case Layout::int8:
      return of(column.data<std::int8_t>());
    case Layout::int16:
      return of(column.data<std::int16_t>());
    case Layout::int32:
      return of(column.data<std::int32_t>());
    case Layout::int64:
      return of(column.data<std::int64_t>());
    case Layout::uint8:
      return of(column.data<std::uint8_t>());
    case Layout::uint16:
      return of(column.data<std::uint16_t>());
    case Layout::uint32:
      return of(column.data<std::uint32_t>());
    case Layout::uint64:
      return of(column.data<std::uint64_t>());
    case Layout::float16:
      return each([&](std::int64_t i) { return half_to_double(column.data<std::uint16_t>()[i]); });
    case Layout::float32:
      return of(column.data<float>());
    case Layout::float64:
      return of(column.data<double>());
    default:
      return;
  }
}

bool has_numbers(const ColumnView& column) noexcept {
  switch (column.layout) {
    case Layout::none:
    case Layout::bits:
    case Layout::int8:
    case Layout::int16:
    case Layout::int32:
    case Layout::int64:
    case Layout::uint8:
    case Layout::uint16:
    case Layout::uint32:
    case Layout::uint64:
    case Layout::float16:
    case Layout::float32:
    case Layout::float64:
      return column.type.kind != Kind::decimal;  // which has a scale, and lies in integers
    default:
      return false;
  }
}

}  // namespace

void Recorder::check(std::size_t feature, const ColumnView& cells) const {
  const RecordedFeature& recorded = features_[feature];
  const ColumnView& column = cells.layout == Layout::dictionary ? cells.children[0] : cells;
  const std::string found = ", found " + to_string(column.type);
  if (recorded.labels.empty()) {
    if (has_numbers(column)) return;
    fail_type("monitor.recorder", recorded.name, "numbers are counted here" + found);
  }
  const bool named = column.layout == Layout::none || column.layout == Layout::bits;
  if (named || is_text(column.type.kind)) return;
  fail_type("monitor.recorder", recorded.name, "names are counted here" + found);
}

void Recorder::Writer::column(std::size_t feature, const ColumnView& cells) {
  recorder_->check(feature, cells);
  const auto none = [&] { missing(feature); };
  if (cells.layout == Layout::dictionary) {
    const ColumnView& values = cells.children[0];
    for (std::int64_t i = 0; i < cells.length; ++i) {
      if (cells.is_valid(i))
        column(feature, values.slice(cells.index(i), 1));
      else
        none();
    }
  } else if (recorder_->features_[feature].labels.empty()) {
    each_number(cells, [&](double x) { number(feature, x); }, none);
  } else if (cells.layout == Layout::bits) {
    each_number(cells, [&](double x) { label(feature, x != 0.0 ? "true" : "false"); }, none);
  } else {
    for (std::int64_t i = 0; i < cells.length; ++i) {
      if (cells.is_valid(i))
        label(feature, cells.text(i));
      else
        none();
    }
  }
}

}  // namespace zeroskew
