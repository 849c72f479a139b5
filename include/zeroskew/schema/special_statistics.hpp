#pragma once
/// Statistics that only other tools count: tokens, image formats, and how the parts of sparse and
/// weighted features fit together.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace zeroskew {

/// How often one token occurs; those that are not listed never do.
struct TokenStatistics {
  std::variant<std::int64_t, std::string> token;
  double frequency = 0.0;              ///< in all sequences together
  double fraction_of_sequences = 0.0;  ///< share of the sequences that hold it
  double min_per_sequence = 0.0;
  double max_per_sequence = 0.0;

  [[nodiscard]] bool operator==(const TokenStatistics&) const = default;
};

struct LanguageStatistics {
  double coverage = 0.0;          ///< share of the tokens that are in the vocabulary
  double avg_token_length = 0.0;  ///< characters
  std::vector<TokenStatistics> tokens;
  std::optional<double> min_sequence_length;  ///< without the tokens that the schema excludes
  std::optional<double> max_sequence_length;

  [[nodiscard]] bool operator==(const LanguageStatistics&) const = default;
};

/// A number of examples, or a difference, for each of some names.
using NamedCounts = std::vector<std::pair<std::string, double>>;

/// The examples by the format of their image: "jpeg", "png", "gif", "bmp", or another word.
struct ImageStatistics {
  NamedCounts formats;

  [[nodiscard]] bool operator==(const ImageStatistics&) const = default;
};

/// Examples whose sparse feature is incomplete. Names are those of the index features; a
/// difference is the number of values minus the number of indices.
struct SparseStatistics {
  double missing_value = 0.0;   ///< indices without values
  NamedCounts missing_index;    ///< values without indices
  NamedCounts min_length_diff;  ///< the smallest difference in an example
  NamedCounts max_length_diff;

  [[nodiscard]] bool operator==(const SparseStatistics&) const = default;
};

/// The same for a weighted feature; a difference is the number of values minus that of weights.
struct WeightedStatistics {
  double missing_value = 0.0;
  double missing_weight = 0.0;
  double min_length_diff = 0.0;
  double max_length_diff = 0.0;

  [[nodiscard]] bool operator==(const WeightedStatistics&) const = default;
};

}  // namespace zeroskew
