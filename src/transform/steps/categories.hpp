#pragma once
/// Categories: texts or integers that were seen when fitting, found again by hash.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "transform/steps/common.hpp"
#include "zeroskew/detail/hash.hpp"

namespace zeroskew::steps {

/// What a cell is to a list of categories, besides a position in it.
inline constexpr std::int64_t unknown_category = -1;
inline constexpr std::int64_t missing_category = -2;

/// Positions of learned categories.
class CategoryIndex {
 public:
  /// Reads "texts" or "integers". @throws Error transform.malformed if there are neither or if one
  /// is there twice
  CategoryIndex(const Settings& learned, const Field& field, const std::string& step);

  [[nodiscard]] std::size_t size() const noexcept {
    return is_text_ ? texts_.size() : integers_.size();
  }
  /// The category as text, for names of columns.
  [[nodiscard]] std::string name(std::size_t i) const;

  [[nodiscard]] std::int64_t find(std::string_view text) const noexcept {
    return look_up(detail::hash_bytes(text), [&](std::size_t i) { return texts_[i] == text; });
  }
  [[nodiscard]] std::int64_t find(std::int64_t integer) const noexcept {
    return look_up(detail::mix(static_cast<std::uint64_t>(integer)),
                   [&](std::size_t i) { return integers_[i] == integer; });
  }

  /// Calls f(row, position or unknown_category or missing_category) for each row.
  template <class F>
  void for_each(Block& block, Slot in, F&& f) const {
    const std::uint8_t* valid = block.valid(in);
    const std::size_t rows = block.rows();
    if (in.storage == Storage::text) {
      const std::string_view* x = block.texts(in);
      for (std::size_t i = 0; i < rows; ++i) f(i, valid[i] != 0 ? find(x[i]) : missing_category);
    } else {
      const std::int64_t* x = block.integers(in);
      for (std::size_t i = 0; i < rows; ++i) f(i, valid[i] != 0 ? find(x[i]) : missing_category);
    }
  }

 private:
  template <class Same>
  [[nodiscard]] std::int64_t look_up(std::uint64_t hash, Same&& same) const noexcept {
    for (std::size_t at = hash & mask_;; at = (at + 1) & mask_) {
      const Place& place = places_[at];
      if (place.position == unknown_category) return unknown_category;
      if (place.hash == hash && same(static_cast<std::size_t>(place.position))) {
        return place.position;
      }
    }
  }
  struct Place {
    std::uint64_t hash = 0;
    std::int64_t position = unknown_category;
  };

  bool is_text_ = false;
  Kind kind_ = Kind::string;
  bool is_unsigned_ = false;
  std::vector<std::string> texts_;
  std::vector<std::int64_t> integers_;
  std::vector<Place> places_;
  std::size_t mask_ = 0;
};

/// The learned form of values: {"texts": ...} or {"integers": ...}, in their order.
[[nodiscard]] Settings learn_categories(const std::vector<ValueCount>& counts, const Field& field);
/// `learned` entries of the registry that go with it.
[[nodiscard]] std::vector<Parameter> category_parameters();
/// The counts in the order of the values, smallest first.
[[nodiscard]] std::vector<ValueCount> by_value(std::vector<ValueCount> counts);
/// A value of a column of numbers as a double.
[[nodiscard]] double number_value(const Value& value);
/// @throws Error transform.no_values
[[nodiscard]] std::vector<ValueCount> counts_in(const FitInput& input);
/// @throws Error transform.unknown_value
[[noreturn]] void fail_unknown(Block& block, Slot slot, std::size_t row, const std::string& column);
/// A hash of a cell that is there.
[[nodiscard]] std::uint64_t cell_hash(Block& block, Slot slot, std::size_t row) noexcept;

}  // namespace zeroskew::steps
