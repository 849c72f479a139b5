#pragma once
/// Everything about the strings or byte strings of a column: values, lengths, encoding.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "zeroskew/detail/hash.hpp"
#include "zeroskew/stats/name_table.hpp"
#include "zeroskew/stats/number_stats.hpp"
#include "zeroskew/stats/value_counts.hpp"

namespace zeroskew {

class TextStats {
 public:
  /// Names longer than this are shortened to their beginning and their hash.
  static constexpr std::size_t longest_name = 1024;

  /// @param check_utf8 count values that are not UTF-8 (strings, not bytes)
  explicit TextStats(bool check_utf8 = true) noexcept : check_utf8_(check_utf8) {}

  void add(std::string_view value, std::uint64_t count = 1);
  /// Adds many values; `all_utf8`: the caller knows that every one is well-formed; `roomy`: 16
  /// bytes may be read after the last one of each.
  void add_block(std::span<const std::string_view> values, bool all_utf8, bool roomy = false);
  TextStats& operator+=(const TextStats& other);
  /// Counts at most so many different values and lengths exactly.
  void limit_values(std::size_t limit);
  /// Forgets the names that no answer needs; to be called when many values were added.
  void settle();

  [[nodiscard]] const ValueCounts& values() const noexcept { return values_; }
  /// Lengths in bytes.
  [[nodiscard]] const NumberStats& lengths() const noexcept { return lengths_; }
  [[nodiscard]] std::uint64_t invalid_utf8() const noexcept { return invalid_utf8_; }
  [[nodiscard]] bool checks_utf8() const noexcept { return check_utf8_; }

  /// The name of a code: the value, shortened if it is long, or "#" and the code's 16 hex digits if
  /// it is not kept.
  [[nodiscard]] std::string name(std::uint64_t code) const;
  /// True if the name of a code is known.
  [[nodiscard]] bool knows(std::uint64_t code) const { return names_.contains(code); }
  /// Forgets all names (personal data); nothing that is counted changes.
  void redact() noexcept { names_.clear(), keep_names_ = false; }
  [[nodiscard]] bool keeps_names() const noexcept { return keep_names_; }

  /// Equal states; names are no part of it.
  [[nodiscard]] bool operator==(const TextStats& other) const {
    return check_utf8_ == other.check_utf8_ && invalid_utf8_ == other.invalid_utf8_ &&
           values_ == other.values_ && lengths_ == other.lengths_;
  }

 private:
  friend struct TextState;
  friend struct ColumnState;
  void add_code(std::string_view value, std::uint64_t code, std::uint64_t count);
  void add_hashed(std::span<const std::string_view> values, std::span<const std::uint64_t> codes);
  void keep_name(std::string_view value, std::uint64_t code);

  bool check_utf8_;
  bool keep_names_ = true;
  std::uint64_t invalid_utf8_ = 0;
  ValueCounts values_;
  NumberStats lengths_{KeyKind::integer};
  NameTable names_;
};

/// The code of a string: its stable hash.
[[nodiscard]] inline std::uint64_t text_code(std::string_view value) noexcept {
  return detail::hash_bytes(value);
}

}  // namespace zeroskew
