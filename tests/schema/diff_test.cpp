#include "zeroskew/schema/diff.hpp"

#include <string>

#include "random_tree.hpp"
#include "schema/convert.hpp"
#include "support/catch.hpp"
#include "zeroskew/schema/schema.hpp"

using namespace zeroskew;

namespace {

std::string diff(const std::string& before, const std::string& after) {
  return to_string(schema_diff(Schema::from_text(before), Schema::from_text(after)));
}

}  // namespace

TEST_CASE("a reviewer reads what changed, by feature and field") {
  CHECK(diff("feature { name: 'fare' float_domain { max: 10 } }",
             "feature { name: 'fare' float_domain { max: 20 min: 0.5 } }") ==
        "fare: float_domain.min added: 0.5\nfare: float_domain.max: 10.0 -> 20.0\n");
  CHECK(diff("feature { name: 'a' }", "feature { name: 'b' type: INT } feature { name: 'a' }") ==
        "b: feature added: { name: \"b\" type: INT }\n");
  CHECK(diff("feature { name: 'a' int_domain { } }", "feature { name: 'a' float_domain { } }") ==
        "a: int_domain removed, was: { }\na: float_domain added: { }\n");
  CHECK(diff("string_domain { name: 'd' value: 'x' value: 'y' }",
             "string_domain { name: 'd' value: 'y' value: 'z' }") ==
        "schema: string_domain['d'].value removed, was: \"x\"\n"
        "schema: string_domain['d'].value added: \"z\"\n");
  CHECK(diff("feature { name: 'a' } feature { name: 'b' }",
             "feature { name: 'b' } feature { name: 'a' }") ==
        "schema: feature.order: \"a\" -> \"b\"\n");
  CHECK(diff("default_environment: 'T' default_environment: 'S'",
             "default_environment: 'S' default_environment: 'T'") ==
        "schema: default_environment.order: \"T\" -> \"S\"\n");
  CHECK(diff("feature { name: 't' struct_domain { feature { name: 'a.b' type: INT } } }",
             "feature { name: 't' struct_domain { feature { name: 'a.b' type: FLOAT } } }") ==
        "t.'a.b': type: INT -> FLOAT\n");
  CHECK(diff("feature { }", "feature { type: INT }") == "schema: feature[0].type added: INT\n");
}

TEST_CASE("extensions and maps are compared by their keys") {
  Schema before;
  before.features.emplace_back().name = "fare";
  before.features[0].annotation.emplace().extension.set("pattern", "a");
  Schema after = before;
  after.features[0].annotation->extension.set("pattern", "b");
  CHECK(to_string(schema_diff(before, after)) ==
        "fare: annotation.extra_metadata[0].zeroskew.pattern: \"a\" -> \"b\"\n");
  const std::string map =
      "tensor_representation_group { key: 'g' value { tensor_representation {"
      " key: 't' value { dense_tensor { column_name: '";
  CHECK(diff(map + "a' } } } } }", map + "b' } } } } }") ==
        "schema: tensor_representation_group['g'].tensor_representation['t']"
        ".dense_tensor.column_name: \"a\" -> \"b\"\n");
}

TEST_CASE("the difference is empty exactly when the schemas are equal, and turns around") {
  for (std::uint64_t seed = 0; seed < 150; ++seed) {
    INFO("seed " << seed);
    zeroskew_test::RandomTree random(seed);
    const Schema a = detail::schema_from_tree(random.message("tensorflow.metadata.v0.Schema"));
    const Schema b = detail::schema_from_tree(random.message("tensorflow.metadata.v0.Schema"));
    CHECK(schema_diff(a, a).empty());
    CHECK(schema_diff(a, b).empty() == (a == b));
    const auto forth = schema_diff(a, b);
    const auto back = schema_diff(b, a);
    REQUIRE(forth.size() == back.size());
    std::size_t added = 0;
    std::size_t removed = 0;
    for (const auto& change : forth) added += change.kind == SchemaChange::Kind::added ? 1 : 0;
    for (const auto& change : back) removed += change.kind == SchemaChange::Kind::removed ? 1 : 0;
    CHECK(added == removed);
  }
}
