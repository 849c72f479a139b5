// Natural language and images: most of what their domains ask for is counted by other tools only.

#include <array>
#include <cmath>
#include <string_view>

#include "schema/checks/check.hpp"
#include "schema/checks/predicates.hpp"
#include "zeroskew/detail/format.hpp"

namespace zeroskew::detail {
namespace {

using Constraints = SequenceValueConstraints;

// The formats that image decoders of training frameworks read.
constexpr std::array<std::string_view, 4> kImageFormats = {"bmp", "gif", "jpeg", "png"};

NaturalLanguageDomain& language_of(FeatureCheck& c) {
  return *c.feature.domain<NaturalLanguageDomain>();
}

bool is_token(const TokenStatistics& statistics, const Constraints& wanted) {
  if (const auto* number = std::get_if<std::int64_t>(&wanted.value)) {
    return statistics.token == std::variant<std::int64_t, std::string>(*number);
  }
  const auto* text = std::get_if<std::string>(&wanted.value);
  return text != nullptr && statistics.token == std::variant<std::int64_t, std::string>(*text);
}

void check_coverage(FeatureCheck& c, const LanguageStatistics& found) {
  if (!language_of(c).coverage) return;
  auto& wanted = *language_of(c).coverage;
  if (wanted.min_coverage && narrow(found.coverage) < *wanted.min_coverage) {
    c.report(AnomalyType::feature_coverage_too_low, "Too few tokens in the vocabulary",
             "Expected a share of at least " + shortest(static_cast<double>(*wanted.min_coverage)) +
                 " of the tokens to be in the vocabulary, found " + rounded(found.coverage) + ".",
             [&] { wanted.min_coverage = narrow(found.coverage); });
  }
  if (wanted.min_avg_token_length &&
      narrow(found.avg_token_length) < *wanted.min_avg_token_length) {
    c.report(AnomalyType::feature_coverage_too_short_avg_token_length, "Too short tokens",
             "Expected tokens of at least " +
                 shortest(static_cast<double>(*wanted.min_avg_token_length)) +
                 " characters on average, found " + rounded(found.avg_token_length) + ".",
             [&] { wanted.min_avg_token_length = narrow(found.avg_token_length); });
  }
}

void check_token(FeatureCheck& c, std::size_t index, const LanguageStatistics& language) {
  const auto wanted = [&]() -> Constraints& { return language_of(c).token_constraints[index]; };
  TokenStatistics found;  // a token that is not listed never occurs
  for (const TokenStatistics& one : language.tokens) {
    if (is_token(one, wanted())) found = one;
  }
  const std::string token = token_text(wanted());
  const std::string in_a_sequence = " of the token " + token + " in a sequence, found ";
  if (wanted().min_per_sequence &&
      found.min_per_sequence < static_cast<double>(*wanted().min_per_sequence)) {
    c.report(AnomalyType::sequence_value_too_few_occurrences, "Too few of a token",
             "Expected at least " + std::to_string(*wanted().min_per_sequence) + in_a_sequence +
                 count_text(found.min_per_sequence) + ".",
             [&] { wanted().min_per_sequence = whole_number(found.min_per_sequence); });
  }
  if (wanted().max_per_sequence &&
      found.max_per_sequence > static_cast<double>(*wanted().max_per_sequence)) {
    c.report(AnomalyType::sequence_value_too_many_occurrences, "Too many of a token",
             "Expected at most " + std::to_string(*wanted().max_per_sequence) + in_a_sequence +
                 count_text(found.max_per_sequence) + ".",
             [&] { wanted().max_per_sequence = whole_number(std::ceil(found.max_per_sequence)); });
  }
  const float share = narrow(found.fraction_of_sequences);
  const std::string holds = " of the sequences to hold the token " + token + ", found ";
  if (wanted().min_fraction_of_sequences && share < *wanted().min_fraction_of_sequences) {
    c.report(AnomalyType::sequence_value_too_small_fraction, "Too few sequences with a token",
             "Expected a share of at least " +
                 shortest(static_cast<double>(*wanted().min_fraction_of_sequences)) + holds +
                 rounded(found.fraction_of_sequences) + ".",
             [&] { wanted().min_fraction_of_sequences = share; });
  }
  if (wanted().max_fraction_of_sequences && share > *wanted().max_fraction_of_sequences) {
    c.report(AnomalyType::sequence_value_too_large_fraction, "Too many sequences with a token",
             "Expected a share of at most " +
                 shortest(static_cast<double>(*wanted().max_fraction_of_sequences)) + holds +
                 rounded(found.fraction_of_sequences) + ".",
             [&] { wanted().max_fraction_of_sequences = share; });
  }
}

void cannot_verify(FeatureCheck& c, std::string_view what) {
  c.report(AnomalyType::stats_not_available, "Tokens were not counted",
           "The " + std::string(what) +
               " of the natural_language_domain cannot be verified: there are no statistics of"
               " tokens.",
           [&] { c.clear_domain(); });
}

// A sequence is the innermost list; its length is counted by every tool, but only some leave out
// the tokens that are excluded.
void check_sequence_lengths(FeatureCheck& c) {
  if (!language_of(c).sequence_length_constraints) return;
  auto& wanted = *language_of(c).sequence_length_constraints;
  if (!wanted.min_sequence_length && !wanted.max_sequence_length) return;
  std::optional<double> shortest_one;
  std::optional<double> longest_one;
  if (c.data.language) {
    shortest_one = c.data.language->min_sequence_length;
    longest_one = c.data.language->max_sequence_length;
  }
  const bool all_count = wanted.excluded_int_value.empty() && wanted.excluded_string_value.empty();
  if (!shortest_one && all_count && !c.data.levels.empty() && c.data.levels.back().present > 0.0) {
    shortest_one = c.data.levels.back().min_values;
    longest_one = c.data.levels.back().max_values;
  }
  if (!shortest_one || !longest_one) return cannot_verify(c, "sequence lengths");
  if (wanted.min_sequence_length &&
      *shortest_one < static_cast<double>(*wanted.min_sequence_length)) {
    c.report(AnomalyType::feature_type_low_number_values, "A sequence is too short",
             "Expected sequences of at least " + std::to_string(*wanted.min_sequence_length) +
                 " tokens, found " + count_text(*shortest_one) + ".",
             [&] { wanted.min_sequence_length = whole_number(*shortest_one); });
  }
  if (wanted.max_sequence_length &&
      *longest_one > static_cast<double>(*wanted.max_sequence_length)) {
    c.report(AnomalyType::feature_type_high_number_values, "A sequence is too long",
             "Expected sequences of at most " + std::to_string(*wanted.max_sequence_length) +
                 " tokens, found " + count_text(*longest_one) + ".",
             [&] { wanted.max_sequence_length = whole_number(*longest_one); });
  }
}

void check_formats(FeatureCheck& c, ImageDomain& domain) {
  if (!domain.minimum_supported_image_fraction || !c.data.images) return;
  double all = 0.0;
  double supported = 0.0;
  for (const auto& [format, count] : c.data.images->formats) {
    all += count;
    for (const std::string_view known : kImageFormats) supported += format == known ? count : 0.0;
  }
  if (!(all > 0.0)) return;
  const float share = narrow(supported / all);
  if (!(share < *domain.minimum_supported_image_fraction)) return;
  c.report(AnomalyType::low_supported_image_fraction, "Too few images of a supported format",
           "Expected a share of at least " +
               shortest(static_cast<double>(*domain.minimum_supported_image_fraction)) +
               " of the images to be bmp, gif, jpeg or png, found " + rounded(supported / all) +
               ".",
           [&] { domain.minimum_supported_image_fraction = share; });
}

}  // namespace

void check_natural_language(FeatureCheck& c) {
  if (c.feature.domain<NaturalLanguageDomain>() == nullptr) return;
  const bool tokens = language_of(c).coverage || !language_of(c).token_constraints.empty();
  if (tokens && !c.data.language) return cannot_verify(c, "coverage and token constraints");
  if (tokens) {
    check_coverage(c, *c.data.language);
    for (std::size_t i = 0; i < language_of(c).token_constraints.size(); ++i) {
      check_token(c, i, *c.data.language);
    }
  }
  check_sequence_lengths(c);
}

void check_image(FeatureCheck& c) {
  auto* domain = c.feature.domain<ImageDomain>();
  if (domain == nullptr) return;
  check_formats(c, *domain);
  if (!c.data.max_bytes || !is_too_large(*domain, *c.data.max_bytes)) return;
  c.report(AnomalyType::max_image_byte_size_exceeded, "An image is too large",
           "Expected at most " + std::to_string(*domain->max_image_byte_size) +
               " bytes an image, found " + count_text(*c.data.max_bytes) + ".",
           [&] { domain->max_image_byte_size = whole_number(*c.data.max_bytes); });
}

}  // namespace zeroskew::detail
