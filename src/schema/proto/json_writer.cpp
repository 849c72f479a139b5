#include <cmath>
#include <string>

#include "schema/proto/json_codec.hpp"
#include "schema/proto/text_codec.hpp"
#include "schema/proto/tree.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew::detail {
namespace {

class JsonWriter {
 public:
  void message(const MessageDescriptor& type, const FieldTree& tree) {
    if (depth_++ > kDeepest) {
      fail_value("schema.too_deep", std::string(type.name), "messages are nested too deeply");
    }
    switch (type.form) {
      case MessageForm::any:
        any(tree);
        break;
      case MessageForm::object:
        map(type.fields[0], tree.find(1));
        break;
      case MessageForm::value:
        value(type, tree);
        break;
      case MessageForm::list:
        list(type.fields[0], tree.find(1));
        break;
      default:
        open('{');
        members(type, tree);
        close('}');
        break;
    }
    --depth_;
  }

  std::string take() { return std::move(out_); }

 private:
  void open(char bracket) {
    out_ += bracket;
    ++indent_;
    first_ = true;
  }
  void close(char bracket) {
    --indent_;
    if (!first_) new_line();
    out_ += bracket;
    first_ = false;
  }
  void new_line() { out_.append("\n").append(2 * indent_, ' '); }
  void item() {
    if (!first_) out_ += ',';
    new_line();
    first_ = false;
  }
  void name(std::string_view text) {
    item();
    quoted(text);
    out_ += ": ";
  }

  void quoted(std::string_view text) {
    require_utf8(text);
    constexpr std::string_view kHex = "0123456789abcdef";
    out_ += '"';
    for (const char c : text) {
      const auto byte = static_cast<unsigned char>(c);
      switch (c) {
        case '"':
          out_ += "\\\"";
          break;
        case '\\':
          out_ += "\\\\";
          break;
        case '\b':
          out_ += "\\b";
          break;
        case '\f':
          out_ += "\\f";
          break;
        case '\n':
          out_ += "\\n";
          break;
        case '\r':
          out_ += "\\r";
          break;
        case '\t':
          out_ += "\\t";
          break;
        default:
          if (byte < 0x20) {
            out_.append("\\u00").append(1, kHex[byte >> 4]).append(1, kHex[byte & 15U]);
          } else {
            out_ += c;
          }
      }
    }
    out_ += '"';
  }

  void members(const MessageDescriptor& type, const FieldTree& tree) {
    for (const FieldEntry& entry : tree.entries) {
      const FieldDescriptor* field = find_field(type, entry.number);
      if (field == nullptr) continue;
      name(field->name);
      if (is_map(*field)) {
        map(*field, &entry);
      } else if (field->repeated) {
        list(*field, &entry);
      } else {
        scalar(*field, entry.values.front());
      }
    }
  }

  void list(const FieldDescriptor& field, const FieldEntry* entry) {
    open('[');
    if (entry != nullptr) {
      for (const FieldValue& element : entry->values) {
        item();
        scalar(field, element);
      }
    }
    close(']');
  }

  void map(const FieldDescriptor& field, const FieldEntry* entry) {
    const FieldDescriptor& content = message_of(field).fields[1];
    open('{');
    if (entry != nullptr) {
      for (const FieldValue& element : entry->values) {
        const auto& pair = std::get<FieldTree>(element);
        name(text_of(pair, 1));
        scalar(content, pair.find(2)->values.front());
      }
    }
    close('}');
  }

  void any(const FieldTree& tree) {
    open('{');
    const std::string_view url = text_of(tree, 1);
    const MessageDescriptor* type = any_type(url);
    if (!tree.empty()) {
      if (url.empty()) {
        fail_value("schema.no_json_form", "google.protobuf.Any",
                   "content without a type_url cannot be written as JSON: name its type");
      }
      name("@type");
      quoted(url);
    }
    if (const FieldTree* content = message_in(tree, 2); content != nullptr && type != nullptr) {
      if (type->form == MessageForm::plain || type->form == MessageForm::implicit) {
        members(*type, *content);
      } else {
        name("value");
        message(*type, *content);
      }
    } else if (const std::string_view packed = text_of(tree, 2); !packed.empty()) {
      name("value");
      quoted(to_base64(packed));
    }
    close('}');
  }

  void value(const MessageDescriptor& type, const FieldTree& tree) {
    if (tree.empty() || tree.entries.front().number == 1) {
      out_ += "null";
      return;
    }
    const FieldEntry& entry = tree.entries.front();
    const FieldDescriptor& field = *find_field(type, entry.number);
    if (field.kind == FieldKind::float64 && !std::isfinite(std::get<double>(entry.values[0]))) {
      fail_value("schema.no_json_form", "google.protobuf.Value",
                 "NaN and infinities cannot stand in a Struct as JSON: store text");
    }
    scalar(field, entry.values.front());
  }

  void real(double value, bool single_precision) {
    if (std::isnan(value)) {
      out_ += "\"NaN\"";
    } else if (std::isinf(value)) {
      out_ += value > 0 ? "\"Infinity\"" : "\"-Infinity\"";
    } else {
      out_ += number_text(value, single_precision);
    }
  }

  void scalar(const FieldDescriptor& field, const FieldValue& value) {
    switch (field.kind) {
      case FieldKind::boolean:
        out_ += std::get<bool>(value) ? "true" : "false";
        break;
      case FieldKind::int64:
        quoted(std::to_string(std::get<std::int64_t>(value)));
        break;
      case FieldKind::uint32:
        out_ += std::to_string(std::get<std::uint64_t>(value));
        break;
      case FieldKind::uint64:
        quoted(std::to_string(std::get<std::uint64_t>(value)));
        break;
      case FieldKind::float32:
        real(std::get<double>(value), true);
        break;
      case FieldKind::float64:
        real(std::get<double>(value), false);
        break;
      case FieldKind::string:
        quoted(std::get<std::string>(value));
        break;
      case FieldKind::bytes:
        quoted(to_base64(std::get<std::string>(value)));
        break;
      case FieldKind::message:
        message(message_of(field), std::get<FieldTree>(value));
        break;
      case FieldKind::enumeration: {
        const auto number = std::get<std::int64_t>(value);
        const EnumValue* known = find_value(enum_of(field), number);
        if (known != nullptr) {
          quoted(known->name);
        } else {
          out_ += std::to_string(number);
        }
        break;
      }
    }
  }

  std::string out_;
  std::size_t indent_ = 0;
  int depth_ = 0;
  bool first_ = true;
};

}  // namespace

std::string write_json(const MessageDescriptor& message, const FieldTree& tree) {
  JsonWriter writer;
  writer.message(message, tree);
  return writer.take() + "\n";
}

}  // namespace zeroskew::detail
