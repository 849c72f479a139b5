#include "schema/rows/cell_test.hpp"

#include <algorithm>
#include <cmath>

#include "schema/checks/check.hpp"
#include "schema/checks/predicates.hpp"
#include "schema/rows/name_set.hpp"
#include "zeroskew/detail/format.hpp"
#include "zeroskew/detail/utf8.hpp"
#include "zeroskew/schema/feature_rules.hpp"
#include "zeroskew/schema/pattern.hpp"

namespace zeroskew::detail {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Numbers below or above an int_domain; the strings that stand for them, too.
template <bool Above>
class IntBound final : public CellTest {
 public:
  explicit IntBound(const IntDomain& domain) : domain_(domain) {
    if constexpr (Above) {
      safe_.high = *domain.max;
      safe_.most = static_cast<double>(*domain.max);
    } else {
      safe_.low = *domain.min;
      safe_.least = static_cast<double>(*domain.min);
    }
    safe_.text = false;
  }
  bool integer(std::int64_t value) const noexcept override { return holds(Value(value)); }
  bool huge(std::uint64_t value) const noexcept override { return holds(Value(value)); }
  bool number(double value) const noexcept override { return holds(Value(value)); }
  bool text(std::string_view value) const noexcept override {
    const auto number = parse_integer(value);
    return !number || holds(Value(*number));
  }

 private:
  [[nodiscard]] bool holds(const Value& value) const noexcept {
    return Above ? !above_maximum(domain_, value) : !below_minimum(domain_, value);
  }
  IntDomain domain_;
};

template <bool Above>
class FloatBound final : public CellTest {
 public:
  explicit FloatBound(const FloatDomain& domain) : domain_(domain) {
    // Whole numbers are looked at one by one.
    safe_.low = 1;
    safe_.high = 0;
    if constexpr (Above) {
      safe_.most = static_cast<double>(*domain.max);
    } else {
      safe_.least = static_cast<double>(*domain.min);
    }
    safe_.text = false;
  }
  bool integer(std::int64_t value) const noexcept override {
    return number(static_cast<double>(value));
  }
  bool huge(std::uint64_t value) const noexcept override {
    return number(static_cast<double>(value));
  }
  bool number(double value) const noexcept override {
    return Above ? !above_maximum(domain_, value) : !below_minimum(domain_, value);
  }
  bool text(std::string_view value) const noexcept override {
    const auto parsed = number_in(value);
    return !parsed || number(*parsed);
  }

 private:
  FloatDomain domain_;
};

class NotNan final : public CellTest {
 public:
  NotNan() {
    safe_.nan = false;
    safe_.text = false;
  }
  bool number(double value) const noexcept override { return !std::isnan(value); }
  bool text(std::string_view value) const noexcept override {
    const auto parsed = number_in(value);
    return !parsed || number(*parsed);
  }
};

class Finite final : public CellTest {
 public:
  Finite() {
    safe_.least = -std::numeric_limits<double>::max();
    safe_.most = std::numeric_limits<double>::max();
    safe_.text = false;
  }
  bool number(double value) const noexcept override { return !std::isinf(value); }
  bool text(std::string_view value) const noexcept override {
    const auto parsed = number_in(value);
    return !parsed || number(*parsed);
  }
};

// Strings that stand for a number of some kind.
template <class Parse>
class Parses final : public CellTest {
 public:
  explicit Parses(Parse parse) : parse_(parse) { safe_.text = false; }
  bool text(std::string_view value) const noexcept override { return parse_(value).has_value(); }

 private:
  Parse parse_;
};

class BoolBound final : public CellTest {
 public:
  explicit BoolBound(bool above) : above_(above) { (above ? safe_.high : safe_.low) = above; }
  bool integer(std::int64_t value) const noexcept override {
    return above_ ? value <= 1 : value >= 0;
  }
  bool huge(std::uint64_t value) const noexcept override { return !above_ || value <= 1; }

 private:
  bool above_;
};

class BoolNumber final : public CellTest {
 public:
  BoolNumber() {
    safe_.least = kInfinity;
    safe_.most = -kInfinity;
    safe_.nan = false;
  }
  bool number(double value) const noexcept override { return is_zero_or_one(value); }
};

class Names final : public CellTest {
 public:
  explicit Names(const std::vector<std::string>& names) : names_(names) { safe_.text = false; }
  bool text(std::string_view value) const noexcept override { return names_.contains(value); }

