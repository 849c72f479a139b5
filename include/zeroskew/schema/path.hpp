#pragma once
/// Where a feature stands: the names from the top of the schema down to it.

#include <compare>
#include <string>
#include <string_view>
#include <vector>

namespace zeroskew {

/// Steps joined by '.' in text. A step is raw when it is non-empty without . ( ) ', or is one
/// parenthesised group with no parenthesis inside; otherwise it stands in single quotes with
/// inner quotes doubled: the step `a.b` becomes `'a.b'`.
struct Path {
  std::vector<std::string> step;

  Path() = default;
  explicit Path(std::vector<std::string> steps) : step(std::move(steps)) {}

  /// The inverse of `to_string`. @throws Error schema.path_syntax
  [[nodiscard]] static Path parse(std::string_view text);

  [[nodiscard]] bool empty() const noexcept { return step.empty(); }
  [[nodiscard]] Path child(std::string_view name) const;
  [[nodiscard]] Path parent() const;

  [[nodiscard]] bool operator==(const Path&) const = default;
  [[nodiscard]] auto operator<=>(const Path&) const = default;
};

[[nodiscard]] std::string to_string(const Path& path);

}  // namespace zeroskew
