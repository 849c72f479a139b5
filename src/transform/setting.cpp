#include "zeroskew/transform/setting.hpp"

#include <algorithm>
#include <cmath>

#include "zeroskew/detail/format.hpp"
#include "zeroskew/detail/nearest.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew {
namespace {

[[noreturn]] void bad(const Parameter& parameter, const Setting& setting, const std::string& where,
                      const std::string& right) {
  fail_value("transform.bad_parameter", where,
             parameter.name + " is " + to_string(setting) + "; " + right);
}

std::string range_of(const Parameter& p) {
  const bool low = p.lo != -std::numeric_limits<double>::infinity();
  const bool high = p.hi != std::numeric_limits<double>::infinity();
  if (low && high) {
    return (p.lo_open ? "above " : "from ") + detail::shortest(p.lo) + " to " +
           detail::shortest(p.hi);
  }
  if (low) return (p.lo_open ? "above " : "at least ") + detail::shortest(p.lo);
  if (high) return "at most " + detail::shortest(p.hi);
  return "finite";
}

bool in_range(const Parameter& p, double x) noexcept {
  return std::isfinite(x) && x <= p.hi && (p.lo_open ? x > p.lo : x >= p.lo);
}

double checked_number(const Parameter& p, double x, const Setting& given,
                      const std::string& where) {
  if (!in_range(p, x)) {
    bad(p, given, where, "it must be a number " + range_of(p));
  }
  return x + 0.0;
}

struct Quoted {
  std::string operator()(std::monostate) const { return "none"; }
  std::string operator()(bool b) const { return b ? "true" : "false"; }
  std::string operator()(std::int64_t i) const { return std::to_string(i); }
  std::string operator()(double d) const { return detail::shortest(d); }
  std::string operator()(const std::string& s) const { return "\"" + s + "\""; }
  template <class T>
  std::string operator()(const std::vector<T>& items) const {
    std::string text = "[";
    for (const T& item : items) {
      if (text.size() > 1) text += ",";
      text += (*this)(item);
    }
    return text + "]";
  }
};

template <class T>
std::vector<T> listed(const Setting& setting) {
  if (const auto* list = std::get_if<std::vector<T>>(&setting)) return *list;
  if (const auto* one = std::get_if<T>(&setting)) return {*one};
  return {};
}

// A list is given as a list, or as its one item; an empty list has no type of its own.
bool is_empty_list(const Setting& setting) {
  const auto* a = std::get_if<std::vector<double>>(&setting);
  const auto* b = std::get_if<std::vector<std::int64_t>>(&setting);
  const auto* c = std::get_if<std::vector<std::string>>(&setting);
  return (a != nullptr && a->empty()) || (b != nullptr && b->empty()) ||
         (c != nullptr && c->empty());
}

Setting checked_numbers(const Parameter& p, const Setting& setting, const std::string& where) {
  std::vector<double> numbers = listed<double>(setting);
  for (const std::int64_t i : listed<std::int64_t>(setting)) {
    numbers.push_back(static_cast<double>(i));
  }
  if (numbers.empty() && !is_empty_list(setting)) bad(p, setting, where, "it must be numbers");
  for (double& x : numbers) x = checked_number(p, x, setting, where);
  return numbers;
}

// Both ends of a range; empty if it is no list.
std::vector<double> pair_of(const Parameter& p, const Setting& setting, const std::string& where) {
  std::vector<double> pair;
  if (const auto* numbers = std::get_if<std::vector<double>>(&setting)) pair = *numbers;
  if (const auto* whole = std::get_if<std::vector<std::int64_t>>(&setting)) {
    for (const std::int64_t i : *whole) pair.push_back(static_cast<double>(i));
  }
  if (pair.empty()) return pair;
  for (double& end : pair) end = checked_number(p, end, setting, where);
  if (pair.size() != 2 || pair[0] > pair[1]) {
    bad(p, setting, where, "a range is a pair, its lower end first");
  }
  return pair;
}

}  // namespace

std::string_view to_string(SettingKind kind) noexcept {
  switch (kind) {
    case SettingKind::boolean:
      return "bool";
    case SettingKind::integer:
      return "int";
    case SettingKind::number:
      return "float";
    case SettingKind::text:
      return "str";
    case SettingKind::choice:
      return "choice";
    case SettingKind::scalar:
      return "value";
    case SettingKind::integers:
      return "list of int";
    case SettingKind::numbers:
      return "list of float";
    case SettingKind::texts:
      return "list of str";
  }
  return "value";
}

std::string to_string(const Setting& setting) {
  return std::visit(Quoted{}, setting);
}

Setting checked(const Parameter& p, const Setting& setting, const std::string& where) {
  if (std::holds_alternative<std::monostate>(setting)) {
    if (p.optional) return setting;
    bad(p, setting, where, "it must be given");
  }
  const auto* integer = std::get_if<std::int64_t>(&setting);
  const auto* number = std::get_if<double>(&setting);
  const auto* text = std::get_if<std::string>(&setting);
  switch (p.kind) {
    case SettingKind::boolean:
      if (std::holds_alternative<bool>(setting)) return setting;
      bad(p, setting, where, "it must be true or false");
    case SettingKind::integer: {
      std::int64_t value = 0;
      if (integer != nullptr) {
        value = *integer;
      } else if (number != nullptr && *number == std::floor(*number) &&
                 std::fabs(*number) < 0x1p53) {
        value = static_cast<std::int64_t>(*number);
      } else {
        bad(p, setting, where, "it must be a whole number " + range_of(p));
      }
      if (!in_range(p, static_cast<double>(value))) {
        bad(p, setting, where, "it must be a whole number " + range_of(p));
      }
      return value;
    }
    case SettingKind::number:
      if (p.ranged) {
        if (auto pair = pair_of(p, setting, where); !pair.empty()) return pair;
      }
      if (integer != nullptr) {
        return checked_number(p, static_cast<double>(*integer), setting, where);
      }
      if (number != nullptr) return checked_number(p, *number, setting, where);
      bad(p, setting, where,
          "it must be a number " + range_of(p) + (p.ranged ? ", or a pair of them" : ""));
    case SettingKind::text:
      if (text != nullptr) return setting;
      bad(p, setting, where, "it must be a text");
    case SettingKind::choice: {
      if (text != nullptr && std::count(p.choices.begin(), p.choices.end(), *text) != 0) {
        return setting;
      }
      std::string all;
      for (const std::string& choice : p.choices) all += (all.empty() ? "'" : ", '") + choice + "'";
      bad(p, setting, where,
          "it must be one of " + all +
              (text != nullptr ? detail::suggestion(*text, p.choices) : ""));
    }
    case SettingKind::scalar:
      if (number != nullptr) return checked_number(p, *number, setting, where);
      if (integer != nullptr || text != nullptr || std::holds_alternative<bool>(setting)) {
        return setting;
      }
      bad(p, setting, where, "it must be one value");
    case SettingKind::integers: {
      std::vector<std::int64_t> list = listed<std::int64_t>(setting);
      if (list.empty() && !is_empty_list(setting)) {
        bad(p, setting, where, "it must be whole numbers");
      }
      return list;
    }
    case SettingKind::numbers:
      return checked_numbers(p, setting, where);
    case SettingKind::texts: {
      std::vector<std::string> list = listed<std::string>(setting);
      if (list.empty() && !is_empty_list(setting)) bad(p, setting, where, "it must be texts");
      return list;
    }
  }
  return setting;
}

}  // namespace zeroskew
