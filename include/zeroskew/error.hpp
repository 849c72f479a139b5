#pragma once
/// The one exception of the library: a stable id, the place, and what would be right.

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace zeroskew {

/// Which built-in kind of exception an error is in languages that have them.
enum class ErrorKind { value, type, key, index, io, not_found, runtime };

/// Thrown by constructors, parsers and I/O; kernels never throw. `what()` reads
/// "[id] where: message", with `where` left out when it is empty and '?' for each zero byte.
class Error : public std::runtime_error {
 public:
  /// @param id      stable, dotted, lower case, e.g. "column.unsupported_type": never renamed
  /// @param where   column, file, line or path that is at fault; may be empty
  /// @param message what was found and what would be right
  Error(ErrorKind kind, std::string id, std::string where, std::string_view message)
      : std::runtime_error(compose(id, where, message)),
        kind_(kind),
        id_(std::move(id)),
        where_(std::move(where)) {}

  [[nodiscard]] ErrorKind kind() const noexcept { return kind_; }
  [[nodiscard]] const std::string& id() const noexcept { return id_; }
  [[nodiscard]] const std::string& where() const noexcept { return where_; }
  /// What was found and what would be right, alone.
  [[nodiscard]] std::string_view message() const noexcept {
    const std::size_t prefix = id_.size() + 3 + (where_.empty() ? 0 : where_.size() + 2);
    return std::string_view(what()).substr(prefix);
  }

 private:
  static std::string compose(std::string_view id, std::string_view where,
                             std::string_view message) {
    std::string text = "[";
    text.append(id).append("] ");
    if (!where.empty()) text.append(where).append(": ");
    text.append(message);
    // Hostile names may have zero bytes, and `what()` ends at the first one.
    for (char& c : text) {
      if (c == '\0') c = '?';
    }
    return text;
  }

  ErrorKind kind_;
  std::string id_;
  std::string where_;
};

[[noreturn]] inline void fail_value(std::string id, std::string where, std::string_view message) {
  throw Error(ErrorKind::value, std::move(id), std::move(where), message);
}
[[noreturn]] inline void fail_type(std::string id, std::string where, std::string_view message) {
  throw Error(ErrorKind::type, std::move(id), std::move(where), message);
}
[[noreturn]] inline void fail_key(std::string id, std::string where, std::string_view message) {
  throw Error(ErrorKind::key, std::move(id), std::move(where), message);
}

}  // namespace zeroskew
