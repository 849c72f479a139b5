// An updated schema accepts the data, whatever the schema said and whatever the data is.
#include <chrono>
#include <cstdint>
#include <string>

#include "schema/convert.hpp"
#include "schema/data.hpp"
#include "schema/random_data.hpp"
#include "schema/random_tree.hpp"
#include "support/catch.hpp"

using namespace zeroskew;

using zeroskew_test::RandomData;

TEST_CASE("an inferred schema accepts its data") {
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    INFO("seed " << seed);
    const Profile profile = RandomData(seed).profile();
    for (const bool infer_shape : {false, true}) {
      const Schema schema = infer_schema(profile, {2, infer_shape});
      const Anomalies anomalies = validate(profile, schema);
      INFO(anomalies.to_json());
      CHECK(anomalies.empty());
      CHECK((update_schema(schema, profile) == schema));
      CHECK((Schema::from_text(schema.to_text()) == schema));
    }
  }
}

TEST_CASE("an updated schema accepts the data: any schema, any data") {
  std::size_t repaired = 0;
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    INFO("seed " << seed);
    const Profile profile = RandomData(seed).profile();
    const Profile control = RandomData(seed + 5000).profile();
    const Schema schema = detail::schema_from_tree(
        zeroskew_test::RandomTree(seed).message("tensorflow.metadata.v0.Schema"));
    if (profile.rows() == 0) continue;
    const Anomalies before = validate(profile, schema);
    repaired += before.size();
    const Schema updated = update_schema(schema, profile);
    const Anomalies after = validate(profile, updated);
    INFO((before.empty() ? "" : before[0].message));
    INFO((after.empty() ? "" : to_string(after[0].path) + ": " + after[0].message));
    REQUIRE(after.empty());
    CHECK((Schema::from_text(updated.to_text()) == updated));
    CHECK((update_schema(updated, profile) == updated));
    // With something to compare with: the fixes, one by one.
    const Controls<Profile> controls{&control, &control, &control};
    CHECK(zeroskew_test::fixes_hold(profile, updated, {}, controls));
  }
  CHECK(repaired > 5000);
}

TEST_CASE("a thousand columns are inferred and validated in a moment") {
  std::string lines;
  for (int row = 0; row < 50; ++row) {
    lines += "{";
    for (int i = 0; i < 1000; ++i) {
      lines += (i == 0 ? "" : ", ") + ("\"c" + std::to_string(i)) + "\": ";
      const int value = (row * 37 + i) % 41;
      lines += i % 3 == 0   ? std::to_string(value)
               : i % 3 == 1 ? std::to_string(value) + ".25"
                            : "\"v" + std::to_string(value) + "\"";
    }
    lines += "}\n";
  }
  const Profile profile = zeroskew_test::profile_of(lines);
  using Clock = std::chrono::steady_clock;
  const auto seconds = [](Clock::time_point since) {
    return std::chrono::duration<double>(Clock::now() - since).count();
  };
  const auto start = Clock::now();
  const Schema schema = infer_schema(profile);
  const double inferring = seconds(start);
  const auto middle = Clock::now();
  const Anomalies anomalies = validate(profile, schema);
  const double validating = seconds(middle);
  CHECK(anomalies.empty());
  CHECK(schema.features.size() == 1000);
  // Generous: sanitizers and busy machines are slow. 20 ms is the aim of a release build.
  CHECK(inferring < 2.0);
  CHECK(validating < 2.0);
  WARN("1,000 columns: inferred in " << inferring * 1e3 << " ms, validated in " << validating * 1e3
                                     << " ms");
}
