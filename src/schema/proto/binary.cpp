#include "schema/proto/binary.hpp"

#include <bit>
#include <cstdint>
#include <string>
#include <utility>

#include "schema/proto/text_codec.hpp"
#include "zeroskew/detail/utf8.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew::detail {
namespace {

enum class Wire : std::uint8_t { varint = 0, fixed64 = 1, bytes = 2, fixed32 = 5 };

class BinaryReader {
 public:
  BinaryReader(std::string_view bytes, const Place& place, UnknownFields unknown)
      : bytes_(bytes), place_(place), unknown_(unknown) {}

  FieldTree message(const MessageDescriptor& type, int depth) {
    if (depth > kDeepest) fail("messages are nested too deeply");
    FieldTree tree;
    while (!bytes_.empty()) {
      const std::uint64_t tag = varint();
      const FieldDescriptor* field =
          tag >> 3 > 0x1FFFFFFF ? nullptr : find_field(type, static_cast<int>(tag >> 3));
      if (field == nullptr && unknown_ == UnknownFields::skip && tag >> 3 != 0) {
        skip(static_cast<Wire>(tag & 7));
        continue;
      }
      if (field == nullptr) {
        fail("message " + std::string(type.name) + " has no field " + std::to_string(tag >> 3));
      }
      read_field(tree, type, *field, static_cast<Wire>(tag & 7), depth);
    }
    normalise(tree, type, place_);
    return tree;
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    fail_value("schema.bad_bytes", place_.text(), what);
  }

  void skip(Wire wire) {
    switch (wire) {
      case Wire::varint:
        varint();
        return;
      case Wire::fixed64:
        take(8);
        return;
      case Wire::bytes:
        take(varint());
        return;
      case Wire::fixed32:
        take(4);
        return;
    }
    fail("a field has an unknown wire type");
  }

  static Wire wire_of(const FieldDescriptor& field) noexcept {
    switch (field.kind) {
      case FieldKind::float32:
        return Wire::fixed32;
      case FieldKind::float64:
        return Wire::fixed64;
      case FieldKind::string:
      case FieldKind::bytes:
      case FieldKind::message:
        return Wire::bytes;
      default:
        return Wire::varint;
    }
  }

  void read_field(FieldTree& tree, const MessageDescriptor& type, const FieldDescriptor& field,
                  Wire wire, int depth) {
    const Wire expected = wire_of(field);
    if (wire == expected) {
      put(tree, type, field, value(field, depth), place_);
    } else if (wire == Wire::bytes && field.repeated) {
      BinaryReader packed(take(varint()), place_, unknown_);
      while (!packed.bytes_.empty()) {
        put(tree, type, field, packed.value(field, depth), place_);
      }
    } else {
      fail("field '" + std::string(field.name) + "' has the wrong wire type");
    }
  }

  FieldValue value(const FieldDescriptor& field, int depth) {
    switch (field.kind) {
      case FieldKind::boolean:
        return varint() != 0;
      case FieldKind::int64:
        return static_cast<std::int64_t>(varint());
      case FieldKind::uint32:
        return varint() & 0xFFFFFFFFU;
      case FieldKind::uint64:
        return varint();
      case FieldKind::enumeration:
        return enum_from_number(enum_of(field), static_cast<std::int64_t>(varint()), place_);
      case FieldKind::float32:
        return static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(fixed(4))));
      case FieldKind::float64:
        return std::bit_cast<double>(fixed(8));
      case FieldKind::bytes:
        return std::string(take(varint()));
      case FieldKind::string: {
        const std::string_view text = take(varint());
        if (!is_utf8(text)) fail("field '" + std::string(field.name) + "' is not valid UTF-8");
        return std::string(text);
      }
      case FieldKind::message: {
        BinaryReader inner(take(varint()), place_, unknown_);
        return inner.message(message_of(field), depth + 1);
      }
    }
    fail("a field of unknown kind");
  }

  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const auto byte = static_cast<unsigned char>(take(1).front());
      value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if ((byte & 0x80) == 0) return value;
    }
    fail("a number is longer than ten bytes");
  }

  std::uint64_t fixed(unsigned size) {
    const std::string_view bytes = take(size);
    std::uint64_t value = 0;
    for (unsigned i = 0; i < size; ++i) {
      value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    }
    return value;
  }

  std::string_view take(std::uint64_t size) {
    if (size > bytes_.size()) fail("the packed message is cut off");
    const std::string_view head = bytes_.substr(0, static_cast<std::size_t>(size));
    bytes_.remove_prefix(head.size());
    return head;
  }

  std::string_view bytes_;
  const Place& place_;
  UnknownFields unknown_;
};

}  // namespace

FieldTree read_binary(const MessageDescriptor& message, std::string_view bytes, const Place& place,
                      UnknownFields unknown) {
  return BinaryReader(bytes, place, unknown).message(message, 0);
}

}  // namespace zeroskew::detail
