#include "zeroskew/schema/schema.hpp"

#include <algorithm>
#include <span>

#include "zeroskew/detail/nearest.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew {
namespace {

// Unset names count as "": such a feature is found by the path `''` only.
template <class Features>
auto* find_named(Features& features, std::string_view name) noexcept {
  const auto at = std::find_if(features.begin(), features.end(), [&](const auto& feature) {
    return feature.name ? *feature.name == name : name.empty();
  });
  return at == features.end() ? nullptr : &*at;
}

template <class Features>
auto* find_path(Features& features, std::span<const std::string> steps) noexcept {
  auto* found = steps.empty() ? nullptr : find_named(features, steps.front());
  for (std::size_t i = 1; found != nullptr && i < steps.size(); ++i) {
    auto* children = found->template domain<StructDomain>();
    found = children == nullptr ? nullptr : find_named(children->feature, steps[i]);
  }
  return found;
}

template <class Features>
auto* find_text(Features& features, std::string_view name) noexcept {
  if (auto* found = find_named(features, name)) return found;
  try {
    return find_path(features, Path::parse(name).step);
  } catch (const Error&) {
    return find_path(features, {});  // no path: no such feature
  }
}

void add_paths(const std::vector<Feature>& features, const Path& parent, std::vector<Path>& paths) {
  for (const Feature& feature : features) {
    paths.push_back(parent.child(feature.name.value_or("")));
    if (const auto* children = feature.domain<StructDomain>()) {
      const Path path = paths.back();
      add_paths(children->feature, path, paths);
    }
  }
}

[[noreturn]] void fail_unknown(const Schema& schema, std::string_view name) {
  std::vector<std::string> known;
  for (const Path& path : schema.paths()) known.push_back(to_string(path));
  const std::vector<std::string_view> names(known.begin(), known.end());
  fail_key("schema.unknown_feature", std::string(name),
           "the schema has no such feature" + detail::suggestion(name, names));
}

bool contains(const std::vector<std::string>& names, std::string_view name) noexcept {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

// Once, and not wherever a schema is copied.
Schema::Schema() = default;
Schema::Schema(const Schema&) = default;
Schema::Schema(Schema&&) noexcept = default;
Schema& Schema::operator=(const Schema&) = default;
Schema& Schema::operator=(Schema&&) noexcept = default;
Schema::~Schema() = default;
bool Schema::operator==(const Schema&) const = default;

const Feature* Schema::find(std::string_view name) const noexcept {
  return find_text(features, name);
}
Feature* Schema::find(std::string_view name) noexcept {
  return find_text(features, name);
}

const Feature* Schema::find(const Path& path) const noexcept {
  return find_path(features, path.step);
}
Feature* Schema::find(const Path& path) noexcept {
  return find_path(features, path.step);
}

const Feature& Schema::feature(std::string_view name) const {
  const Feature* found = find(name);
  if (found == nullptr) fail_unknown(*this, name);
  return *found;
}

Feature& Schema::feature(std::string_view name) {
  Feature* found = find(name);
  if (found == nullptr) fail_unknown(*this, name);
  return *found;
}

std::vector<Path> Schema::paths() const {
  std::vector<Path> paths;
  add_paths(features, Path(), paths);
  return paths;
}

const StringDomain* Schema::string_domain(std::string_view name) const noexcept {
  return find_named(string_domains, name);
}
StringDomain* Schema::string_domain(std::string_view name) noexcept {
  return find_named(string_domains, name);
}

const StringDomain* Schema::string_domain(const Feature& feature) const noexcept {
  if (const auto* own = feature.domain<StringDomain>()) return own;
  const auto* reference = feature.domain<DomainReference>();
  return reference == nullptr ? nullptr : string_domain(reference->name);
}

bool Schema::in_environment(const Feature& feature,
                            std::optional<std::string_view> environment) const noexcept {
  if (!environment) return true;
  if (contains(feature.in_environment, *environment)) return true;
  if (contains(feature.not_in_environment, *environment)) return false;
  return contains(default_environment, *environment);
}

bool Schema::required(const Feature& feature,
                      std::optional<std::string_view> environment) const noexcept {
  const FeaturePresence* presence = feature.presence();
  if (presence == nullptr || is_deprecated(feature)) return false;
  const bool wanted =
      presence->min_count.value_or(0) > 0 || presence->min_fraction.value_or(0.0) > 0.0;
  return wanted && in_environment(feature, environment);
}

void Schema::check_environment(std::optional<std::string_view> environment) const {
  if (!environment || contains(default_environment, *environment)) return;
  const std::vector<std::string_view> names(default_environment.begin(), default_environment.end());
  fail_value("schema.unknown_environment", std::string(*environment),
             "the schema's default_environment does not list it" +
                 detail::suggestion(*environment, names));
}

}  // namespace zeroskew
