#include <cmath>
#include <string>

#include "schema/proto/pbtxt.hpp"
#include "schema/proto/text_codec.hpp"
#include "schema/proto/tree.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew::detail {
namespace {

void append_quoted(std::string& out, std::string_view bytes, bool keep_utf8) {
  if (keep_utf8) require_utf8(bytes);
  out += '"';
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    switch (c) {
      case '\t':
        out += "\\t";
        continue;
      case '\n':
        out += "\\n";
        continue;
      case '\r':
        out += "\\r";
        continue;
      case '"':
        out += "\\\"";
        continue;
      case '\'':
        out += "\\'";
        continue;
      case '\\':
        out += "\\\\";
        continue;
      default:
        break;
    }
    if (byte < 0x20 || byte == 0x7F || (byte > 0x7F && !keep_utf8)) {
      out += '\\';
      for (const unsigned shift : {6U, 3U, 0U})
        out += static_cast<char>('0' + (byte >> shift & 7U));
    } else {
      out += c;
    }
  }
  out += '"';
}

std::string real_text(double value, bool single_precision) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  return number_text(value, single_precision);
}

class TextWriter {
 public:
  explicit TextWriter(bool one_line) : one_line_(one_line) {}

  void fields(const MessageDescriptor& type, const FieldTree& tree, int depth) {
    if (depth > kDeepest) {
      fail_value("schema.too_deep", std::string(type.name), "messages are nested too deeply");
    }
    const FieldTree* unpacked = type.form == MessageForm::any ? message_in(tree, 2) : nullptr;
    if (unpacked != nullptr) {
      const std::string_view url = text_of(tree, 1);
      begin(depth);
      out_.append("[").append(url).append("] ");
      block(*any_type(url), *unpacked, depth);
      end();
      return;
    }
    for (const FieldEntry& entry : tree.entries) {
      const FieldDescriptor* field = find_field(type, entry.number);
      if (field == nullptr) continue;
      for (const FieldValue& value : entry.values) {
        begin(depth);
        out_ += field->name;
        out_ += field->kind == FieldKind::message ? " " : ": ";
        write(*field, value, depth);
        end();
      }
    }
  }

  void write(const FieldDescriptor& field, const FieldValue& value, int depth) {
    switch (field.kind) {
      case FieldKind::boolean:
        out_ += std::get<bool>(value) ? "true" : "false";
        break;
      case FieldKind::int64:
        out_ += std::to_string(std::get<std::int64_t>(value));
        break;
      case FieldKind::uint32:
      case FieldKind::uint64:
        out_ += std::to_string(std::get<std::uint64_t>(value));
        break;
      case FieldKind::float32:
      case FieldKind::float64:
        out_ += real_text(std::get<double>(value), field.kind == FieldKind::float32);
        break;
      case FieldKind::string:
      case FieldKind::bytes:
        append_quoted(out_, std::get<std::string>(value), field.kind == FieldKind::string);
        break;
      case FieldKind::enumeration: {
        const auto number = std::get<std::int64_t>(value);
        const EnumValue* name = find_value(enum_of(field), number);
        out_ += name != nullptr ? std::string(name->name) : std::to_string(number);
        break;
      }
      case FieldKind::message:
        block(message_of(field), std::get<FieldTree>(value), depth);
        break;
    }
  }

  std::string take() { return std::move(out_); }

 private:
  void begin(int depth) {
    if (!one_line_) out_.append(2 * static_cast<std::size_t>(depth), ' ');
  }
  void end() { out_ += one_line_ ? ' ' : '\n'; }

  void block(const MessageDescriptor& type, const FieldTree& tree, int depth) {
    out_ += '{';
    end();
    fields(type, tree, depth + 1);
    begin(depth);
    out_ += '}';
  }

  bool one_line_;
  std::string out_;
};

}  // namespace

std::string write_pbtxt(const MessageDescriptor& message, const FieldTree& tree) {
  TextWriter writer(false);
  writer.fields(message, tree, 0);
  return writer.take();
}

std::string write_pbtxt_inline(const FieldDescriptor& field, const FieldValue& value) {
  TextWriter writer(true);
  writer.write(field, value, 0);
  return writer.take();
}

}  // namespace zeroskew::detail
