#pragma once
/// What the schema message has no field for: a small JSON-like value, kept in
/// `annotation.extra_metadata` as a google.protobuf.Struct under the key "zeroskew".

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace zeroskew {

/// Null, a bool, a finite number, text, a list or an object. Numbers are doubles, as in the
/// Struct message, so integers are exact up to 2^53.
class Extension {
 public:
  struct Member;
  using List = std::vector<Extension>;
  using Object = std::vector<Member>;  ///< sorted by name, unique

  Extension();
  Extension(const Extension&);
  Extension(Extension&&) noexcept;
  Extension& operator=(const Extension&);
  Extension& operator=(Extension&&) noexcept;
  ~Extension();
  Extension(bool value);
  /// @throws Error schema.extension_number for NaN and infinities, which no Struct can hold
  Extension(double value);
  Extension(int value);
  /// @throws Error schema.extension_number beyond 2^53, where doubles have gaps
  Extension(std::int64_t value);
  Extension(std::string value);
  Extension(std::string_view value);
  Extension(const char* value);
  Extension(List value);
  /// An object; of members with the same name the last one counts.
  [[nodiscard]] static Extension object(std::initializer_list<Member> members = {});

  [[nodiscard]] bool is_null() const noexcept { return value_.index() == 0; }
  [[nodiscard]] bool is_bool() const noexcept { return value_.index() == 1; }
  [[nodiscard]] bool is_number() const noexcept { return value_.index() == 2; }
  [[nodiscard]] bool is_text() const noexcept { return value_.index() == 3; }
  [[nodiscard]] bool is_list() const noexcept { return value_.index() == 4; }
  [[nodiscard]] bool is_object() const noexcept { return value_.index() == 5; }

  /// The content. @throws Error schema.extension_type when the value is of another kind
  [[nodiscard]] bool boolean() const;
  [[nodiscard]] double number() const;
  [[nodiscard]] const std::string& text() const;
  [[nodiscard]] const List& list() const;
  [[nodiscard]] const Object& members() const;

  /// A member of an object; null when it is absent or this is no object.
  [[nodiscard]] const Extension* find(std::string_view name) const noexcept;
  /// Sets a member; a null value becomes an object first.
  /// @throws Error schema.extension_type when this is neither null nor an object
  void set(std::string_view name, Extension value);
  /// Takes a member out; true when it was there.
  bool erase(std::string_view name);

  [[nodiscard]] bool operator==(const Extension& other) const;

 private:
  std::variant<std::monostate, bool, double, std::string, List, Object> value_;
};

/// A named value of an object.
struct Extension::Member {
  std::string name;
  Extension value;

  [[nodiscard]] bool operator==(const Member&) const = default;
};

}  // namespace zeroskew
