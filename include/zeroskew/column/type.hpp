#pragma once
/// What a column means, whatever its physical layout: int8 and uint64 are both `integer`,
/// utf8, large_utf8, utf8_view and a dictionary of strings are all `string`.

#include <cstdint>
#include <string>
#include <string_view>

namespace zeroskew {

enum class Kind : std::uint8_t {
  null,
  boolean,
  integer,
  floating,
  string,
  bytes,
  date,
  time,
  timestamp,
  duration,
  decimal,
  list,
  structure,
};

enum class TimeUnit : std::uint8_t { none, day, second, millisecond, microsecond, nanosecond };

/// A logical type. Profiles of different types do not merge, except that `null` (a column
/// without any value yet) merges with every type.
struct Type {
  Kind kind = Kind::null;
  TimeUnit unit = TimeUnit::none;  ///< date, time, timestamp, duration
  bool is_unsigned = false;        ///< integer: 64-bit unsigned, so that 2^64 - 1 fits
  std::int32_t scale = 0;          ///< decimal: value = unscaled / 10^scale
  std::string timezone;            ///< timestamp: as the producer named it, "" if naive

  [[nodiscard]] bool operator==(const Type&) const = default;
};

/// The word for a kind: "int", "float", "bool", "string", "bytes", "date", "time",
/// "timestamp", "duration", "decimal", "list", "struct", "null".
[[nodiscard]] std::string_view to_string(Kind kind) noexcept;
/// "day", "s", "ms", "us", "ns"; "" for none.
[[nodiscard]] std::string_view to_string(TimeUnit unit) noexcept;
/// The whole type: "timestamp[us, UTC]", "decimal[2]", "int".
[[nodiscard]] std::string to_string(const Type& type);

/// True where values are numbers with an order and a sum: bool, int, float, the temporal
/// kinds (in their own unit) and decimal.
[[nodiscard]] constexpr bool is_numeric(Kind kind) noexcept {
  switch (kind) {
    case Kind::boolean:
    case Kind::integer:
    case Kind::floating:
    case Kind::date:
    case Kind::time:
    case Kind::timestamp:
    case Kind::duration:
    case Kind::decimal:
      return true;
    default:
      return false;
  }
}

/// True for string and bytes.
[[nodiscard]] constexpr bool is_text(Kind kind) noexcept {
  return kind == Kind::string || kind == Kind::bytes;
}

}  // namespace zeroskew
