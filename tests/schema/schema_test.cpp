// Lookup, environments, files.
#include "zeroskew/schema/schema.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "support/catch.hpp"
#include "zeroskew/error.hpp"

using namespace zeroskew;

namespace {

Schema taxi() {
  return Schema::from_text(R"(
    feature { name: "fare" type: FLOAT presence { min_fraction: 1 min_count: 1 } }
    feature { name: "company" type: BYTES domain: "company" presence { min_count: 1 }
              not_in_environment: "SERVING" }
    feature { name: "tip" type: FLOAT presence { min_fraction: 0.5 } in_environment: "EXTRA"
              not_in_environment: "EXTRA" not_in_environment: "SERVING" }
    feature { name: "trip" type: STRUCT struct_domain {
      feature { name: "end.time" type: INT } feature { name: "miles" type: FLOAT } } }
    feature { name: "old" lifecycle_stage: DEPRECATED presence { min_count: 1 } }
    feature { name: "trip.miles" type: INT }
    string_domain { name: "company" value: "Taxi" }
    default_environment: "TRAINING" default_environment: "SERVING")");
}

class Folder {
 public:
  Folder()
      : path_(std::filesystem::temp_directory_path() /
              ("zeroskew-schema-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(path_);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  [[nodiscard]] std::ptrdiff_t files() const {
    return std::distance(std::filesystem::directory_iterator(path_), {});
  }

 private:
  std::filesystem::path path_;
};

}  // namespace

TEST_CASE("features are found by name and by path, the exact name first") {
  const Schema schema = taxi();
  CHECK(schema.feature("fare").type == FeatureType::floating);
  CHECK(schema.feature("trip.'end.time'").type == FeatureType::integer);
  CHECK(schema.feature("trip.miles").type == FeatureType::integer);
  CHECK(schema.find(Path({"trip", "miles"}))->type == FeatureType::floating);
  CHECK(schema.find("trip.none") == nullptr);
  CHECK(schema.find("a..b") == nullptr);
  CHECK(schema.find("") == nullptr);
  for (const Path& path : schema.paths()) CHECK(schema.find(path) != nullptr);
  CHECK(schema.paths().size() == 8);
  try {
    (void)schema.feature("fares");
    FAIL("found");
  } catch (const Error& error) {
    CHECK(error.id() == "schema.unknown_feature");
    CHECK(error.kind() == ErrorKind::key);
    CHECK_THAT(error.what(), Catch::Matchers::Contains("did you mean 'fare'"));
  }
}

TEST_CASE("environments: what is in, what is required") {
  const Schema schema = taxi();
  const Feature& company = schema.feature("company");
  CHECK(schema.in_environment(company, std::nullopt));
  CHECK(schema.in_environment(company, "TRAINING"));
  CHECK_FALSE(schema.in_environment(company, "SERVING"));
  CHECK(schema.required(company));
  CHECK(schema.required(company, "TRAINING"));
  CHECK_FALSE(schema.required(company, "SERVING"));
  CHECK(schema.in_environment(schema.feature("tip"), "EXTRA"));
  CHECK_FALSE(schema.in_environment(schema.feature("fare"), "ELSEWHERE"));
  CHECK_FALSE(schema.required(schema.feature("trip")));
  CHECK_FALSE(schema.required(schema.feature("old")));
  CHECK_NOTHROW(schema.check_environment("SERVING"));
  CHECK_NOTHROW(schema.check_environment(std::nullopt));
  CHECK_THROWS_AS(schema.check_environment("SERVNG"), Error);
}

TEST_CASE("the stages that take no part are deprecated") {
  using enum LifecycleStage;
  for (const auto stage : {planned, alpha, deprecated, debug_only, disabled}) {
    CHECK(is_deprecated(stage));
  }
  for (const auto stage : {unknown, beta, production, validation_derived}) {
    CHECK_FALSE(is_deprecated(stage));
  }
  Feature feature;
  CHECK_FALSE(is_deprecated(feature));
  feature.deprecated = true;
  CHECK(is_deprecated(feature));
  CHECK(to_string(validation_derived) == "VALIDATION_DERIVED");
  CHECK(to_string(FeatureType::structure) == "STRUCT");
}

TEST_CASE("string domains are looked up by name, by reference and inline") {
  Schema schema = taxi();
  CHECK(schema.string_domain("company")->value == std::vector<std::string>{"Taxi"});
  CHECK(schema.string_domain("none") == nullptr);
  CHECK(schema.string_domain(schema.feature("company")) == schema.string_domain("company"));
  CHECK(schema.string_domain(schema.feature("fare")) == nullptr);
  Feature& fare = schema.feature("fare");
  fare.domain_info = StringDomain{{}, {"own"}, {}};
  CHECK(schema.string_domain(fare)->value.front() == "own");
}

TEST_CASE("an extension survives both forms beside other tools' metadata") {
  Schema schema = Schema::from_json(
      R"({"annotation": {"extra_metadata": [
           {"@type": "type.googleapis.com/google.protobuf.Struct",
            "value": {"zeroskew": 2}},
           {"@type": "type.googleapis.com/google.protobuf.Struct",
            "value": {"zeroskew": {"owner": "fares team"}, "theirs": [1, null]}}]}})");
  REQUIRE(schema.annotation.has_value());
  CHECK(schema.annotation->extension.find("owner")->text() == "fares team");
  CHECK(schema.annotation->extra_metadata.size() == 2);
  schema.features.emplace_back().annotation.emplace().extension.set("pattern", "[a-z]+");
  const Schema text = Schema::from_text(schema.to_text());
  CHECK((text == schema));
  CHECK((Schema::from_json(text.to_json()) == schema));
  CHECK(text.features[0].annotation->extension.find("pattern")->text() == "[a-z]+");
}

TEST_CASE("schemas are saved and loaded by suffix, and a failed save leaves the old file") {
  const Folder folder;
  const Schema schema = taxi();
  for (const std::string name : {"s.json", "s.pbtxt"}) {
    schema.save(folder / name);
    Schema().save(folder / name);
    schema.save(folder / name);
    CHECK((Schema::load(folder / name) == schema));
  }
  Schema broken = schema;
  broken.features[0].name = "\xff";
  CHECK_THROWS_AS(broken.save(folder / "s.json"), Error);
  CHECK((Schema::load(folder / "s.json") == schema));
  CHECK(folder.files() == 2);
  const auto id_of = [](auto action) {
    try {
      action();
    } catch (const Error& error) {
      return error.id();
    }
    return std::string();
  };
  CHECK(id_of([&] { schema.save(folder / "s.yaml"); }) == "schema.suffix");
  CHECK(id_of([&] { (void)Schema::load(folder / "s"); }) == "schema.suffix");
  CHECK(id_of([&] { (void)Schema::load(folder / "none.json"); }) == "io.not_found");
  CHECK(id_of([&] { schema.save(folder / "none/s.json"); }) == "io.write");
  std::ofstream(folder / "bad.pbtxt") << "feature {\n";
  try {
    (void)Schema::load(folder / "bad.pbtxt");
    FAIL("read");
  } catch (const Error& error) {
    CHECK(error.id() == "schema.text_syntax");
    CHECK_THAT(error.where(), Catch::Matchers::EndsWith("bad.pbtxt, line 2, column 1"));
  }
}
