#pragma once
/// Columns for callers that have values one by one.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "zeroskew/column/batch.hpp"
#include "zeroskew/column/value.hpp"

namespace zeroskew {

/// A column's name and type; `children` are a list's one item or a structure's fields.
struct Field {
  std::string name;
  Type type;
  std::vector<Field> children;

  [[nodiscard]] bool operator==(const Field&) const = default;
};

/// Owned, growing cells: bits for bool, 64-bit integers (also for the temporal kinds), doubles,
/// text with 64-bit offsets, lists with 64-bit offsets, structures.
class ColumnBuilder {
 public:
  /// @throws Error column.unsupported_type for decimals, which have no value type of their own
  explicit ColumnBuilder(Field field);

  void append_null();
  void append(bool value);            ///< boolean
  void append(std::int64_t value);    ///< integer (signed), temporal kinds
  void append(std::uint64_t value);   ///< integer (unsigned)
  void append(double value);          ///< floating
  void append(std::string_view value);  ///< string, bytes
  /// Any value that fits without loss: an integer goes into a floating column if a double holds it.
  /// @throws Error column.wrong_type
  void append(const Value& value);
  /// Throws what `append` would throw, and does nothing else.
  void check(const Value& value) const;
  void append(const char* value) { append(std::string_view(value)); }
  void append(const std::string& value) { append(std::string_view(value)); }
  /// Ends a list cell: `count` items have been appended to `child(0)` for it.
  void append_list(std::int64_t count);
  /// Ends a structure cell: each child has got its cell.
  void append_structure();

  [[nodiscard]] std::int64_t size() const noexcept { return length_; }
  [[nodiscard]] const Field& field() const noexcept { return field_; }
  [[nodiscard]] ColumnBuilder& child(std::size_t i) { return children_[i]; }
  /// The cells so far; valid until the next append or move.
  [[nodiscard]] ColumnView view() const;

 private:
  void mark(bool valid);
  [[noreturn]] void wrong_type(std::string_view found) const;

  Field field_;
  std::int64_t length_ = 0;
  std::int64_t nulls_ = 0;
  std::vector<std::uint8_t> validity_;
  std::vector<std::uint8_t> bits_;
  std::vector<std::int64_t> words_;  // integers, the bits of doubles
  std::vector<std::int64_t> offsets_;
  std::string text_;
  std::vector<ColumnBuilder> children_;
};

/// A batch that owns the builders' cells. @throws Error column.ragged when lengths differ,
/// column.duplicate_name
[[nodiscard]] Batch make_batch(std::vector<ColumnBuilder> columns);

/// Rows in, a batch out.
class RowBuilder {
 public:
  /// @throws Error column.duplicate_name
  explicit RowBuilder(std::vector<Field> fields);

  /// Appends a row, values in the order of the fields. @throws Error column.wrong_type,
  /// column.ragged (another number of values than fields); the row is not added then
  void append(std::span<const Value> row);
  [[nodiscard]] std::int64_t rows() const noexcept { return rows_; }
  /// The rows so far as a batch; the builder starts again.
  [[nodiscard]] Batch finish();

 private:
  std::vector<Field> fields_;
  std::vector<ColumnBuilder> columns_;
  std::int64_t rows_ = 0;
};

}  // namespace zeroskew