 private:
  NameSet names_;
};

class Utf8 final : public CellTest {
 public:
  Utf8() { safe_.text = false; }
  bool text(std::string_view value) const noexcept override { return is_utf8(value); }
};

class ImageSize final : public CellTest {
 public:
  explicit ImageSize(const ImageDomain& domain) : domain_(domain) {
    safe_.text = false;
    on_bytes = true;
  }
  bool text(std::string_view value) const noexcept override {
    return !is_too_large(domain_, static_cast<double>(value.size()));
  }

 private:
  ImageDomain domain_;
};

class Matches final : public CellTest {
 public:
  explicit Matches(Pattern pattern) : pattern_(std::move(pattern)), matcher_(pattern_) {
    safe_.text = false;
  }
  bool text(std::string_view value) const noexcept override { return matcher_.matches(value); }
  std::unique_ptr<CellTest> fresh() const override {
    auto copy = std::make_unique<Matches>(pattern_);
    copy->fault = fault;
    return copy;
  }

 private:
  Pattern pattern_;
  mutable Pattern::Matcher matcher_;
};

template <bool Longest>
class Length final : public CellTest {
 public:
  explicit Length(std::int64_t bound) : bound_(bound) {
    safe_.text = false;
    on_bytes = true;
  }
  bool text(std::string_view value) const noexcept override {
    const auto length = static_cast<double>(value.size());
    return Longest ? !too_many(bound_, length) : !too_few(bound_, length);
  }

 private:
  std::optional<std::int64_t> bound_;
};

class Members final : public CellTest {
 public:
  explicit Members(std::vector<std::int64_t> values) : values_(std::move(values)) {
    safe_.low = 1;
    safe_.high = 0;
    const auto span =
        static_cast<std::uint64_t>(values_.back()) - static_cast<std::uint64_t>(values_.front());
    if (span == values_.size() - 1) {  // no gap
      safe_.low = values_.front();
      safe_.high = values_.back();
    }
  }
  bool integer(std::int64_t value) const noexcept override {
    return std::binary_search(values_.begin(), values_.end(), value);
  }
  bool huge(std::uint64_t) const noexcept override { return false; }

 private:
  std::vector<std::int64_t> values_;
};

class Maker {
 public:
  explicit Maker(CellTests& tests) : tests_(tests) {}

  CellTest& add(std::unique_ptr<CellTest> test, AnomalyType type, std::string summary,
                std::string expected) {
    test->type = type;
    test->summary = std::move(summary);
    test->expected = std::move(expected);
    tests_.push_back(std::move(test));
    return *tests_.back();
  }

  void integers(const IntDomain& domain) {
    add(std::make_unique<Parses<decltype(&parse_integer)>>(&parse_integer),
        AnomalyType::int_type_not_int_string, "A string that is no number",
        "Expected a string that stands for an integer");
    if (domain.min) {
      add(std::make_unique<IntBound<false>>(domain), AnomalyType::int_type_small_int,
          "A number below the minimum", "Expected at least " + std::to_string(*domain.min));
    }
    if (domain.max) {
      add(std::make_unique<IntBound<true>>(domain), AnomalyType::int_type_big_int,
          "A number above the maximum", "Expected at most " + std::to_string(*domain.max));
    }
  }

  void numbers(const FloatDomain& domain) {
    add(std::make_unique<Parses<decltype(&number_in)>>(&number_in),
        AnomalyType::float_type_string_not_float, "A string that is no number",
        "Expected a string that stands for a number");
    if (domain.min) {
      add(std::make_unique<FloatBound<false>>(domain), AnomalyType::float_type_small_float,
          "A number below the minimum",
          "Expected at least " + shortest(static_cast<double>(*domain.min)));
    }
    if (domain.max) {
      add(std::make_unique<FloatBound<true>>(domain), AnomalyType::float_type_big_float,
          "A number above the maximum",
          "Expected at most " + shortest(static_cast<double>(*domain.max)));
    }
    if (disallows_nan(domain)) {
      add(std::make_unique<NotNan>(), AnomalyType::float_type_has_nan, "NaN", "Expected no NaN");
    }
    if (disallows_infinity(domain)) {
      add(std::make_unique<Finite>(), AnomalyType::float_type_has_inf, "An infinite number",
          "Expected a finite number");
    }
  }

