#include "column/format.hpp"

#include <charconv>

#include "zeroskew/error.hpp"

namespace zeroskew::column {
namespace {

[[noreturn]] void unsupported(std::string_view format, const std::string& where,
                              std::string_view why) {
  fail_type("column.unsupported_type", where,
            "Arrow type '" + std::string(format) + "' " + std::string(why) +
                "; cast it to a number, a string, a date or time, a list or a struct");
}

std::int32_t number(std::string_view text, std::string_view format, const std::string& where) {
  std::int32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) {
    unsupported(format, where, "is malformed");
  }
  return value;
}

TimeUnit unit_of(char letter) noexcept {
  switch (letter) {
    case 's': return TimeUnit::second;
    case 'm': return TimeUnit::millisecond;
    case 'u': return TimeUnit::microsecond;
    case 'n': return TimeUnit::nanosecond;
    default: return TimeUnit::none;
  }
}

char letter_of(TimeUnit unit) noexcept {
  switch (unit) {
    case TimeUnit::second: return 's';
    case TimeUnit::millisecond: return 'm';
    case TimeUnit::microsecond: return 'u';
    default: return 'n';
  }
}

Format temporal(std::string_view f, const std::string& where) {
  if (f == "tdD") return {{Kind::date, TimeUnit::day, false, 0, {}}, Layout::int32, 0};
  if (f == "tdm") return {{Kind::date, TimeUnit::millisecond, false, 0, {}}, Layout::int64, 0};
  if (f.size() < 3) unsupported(f, where, "is unknown");
  const TimeUnit unit = unit_of(f[2]);
  if (unit == TimeUnit::none) unsupported(f, where, "is unknown");
  if (f[1] == 't' && f.size() == 3) {
    const bool narrow = unit == TimeUnit::second || unit == TimeUnit::millisecond;
    return {{Kind::time, unit, false, 0, {}}, narrow ? Layout::int32 : Layout::int64, 0};
  }
  if (f[1] == 'D' && f.size() == 3) return {{Kind::duration, unit, false, 0, {}}, Layout::int64, 0};
  if (f[1] == 's' && f.size() >= 4 && f[3] == ':') {
    return {{Kind::timestamp, unit, false, 0, std::string(f.substr(4))}, Layout::int64, 0};
  }
  unsupported(f, where, f[1] == 'i' ? "is a calendar interval, which has no order" : "is unknown");
}

Format decimal(std::string_view f, const std::string& where) {
  std::string_view rest = f.substr(2);
  const auto comma = rest.find(',');
  if (comma == std::string_view::npos) unsupported(f, where, "is malformed");
  std::string_view scale = rest.substr(comma + 1);
  std::int32_t bits = 128;
  if (const auto second = scale.find(','); second != std::string_view::npos) {
    bits = number(scale.substr(second + 1), f, where);
    scale = scale.substr(0, second);
  }
  Format result;
  result.type.kind = Kind::decimal;
  result.type.scale = number(scale, f, where);
  if (result.type.scale < -76 || result.type.scale > 76) unsupported(f, where, "has a wild scale");
  switch (bits) {
    case 32: result.layout = Layout::int32; break;
    case 64: result.layout = Layout::int64; break;
    case 128: result.layout = Layout::int128; break;
    case 256: result.layout = Layout::int256; break;
    default: unsupported(f, where, "has an unknown width");
  }
  return result;
}

Format nested(std::string_view f, const std::string& where) {
  const Type list{Kind::list, TimeUnit::none, false, 0, {}};
  if (f == "+s") return {{Kind::structure, TimeUnit::none, false, 0, {}}, Layout::structure, 0};
  if (f == "+l" || f == "+m") return {list, Layout::list32, 0};
  if (f == "+L") return {list, Layout::list64, 0};
  if (f == "+vl") return {list, Layout::list_view32, 0};
  if (f == "+vL") return {list, Layout::list_view64, 0};
  if (f.starts_with("+w:")) {
    const std::int32_t width = number(f.substr(3), f, where);
    if (width < 0) unsupported(f, where, "is malformed");
    return {list, Layout::fixed_list, width};
  }
  unsupported(f, where, f.starts_with("+u")   ? "is a union"
                        : f.starts_with("+r") ? "is run-end encoded"
                                              : "is unknown");
}

}  // namespace

