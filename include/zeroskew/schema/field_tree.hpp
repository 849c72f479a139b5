#pragma once
/// A message as its set fields, by number: the form every schema file passes through, and the
/// place for declared fields that are kept but never looked at.

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace zeroskew {

struct FieldEntry;

/// The fields that are set, in ascending order of their numbers; each number at most once.
struct FieldTree {
  // Out of line: every file that copies one would compile it all again.
  FieldTree();
  FieldTree(const FieldTree&);
  FieldTree(FieldTree&&) noexcept;
  FieldTree& operator=(const FieldTree&);
  FieldTree& operator=(FieldTree&&) noexcept;
  ~FieldTree();

  std::vector<FieldEntry> entries;

  [[nodiscard]] bool empty() const noexcept { return entries.empty(); }
  [[nodiscard]] bool operator==(const FieldTree& other) const;

  /// The entry of a field number, or null when it is not set.
  [[nodiscard]] const FieldEntry* find(int number) const noexcept;
  [[nodiscard]] FieldEntry* find(int number) noexcept;
  /// The entry of a field number, made (without values) when it is not set.
  [[nodiscard]] FieldEntry& at(int number);
  /// Takes a field out. Nothing happens when it is not set.
  void erase(int number) noexcept;
};

/// Signed numbers and enumerations are int64, unsigned ones uint64, float and double are double,
/// text and bytes are string.
using FieldValue = std::variant<bool, std::int64_t, std::uint64_t, double, std::string, FieldTree>;

/// One set field: exactly one value, or the elements of a repeated field (never none).
struct FieldEntry {
  int number = 0;
  std::vector<FieldValue> values;

  [[nodiscard]] bool operator==(const FieldEntry&) const = default;
};

}  // namespace zeroskew
