// Slices against slices.
#include "zeroskew/schema/validate_slices.hpp"

#include <string>

#include "schema/data.hpp"
#include "support/catch.hpp"
#include "zeroskew/error.hpp"

using namespace zeroskew;
using zeroskew_test::types_of;
using Types = std::vector<AnomalyType>;

namespace {

Profile sliced(const std::string& lines) {
  ProfileOptions options;
  Slicing by_zone;
  by_zone.features = {{"zone", {}}};
  options.slices = {by_zone};
  return profile(read_json_lines(lines, infer_json_lines(lines)), options);
}

}  // namespace

TEST_CASE("a slice is held against the schema, and against its own past") {
  const Profile before = sliced(
      "{\"zone\": \"n\", \"kind\": \"a\"}\n{\"zone\": \"n\", \"kind\": \"a\"}\n"
      "{\"zone\": \"s\", \"kind\": \"b\"}\n{\"zone\": \"w\", \"kind\": \"b\"}\n");
  const Profile now = sliced(
      "{\"zone\": \"n\", \"kind\": \"b\"}\n{\"zone\": \"s\", \"kind\": \"b\"}\n"
      "{\"zone\": \"s\", \"kind\": \"b\"}\n{\"zone\": \"e\", \"kind\": \"a\"}\n");
  Schema schema = infer_schema(before);
  schema.feature("kind").drift_comparator.emplace().infinity_norm.emplace().threshold = 0.1;
  schema.dataset_constraints.emplace().min_examples_count = 1;
  const auto found = validate_slices(now, schema, {}, {&before, nullptr, nullptr});
  REQUIRE(found.size() == 4);
  CHECK(types_of(found.at("zone_e")) ==
        Types{AnomalyType::enum_type_unexpected_string_values});  // a zone that was not there
  CHECK(types_of(found.at("zone_n")) == Types{AnomalyType::comparator_l_infty_high});
  CHECK(found.at("zone_s").empty());
  CHECK(found.at("zone_s").measurements.size() == 1);
  CHECK(found.at("zone_w").data_missing);
  CHECK(types_of(found.at("zone_w")) ==
        Types{AnomalyType::schema_missing_column, AnomalyType::schema_missing_column});
  CHECK(validate_slices(now, schema).size() == 3);
  ValidateOptions options;
  options.environment = "T";
  CHECK_THROWS_AS(validate_slices(now, schema, options), Error);
}
