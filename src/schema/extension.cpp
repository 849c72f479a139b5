#include "zeroskew/schema/extension.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "zeroskew/error.hpp"

namespace zeroskew {
namespace {

constexpr std::int64_t kLargestExact = std::int64_t{1} << 53;

template <class Members>
auto lower(Members& members, std::string_view name) noexcept {
  return std::lower_bound(members.begin(), members.end(), name,
                          [](const auto& member, std::string_view n) { return member.name < n; });
}

[[noreturn]] void wrong_kind(std::string_view wanted) {
  fail_type("schema.extension_type", "", "the extension value is not " + std::string(wanted));
}

}  // namespace

Extension::Extension() = default;
Extension::Extension(const Extension&) = default;
Extension::Extension(Extension&&) noexcept = default;
Extension& Extension::operator=(const Extension&) = default;
Extension& Extension::operator=(Extension&&) noexcept = default;
Extension::~Extension() = default;

Extension::Extension(bool value) : value_(value) {}
Extension::Extension(int value) : value_(static_cast<double>(value)) {}
Extension::Extension(std::string value) : value_(std::move(value)) {}
Extension::Extension(std::string_view value) : value_(std::string(value)) {}
Extension::Extension(const char* value) : value_(std::string(value)) {}

Extension::Extension(double value) : value_(value) {
  if (!std::isfinite(value)) {
    fail_value("schema.extension_number", "", "an extension number must be finite");
  }
}

Extension::Extension(std::int64_t value) : value_(static_cast<double>(value)) {
  if (value > kLargestExact || value < -kLargestExact) {
    fail_value("schema.extension_number", std::to_string(value),
               "an extension integer must lie within 2^53: store it as text");
  }
}

Extension::Extension(List value) : value_(std::move(value)) {}

Extension Extension::object(std::initializer_list<Member> members) {
  Extension result;
  result.value_ = Object{};
  for (const Member& member : members) result.set(member.name, member.value);
  return result;
}

bool Extension::boolean() const {
  if (!is_bool()) wrong_kind("a bool");
  return std::get<bool>(value_);
}

double Extension::number() const {
  if (!is_number()) wrong_kind("a number");
  return std::get<double>(value_);
}

const std::string& Extension::text() const {
  if (!is_text()) wrong_kind("text");
  return std::get<std::string>(value_);
}

const Extension::List& Extension::list() const {
  if (!is_list()) wrong_kind("a list");
  return std::get<List>(value_);
}

const Extension::Object& Extension::members() const {
  if (!is_object()) wrong_kind("an object");
  return std::get<Object>(value_);
}

const Extension* Extension::find(std::string_view name) const noexcept {
  const Object* members = std::get_if<Object>(&value_);
  if (members == nullptr) return nullptr;
  const auto at = lower(*members, name);
  return at != members->end() && at->name == name ? &at->value : nullptr;
}

void Extension::set(std::string_view name, Extension value) {
  if (is_null()) value_ = Object{};
  Object* members = std::get_if<Object>(&value_);
  if (members == nullptr) wrong_kind("an object");
  const auto at = lower(*members, name);
  if (at != members->end() && at->name == name) {
    at->value = std::move(value);
  } else {
    members->insert(at, Member{std::string(name), std::move(value)});
  }
}

bool Extension::erase(std::string_view name) {
  Object* members = std::get_if<Object>(&value_);
  if (members == nullptr) return false;
  const auto at = lower(*members, name);
  if (at == members->end() || at->name != name) return false;
  members->erase(at);
  return true;
}

bool Extension::operator==(const Extension& other) const {
  return value_ == other.value_;
}

}  // namespace zeroskew
