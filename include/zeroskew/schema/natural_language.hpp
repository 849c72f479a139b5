#pragma once
/// Text as sequences of tokens: which vocabulary, how much of it, which tokens how often.

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace zeroskew {

struct FeatureCoverageConstraints {
  std::optional<float> min_coverage;          ///< share of tokens in the vocabulary
  std::optional<float> min_avg_token_length;  ///< characters
  std::vector<std::string> excluded_string_tokens;
  std::vector<std::int64_t> excluded_int_tokens;
  std::vector<std::string> oov_string_tokens;

  [[nodiscard]] bool operator==(const FeatureCoverageConstraints&) const = default;
};

/// How often one token may occur.
struct SequenceValueConstraints {
  std::variant<std::monostate, std::int64_t, std::string> value;  ///< the token
  std::optional<std::int64_t> min_per_sequence;
  std::optional<std::int64_t> max_per_sequence;
  std::optional<float> min_fraction_of_sequences;
  std::optional<float> max_fraction_of_sequences;

  [[nodiscard]] bool operator==(const SequenceValueConstraints&) const = default;
};

struct SequenceLengthConstraints {
  std::vector<std::int64_t> excluded_int_value;  ///< tokens that do not count
  std::vector<std::string> excluded_string_value;
  std::optional<std::int64_t> min_sequence_length;
  std::optional<std::int64_t> max_sequence_length;

  [[nodiscard]] bool operator==(const SequenceLengthConstraints&) const = default;
};

struct NaturalLanguageDomain {
  std::optional<std::string> vocabulary;
  std::optional<FeatureCoverageConstraints> coverage;
  std::vector<SequenceValueConstraints> token_constraints;
  std::optional<SequenceLengthConstraints> sequence_length_constraints;

  [[nodiscard]] bool operator==(const NaturalLanguageDomain&) const = default;
};

}  // namespace zeroskew
