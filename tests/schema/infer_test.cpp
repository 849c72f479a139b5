// What a schema says of data, rule by rule.
#include "zeroskew/schema/infer.hpp"

#include <string>

#include "schema/data.hpp"
#include "support/catch.hpp"

using namespace zeroskew;
using zeroskew_test::profile_of;
using zeroskew_test::profile_of_column;
using zeroskew_test::type_of;

namespace {

Feature inferred(std::initializer_list<std::string_view> values, InferOptions options = {}) {
  return infer_schema(profile_of_column(values), options).feature("x");
}

}  // namespace

TEST_CASE("inferred types") {
  CHECK(inferred({"1"}).type == FeatureType::integer);
  CHECK(inferred({"1.5"}).type == FeatureType::floating);
  CHECK(inferred({"\"a\""}).type == FeatureType::bytes);
  CHECK(inferred({"true"}).type == FeatureType::integer);
  CHECK(inferred({"{\"a\": 1}"}).type == FeatureType::structure);
  CHECK(inferred({"[1.5]"}).type == FeatureType::floating);
  CHECK(inferred({"null"}).type == FeatureType::bytes);
}

TEST_CASE("a presence is required of every example or of none") {
  const auto presence = [](std::initializer_list<std::string_view> values) {
    return *inferred(values).presence();
  };
  CHECK(presence({"1", "2"}) == FeaturePresence{1.0, 1});
  CHECK(presence({"1", "null"}) == FeaturePresence{{}, 1});
  CHECK(presence({"1", "1", "1", "1", "1", "absent"}) == FeaturePresence{{}, 1});
  CHECK(presence({"null"}) == FeaturePresence{{}, 0});
}

TEST_CASE("a fixed shape where every example has as many values, else counts") {
  const auto shape = [](std::initializer_list<std::string_view> values, bool infer_shape = true) {
    return inferred(values, {100, infer_shape}).shape_type;
  };
  CHECK(shape({"1", "2"}) == ShapeType(FixedShape{{{1, {}}}}));
  CHECK(shape({"1", "null"}) == ShapeType(ValueCountBounds{1, 1}));
  CHECK(shape({"1", "2"}, false) == ShapeType(ValueCountBounds{1, 1}));
  CHECK(shape({"[1, 2]", "[3, 4]"}) == ShapeType(FixedShape{{{2, {}}}}));
  CHECK(shape({"[1, 2]", "[3]"}) == ShapeType(ValueCountBounds{1, {}}));
  CHECK(shape({"[1, 2]", "[]"}).index() == 0);
  CHECK(shape({"[[1, 2]]", "[[3, 4]]"}) == ShapeType(FixedShape{{{1, {}}, {2, {}}}}));
  CHECK(shape({"[[1, 2], [3]]", "[[3, 4]]"}) ==
        ShapeType(ValueCountList{{ValueCountBounds{1, {}}, ValueCountBounds{1, {}}}}));
  CHECK(shape({"[[1, 2], []]", "[[3, 4], [5]]"}) ==
        ShapeType(ValueCountList{{ValueCountBounds{2, 2}, ValueCountBounds{}}}));
  CHECK(shape({"{\"a\": 1}"}) == ShapeType(ValueCountBounds{1, 1}));
}

TEST_CASE("domains: the first rule that fits") {
  const auto domain = [](std::initializer_list<std::string_view> values, std::size_t most = 100) {
    return inferred(values, {most, true}).domain_info;
  };
  CHECK(domain({"true", "false"}) == DomainInfo(BoolDomain()));
  CHECK(domain({"false"}) == DomainInfo(BoolDomain()));
  CHECK(domain({"0", "1"}) == DomainInfo(BoolDomain()));
  CHECK(domain({"1"}) == DomainInfo(BoolDomain()));
  CHECK(domain({"0"}).index() == 0);
  CHECK(domain({"0", "2"}).index() == 0);
  CHECK(domain({"-1", "1"}).index() == 0);
  CHECK(domain({"0.5", "1"}).index() == 0);
  CHECK(domain({"\"TRUE\"", "\"FALSE\""}) == DomainInfo(BoolDomain{{}, "TRUE", "FALSE"}));
  CHECK(domain({"\"set\""}) == DomainInfo(BoolDomain{{}, "set", {}}));
  CHECK(domain({"\"0\"", "\"1\""}) == DomainInfo(BoolDomain{{}, "1", "0"}));
  CHECK(domain({"\"1\"", "\"true\""}) == DomainInfo(DomainReference{"x"}));
  CHECK(domain({"\"\"", "\"0\""}) == DomainInfo(DomainReference{"x"}));
  CHECK(domain({"\"-7\"", "\"12\""}) == DomainInfo(IntDomain()));
  CHECK(domain({"\"9223372036854775807\""}) == DomainInfo(IntDomain()));
  CHECK(domain({"\"9223372036854775808\""}) == DomainInfo(DomainReference{"x"}));
  CHECK(domain({"\"1_0\""}) == DomainInfo(DomainReference{"x"}));
  CHECK(domain({"\"b\"", "\"a\"", "\"b\""}, 2) == DomainInfo(DomainReference{"x"}));
  CHECK(domain({"\"b\"", "\"a\"", "\"c\""}, 2).index() == 0);
  CHECK(domain({"[\"b\", \"a\"]", "[]"}) == DomainInfo(DomainReference{"x"}));
}

TEST_CASE("dates and timestamps have a time domain in their unit") {
  const auto domain = [](const Type& type) {
    return infer_schema(profile_of_column({"5", "7"}, type)).feature("x").domain_info;
  };
  using Format = TimeDomain::IntegerFormat;
  CHECK(domain(type_of(Kind::date, TimeUnit::day)) == DomainInfo(TimeDomain{Format::unix_days}));
  CHECK(domain(type_of(Kind::timestamp, TimeUnit::microsecond)) ==
        DomainInfo(TimeDomain{Format::unix_microseconds}));
  CHECK(domain(type_of(Kind::duration, TimeUnit::second)).index() == 0);
}

TEST_CASE("string domains are named after the path, sorted, and never collide") {
  const Schema schema = infer_schema(profile_of(
      "{\"a.b\": \"y\", \"s\": {\"c\": \"p\"}}\n{\"a.b\": \"x\", \"s\": {\"c\": \"q\"}}\n"));
  CHECK(schema.feature("'a.b'").domain_info == DomainInfo(DomainReference{"'a.b'"}));
  CHECK(schema.string_domain("'a.b'")->value == std::vector<std::string>{"x", "y"});
  CHECK(schema.feature("s.c").domain_info == DomainInfo(DomainReference{"s.c"}));
  CHECK(schema.paths() == std::vector<Path>{Path({"a.b"}), Path({"s"}), Path({"s", "c"})});
}

TEST_CASE("a redacted profile has no values to list") {
  Profile profile = profile_of_column({"\"a\"", "\"b\""});
  profile.redact();
  const Schema schema = infer_schema(profile);
  CHECK(schema.feature("x").domain_info.index() == 0);
  CHECK(schema.string_domains.empty());
}

TEST_CASE("no rows, no columns") {
  CHECK(infer_schema(Profile()).features.empty());
}
