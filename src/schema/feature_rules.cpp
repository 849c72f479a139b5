#include "zeroskew/schema/feature_rules.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "zeroskew/detail/nearest.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/schema/feature.hpp"
#include "zeroskew/schema/pattern.hpp"

namespace zeroskew {
namespace {

constexpr std::string_view kRules = "rules";

constexpr std::array<std::string_view, 5> kMonotonic = {"", "increasing", "strictly_increasing",
                                                        "decreasing", "strictly_decreasing"};

[[noreturn]] void fail(const std::string& where, std::string_view message) {
  fail_value("schema.bad_rule", where, message);
}

// Reads the stored form; every member must be one that is known.
class Reader {
 public:
  Reader(const Extension& stored, std::string where) : stored_(stored), where_(std::move(where)) {
    if (!stored.is_object()) fail(where_, "rules are an object");
  }

  FeatureRules rules() {
    FeatureRules rules;
    for (const Extension::Member& member : stored_.members()) read(member, rules);
    const bool lengths = rules.min_length && rules.max_length;
    if (lengths && *rules.min_length > *rules.max_length) {
      fail(place("min_length"), "the least length is above the greatest");
    }
    return rules;
  }

 private:
  [[nodiscard]] std::string place(std::string_view name) const {
    return where_ + "." + std::string(name);
  }

  void read(const Extension::Member& member, FeatureRules& rules) {
    const std::string& name = member.name;
    const Extension& value = member.value;
    if (name == "pattern") {
      rules.pattern = text(value, name);
      (void)Pattern(*rules.pattern);
    } else if (name == "format") {
      rules.format = format(value);
    } else if (name == "min_length" || name == "max_length") {
      (name == "min_length" ? rules.min_length : rules.max_length) = count(value, name);
    } else if (name == "values") {
      if (!value.is_list()) fail(place(name), "the values are a list of integers");
      for (const Extension& one : value.list()) rules.values.push_back(integer(one, name));
      std::sort(rules.values.begin(), rules.values.end());
      rules.values.erase(std::unique(rules.values.begin(), rules.values.end()), rules.values.end());
    } else if (name == "mean" || name == "std") {
      (name == "mean" ? rules.mean : rules.std) = bounds(value, name);
    } else if (name == "zero_rate" || name == "missing_rate") {
      (name == "zero_rate" ? rules.zero_rate : rules.missing_rate) = bounds(value, name);
    } else if (name == "quantiles") {
      quantiles(value, rules);
    } else if (name == "unique") {
      if (!value.is_bool()) fail(place(name), "unique is true or false");
      rules.unique = value.boolean();
    } else if (name == "monotonic") {
      const auto at = std::find(kMonotonic.begin() + 1, kMonotonic.end(), text(value, name));
      if (at == kMonotonic.end()) {
        fail(place(name), "increasing, strictly_increasing, decreasing or strictly_decreasing");
      }
      rules.monotonic = static_cast<Monotonic>(at - kMonotonic.begin());
    } else if (name == "max_age") {
      rules.max_age = number(value, name);
      if (!(*rules.max_age >= 0.0)) fail(place(name), "an age is 0 seconds or more");
    } else {
      static constexpr std::array<std::string_view, 13> known = {
          "pattern",   "format",    "min_length",   "max_length", "values",    "mean",   "std",
          "quantiles", "zero_rate", "missing_rate", "unique",     "monotonic", "max_age"};
      const std::vector<std::string_view> names(known.begin(), known.end());
      fail(place(name), "there is no such rule" + detail::suggestion(name, names));
    }
  }

  std::string text(const Extension& value, std::string_view name) const {
    if (!value.is_text()) fail(place(name), "a text was expected");
    return value.text();
  }
  double number(const Extension& value, std::string_view name) const {
    if (!value.is_number()) fail(place(name), "a number was expected");
    return value.number();
  }
  std::int64_t integer(const Extension& value, std::string_view name) const {
    const double found = number(value, name);
    if (!(std::abs(found) <= 9007199254740992.0) || std::floor(found) != found) {
      fail(place(name), "an integer of at most 2^53 was expected");
    }
    return static_cast<std::int64_t>(found);
  }
  std::int64_t count(const Extension& value, std::string_view name) const {
    const std::int64_t found = integer(value, name);
    if (found < 0) fail(place(name), "a length is 0 or more");
    return found;
  }
  std::string format(const Extension& value) const {
    std::string name = text(value, "format");
    std::vector<std::string_view> names;
    for (const FormatInfo& info : formats()) names.push_back(info.name);
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      fail(place("format"), "there is no format " + name + detail::suggestion(name, names));
    }
    return name;
  }
  StatisticBounds bounds(const Extension& value, std::string_view name) const {
    if (!value.is_object()) fail(place(name), "bounds are an object with min or max");
    StatisticBounds found;
    for (const Extension::Member& member : value.members()) {
      if (member.name == "min") {
        found.min = number(member.value, name);
      } else if (member.name == "max") {
        found.max = number(member.value, name);
      } else if (member.name != "q") {
        fail(place(name), "bounds are an object with min or max");
      }
    }
    if (found.min && found.max && *found.min > *found.max) {
      fail(place(name), "the least value is above the greatest");
    }
    return found;
  }
  void quantiles(const Extension& value, FeatureRules& rules) const {
    if (!value.is_list()) fail(place("quantiles"), "quantiles are a list of {q, min, max}");
    for (const Extension& one : value.list()) {
      const Extension* q = one.find("q");
      if (q == nullptr || !q->is_number() || !(q->number() >= 0.0 && q->number() <= 1.0)) {
        fail(place("quantiles"), "a quantile's q is a share between 0 and 1");
      }
      rules.quantiles.push_back({q->number(), bounds(one, "quantiles")});
    }
  }

