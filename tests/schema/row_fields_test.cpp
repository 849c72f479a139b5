// Reading rows by a schema.
#include "zeroskew/schema/row_fields.hpp"

#include <string>

#include "schema/data.hpp"
#include "support/catch.hpp"
#include "zeroskew/error.hpp"

using namespace zeroskew;

TEST_CASE("rows read by the schema that was inferred from them have the same profile") {
  const std::string lines =
      "{\"i\": 1, \"f\": 0.5, \"s\": \"a\", \"l\": [1, 2], \"n\": [[1.5], [2.5, 3.5]], "
      "\"t\": {\"a\": 1, \"b\": \"x\"}}\n"
      "{\"i\": 7, \"f\": 2.5, \"s\": null, \"l\": [3], \"n\": [[4.5]], "
      "\"t\": {\"a\": 2, \"b\": \"y\"}}\n";
  const Profile inferred = zeroskew_test::profile_of(lines);
  const Schema schema = infer_schema(inferred);
  const Profile read = zeroskew_test::profile_of(lines, row_fields(schema));
  CHECK(read.digest() == inferred.digest());
  CHECK(validate(read, schema).empty());
}

TEST_CASE("an environment's columns only, and no deprecated ones") {
  const Schema schema = Schema::from_text(R"(
    feature { name: "x" type: FLOAT } feature { name: "y" type: INT not_in_environment: "SERVING" }
    feature { name: "z" type: INT lifecycle_stage: PLANNED }
    default_environment: "SERVING" default_environment: "TRAINING")");
  CHECK(row_fields(schema).size() == 2);
  CHECK(row_fields(schema, "SERVING").size() == 1);
  CHECK(row_fields(schema, "TRAINING").size() == 2);
  CHECK_THROWS_AS(row_fields(schema, "NOWHERE"), Error);
}