  void bools(const BoolDomain& domain) {
    add(std::make_unique<BoolBound>(false), AnomalyType::bool_type_small_int,
        "A number below 0 where a bool was expected", "Expected 0 or 1");
    add(std::make_unique<BoolBound>(true), AnomalyType::bool_type_big_int,
        "A number above 1 where a bool was expected", "Expected 0 or 1");
    add(std::make_unique<BoolNumber>(), AnomalyType::bool_type_unexpected_float,
        "A number that is neither 0 nor 1", "Expected 0 or 1");
    std::vector<std::string> words;
    std::string shown;
    for (const auto& word : {domain.true_value, domain.false_value}) {
      if (!word) continue;
      words.push_back(*word);
      shown += (shown.empty() ? "" : " or ") + in_quotes(*word);
    }
    add(std::make_unique<Names>(words), AnomalyType::bool_type_unexpected_string,
        "A string that is neither true nor false",
        "Expected " + (shown.empty() ? "no text" : shown));
  }

  void strings(const StringDomain& domain, double mass) {
    add(std::make_unique<Utf8>(), AnomalyType::enum_type_invalid_utf8, "Strings are not UTF-8",
        "Expected valid UTF-8");
    add(std::make_unique<Names>(domain.value), AnomalyType::enum_type_unexpected_string_values,
        "Unexpected string values",
        "Expected one of the " + std::to_string(domain.value.size()) + " values of the domain")
        .least_mass = mass;
  }

  void rule(std::unique_ptr<CellTest> test, const char* name, std::string summary,
            std::string expected) {
    add(std::move(test), AnomalyType::custom_validation, std::move(summary), std::move(expected))
        .rule = name;
  }

  void rules(const FeatureRules& rules) {
    const char* form = "A string of another form";
    if (rules.pattern) {
      rule(std::make_unique<Matches>(Pattern(*rules.pattern)), "pattern", form,
           "Expected a match of " + *rules.pattern);
    }
    for (const FormatInfo& info : formats()) {
      if (info.name != rules.format) continue;
      rule(std::make_unique<Matches>(Pattern(info.pattern)), "format", form,
           "Expected the format " + *rules.format);
    }
    if (rules.min_length) {
      rule(std::make_unique<Length<false>>(*rules.min_length), "min_length",
           "A string is too short",
           "Expected at least " + std::to_string(*rules.min_length) + " bytes");
    }
    if (rules.max_length) {
      rule(std::make_unique<Length<true>>(*rules.max_length), "max_length", "A string is too long",
           "Expected at most " + std::to_string(*rules.max_length) + " bytes");
    }
    if (!rules.values.empty()) {
      rule(std::make_unique<Members>(rules.values), "values", "Unexpected integers",
           "Expected one of " + std::to_string(rules.values.size()) + " integers");
    }
  }

  void images(const ImageDomain& domain) {
    if (!domain.max_image_byte_size) return;
    add(std::make_unique<ImageSize>(domain), AnomalyType::max_image_byte_size_exceeded,
        "An image is too large",
        "Expected at most " + std::to_string(*domain.max_image_byte_size) + " bytes an image");
  }

 private:
  CellTests& tests_;
};

}  // namespace

CellTests cell_tests(const Schema& schema, const Feature& feature) {
  CellTests tests;
  Maker maker(tests);
  maker.rules(feature_rules(feature));
  const FeatureType type = declared_type(feature);
  // A domain that cannot be is reported when columns are checked; it judges no cell.
  if (!domain_allows(feature.domain_info, type)) return tests;
  if (const auto* domain = feature.domain<IntDomain>()) maker.integers(*domain);
  if (const auto* domain = feature.domain<FloatDomain>()) maker.numbers(*domain);
  if (const auto* domain = feature.domain<BoolDomain>()) {
    const bool words = domain->true_value || domain->false_value;
    if (type != FeatureType::bytes || words) maker.bools(*domain);
  }
  if (const auto* domain = feature.domain<ImageDomain>()) maker.images(*domain);
  if (const StringDomain* domain = schema.string_domain(feature)) {
    const auto& constraints = feature.distribution_constraints;
    maker.strings(*domain, constraints ? constraints->mass() : 1.0);
  }
  return tests;
}

}  // namespace zeroskew::detail