  const Extension& stored_;
  std::string where_;
};

void put(Extension& to, std::string_view name, const StatisticBounds& bounds) {
  if (!bounds.min && !bounds.max) return;
  Extension stored = Extension::object();
  if (bounds.min) stored.set("min", *bounds.min);
  if (bounds.max) stored.set("max", *bounds.max);
  to.set(name, std::move(stored));
}

Extension stored_form(const FeatureRules& rules) {
  Extension stored = Extension::object();
  if (rules.pattern) stored.set("pattern", *rules.pattern);
  if (rules.format) stored.set("format", *rules.format);
  if (rules.min_length) stored.set("min_length", *rules.min_length);
  if (rules.max_length) stored.set("max_length", *rules.max_length);
  if (!rules.values.empty()) {
    Extension::List list;
    for (const std::int64_t value : rules.values) list.emplace_back(value);
    stored.set("values", Extension(std::move(list)));
  }
  put(stored, "mean", rules.mean);
  put(stored, "std", rules.std);
  put(stored, "zero_rate", rules.zero_rate);
  put(stored, "missing_rate", rules.missing_rate);
  if (!rules.quantiles.empty()) {
    Extension::List list;
    for (const QuantileBounds& one : rules.quantiles) {
      Extension item = Extension::object({{"q", one.q}});
      if (one.bounds.min) item.set("min", *one.bounds.min);
      if (one.bounds.max) item.set("max", *one.bounds.max);
      list.push_back(std::move(item));
    }
    stored.set("quantiles", Extension(std::move(list)));
  }
  if (rules.unique) stored.set("unique", true);
  if (rules.monotonic != Monotonic::none) {
    stored.set("monotonic", kMonotonic[static_cast<std::size_t>(rules.monotonic)]);
  }
  if (rules.max_age) stored.set("max_age", *rules.max_age);
  return stored;
}

}  // namespace

const std::vector<FormatInfo>& formats() {
  static const std::vector<FormatInfo> all = {
      {"date", R"(\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))", "2024-01-31"},
      {"email",
       R"([A-Za-z0-9.!#$%&'*+/=?^_`{|}~\-]+@[A-Za-z0-9]([A-Za-z0-9\-]{0,61}[A-Za-z0-9])?)"
       R"((\.[A-Za-z0-9]([A-Za-z0-9\-]{0,61}[A-Za-z0-9])?)*)",
       "an address as HTML forms accept it"},
      {"hostname",
       R"([A-Za-z0-9]([A-Za-z0-9\-]{0,61}[A-Za-z0-9])?)"
       R"((\.[A-Za-z0-9]([A-Za-z0-9\-]{0,61}[A-Za-z0-9])?)*)",
       "labels of letters, digits and hyphens (RFC 1123)"},
      {"integer", R"(-?\d+)", "decimal digits"},
      {"ipv4", R"(((25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(25[0-5]|2[0-4]\d|1?\d?\d))", "192.0.2.1"},
      {"number", R"(-?(\d+(\.\d*)?|\.\d+)([eE][+\-]?\d+)?)", "a decimal number"},
      {"time", R"(([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?)", "12:34:56"},
      {"timestamp",
       R"(\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt ]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?)"
       R"(([Zz]|[+\-]\d{2}:?\d{2})?)",
       "2024-01-31T12:34:56Z (RFC 3339, the zone may be left out)"},
      {"url", R"([A-Za-z][A-Za-z0-9+.\-]*://[^ \t\r\n/?#]+([/?#][^ \t\r\n]*)?)",
       "a scheme, :// and a host (RFC 3986)"},
      {"uuid", R"([0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12})", "RFC 4122"},
  };
  return all;
}

FeatureRules feature_rules(const Feature& feature) {
  if (!feature.annotation) return {};
  const Extension* stored = feature.annotation->extension.find(kRules);
  if (stored == nullptr) return {};
  return Reader(*stored, feature.name.value_or("") + ": rules").rules();
}

void set_feature_rules(Feature& feature, const FeatureRules& rules) {
  const Extension stored = stored_form(rules);
  (void)Reader(stored, feature.name.value_or("") + ": rules").rules();
  if (!feature.annotation) feature.annotation.emplace();
  Extension& extension = feature.annotation->extension;
  if (stored.members().empty()) {
    extension.erase(kRules);
    if (extension.is_object() && extension.members().empty()) extension = Extension();
    if (*feature.annotation == Annotation()) feature.annotation.reset();
    return;
  }
  extension.set(kRules, stored);
}

}  // namespace zeroskew
