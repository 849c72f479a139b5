#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "schema/proto/json_codec.hpp"
#include "schema/proto/json_position.hpp"
#include "schema/proto/text_codec.hpp"
#include "schema/proto/tree.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew::detail {
namespace {

using Json = nlohmann::json;

// The members and elements that lead to a value, and where it stands in the document:
// "feature[3].int_domain.min (line 7, column 21)".
struct JsonPlace : Place {
  explicit JsonPlace(std::string_view text) : document(text) {}
  JsonPlace(const JsonPlace* parent, std::string_view member) : up(parent), name(member) {}
  JsonPlace(const JsonPlace* parent, std::size_t element)
      : up(parent), is_element(true), index(element) {}

  [[nodiscard]] std::string text() const override {
    std::vector<JsonStep> steps;
    const std::string path = path_to(steps);
    const JsonPlace* root = this;
    while (root->up != nullptr) root = root->up;
    const std::string where = position(root->document, find_value(root->document, steps, at_name));
    return path.empty() ? where : path + " (" + where + ")";
  }

  const JsonPlace* up = nullptr;
  std::string_view document;  // of the root
  std::string_view name;
  bool is_element = false;
  std::size_t index = 0;
  bool at_name = false;  // it is the member's name that is wrong

 private:
  std::string path_to(std::vector<JsonStep>& steps) const {
    if (up == nullptr) return {};
    std::string path = up->path_to(steps);
    if (is_element) {
      steps.emplace_back(index);
      return path + "[" + std::to_string(index) + "]";
    }
    steps.emplace_back(std::string(name));
    return path + (path.empty() ? "" : ".") + shown(name);
  }
};

[[noreturn]] void fail_value_at(const Place& place, const Json& json, std::string_view wanted) {
  const std::string found =
      json.is_structured() ? std::string("an ") + json.type_name() : shown(json.dump());
  fail_value("schema.bad_value", place.text(),
             "found " + found + " where " + std::string(wanted) + " should stand");
}

class JsonReader {
 public:
  static FieldTree message(const MessageDescriptor& type, const Json& json, const JsonPlace& place,
                           int depth) {
    if (depth > kDeepest) {
      fail_value("schema.too_deep", place.text(), "messages are nested too deeply");
    }
    FieldTree tree;
    switch (type.form) {
      case MessageForm::any:
        tree = any(json, place, depth);
        break;
      case MessageForm::object:
        tree = map_field(type, json, place, depth);
        break;
      case MessageForm::value:
        tree = value(type, json, place, depth);
        break;
      case MessageForm::list:
        if (!json.is_array()) fail_value_at(place, json, "a list");
        elements(tree, type, type.fields[0], json, place, depth);
        break;
      default:
        if (!json.is_object()) fail_value_at(place, json, "an object");
        members(tree, type, json, place, depth);
        break;
    }
    normalise(tree, type, place);
    return tree;
  }

 private:
  static void members(FieldTree& tree, const MessageDescriptor& type, const Json& json,
                      const JsonPlace& place, int depth) {
    for (const auto& [name, item] : json.items()) {
      const FieldDescriptor* field = find_json_field(type, name);
      JsonPlace here(&place, name);
      if (field == nullptr) {
        here.at_name = true;
        fail_unknown_field(here, type, name);
      }
      if (is_null(*field, item)) continue;
      if (is_map(*field)) {
        entries(tree, type, *field, item, here, depth);
      } else if (field->repeated) {
        if (!item.is_array()) fail_value_at(here, item, "a list");
        elements(tree, type, *field, item, here, depth);
      } else {
        put(tree, type, *field, scalar(*field, item, here, depth), here);
      }
    }
  }

  // null means unset, except where null is a value.
  static bool is_null(const FieldDescriptor& field, const Json& json) {
    if (!json.is_null() || field.repeated) return json.is_null();
    if (field.kind == FieldKind::enumeration) return field.type != "google.protobuf.NullValue";
    return field.kind != FieldKind::message || message_of(field).form != MessageForm::value;
  }

  static void elements(FieldTree& tree, const MessageDescriptor& type, const FieldDescriptor& field,
                       const Json& json, const JsonPlace& place, int depth) {
    std::size_t index = 0;
    for (const Json& item : json) {
      const JsonPlace here(&place, index++);
      put(tree, type, field, scalar(field, item, here, depth), here);
    }
  }

