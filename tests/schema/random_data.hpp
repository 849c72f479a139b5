#pragma once
// Random tables: few rows, many types, odd values.

#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "schema/data.hpp"

namespace zeroskew_test {

class RandomData {
 public:
  explicit RandomData(std::uint64_t seed) : engine_(seed) {}

  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(engine_() % bound); }

  zeroskew::Batch batch() {
    // Names that random schemas also have, so that many columns meet a feature.
    static const char* const names[] = {"", "a", "fare", ".", "(x)", "aa", "0", "#", "new"};
    std::vector<zeroskew::ColumnBuilder> columns;
    const std::size_t rows = 1 + below(6);
    for (const char* name : names) {
      if (below(3) == 0) continue;
      zeroskew::ColumnBuilder builder(field(name, 0));
      for (std::size_t i = 0; i < rows; ++i) cell(builder);
      columns.push_back(std::move(builder));
    }
    return zeroskew::make_batch(std::move(columns));
  }
  zeroskew::Profile profile() { return zeroskew::profile(batch()); }

 private:
  zeroskew::Field field(const std::string& name, int depth) {
    static constexpr zeroskew::Kind kinds[] = {
        zeroskew::Kind::boolean, zeroskew::Kind::integer, zeroskew::Kind::floating,
        zeroskew::Kind::string,  zeroskew::Kind::bytes,   zeroskew::Kind::date,
        zeroskew::Kind::null,    zeroskew::Kind::list,    zeroskew::Kind::structure};
    zeroskew::Field result;
    result.name = name;
    result.type.kind = kinds[below(depth < 2 ? 9 : 6)];
    if (result.type.kind == zeroskew::Kind::date) result.type.unit = zeroskew::TimeUnit::day;
    if (result.type.kind == zeroskew::Kind::list) result.children = {field("item", depth + 1)};
    if (result.type.kind == zeroskew::Kind::structure) {
      result.children = {field("a", depth + 1), field("fare", depth + 1)};
    }
    return result;
  }

  void cell(zeroskew::ColumnBuilder& builder) {
    const zeroskew::Kind kind = builder.field().type.kind;
    if (kind == zeroskew::Kind::null || below(6) == 0) return builder.append_null();
    if (kind == zeroskew::Kind::boolean) return builder.append(below(2) == 0);
    if (kind == zeroskew::Kind::integer || kind == zeroskew::Kind::date)
      return builder.append(integer());
    if (kind == zeroskew::Kind::floating) return builder.append(real());
    if (kind == zeroskew::Kind::string || kind == zeroskew::Kind::bytes)
      return builder.append(text());
    if (kind == zeroskew::Kind::list) {
      const std::size_t count = below(4);
      for (std::size_t i = 0; i < count; ++i) cell(builder.child(0));
      return builder.append_list(static_cast<std::int64_t>(count));
    }
    for (std::size_t i = 0; i < builder.field().children.size(); ++i) cell(builder.child(i));
    builder.append_structure();
  }

  std::int64_t integer() {
    const auto bits = static_cast<std::int64_t>(engine_());
    return below(2) == 0 ? static_cast<std::int64_t>(below(3)) : bits >> below(64);
  }
  double real() {
    static constexpr double odd[] = {0.0, 1.0, 0.5, -3.25, 1e300, -1e300};
    const std::size_t pick = below(9);
    if (pick == 6) return std::numeric_limits<double>::quiet_NaN();
    if (pick == 7) return std::numeric_limits<double>::infinity();
    return pick == 8 ? -std::numeric_limits<double>::infinity() : odd[pick];
  }
  std::string_view text() {
    static constexpr std::string_view words[] = {"", "a", "fare", "true", "0", "-7", "1.5", "\xff"};
    return words[below(below(4) == 0 ? 8 : 7)];
  }

  std::mt19937_64 engine_;
};

}  // namespace zeroskew_test
