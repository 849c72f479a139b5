#pragma once
/// The verdict of a validation: every anomaly, and every distance that was measured.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "zeroskew/schema/anomaly.hpp"
#include "zeroskew/schema/schema.hpp"

namespace zeroskew {

/// One distance between a feature's distributions, whether over its threshold or not.
struct Measurement {
  enum class Comparison : std::uint8_t { drift, skew };
  /// Numbers as in tensorflow.metadata.v0.DriftSkewInfo.Measurement.Type.
  enum class Measure : std::int32_t {
    unknown = 0,
    infinity_norm = 1,
    jensen_shannon_divergence = 2,
    normalized_abs_difference = 3,
  };

  Path path;
  Comparison comparison = Comparison::drift;
  Measure measure = Measure::unknown;
  double value = 0.0;
  double threshold = 0.0;

  [[nodiscard]] bool exceeded() const noexcept { return value > threshold; }
  [[nodiscard]] bool operator==(const Measurement&) const = default;
};

/// "drift", "skew".
[[nodiscard]] std::string_view to_string(Measurement::Comparison comparison) noexcept;
/// The name of the threshold's field: "infinity_norm", ...
[[nodiscard]] std::string_view to_string(Measurement::Measure measure) noexcept;

struct Anomalies {
  std::vector<Anomaly> items;  ///< the dataset's first, then sorted by path
  std::vector<Measurement> measurements;
  bool data_missing = false;  ///< there was no example, so nothing was checked
  Schema baseline;            ///< the schema that the data was held against

  [[nodiscard]] bool empty() const noexcept { return items.empty(); }
  [[nodiscard]] std::size_t size() const noexcept { return items.size(); }
  [[nodiscard]] const Anomaly& operator[](std::size_t i) const { return items[i]; }
  [[nodiscard]] auto begin() const noexcept { return items.begin(); }
  [[nodiscard]] auto end() const noexcept { return items.end(); }
  /// The worst severity; unknown when there is no anomaly.
  [[nodiscard]] Severity severity() const noexcept;

  /// The protobuf-JSON form of tensorflow.metadata.v0.Anomalies: anomalies of one feature become
  /// the reasons of one entry. Fixes and the kinds of severities within an entry have no place
  /// there.
  [[nodiscard]] std::string to_json() const;
  /// @throws Error schema.* with the place in the document
  [[nodiscard]] static Anomalies from_json(std::string_view text);

  [[nodiscard]] bool operator==(const Anomalies&) const = default;
};

}  // namespace zeroskew