  static void entries(FieldTree& tree, const MessageDescriptor& type, const FieldDescriptor& field,
                      const Json& json, const JsonPlace& place, int depth) {
    if (!json.is_object()) fail_value_at(place, json, "an object");
    const MessageDescriptor& entry = message_of(field);
    for (const auto& [key, item] : json.items()) {
      const JsonPlace here(&place, key);
      FieldTree pair;
      put(pair, entry, entry.fields[0], key, here);
      put(pair, entry, entry.fields[1], message(message_of(entry.fields[1]), item, here, depth + 2),
          here);
      put(tree, type, field, std::move(pair), here);
    }
  }

  static FieldTree map_field(const MessageDescriptor& type, const Json& json,
                             const JsonPlace& place, int depth) {
    FieldTree tree;
    entries(tree, type, type.fields[0], json, place, depth);
    return tree;
  }

  static FieldTree any(const Json& json, const JsonPlace& place, int depth) {
    if (!json.is_object()) fail_value_at(place, json, "an object with \"@type\"");
    FieldTree tree;
    if (json.empty()) return tree;
    const auto url = json.find("@type");
    if (url == json.end() || !url->is_string()) {
      fail_value("schema.bad_value", place.text(), "an Any needs \"@type\" with the type's name");
    }
    tree.at(1).values.emplace_back(url->get<std::string>());
    const MessageDescriptor* type = any_type(text_of(tree, 1));
    if (type == nullptr) {
      read_unknown(tree, json, place);
      return tree;
    }
    if (type->form == MessageForm::plain || type->form == MessageForm::implicit) {
      Json fields = json;
      fields.erase("@type");
      tree.at(2).values.emplace_back(message(*type, fields, place, depth + 1));
      return tree;
    }
    const auto content = json.find("value");
    if (content == json.end() || json.size() != 2) {
      fail_value("schema.bad_value", place.text(),
                 "this Any holds exactly \"@type\" and \"value\"");
    }
    tree.at(2).values.emplace_back(message(*type, *content, JsonPlace(&place, "value"), depth + 1));
    return tree;
  }

  // A type that is not known keeps its bytes, in base64.
  static void read_unknown(FieldTree& tree, const Json& json, const JsonPlace& place) {
    const auto packed = json.find("value");
    const bool bytes = packed != json.end() && packed->is_string() && json.size() == 2;
    std::optional<std::string> value;
    if (bytes) value = from_base64(packed->get_ref<const std::string&>());
    if (!value && json.size() != 1) {
      fail_value("schema.unknown_type", place.text(),
                 "the type '" + shown(text_of(tree, 1)) +
                     "' is not known: give its bytes in base64 as \"value\"");
    }
    if (value && !value->empty()) tree.at(2).values.emplace_back(*std::move(value));
  }

  static FieldTree value(const MessageDescriptor& type, const Json& json, const JsonPlace& place,
                         int depth) {
    FieldTree tree;
    switch (json.type()) {
      case Json::value_t::null:
        tree.at(1).values.emplace_back(std::int64_t{0});
        break;
      case Json::value_t::boolean:
        tree.at(4).values.emplace_back(json.get<bool>());
        break;
      case Json::value_t::string:
        tree.at(3).values.emplace_back(json.get<std::string>());
        break;
      case Json::value_t::object:
        tree.at(5).values.emplace_back(message(message_of(type.fields[4]), json, place, depth + 1));
        break;
      case Json::value_t::array:
        tree.at(6).values.emplace_back(message(message_of(type.fields[5]), json, place, depth + 1));
        break;
      default:
        tree.at(2).values.emplace_back(json.get<double>());
        break;
    }
    return tree;
  }

  static FieldValue scalar(const FieldDescriptor& field, const Json& json, const JsonPlace& place,
                           int depth) {
    switch (field.kind) {
      case FieldKind::message:
        return message(message_of(field), json, place, depth + 1);
      case FieldKind::boolean:
        if (!json.is_boolean()) fail_value_at(place, json, "true or false");
        return json.get<bool>();
      case FieldKind::string:
        if (!json.is_string()) fail_value_at(place, json, "text");
        return json.get<std::string>();
      case FieldKind::bytes: {
        std::optional<std::string> bytes;
        if (json.is_string()) bytes = from_base64(json.get_ref<const std::string&>());
        if (!bytes) fail_value_at(place, json, "bytes in base64");
        return *std::move(bytes);
      }
      case FieldKind::float32:
      case FieldKind::float64:
        return real(field, number(json, place), place);
      case FieldKind::enumeration:
        return enumeration(field, json, place);
      case FieldKind::int64:
      case FieldKind::uint32:
      case FieldKind::uint64:
        break;
    }
    return whole_number(field, json, place);
  }

