#pragma once
/// What the data must look like: features, domains, environments. A value: copy it, compare it,
/// change it, save it.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "zeroskew/schema/feature.hpp"

namespace zeroskew {

/// The message tensorflow.metadata.v0.Schema. Fields that the library does not use are kept:
/// what was read is written again. A field that the message does not have is an error.
struct Schema {
  // Out of line: every file that copies one would compile it all again.
  Schema();
  Schema(const Schema&);
  Schema(Schema&&) noexcept;
  Schema& operator=(const Schema&);
  Schema& operator=(Schema&&) noexcept;
  ~Schema();

  std::vector<Feature> features;
  std::vector<StringDomain> string_domains;
  std::vector<std::string> default_environment;
  std::vector<SparseFeature> sparse_features;
  std::optional<Annotation> annotation;
  std::vector<FloatDomain> float_domains;  ///< kept, never used
  std::vector<IntDomain> int_domains;      ///< kept, never used
  std::optional<DatasetConstraints> dataset_constraints;
  std::vector<WeightedFeature> weighted_features;
  std::optional<bool> represent_variable_length_as_ragged;
  FieldTree carried;  ///< `tensor_representation_group`: kept, never used

  [[nodiscard]] bool operator==(const Schema&) const;

  /// The feature of a name or path ("fare", "trip.fare"), also inside structs; null when none.
  /// A top-level feature of exactly this name comes first.
  [[nodiscard]] const Feature* find(std::string_view name) const noexcept;
  [[nodiscard]] Feature* find(std::string_view name) noexcept;
  [[nodiscard]] const Feature* find(const Path& path) const noexcept;
  [[nodiscard]] Feature* find(const Path& path) noexcept;
  /// As `find`. @throws Error schema.unknown_feature, naming the nearest feature
  [[nodiscard]] const Feature& feature(std::string_view name) const;
  [[nodiscard]] Feature& feature(std::string_view name);
  /// The paths of all features, structs before their children, in schema order.
  [[nodiscard]] std::vector<Path> paths() const;

  /// A string domain by its name; null when none.
  [[nodiscard]] const StringDomain* string_domain(std::string_view name) const noexcept;
  [[nodiscard]] StringDomain* string_domain(std::string_view name) noexcept;
  /// The string domain that a feature has, its own or by reference; null when none.
  [[nodiscard]] const StringDomain* string_domain(const Feature& feature) const noexcept;

  /// Is the feature expected in this environment? `in_environment` wins over
  /// `not_in_environment`, which wins over `default_environment`; without an environment every
  /// feature is in.
  [[nodiscard]] bool in_environment(const Feature& feature,
                                    std::optional<std::string_view> environment) const noexcept;
  /// Must the feature be there? Not deprecated, with a presence of at least one example, and in
  /// the environment.
  [[nodiscard]] bool required(const Feature& feature,
                              std::optional<std::string_view> environment = {}) const noexcept;
  /// @throws Error schema.unknown_environment when `default_environment` does not list it
  void check_environment(std::optional<std::string_view> environment) const;

  /// The protobuf-JSON form, with the message's own field names.
  [[nodiscard]] std::string to_json() const;
  /// @throws Error schema.* with the place in the document
  [[nodiscard]] static Schema from_json(std::string_view text);
  /// The protobuf text form (.pbtxt).
  [[nodiscard]] std::string to_text() const;
  /// @throws Error schema.* with line and column
  [[nodiscard]] static Schema from_text(std::string_view text);

  /// Writes .json or .pbtxt, by suffix; a failed save leaves the old file.
  /// @throws Error schema.suffix, schema.frozen_changed, io.*
  void save(const std::filesystem::path& path) const;
  /// @throws Error schema.*, io.*
  [[nodiscard]] static Schema load(const std::filesystem::path& path);
};

}  // namespace zeroskew
