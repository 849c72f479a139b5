#pragma once
/// The cells that steps work on: some rows of some columns, each in one of three forms.
/// A served row is a block of one; a table is a sequence of blocks.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "zeroskew/column/type.hpp"

namespace zeroskew {

/// How a block holds a column: doubles (float, decimal), 64-bit integers (bool, int, the temporal
/// kinds), or views of text that lives elsewhere (of a list: its cell, list_cell.hpp).
enum class Storage : std::uint8_t { number, integer, text, none };

[[nodiscard]] constexpr Storage storage_of(Kind kind) noexcept {
  switch (kind) {
    case Kind::null:
    case Kind::floating:
    case Kind::decimal:
      return Storage::number;
    case Kind::boolean:
    case Kind::integer:
    case Kind::date:
    case Kind::time:
    case Kind::timestamp:
    case Kind::duration:
      return Storage::integer;
    case Kind::string:
    case Kind::bytes:
    case Kind::list:
      return Storage::text;
    default:
      return Storage::none;
  }
}

/// A type without unit, sign, scale or zone.
[[nodiscard]] inline Type plain_type(Kind kind) {
  Type type;
  type.kind = kind;
  return type;
}

/// Where a column lies in a block.
struct Slot {
  Storage storage = Storage::number;
  bool is_unsigned = false;  ///< integers above 2^63 - 1 are meant as uint64
  std::uint32_t place = 0;   ///< among the columns of the same storage (numbers and integers: one)
  std::uint32_t column = 0;  ///< among all columns

  [[nodiscard]] bool operator==(const Slot&) const = default;
};

/// How many columns a block has.
struct BlockShape {
  std::uint32_t words = 0;
  std::uint32_t texts = 0;
  std::uint32_t columns = 0;
};

/// Memory for `capacity` rows of a shape; made once, used for block after block.
class Block {
 public:
  Block() = default;
  Block(BlockShape shape, std::size_t capacity);

  /// Starts a block of `rows` cells a column; text of the last one is forgotten.
  void start(std::size_t rows) noexcept {
    rows_ = rows;
    first_ = 0;
    chunk_ = 0;
    used_ = 0;
  }
  [[nodiscard]] std::size_t rows() const noexcept { return rows_; }
  /// The row started with that is seen as row 0.
  [[nodiscard]] std::size_t first() const noexcept { return first_; }
  /// Shows only `rows` rows from `first` on (counted as by `start`), as if they were the block,
  /// until the next `start` or `show`. @pre they are among those started with
  void show(std::size_t first, std::size_t rows) noexcept {
    first_ = first;
    rows_ = rows;
  }
  [[nodiscard]] std::size_t capacity() const noexcept { return capacity_; }

  [[nodiscard]] double* numbers(Slot slot) noexcept {
    return reinterpret_cast<double*>(words_.get()) + slot.place * capacity_ + first_;
  }
  [[nodiscard]] std::int64_t* integers(Slot slot) noexcept {
    return reinterpret_cast<std::int64_t*>(words_.get()) + slot.place * capacity_ + first_;
  }
  [[nodiscard]] std::string_view* texts(Slot slot) noexcept {
    return texts_.get() + slot.place * capacity_ + first_;
  }
  /// One byte a cell: 1 where there is a value, 0 where it is missing.
  [[nodiscard]] std::uint8_t* valid(Slot slot) noexcept {
    return valid_.get() + slot.column * capacity_ + first_;
  }

  /// Memory for new text until the next `start`; allocates only until the block has seen its
  /// largest need.
  [[nodiscard]] char* text_space(std::size_t bytes);

 private:
  struct Chunk {
    std::unique_ptr<char[]> bytes;
    std::size_t size = 0;
  };

  std::size_t capacity_ = 0;
  std::size_t rows_ = 0;
  std::size_t first_ = 0;
  // Raw storage of 8-byte words: a column is doubles or integers, never both at a time.
  std::unique_ptr<std::byte[]> words_;
  std::unique_ptr<std::string_view[]> texts_;
  std::unique_ptr<std::uint8_t[]> valid_;
  std::vector<Chunk> chunks_;
  std::size_t chunk_ = 0;
  std::size_t used_ = 0;
};

}  // namespace zeroskew