Format parse_format(std::string_view f, const std::string& where) {
  const auto plain = [](Kind kind, Layout layout) {
    return Format{{kind, TimeUnit::none, layout == Layout::uint64, 0, {}}, layout, 0};
  };
  if (f.empty()) unsupported(f, where, "is empty");
  switch (f[0]) {
    case 't': return temporal(f, where);
    case 'd':
      if (f.starts_with("d:")) return decimal(f, where);
      break;
    case '+': return nested(f, where);
    case 'w':
      if (f.starts_with("w:")) {
        Format result = plain(Kind::bytes, Layout::fixed_binary);
        result.width = number(f.substr(2), f, where);
        if (result.width < 0) unsupported(f, where, "is malformed");
        return result;
      }
      break;
    default: break;
  }
  if (f == "vu") return plain(Kind::string, Layout::binary_view);
  if (f == "vz") return plain(Kind::bytes, Layout::binary_view);
  if (f.size() != 1) unsupported(f, where, "is unknown");
  switch (f[0]) {
    case 'n': return plain(Kind::null, Layout::none);
    case 'b': return plain(Kind::boolean, Layout::bits);
    case 'c': return plain(Kind::integer, Layout::int8);
    case 'C': return plain(Kind::integer, Layout::uint8);
    case 's': return plain(Kind::integer, Layout::int16);
    case 'S': return plain(Kind::integer, Layout::uint16);
    case 'i': return plain(Kind::integer, Layout::int32);
    case 'I': return plain(Kind::integer, Layout::uint32);
    case 'l': return plain(Kind::integer, Layout::int64);
    case 'L': return plain(Kind::integer, Layout::uint64);
    case 'e': return plain(Kind::floating, Layout::float16);
    case 'f': return plain(Kind::floating, Layout::float32);
    case 'g': return plain(Kind::floating, Layout::float64);
    case 'u': return plain(Kind::string, Layout::binary32);
    case 'U': return plain(Kind::string, Layout::binary64);
    case 'z': return plain(Kind::bytes, Layout::binary32);
    case 'Z': return plain(Kind::bytes, Layout::binary64);
    default: unsupported(f, where, "is unknown");
  }
}

std::string print_format(const ColumnView& column) {
  const Layout layout =
      column.layout == Layout::dictionary ? column.index_layout : column.layout;
  if (column.layout != Layout::dictionary) {
    const Type& type = column.type;
    switch (type.kind) {
      case Kind::date: return type.unit == TimeUnit::day ? "tdD" : "tdm";
      case Kind::time: return std::string("tt") + letter_of(type.unit);
      case Kind::duration: return std::string("tD") + letter_of(type.unit);
      case Kind::timestamp:
        return std::string("ts") + letter_of(type.unit) + ":" + type.timezone;
      case Kind::decimal: {
        const std::string scale = std::to_string(type.scale);
        if (layout == Layout::int32) return "d:9," + scale + ",32";
        if (layout == Layout::int64) return "d:18," + scale + ",64";
        return layout == Layout::int128 ? "d:38," + scale : "d:76," + scale + ",256";
      }
      default: break;
    }
  }
  const bool string = column.type.kind == Kind::string;
  switch (layout) {
    case Layout::none: return "n";
    case Layout::bits: return "b";
    case Layout::int8: return "c";
    case Layout::uint8: return "C";
    case Layout::int16: return "s";
    case Layout::uint16: return "S";
    case Layout::int32: return "i";
    case Layout::uint32: return "I";
    case Layout::int64: return "l";
    case Layout::uint64: return "L";
    case Layout::float16: return "e";
    case Layout::float32: return "f";
    case Layout::float64: return "g";
    case Layout::binary32: return string ? "u" : "z";
    case Layout::binary64: return string ? "U" : "Z";
    case Layout::binary_view: return string ? "vu" : "vz";
    case Layout::fixed_binary: return "w:" + std::to_string(column.width);
    case Layout::list32: return "+l";
    case Layout::list64: return "+L";
    case Layout::list_view32: return "+vl";
    case Layout::list_view64: return "+vL";
    case Layout::fixed_list: return "+w:" + std::to_string(column.width);
    case Layout::structure: return "+s";
    default: return "n";
  }
}

}  // namespace zeroskew::column
