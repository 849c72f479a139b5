// Tokens and images, as other tools count them.
#include <string>

#include "schema/data.hpp"
#include "support/catch.hpp"
#include "zeroskew/schema/feature_statistics.hpp"

using namespace zeroskew;
using zeroskew_test::fixes_hold;
using zeroskew_test::profile_of_column;
using zeroskew_test::types_of;
using Types = std::vector<AnomalyType>;
using enum AnomalyType;

namespace {

FeatureStatistics text_column() {
  FeatureStatistics statistics;
  statistics.path = Path({"x"});
  statistics.type = StatisticsType::string;
  statistics.levels = {{4.0, 0.0, 2.0, 9.0}};
  return statistics;
}

FeatureStatistics language_column() {
  FeatureStatistics statistics = text_column();
  statistics.language = LanguageStatistics{
      0.75,
      4.5,
      {{std::string("the"), 6.0, 0.5, 0.0, 3.0}, {std::int64_t{7}, 4.0, 1.0, 1.0, 1.0}},
      1.0,
      6.0};
  return statistics;
}

Types found(const FeatureStatistics& statistics, const std::string& domain) {
  const DatasetStatistics data(4.0, {statistics});
  const Schema schema = Schema::from_text("feature { name: 'x' type: BYTES " + domain + " }");
  Schema fixed = schema;
  for (const Anomaly& anomaly : validate(data, schema)) anomaly.fix.apply(fixed);
  CHECK(validate(data, fixed).empty());
  return types_of(validate(data, schema));
}

Types language(const std::string& fields) {
  return found(language_column(), "natural_language_domain { " + fields + " }");
}

}  // namespace

TEST_CASE("FEATURE_COVERAGE_TOO_LOW and FEATURE_COVERAGE_TOO_SHORT_AVG_TOKEN_LENGTH") {
  CHECK(language("coverage { min_coverage: 0.75 min_avg_token_length: 4.5 }").empty());
  CHECK(language("coverage { min_coverage: 0.8 }") == Types{feature_coverage_too_low});
  CHECK(language("coverage { min_avg_token_length: 5 }") ==
        Types{feature_coverage_too_short_avg_token_length});
}

TEST_CASE("SEQUENCE_VALUE_TOO_FEW_OCCURRENCES and SEQUENCE_VALUE_TOO_MANY_OCCURRENCES") {
  CHECK(language("token_constraints { string_value: 'the' min_per_sequence: 1 }") ==
        Types{sequence_value_too_few_occurrences});
  CHECK(language("token_constraints { string_value: 'the' max_per_sequence: 2 }") ==
        Types{sequence_value_too_many_occurrences});
  CHECK(language("token_constraints { int_value: 7 min_per_sequence: 1 max_per_sequence: 1 }")
            .empty());
}

TEST_CASE("SEQUENCE_VALUE_TOO_SMALL_FRACTION and SEQUENCE_VALUE_TOO_LARGE_FRACTION") {
  CHECK(language("token_constraints { string_value: 'the' min_fraction_of_sequences: 0.6 }") ==
        Types{sequence_value_too_small_fraction});
  CHECK(language("token_constraints { int_value: 7 max_fraction_of_sequences: 0.9 }") ==
        Types{sequence_value_too_large_fraction});
  CHECK(language("token_constraints { string_value: 'the' min_fraction_of_sequences: 0.5 "
                 "max_fraction_of_sequences: 0.5 }")
            .empty());
}

TEST_CASE("a token that never occurs occurs 0 times, whatever its type") {
  CHECK(language("token_constraints { string_value: '7' min_per_sequence: 1 }") ==
        Types{sequence_value_too_few_occurrences});
  CHECK(language("token_constraints { int_value: 8 min_fraction_of_sequences: 0.1 }") ==
        Types{sequence_value_too_small_fraction});
}

TEST_CASE("each of several token constraints is held against its own token") {
  CHECK(language("token_constraints { string_value: 'the' max_per_sequence: 2 } "
                 "token_constraints { int_value: 7 max_per_sequence: 0 }") ==
        Types{sequence_value_too_many_occurrences, sequence_value_too_many_occurrences});
}

TEST_CASE("the lengths of sequences, also of our own lists") {
  CHECK(language("sequence_length_constraints { min_sequence_length: 2 max_sequence_length: 5 }") ==
        Types{feature_type_low_number_values, feature_type_high_number_values});
  const Profile lists = profile_of_column({"[\"a\"]", "[\"b\", \"c\", \"d\"]"});
  const auto schema = [](const std::string& fields) {
    return Schema::from_text(
        "feature { name: 'x' type: BYTES natural_language_domain { sequence_length_constraints { " +
        fields + " } } }");
  };
  CHECK(validate(lists, schema("min_sequence_length: 1 max_sequence_length: 3")).empty());
  const Schema narrow = schema("min_sequence_length: 2 max_sequence_length: 2");
  CHECK(types_of(validate(lists, narrow)) ==
        Types{feature_type_low_number_values, feature_type_high_number_values});
  CHECK(fixes_hold(lists, narrow));
  CHECK(types_of(validate(lists, schema("excluded_string_value: 'a' min_sequence_length: 1"))) ==
        Types{stats_not_available});
}

TEST_CASE("STATS_NOT_AVAILABLE: tokens that nobody counted") {
  CHECK(found(text_column(), "natural_language_domain { coverage { min_coverage: 0.1 } }") ==
        Types{stats_not_available});
  CHECK(found(text_column(), "natural_language_domain { vocabulary: 'v' }").empty());
}

TEST_CASE("LOW_SUPPORTED_IMAGE_FRACTION: images that nobody can read") {
  FeatureStatistics statistics = text_column();
  statistics.type = StatisticsType::bytes;
  statistics.images = ImageStatistics{{{"UNKNOWN", 1.0}, {"jpeg", 2.0}, {"png", 1.0}}};
  CHECK(found(statistics, "image_domain { minimum_supported_image_fraction: 0.8 }") ==
        Types{low_supported_image_fraction});
  CHECK(found(statistics, "image_domain { minimum_supported_image_fraction: 0.75 }").empty());
  statistics.images.reset();
  CHECK(found(statistics, "image_domain { minimum_supported_image_fraction: 0.8 }").empty());
}
