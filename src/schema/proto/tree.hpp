#pragma once
// What every reader of a message shares: the rules for putting values into a tree.

#include <string>
#include <string_view>

#include "schema/proto/descriptor.hpp"
#include "zeroskew/schema/field_tree.hpp"

namespace zeroskew::detail {

// Messages inside messages; deeper documents are an error, so that no document can exhaust the
// stack. A JSON value inside extra_metadata takes up to three levels for each of its own.
inline constexpr int kDeepest = 300;

// Where a reader stands, for errors.
struct Place {
  Place() = default;
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  virtual ~Place() = default;
  [[nodiscard]] virtual std::string text() const = 0;
};

[[noreturn]] void fail_unknown_field(const Place& place, const MessageDescriptor& message,
                                     std::string_view name);

// Sets a field, appends to a repeated one, or sets a key of a map. A field that is set twice, and
// two fields that exclude each other, are errors.
void put(FieldTree& tree, const MessageDescriptor& message, const FieldDescriptor& field,
         FieldValue value, const Place& place);

// What a message is once all its fields are read: map entries have key and value, an Any of a
// known type is unpacked, fields without presence are unset when they are zero.
void normalise(FieldTree& tree, const MessageDescriptor& message, const Place& place);

// The value of an enumeration. Numbers without a name are an error where the enumeration is closed.
FieldValue enum_from_name(const EnumDescriptor& type, std::string_view name, const Place& place);
FieldValue enum_from_number(const EnumDescriptor& type, std::int64_t number, const Place& place);
// A number within the field's type; `negative` applies to the magnitude.
FieldValue integer(const FieldDescriptor& field, bool negative, std::uint64_t magnitude,
                   const Place& place);
// Rounds to the field's precision; a finite number that only double can hold is an error.
FieldValue real(const FieldDescriptor& field, double value, const Place& place);

// What writers demand of text, so that what they write can be read.
// @throws Error schema.invalid_utf8
void require_utf8(std::string_view text);

// The message inside an Any, by the name after the last '/'; null when its type is not known.
const MessageDescriptor* any_type(std::string_view type_url) noexcept;
// The text of a field that holds one; "" when it is not set.
std::string_view text_of(const FieldTree& tree, int number) noexcept;
// The message of a field that holds one; null when it is not set (or not a message).
const FieldTree* message_in(const FieldTree& tree, int number) noexcept;

}  // namespace zeroskew::detail
