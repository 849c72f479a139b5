#include "zeroskew/column/type.hpp"

namespace zeroskew {

std::string_view to_string(Kind kind) noexcept {
  switch (kind) {
    case Kind::null: return "null";
    case Kind::boolean: return "bool";
    case Kind::integer: return "int";
    case Kind::floating: return "float";
    case Kind::string: return "string";
    case Kind::bytes: return "bytes";
    case Kind::date: return "date";
    case Kind::time: return "time";
    case Kind::timestamp: return "timestamp";
    case Kind::duration: return "duration";
    case Kind::decimal: return "decimal";
    case Kind::list: return "list";
    case Kind::structure: return "struct";
  }
  return "null";
}

std::string_view to_string(TimeUnit unit) noexcept {
  switch (unit) {
    case TimeUnit::none: return "";
    case TimeUnit::day: return "day";
    case TimeUnit::second: return "s";
    case TimeUnit::millisecond: return "ms";
    case TimeUnit::microsecond: return "us";
    case TimeUnit::nanosecond: return "ns";
  }
  return "";
}

std::string to_string(const Type& type) {
  std::string text(to_string(type.kind));
  if (type.kind == Kind::decimal) return text + "[" + std::to_string(type.scale) + "]";
  if (type.unit == TimeUnit::none || type.kind == Kind::date) return text;
  text.append("[").append(to_string(type.unit));
  if (!type.timezone.empty()) text.append(", ").append(type.timezone);
  return text + "]";
}

}  // namespace zeroskew