  static FieldValue enumeration(const FieldDescriptor& field, const Json& json,
                                const JsonPlace& place) {
    const EnumDescriptor& type = enum_of(field);
    if (json.is_null()) return std::int64_t{0};
    if (json.is_string()) return enum_from_name(type, json.get_ref<const std::string&>(), place);
    if (!json.is_number_integer()) fail_value_at(place, json, "the name of a value");
    if (json.is_number_unsigned() && json.get<std::uint64_t>() >> 63 != 0) {
      fail_value_at(place, json, "the name of a value");
    }
    return enum_from_number(type, json.get<std::int64_t>(), place);
  }

  static double number(const Json& json, const JsonPlace& place) {
    if (json.is_number()) return json.get<double>();
    if (json.is_string()) {
      const auto& text = json.get_ref<const std::string&>();
      if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
      if (text == "Infinity") return std::numeric_limits<double>::infinity();
      if (text == "-Infinity") return -std::numeric_limits<double>::infinity();
      const std::optional<double> parsed = parse_number(text);
      if (parsed && std::isfinite(*parsed)) return *parsed;
    }
    fail_value_at(place, json, "a number");
  }

  static FieldValue whole_number(const FieldDescriptor& field, const Json& json,
                                 const JsonPlace& place) {
    constexpr double kTooLarge = 18446744073709551616.0;  // 2^64
    if (json.is_number_unsigned()) return integer(field, false, json.get<std::uint64_t>(), place);
    if (json.is_number_integer()) {
      const auto value = json.get<std::int64_t>();
      const auto bits = static_cast<std::uint64_t>(value);
      return integer(field, value < 0, value < 0 ? ~bits + 1 : bits, place);
    }
    if (json.is_number_float()) {
      const double value = json.get<double>();
      if (value == std::trunc(value) && std::fabs(value) < kTooLarge) {
        return integer(field, value < 0, static_cast<std::uint64_t>(std::fabs(value)), place);
      }
    }
    if (json.is_string()) {
      std::string_view digits = json.get_ref<const std::string&>();
      const bool negative = digits.starts_with('-');
      if (negative) digits.remove_prefix(1);
      std::uint64_t size = 0;
      const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), size);
      if (read.ec == std::errc() && read.ptr == digits.data() + digits.size()) {
        return integer(field, negative, size, place);
      }
    }
    fail_value_at(place, json, "an integer");
  }
};

// The bytes of a document, and how many of them the parser has taken.
class Counted {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  Counted(const char* at, std::size_t* taken) : at_(at), taken_(taken) {}
  reference operator*() const { return *at_; }
  Counted& operator++() {
    ++at_;
    ++*taken_;
    return *this;
  }
  Counted operator++(int) {
    const Counted before = *this;
    ++*this;
    return before;
  }
  bool operator==(const Counted& other) const { return at_ == other.at_; }
  bool operator!=(const Counted& other) const { return at_ != other.at_; }

 private:
  const char* at_;
  std::size_t* taken_;
};

// The parser keeps the last of two members with one name; here that is an error.
Json parse(std::string_view text) {
  std::vector<std::set<std::string>> names;
  std::size_t taken = 0;
  const auto watch = [&](int depth, Json::parse_event_t event, Json& parsed) {
    if (depth > 2 * kDeepest) {
      fail_value("schema.too_deep", position(text, taken - 1), "the document is nested too deeply");
    }
    if (event == Json::parse_event_t::object_start) names.emplace_back();
    if (event == Json::parse_event_t::object_end) names.pop_back();
    if (event == Json::parse_event_t::key) {
      const auto& name = parsed.get_ref<const std::string&>();
      if (!names.back().insert(name).second) {
        fail_value("schema.duplicate_field",
                   shown(name) + " (" + position(text, start_of_text(text, taken - 1)) + ")",
                   "the name stands twice in one object");
      }
    }
    return true;
  };
  try {
    const char* first = text.data();
    return Json::parse(Counted(first, &taken), Counted(first + text.size(), &taken), watch);
  } catch (const Json::parse_error& error) {
    const std::string_view what = error.what();
    const std::size_t reason = what.find("syntax error");
    fail_value("schema.json_syntax", position(text, std::max<std::size_t>(error.byte, 1) - 1),
               shown(reason == std::string_view::npos ? what : what.substr(reason), 300));
  } catch (const Json::exception& error) {
    fail_value("schema.json_syntax", position(text, std::max<std::size_t>(taken, 1) - 1),
               shown(error.what(), 300));
  }
}

}  // namespace

FieldTree read_json(const MessageDescriptor& message, std::string_view text) {
  const Json json = parse(text);
  return JsonReader::message(message, json, JsonPlace(text), 0);
}

}  // namespace zeroskew::detail
