#include "schema/profile_values.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

namespace zeroskew::detail {
namespace {

Distribution integer_labels(const ColumnProfile& column) {
  Distribution result;
  result.kind = Distribution::Kind::labels;
  const ValueCounts& values = *column.values();
  double named = 0.0;
  for (const ValueCounts::Frequent& frequent : values.frequent()) {
    result.labels.push_back({label_of(column, frequent.code), frequent.count.value,
                             frequent.count.lo, frequent.count.hi});
    named += frequent.count.value;
  }
  std::sort(result.labels.begin(), result.labels.end(),
            [](const Label& a, const Label& b) { return a.name < b.name; });
  result.exact = values.exact();
  result.unnamed = std::max(0.0, static_cast<double>(values.total()) - named);
  return result;
}

}  // namespace

StatisticsType statistics_type(Kind kind) noexcept {
  switch (kind) {
    case Kind::boolean:
    case Kind::integer:
    case Kind::date:
    case Kind::time:
    case Kind::timestamp:
    case Kind::duration:
      return StatisticsType::integer;
    case Kind::floating:
    case Kind::decimal:
      return StatisticsType::floating;
    case Kind::string:
      return StatisticsType::string;
    case Kind::bytes:
      return StatisticsType::bytes;
    case Kind::structure:
      return StatisticsType::structure;
    case Kind::list:
    case Kind::null:
      break;
  }
  return StatisticsType::none;
}

std::string label_of(const ColumnProfile& column, std::uint64_t code) {
  Value value = column.value_of(code);
  if (const bool* truth = std::get_if<bool>(&value)) value = std::int64_t{*truth ? 1 : 0};
  return to_string(value);
}

std::vector<std::uint64_t> codes_of(const ColumnProfile& column,
                                    std::span<const std::string> names) {
  std::vector<std::uint64_t> codes;
  for (const std::string& name : names) {
    if (column.text() != nullptr) {
      codes.push_back(text_code(name));
      continue;
    }
    std::int64_t number = 0;
    const char* end = name.data() + name.size();
    const auto read = std::from_chars(name.data(), end, number);
    if (read.ec == std::errc() && read.ptr == end) codes.push_back(order_key(number));
  }
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  return codes;
}

std::optional<Distribution> ProfileValues::labels() const {
  if (column_.text() != nullptr) return Distribution::of_profile(column_);
  const Kind kind = column_.type().kind;
  if (kind == Kind::floating || kind == Kind::decimal) return std::nullopt;
  return integer_labels(column_);
}

std::optional<Distribution> ProfileValues::histogram(JensenShannonDivergence::Source source) const {
  const NumberStats* numbers = column_.numbers();
  if (numbers == nullptr) return std::nullopt;
  Distribution result;
  result.kind = Distribution::Kind::cells;
  result.exact = false;
  result.nan = static_cast<double>(numbers->nan());
  result.negative_infinity = static_cast<double>(numbers->negative_infinities());
  result.positive_infinity = static_cast<double>(numbers->positive_infinities());
  const Spread spread = numbers->spread();
  const bool quantiles = source == JensenShannonDivergence::Source::quantiles;
  for (const Spread::Bin& bin :
       quantiles ? spread.equal_mass(kBuckets) : spread.equal_width(kBuckets)) {
    // An infinite edge stands for infinities, which are counted apart.
    if (bin.count.value > 0.0 && bin.low > -std::numeric_limits<double>::infinity() &&
        bin.high < std::numeric_limits<double>::infinity()) {
      result.cells.push_back({bin.low, bin.high, bin.count.value});
    }
  }
  return result;
}

double ProfileValues::total() const {
  return static_cast<double>(column_.values()->total());
}

Estimate ProfileValues::mass_of(std::span<const std::string> names) const {
  const ValueCounts& values = *column_.values();
  std::uint64_t mass = 0;
  for (const std::uint64_t code : codes_of(column_, names)) mass += values.at_most(code);
  const double most = static_cast<double>(std::min(mass, values.total()));
  if (values.exact()) return {most, most, most, true};
  return {most, 0.0, most, false};
}

bool ProfileValues::named() const {
  const TextStats* text = column_.text();
  if (text == nullptr) return true;
  if (!text->keeps_names()) return false;
  return !text->lengths().any() ||
         text->lengths().max() <= static_cast<double>(TextStats::longest_name);
}

std::optional<Bounds> ProfileValues::inside(double lo, double hi) const {
  const NumberStats* numbers = column_.numbers();
  if (numbers == nullptr) return std::nullopt;
  const Spread spread = numbers->spread();
  for (const Spread::Cell& cell : spread.cells()) {
    if (cell.lo > lo && cell.hi < hi && cell.count > 0) return Bounds{cell.lo, cell.hi};
  }
  return std::nullopt;
}

std::optional<FeatureValues::Moments> ProfileValues::moments() const {
  const NumberStats* numbers = column_.numbers();
  if (numbers == nullptr) return std::nullopt;
  const auto count = static_cast<double>(column_.count());
  return Moments{column_.mean(), column_.std(),
                 count > 0.0 ? static_cast<double>(numbers->zeros()) / count : 0.0};
}

std::optional<Bounds> ProfileValues::quantile(double q) const {
  const NumberStats* numbers = column_.numbers();
  if (numbers == nullptr || !numbers->any()) return std::nullopt;
  return column_.quantile_bounds(q);
}

std::optional<Bounds> ProfileValues::lengths() const {
  const TextStats* text = column_.text();
  if (text == nullptr || !text->lengths().any()) return std::nullopt;
  return Bounds{text->lengths().min(), text->lengths().max()};
}

}  // namespace zeroskew::detail
