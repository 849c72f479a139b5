#include "transform/load.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>

#include "zeroskew/detail/format.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/kernel/cells.hpp"
#include "zeroskew/stats/moments.hpp"
#include "zeroskew/transform/list_cell.hpp"

namespace zeroskew {
namespace {

[[noreturn]] void wrong_type(const Field& field, const std::string& given) {
  fail_type("transform.wrong_type", field.name,
            "was " + to_string(field.type) + " when fitting and is " + given +
                " now; cast it to the same type");
}

constexpr double canonical_nan = std::numeric_limits<double>::quiet_NaN();

// NaN has many bit patterns; one goes on.
double plain(double x) noexcept {
  return x != x ? canonical_nan : x;
}

std::int64_t whole(double x, const Field& field) {
  const double low = field.type.is_unsigned ? 0.0 : -0x1p63;
  const double high = field.type.is_unsigned ? 0x1p64 : 0x1p63;
  if (!(x == std::floor(x) && x >= low && x < high)) {
    wrong_type(field,
               "float with the value " + detail::shortest(x) + ", which is no such integer,");
  }
  return field.type.is_unsigned ? static_cast<std::int64_t>(static_cast<std::uint64_t>(x))
                                : static_cast<std::int64_t>(x);
}

std::int64_t same_sign(std::int64_t x, bool given_unsigned, const Field& field) {
  if (x < 0 && given_unsigned != field.type.is_unsigned && field.type.kind == Kind::integer) {
    wrong_type(field, given_unsigned ? "an integer above 2^63 - 1" : "a negative integer");
  }
  return x;
}

// A byte for each of `rows` bits: eight at a time, by a multiplication (little-endian, as every
// machine of the kernels is).
void spread_bits(const std::uint8_t* bits, std::int64_t first, std::size_t rows,
                 std::uint8_t* out) noexcept {
  std::size_t i = 0;
  for (; i < rows && (first + static_cast<std::int64_t>(i)) % 8 != 0; ++i) {
    out[i] = bit_at(bits, first + static_cast<std::int64_t>(i));
  }
  const std::uint8_t* next = bits + (first + static_cast<std::int64_t>(i)) / 8;
  for (; i + 8 <= rows; i += 8) {
    std::uint64_t each = *next++ * 0x0101010101010101u & 0x8040201008040201u;
    each = (each + 0x7f7f7f7f7f7f7f7fu) >> 7 & 0x0101010101010101u;
    std::memcpy(out + i, &each, sizeof each);
  }
  for (; i < rows; ++i) out[i] = bit_at(bits, first + static_cast<std::int64_t>(i));
}

// Reads cells through `at(row)`; what is missing becomes zero, so that no stray bits are seen.
template <class T, class At>
void fill(const ColumnView& column, std::int64_t first, std::size_t rows, std::uint8_t* valid,
          T* out, At&& at) {
  if (column.validity == nullptr) {
    std::memset(valid, 1, rows);
    for (std::size_t i = 0; i < rows; ++i) out[i] = at(first + static_cast<std::int64_t>(i));
    return;
  }
  spread_bits(column.validity, column.offset + first, rows, valid);
  for (std::size_t i = 0; i < rows; ++i) {
    out[i] = valid[i] != 0 ? at(first + static_cast<std::int64_t>(i)) : T{};
  }
}

template <class T>
void fill_from(const ColumnView& column, const Field& field, std::int64_t first, Block& block,
               Slot slot) {
  const T* data = column.data<T>();
  std::uint8_t* valid = block.valid(slot);
  const std::size_t rows = block.rows();
  if (slot.storage == Storage::number) {
    double* out = block.numbers(slot);
    if constexpr (std::is_same_v<T, double>) {
      // Every cell has bits, also a missing one: masked, so that no branch depends on them.
      if (column.validity != nullptr && data != nullptr) {
        spread_bits(column.validity, column.offset + first, rows, valid);
        for (std::size_t i = 0; i < rows; ++i) {
          const auto bits =
              std::bit_cast<std::uint64_t>(plain(data[first + static_cast<std::int64_t>(i)]));
          out[i] = std::bit_cast<double>(bits & (0 - std::uint64_t{valid[i]}));
        }
        return;
      }
      if (data != nullptr) {
        std::memset(valid, 1, rows);
        kernel::copy_numbers({data + first, rows}, out, data + first + rows);
        return;
      }
    }
    fill(column, first, rows, valid, out,
         [&](std::int64_t row) { return plain(static_cast<double>(data[row])); });
    return;
  }
  std::int64_t* out = block.integers(slot);
  if constexpr (std::is_floating_point_v<T>) {
    fill(column, first, rows, valid, out,
         [&](std::int64_t row) { return whole(static_cast<double>(data[row]), field); });
  } else {
    fill(column, first, rows, valid, out, [&](std::int64_t row) {
      return same_sign(static_cast<std::int64_t>(data[row]), column.type.is_unsigned, field);
    });
  }
}

template <std::size_t Words>
void fill_decimals(const ColumnView& column, std::int64_t first, Block& block, Slot slot) {
  using Unscaled = std::array<std::uint64_t, Words>;
  fill(column, first, block.rows(), block.valid(slot), block.numbers(slot), [&](std::int64_t row) {
    Unscaled value;
    std::memcpy(&value, column.data<Unscaled>() + row, sizeof value);
    std::array<std::uint64_t, 4> wide;
    wide.fill((value[Words - 1] >> 63) != 0 ? ~std::uint64_t{0} : 0);
    for (std::size_t i = 0; i < Words; ++i) wide[i] = value[i];
    Moments one;
    one.add(wide);
    return one.sum(column.type.scale);
  });
}

void fill_text(const ColumnView& column, std::int64_t first, Block& block, Slot slot) {
  fill(column, first, block.rows(), block.valid(slot), block.texts(slot),
       [&](std::int64_t row) { return column.text(row); });
}

// A list's cell is made of its items, which go the way that a column of them goes.
void fill_lists(const ColumnView& column, const Field& field, std::int64_t first, Block& block,
                Slot slot) {
  const ColumnView& items = column.children[0];
  const Kind kind = items.type.kind;
  if (kind == Kind::list || kind == Kind::structure) {
    fail_type("transform.wrong_type", field.name,
              "has items of type " + to_string(items.type) + "; a list of cells is taken");
  }
  const Field item{field.name, items.type, {}};
  const Slot single{storage_of(kind), items.type.is_unsigned, 0, 0};
  constexpr std::int64_t piece = 256;
  Block loaded({1, 1, 1}, piece);
  ListCell cell;
  std::uint8_t* valid = block.valid(slot);
  std::string_view* out = block.texts(slot);
  for (std::size_t i = 0; i < block.rows(); ++i) {
    const std::int64_t row = first + static_cast<std::int64_t>(i);
    valid[i] = column.is_valid(row);
    out[i] = {};
    if (valid[i] == 0) continue;
    const ColumnView::Extent extent = column.list_extent(row);
    cell.clear();
    for (std::int64_t at = 0; at < extent.count; at += piece) {
      loaded.start(static_cast<std::size_t>(std::min(piece, extent.count - at)));
      load_column(items, item, extent.start + at, loaded, single);
      for (std::size_t k = 0; k < loaded.rows(); ++k) cell.add(cell_of(loaded, single, k, kind));
    }
    char* space = block.text_space(cell.bytes().size());
    out[i] = {space, cell.bytes().copy(space, cell.bytes().size())};
  }
}

void fill_dictionary(const ColumnView& column, const Field& field, std::int64_t first, Block& block,
                     Slot slot) {
  const ColumnView& values = column.children[0];
  const std::size_t rows = block.rows();
  if (slot.storage == Storage::text) {
    std::uint8_t* valid = block.valid(slot);
    std::string_view* out = block.texts(slot);
    for (std::size_t i = 0; i < rows; ++i) {
      const std::int64_t row = first + static_cast<std::int64_t>(i);
      const std::int64_t at = column.is_valid(row) ? column.index(row) : -1;
      valid[i] = at >= 0 && values.is_valid(at);
      out[i] = valid[i] != 0 ? values.text(at) : std::string_view();
    }
    return;
  }
  // A dictionary of numbers is rare: each distinct value goes the numbers' way.
  Block one({1, 0, 1}, 1);
  const Slot single{slot.storage, slot.is_unsigned, 0, 0};
  for (std::size_t i = 0; i < rows; ++i) {
    const std::int64_t row = first + static_cast<std::int64_t>(i);
    one.start(1);
    one.integers(single)[0] = 0;
    one.valid(single)[0] = 0;
    if (column.is_valid(row)) load_column(values, field, column.index(row), one, single);
    block.valid(slot)[i] = one.valid(single)[0];
    block.integers(slot)[i] = one.integers(single)[0];
  }
}

}  // namespace

void check_type(const Type& given, const Field& field) {
  const Type& meant = field.type;
  if (given == meant || given.kind == Kind::null) return;
  const Kind from = given.kind;
  const Kind to = meant.kind;
  const bool number = from == Kind::integer || from == Kind::boolean || from == Kind::floating ||
                      from == Kind::decimal;
  if (number && (to == Kind::floating || to == Kind::decimal)) return;
  if (number && from != Kind::decimal && to == Kind::integer) return;
  wrong_type(field, to_string(given));
}

void load_column(const ColumnView& column, const Field& field, std::int64_t first, Block& block,
                 Slot slot) {
  const bool decimal = column.type.kind == Kind::decimal;
  switch (column.layout) {
    case Layout::bits: {
      const auto* bits = static_cast<const std::uint8_t*>(column.values);
      const auto at = [&](std::int64_t row) { return bit_at(bits, column.offset + row); };
      if (slot.storage == Storage::number) {
        return fill(column, first, block.rows(), block.valid(slot), block.numbers(slot), at);
      }
      return fill(column, first, block.rows(), block.valid(slot), block.integers(slot), at);
    }
    case Layout::int8:
      return fill_from<std::int8_t>(column, field, first, block, slot);
    case Layout::int16:
      return fill_from<std::int16_t>(column, field, first, block, slot);
    case Layout::uint8:
      return fill_from<std::uint8_t>(column, field, first, block, slot);
    case Layout::uint16:
      return fill_from<std::uint16_t>(column, field, first, block, slot);
    case Layout::uint32:
      return fill_from<std::uint32_t>(column, field, first, block, slot);
    case Layout::uint64:
      return fill_from<std::uint64_t>(column, field, first, block, slot);
    case Layout::int32:
    case Layout::int64:
      if (decimal) {
        return fill(column, first, block.rows(), block.valid(slot), block.numbers(slot),
                    [&](std::int64_t row) {
                      Moments one;
                      one.add(column.layout == Layout::int32
                                  ? std::int64_t{column.data<std::int32_t>()[row]}
                                  : column.data<std::int64_t>()[row]);
                      return one.sum(column.type.scale);
                    });
      }
      return column.layout == Layout::int32
                 ? fill_from<std::int32_t>(column, field, first, block, slot)
                 : fill_from<std::int64_t>(column, field, first, block, slot);
    case Layout::float16:
      if (slot.storage == Storage::number) {
        return fill(column, first, block.rows(), block.valid(slot), block.numbers(slot),
                    [&](std::int64_t row) {
                      return plain(half_to_double(column.data<std::uint16_t>()[row]));
                    });
      }
      return fill(column, first, block.rows(), block.valid(slot), block.integers(slot),
                  [&](std::int64_t row) {
                    return whole(half_to_double(column.data<std::uint16_t>()[row]), field);
                  });
    case Layout::float32:
      return fill_from<float>(column, field, first, block, slot);
    case Layout::float64:
      return fill_from<double>(column, field, first, block, slot);
    case Layout::int128:
      return fill_decimals<2>(column, first, block, slot);
    case Layout::int256:
      return fill_decimals<4>(column, first, block, slot);
    case Layout::dictionary:
      return fill_dictionary(column, field, first, block, slot);
    case Layout::list32:
    case Layout::list64:
    case Layout::list_view32:
    case Layout::list_view64:
    case Layout::fixed_list:
      return fill_lists(column, field, first, block, slot);
    case Layout::none: {
      RowCell missing;
      for (std::size_t i = 0; i < block.rows(); ++i) {
        block.valid(slot)[i] = 0;
        if (slot.storage == Storage::text) {
          block.texts(slot)[i] = {};
        } else {
          block.integers(slot)[i] = 0;
        }
      }
      return;
    }
    default:
      return fill_text(column, first, block, slot);
  }
}

void load_cell(const RowCell& cell, const Field& field, Block& block, Slot slot) {
  *block.valid(slot) = cell.form != RowCell::Form::missing;
  const Kind meant = field.type.kind;
  if (slot.storage == Storage::text) {
    if (cell.form == RowCell::Form::text || cell.form == RowCell::Form::list) {
      const bool list = cell.form == RowCell::Form::list;
      if (meant != Kind::list && list) wrong_type(field, "a list");
      if (meant == Kind::list && !is_list_cell(cell.text)) wrong_type(field, "a text");
    } else if (cell.form != RowCell::Form::missing) {
      wrong_type(field, "a number or bool");
    }
    *block.texts(slot) = cell.text;
    return;
  }
  const bool number = slot.storage == Storage::number;
  const bool is_unsigned = cell.form == RowCell::Form::unsigned_integer;
  switch (cell.form) {
    case RowCell::Form::missing:
      *block.integers(slot) = 0;
      return;
    case RowCell::Form::text:
      wrong_type(field, "a text");
    case RowCell::Form::list:
      wrong_type(field, "a list");
    case RowCell::Form::number:
      if (number) {
        *block.numbers(slot) = plain(cell.number);
        return;
      }
      if (meant != Kind::integer) wrong_type(field, "a float");
      *block.integers(slot) = whole(cell.number, field);
      return;
    case RowCell::Form::boolean:
      if (!number && meant != Kind::integer && meant != Kind::boolean) wrong_type(field, "a bool");
      break;
    default:
      if (meant == Kind::boolean) wrong_type(field, "an integer");
      break;
  }
  if (!number) {
    *block.integers(slot) = same_sign(cell.integer, is_unsigned, field);
  } else if (is_unsigned) {
    *block.numbers(slot) = static_cast<double>(static_cast<std::uint64_t>(cell.integer));
  } else {
    *block.numbers(slot) = static_cast<double>(cell.integer);
  }
}

}  // namespace zeroskew
