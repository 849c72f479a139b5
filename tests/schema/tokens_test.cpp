// Tokens row by row: which sequences hold too few or too many of one, and how many sequences do.
#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "schema/data.hpp"
#include "support/catch.hpp"
#include "zeroskew/schema/validate_rows.hpp"

using namespace zeroskew;
using Types = std::vector<AnomalyType>;
using enum AnomalyType;

namespace {

Schema with_tokens(const std::string& constraints, const std::string& type = "BYTES") {
  return Schema::from_text("feature { name: 'x' type: " + type + " natural_language_domain { " +
                           constraints + " } }");
}

Batch batch_of(const std::string& lines) {
  return read_json_lines(lines, infer_json_lines(lines));
}

Types types_of_rows(const RowAnomalies& found) {
  Types types;
  for (const RowAnomaly& one : found.items) types.push_back(one.type);
  return types;
}

const RowAnomaly* find(const RowAnomalies& found, AnomalyType type) {
  const auto at = std::find_if(found.items.begin(), found.items.end(),
                               [&](const RowAnomaly& one) { return one.type == type; });
  return at == found.items.end() ? nullptr : &*at;
}

}  // namespace

TEST_CASE(
    "SEQUENCE_VALUE_TOO_FEW_OCCURRENCES and SEQUENCE_VALUE_TOO_MANY_OCCURRENCES, row by row") {
  const Batch batch = batch_of(
      "{\"x\": [\"CLS\", \"a\", \"SEP\"]}\n{\"x\": [\"a\", \"b\"]}\n{}\n{\"x\": []}\n"
      "{\"x\": [\"CLS\", \"SEP\", \"CLS\", \"CLS\"]}\n");
  const RowAnomalies found = validate_rows(
      batch, with_tokens("token_constraints { string_value: 'CLS' min_per_sequence: 1 "
                         "max_per_sequence: 2 }"));
  CHECK(types_of_rows(found) ==
        Types{sequence_value_too_few_occurrences, sequence_value_too_many_occurrences});
  CHECK(find(found, sequence_value_too_few_occurrences)->row_numbers() ==
        std::vector<std::int64_t>{1, 3});
  CHECK(find(found, sequence_value_too_many_occurrences)->row_numbers() ==
        std::vector<std::int64_t>{4});
  CHECK_THAT(find(found, sequence_value_too_many_occurrences)->message,
             Catch::Matchers::Contains("at most 2 of the token 'CLS' in a sequence, found '3'"));
}

TEST_CASE("SEQUENCE_VALUE_TOO_SMALL_FRACTION and SEQUENCE_VALUE_TOO_LARGE_FRACTION, row by row") {
  const std::string lines =
      "{\"x\": [7, 8]}\n{\"x\": [8]}\n{\"x\": [8, 8]}\n{\"x\": [7]}\n{\"x\": []}\n";
  const auto of = [&](const std::string& bounds) {
    return validate_rows(batch_of(lines),
                         with_tokens("token_constraints { int_value: 7 " + bounds + " }", "INT"));
  };
  CHECK(of("min_fraction_of_sequences: 0.4 max_fraction_of_sequences: 0.4").empty());
  const RowAnomalies few = of("min_fraction_of_sequences: 0.5");
  CHECK(types_of_rows(few) == Types{sequence_value_too_small_fraction});
  CHECK(few.row_numbers() == std::vector<std::int64_t>{1, 2, 4});
  const RowAnomalies many = of("max_fraction_of_sequences: 0.3");
  CHECK(types_of_rows(many) == Types{sequence_value_too_large_fraction});
  CHECK(many.row_numbers() == std::vector<std::int64_t>{0, 3});
}

TEST_CASE("a plain cell is a sequence of one token") {
  const Batch batch = batch_of("{\"x\": \"a\"}\n{\"x\": \"b\"}\n{\"x\": null}\n");
  const RowAnomalies found = validate_rows(
      batch, with_tokens("token_constraints { string_value: 'a' min_per_sequence: 1 }"));
  CHECK(found.row_numbers() == std::vector<std::int64_t>{1});
}

TEST_CASE("tokens that are excluded do not count for the length of a sequence") {
  const Batch batch = batch_of(
      "{\"x\": [\"PAD\", \"a\", \"PAD\"]}\n{\"x\": [\"PAD\"]}\n{\"x\": [\"a\", \"b\", \"c\"]}\n");
  const RowAnomalies found =
      validate_rows(batch, with_tokens("sequence_length_constraints { excluded_string_value: 'PAD' "
                                       "min_sequence_length: 1 max_sequence_length: 2 }"));
  CHECK(types_of_rows(found) ==
        Types{feature_type_high_number_values, feature_type_low_number_values});
  CHECK(found.row_numbers() == std::vector<std::int64_t>{1, 2});
}

TEST_CASE("random sequences, cut into any batches, agree with counting by hand") {
  std::mt19937 random(7);
  std::vector<std::string> rows;
  std::vector<std::int64_t> few;
  std::vector<std::int64_t> many;
  std::size_t holders = 0;
  for (std::int64_t row = 0; row < 5000; ++row) {
    std::string cells;
    int count = 0;
    const auto size = static_cast<int>(random() % 12);
    for (int i = 0; i < size; ++i) {
      const auto token = static_cast<int>(random() % 5);
      count += token == 3 ? 1 : 0;
      cells += (i == 0 ? "" : ", ") + std::to_string(token);
    }
    rows.push_back("{\"x\": [" + cells + "]}\n");
    if (count < 1) few.push_back(row);
    if (count > 3) many.push_back(row);
    holders += count > 0 ? 1 : 0;
  }
  const double share = static_cast<double>(holders) / 5000.0;
  const Schema schema = with_tokens(
      "token_constraints { int_value: 3 min_per_sequence: 1 max_per_sequence: 3 "
      "min_fraction_of_sequences: " +
          std::to_string(share + 0.01) +
          " max_fraction_of_sequences: " + std::to_string(share - 0.01) + " }",
      "INT");
  const auto fields = infer_json_lines(rows[0] + rows[1] + rows[2] + rows[3]);
  for (const std::size_t cut : {std::size_t{5000}, std::size_t{1024}, std::size_t{7}}) {
    RowValidator validator(schema);
    for (std::size_t at = 0; at < rows.size(); at += cut) {
      std::string lines;
      for (std::size_t i = at; i < std::min(rows.size(), at + cut); ++i) lines += rows[i];
      validator.update(read_json_lines(lines, fields));
    }
    const RowAnomalies found = validator.result();
    REQUIRE(found.items.size() == 4);
    CHECK((find(found, sequence_value_too_few_occurrences)->row_numbers() == few));
    CHECK((find(found, sequence_value_too_many_occurrences)->row_numbers() == many));
    CHECK(find(found, sequence_value_too_small_fraction)->rows ==
          static_cast<std::int64_t>(5000 - holders));
    CHECK(find(found, sequence_value_too_large_fraction)->rows ==
          static_cast<std::int64_t>(holders));
  }
}
