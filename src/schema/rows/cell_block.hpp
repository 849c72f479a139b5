#pragma once
// Some cells of a column, whatever its layout, in one of four plain forms.

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "zeroskew/column/view.hpp"

namespace zeroskew::detail {

class CellBlock {
 public:
  static constexpr std::size_t most = 1024;
  enum class Form : std::uint8_t {
    none,     // no values to look at: nulls, lists, structures
    integer,  // also bools (0, 1) and the temporal kinds, in their unit
    huge,     // unsigned integers, some above 2^63 - 1: bits of uint64
    number,   // floats and decimals
    text,     // strings and bytes
  };

  // Cells first to first + count of a column; or those at some positions.
  void load(const ColumnView& column, std::int64_t first, std::size_t count);
  void load(const ColumnView& column, std::span<const std::int64_t> positions);

  [[nodiscard]] Form form() const noexcept { return form_; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] bool all_valid() const noexcept { return all_valid_; }
  [[nodiscard]] bool is_valid(std::size_t i) const noexcept { return valid_[i] != 0; }
  [[nodiscard]] const std::uint8_t* valid() const noexcept { return valid_.data(); }
  // Cells that are not valid hold 0, NaN-free numbers and empty text.
  [[nodiscard]] std::int64_t integer(std::size_t i) const noexcept { return integers_[i]; }
  [[nodiscard]] double number(std::size_t i) const noexcept { return numbers_[i]; }
  [[nodiscard]] std::string_view text(std::size_t i) const noexcept { return texts_[i]; }
  [[nodiscard]] std::span<const std::int64_t> integers() const noexcept {
    return std::span(integers_).first(size_);
  }
  [[nodiscard]] std::span<const double> numbers() const noexcept {
    return std::span(numbers_).first(size_);
  }
  [[nodiscard]] std::span<const std::string_view> texts() const noexcept {
    return std::span(texts_).first(size_);
  }
  // Makes a cell null, because what it stands in is.
  void forget(std::size_t i) noexcept {
    valid_[i] = 0;
    all_valid_ = false;
  }
  // A valid cell as a person writes it.
  [[nodiscard]] std::string shown(std::size_t i) const;

 private:
  template <class At>
  void load_cells(const ColumnView& column, std::size_t count, At at);
  template <class At>
  void load_values(const ColumnView& column, At at);
  template <class T, class At, class Out, class Convert>
  void fill(const ColumnView& column, At at, Out& out, Convert convert);

  Form form_ = Form::none;
  bool all_valid_ = true;
  std::size_t size_ = 0;
  std::array<std::uint8_t, most> valid_ = {};
  std::array<std::int64_t, most> integers_ = {};
  std::array<double, most> numbers_ = {};
  std::array<std::string_view, most> texts_ = {};
};

}  // namespace zeroskew::detail
