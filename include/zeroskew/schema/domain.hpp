#pragma once
/// Which values a feature may have.

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "zeroskew/schema/sparse_feature.hpp"

namespace zeroskew {

struct Feature;

/// The name of a string domain that the schema holds.
struct DomainReference {
  std::string name;

  [[nodiscard]] bool operator==(const DomainReference&) const = default;
};

struct IntDomain {
  std::optional<std::string> name;
  std::optional<std::int64_t> min;  ///< inclusive
  std::optional<std::int64_t> max;  ///< inclusive
  std::optional<bool> is_categorical;

  [[nodiscard]] bool operator==(const IntDomain&) const = default;
};

/// Bounds are single precision, as in the message.
struct FloatDomain {
  std::optional<std::string> name;
  std::optional<float> min;  ///< inclusive
  std::optional<float> max;  ///< inclusive
  std::optional<bool> disallow_nan;
  std::optional<bool> disallow_inf;
  std::optional<bool> is_embedding;
  std::optional<bool> is_categorical;
  std::optional<std::int64_t> embedding_dim;
  std::optional<std::string> embedding_type;

  [[nodiscard]] bool operator==(const FloatDomain&) const = default;
};

struct StringDomain {
  enum class Categorical : std::int32_t { unspecified = 0, yes = 1, no = 2 };

  std::optional<std::string> name;
  std::vector<std::string> value;
  std::optional<Categorical> is_categorical;

  [[nodiscard]] bool operator==(const StringDomain&) const = default;
};

struct BoolDomain {
  std::optional<std::string> name;
  std::optional<std::string> true_value;   ///< strings: what stands for true
  std::optional<std::string> false_value;  ///< strings: what stands for false

  [[nodiscard]] bool operator==(const BoolDomain&) const = default;
};

/// The children of a struct. Complete once feature.hpp is included.
struct StructDomain {
  std::vector<Feature> feature;
  std::vector<SparseFeature> sparse_feature;

  [[nodiscard]] bool operator==(const StructDomain& other) const;
};

struct TimeDomain {
  enum class IntegerFormat : std::int32_t {
    unknown = 0,
    unix_seconds = 1,
    unix_milliseconds = 2,
    unix_microseconds = 3,
    unix_nanoseconds = 4,
    unix_days = 5,
  };

  std::variant<std::monostate, std::string, IntegerFormat> format;  ///< text: a strptime format

  [[nodiscard]] bool operator==(const TimeDomain&) const = default;
};

struct TimeOfDayDomain {
  enum class IntegerFormat : std::int32_t { unknown = 0, packed_64_nanos = 1 };

  std::variant<std::monostate, std::string, IntegerFormat> format;

  [[nodiscard]] bool operator==(const TimeOfDayDomain&) const = default;
};

struct ImageDomain {
  std::optional<float> minimum_supported_image_fraction;
  std::optional<std::int64_t> max_image_byte_size;

  [[nodiscard]] bool operator==(const ImageDomain&) const = default;
};

/// Domains without parameters. Audio, video and content chunks are carried, never validated.
struct MidDomain {
  [[nodiscard]] bool operator==(const MidDomain&) const = default;
};
struct UrlDomain {
  [[nodiscard]] bool operator==(const UrlDomain&) const = default;
};
struct AudioDomain {
  [[nodiscard]] bool operator==(const AudioDomain&) const = default;
};
struct VideoDomain {
  [[nodiscard]] bool operator==(const VideoDomain&) const = default;
};
struct ContentChunkDomain {
  [[nodiscard]] bool operator==(const ContentChunkDomain&) const = default;
};

}  // namespace zeroskew
