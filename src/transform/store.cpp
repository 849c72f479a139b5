#include "transform/store.hpp"

#include <cstring>
#include <limits>

#include "zeroskew/kernel/cells.hpp"

namespace zeroskew {
namespace {

Layout layout_of(const Type& type) noexcept {
  switch (storage_of(type.kind)) {
    case Storage::number:
      return Layout::float64;
    case Storage::text:
      return Layout::binary64;
    default:
      break;
  }
  if (type.kind == Kind::boolean) return Layout::bits;
  // Arrow has days, and times of day in seconds and milliseconds, in 32 bits.
  if (type.kind == Kind::date && type.unit == TimeUnit::day) return Layout::int32;
  if (type.kind == Kind::time &&
      (type.unit == TimeUnit::second || type.unit == TimeUnit::millisecond)) {
    return Layout::int32;
  }
  return type.is_unsigned ? Layout::uint64 : Layout::int64;
}

// Bits from bytes of 0 and 1; `first` is a multiple of eight, so that whole bytes are written.
void put_bits(std::vector<std::uint8_t>& bits, std::int64_t first, std::size_t rows, auto&& bit) {
  std::uint8_t* out = bits.data() + first / 8;
  std::size_t i = 0;
  for (; i + 8 <= rows; i += 8) {
    unsigned byte = 0;
    for (unsigned k = 0; k < 8; ++k) byte |= static_cast<unsigned>(bit(i + k)) << k;
    *out++ = static_cast<std::uint8_t>(byte);
  }
  unsigned byte = 0;
  for (unsigned k = 0; i + k < rows; ++k) byte |= static_cast<unsigned>(bit(i + k)) << k;
  if (i < rows) *out = static_cast<std::uint8_t>(byte);
}

// The same from bytes that are 0 or 1, eight at a time: the product gathers their last bits.
void put_validity(std::uint8_t* out, const std::uint8_t* valid, std::size_t rows) {
  std::size_t i = 0;
  for (; i + 8 <= rows; i += 8) {
    std::uint64_t word = 0;  // little-endian, as every machine of the kernels is
    std::memcpy(&word, valid + i, sizeof word);
    *out++ = static_cast<std::uint8_t>((word * 0x0102040810204080u) >> 56);
  }
  unsigned byte = 0;
  for (unsigned k = 0; i + k < rows; ++k) byte |= unsigned{valid[i + k] != 0} << k;
  if (i < rows) *out = static_cast<std::uint8_t>(byte);
}

}  // namespace

StoredColumn::StoredColumn(Type type, std::int64_t rows, std::size_t blocks)
    : type_(std::move(type)), layout_(layout_of(type_)), rows_(rows) {
  if (type_.kind == Kind::decimal || type_.kind == Kind::null) type_ = plain_type(Kind::floating);
  const auto n = static_cast<std::size_t>(rows);
  validity_.resize((n + 7) / 8);
  switch (layout_) {
    case Layout::bits:
      bits_.resize((n + 7) / 8);
      break;
    case Layout::float64:
      numbers_ = std::make_unique_for_overwrite<double[]>(n);
      break;
    case Layout::int32:
      narrow_ = std::make_unique_for_overwrite<std::int32_t[]>(n);
      break;
    case Layout::binary64:
      pieces_.resize(blocks);
      offsets_.resize(n + 1);
      break;
    default:
      integers_ = std::make_unique_for_overwrite<std::int64_t[]>(n);
      break;
  }
}

void StoredColumn::write(Block& block, Slot slot, std::size_t index, std::int64_t first) {
  const std::uint8_t* valid = block.valid(slot);
  const std::size_t rows = block.rows();
  const auto start = static_cast<std::size_t>(first);
  put_validity(validity_.data() + first / 8, valid, rows);
  switch (layout_) {
    case Layout::float64: {
      const double* x = block.numbers(slot);
      constexpr double nan = std::numeric_limits<double>::quiet_NaN();
      // One NaN, and nothing but zero under a missing cell: no stray bits leave.
      if (std::memchr(valid, 0, rows) == nullptr) {
        double* out = numbers_.get() + start;
        kernel::copy_numbers({x, rows}, out, out + rows);
        return;
      }
      for (std::size_t i = 0; i < rows; ++i) {
        const double present = x[i] != x[i] ? nan : x[i];
        numbers_[start + i] = valid[i] != 0 ? present : 0.0;
      }
      return;
    }
    case Layout::bits: {
      const std::int64_t* x = block.integers(slot);
      put_bits(bits_, first, rows, [&](std::size_t i) { return valid[i] != 0 && x[i] != 0; });
      return;
    }
    case Layout::int32: {
      const std::int64_t* x = block.integers(slot);
      for (std::size_t i = 0; i < rows; ++i) {
        narrow_[start + i] = valid[i] != 0 ? static_cast<std::int32_t>(x[i]) : 0;
      }
      return;
    }
    case Layout::binary64: {
      const std::string_view* x = block.texts(slot);
      std::string& piece = pieces_[index];
      for (std::size_t i = 0; i < rows; ++i) {
        if (valid[i] != 0) piece.append(x[i]);
        offsets_[start + i + 1] = static_cast<std::int64_t>(piece.size());
      }
      return;
    }
    default: {
      const std::int64_t* x = block.integers(slot);
      for (std::size_t i = 0; i < rows; ++i) integers_[start + i] = valid[i] != 0 ? x[i] : 0;
      return;
    }
  }
}

void StoredColumn::finish() {
  any_missing_ = count_bits(validity_.data(), 0, rows_) != rows_;
  if (layout_ != Layout::binary64) return;
  std::size_t size = 0;
  for (const std::string& piece : pieces_) size += piece.size();
  text_.reserve(size);
  std::size_t row = 0;
  for (const std::string& piece : pieces_) {
    const auto base = static_cast<std::int64_t>(text_.size());
    // A block counted from its own start.
    for (std::size_t i = 0; i < block_rows && row < static_cast<std::size_t>(rows_); ++i, ++row) {
      offsets_[row + 1] += base;
    }
    text_.append(piece);
  }
  pieces_.clear();
}

ColumnView StoredColumn::view() const {
  ColumnView column;
  column.type = type_;
  column.layout = layout_;
  column.length = rows_;
  column.validity = any_missing_ ? validity_.data() : nullptr;
  switch (layout_) {
    case Layout::float64:
      column.values = numbers_.get();
      break;
    case Layout::bits:
      column.values = bits_.data();
      break;
    case Layout::int32:
      column.values = narrow_.get();
      break;
    case Layout::binary64:
      column.values = text_.data();
      column.offsets = offsets_.data();
      break;
    default:
      column.values = integers_.get();
      break;
  }
  return column;
}

}  // namespace zeroskew
