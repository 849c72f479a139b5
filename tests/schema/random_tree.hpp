#pragma once
// Random messages, made from the tables: every field, form and kind has its turn.

#include <cstdint>
#include <random>
#include <string>
#include <utility>

#include "schema/proto/tree.hpp"

namespace zeroskew_test {

struct Nowhere : zeroskew::detail::Place {
  [[nodiscard]] std::string text() const override { return "generated"; }
};

class RandomTree {
 public:
  explicit RandomTree(std::uint64_t seed) : engine_(seed) {}

  zeroskew::FieldTree message(std::string_view name) {
    return message(*zeroskew::detail::find_message(name), 0);
  }
  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(engine_() % bound); }

 private:
  using Field = zeroskew::detail::FieldDescriptor;
  using Kind = zeroskew::detail::FieldKind;
  using Form = zeroskew::detail::MessageForm;

  zeroskew::FieldTree message(const zeroskew::detail::MessageDescriptor& type, int depth) {
    zeroskew::FieldTree tree;
    if (type.form == Form::any) return any(depth);
    if (type.form == Form::value) {
      const Field& field = type.fields[below(depth > 5 ? 4 : 6)];
      tree.at(field.number).values.push_back(value(field, depth));
      return tree;
    }
    std::uint64_t taken = 0;  // one-ofs that have a member already
    for (const Field& field : type.fields) {
      const std::uint64_t group = field.one_of == 0 ? 0 : std::uint64_t{1} << field.one_of;
      if ((taken & group) != 0 || (depth > 6 && field.kind == Kind::message)) continue;
      if (below(field.one_of == 0 ? 3 : 6) != 0 && type.form != Form::map_entry) continue;
      taken |= group;
      const std::size_t count = field.repeated ? 1 + below(3) : 1;
      for (std::size_t i = 0; i < count; ++i) {
        zeroskew::detail::put(tree, type, field, value(field, depth), Nowhere{});
      }
    }
    zeroskew::detail::normalise(tree, type, Nowhere{});
    return tree;
  }

  zeroskew::FieldTree any(int depth) {
    static constexpr std::string_view kTypes[] = {
        "google.protobuf.Struct", "google.protobuf.ListValue", "google.protobuf.Value",
        "tensorflow.metadata.v0.Path", "tensorflow.metadata.v0.FloatDomain"};
    zeroskew::FieldTree tree;
    const std::size_t pick = below(std::size(kTypes) + 1);
    const bool known = pick < std::size(kTypes);
    const std::string name = known ? std::string(kTypes[pick]) : "example.Unknown";
    tree.at(1).values.emplace_back("type.googleapis.com/" + name);
    if (known) {
      tree.at(2).values.emplace_back(message(*zeroskew::detail::find_message(name), depth + 1));
    } else {
      tree.at(2).values.emplace_back("\x08\x96" + text());
    }
    return tree;
  }

  zeroskew::FieldValue value(const Field& field, int depth) {
    switch (field.kind) {
      case Kind::boolean:
        return below(2) == 0;
      case Kind::int64:
        return static_cast<std::int64_t>(engine_() >> (1 + below(62))) - 3;
      case Kind::uint32:
        return engine_() >> (32 + below(32));
      case Kind::uint64:
        return engine_() >> below(64);
      case Kind::float32:
        return static_cast<double>(static_cast<float>(real()));
      case Kind::float64:
        return real();
      case Kind::string:
        return text();
      case Kind::bytes:
        return text() + std::string("\x00\xff", 2);
      case Kind::message:
        return message(message_of(field), depth + 1);
      case Kind::enumeration:
        break;
    }
    const auto& values = enum_of(field).values;
    return std::int64_t{values[below(values.size())].number};
  }

  double real() {
    const double mantissa = static_cast<double>(engine_() >> 11) / 9007199254740992.0;
    switch (below(4)) {
      case 0:
        return mantissa;
      case 1:
        return static_cast<double>(below(1000));
      case 2:
        return -mantissa * 1e-30;
      default:
        return (mantissa - 0.5) * 1e30;
    }
  }

  std::string text() {
    static constexpr std::string_view kPieces[] = {"a",
                                                   "fare",
                                                   " ",
                                                   "\"",
                                                   "'",
                                                   "\\",
                                                   "\n",
                                                   "\t",
                                                   "\r",
                                                   "\x01",
                                                   "\x7f",
                                                   "\xc3\xa9",
                                                   "\xe2\x82\xac",
                                                   "\xf0\x9f\x9a\x95",
                                                   ".",
                                                   "(x)",
                                                   "{",
                                                   "}",
                                                   "#",
                                                   "0",
                                                   "//"};
    std::string result;
    for (std::size_t n = below(5); n > 0; --n) result += kPieces[below(std::size(kPieces))];
    return result;
  }

  std::mt19937_64 engine_;
};

}  // namespace zeroskew_test
