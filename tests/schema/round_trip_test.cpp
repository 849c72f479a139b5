// Laws of the file forms: nothing is lost, nothing is invented, nothing but Error comes out.
#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>

#include "random_tree.hpp"
#include "schema/convert.hpp"
#include "schema/proto/json_codec.hpp"
#include "schema/proto/pbtxt.hpp"
#include "support/catch.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/schema/schema.hpp"

using namespace zeroskew;
using zeroskew_test::RandomTree;

namespace {

constexpr std::string_view kSchema = "tensorflow.metadata.v0.Schema";

std::string golden(const std::string& name) {
  std::ifstream file("golden/schema/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// Reads a document that may be damaged: either an Error, or a schema that round trips.
template <class Read>
bool survives(std::string_view document, Read read) {
  try {
    const Schema schema = read(document);
    const std::string text = schema.to_text();
    return Schema::from_text(text).to_text() == text;
  } catch (const Error& error) {
    return !error.id().empty();
  }
}

}  // namespace

TEST_CASE("a random message reads back the same from JSON and from text") {
  const detail::MessageDescriptor& type = *detail::find_message(kSchema);
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    INFO("seed " << seed);
    const FieldTree tree = RandomTree(seed).message(kSchema);
    const std::string json = detail::write_json(type, tree);
    const std::string text = detail::write_pbtxt(type, tree);
    CHECK((detail::read_json(type, json) == tree));
    CHECK((detail::read_pbtxt(type, text) == tree));
  }
}

TEST_CASE("the typed schema keeps every field of a random message") {
  for (std::uint64_t seed = 1000; seed < 1400; ++seed) {
    INFO("seed " << seed);
    const FieldTree tree = RandomTree(seed).message(kSchema);
    const Schema schema = detail::schema_from_tree(tree);
    CHECK((detail::to_tree(schema) == tree));
    const Schema through_json = Schema::from_json(schema.to_json());
    CHECK((through_json == schema));
    const Schema through_text = Schema::from_text(through_json.to_text());
    CHECK((through_text == schema));
    CHECK((Schema::from_json(through_text.to_json()) == schema));
  }
}

TEST_CASE("a cut-off document is an error or a schema, never anything else") {
  const std::string text = golden("full.pbtxt");
  const std::string json = golden("full.json");
  bool survived = true;
  for (std::size_t size = 0; size < text.size(); size += 3) {
    survived = survived && survives(text.substr(0, size), Schema::from_text);
  }
  CHECK(survived);
  for (std::size_t size = 0; size + 2 < json.size(); size += 3) {
    CHECK_THROWS_AS(Schema::from_json(json.substr(0, size)), Error);
  }
}

TEST_CASE("a damaged document is an error or a schema, never anything else") {
  const std::string text = golden("full.pbtxt");
  const std::string json = golden("full.json");
  std::mt19937_64 engine(7);
  bool survived = true;
  for (int i = 0; i < 3000 && survived; ++i) {
    std::string broken_text = text;
    std::string broken_json = json;
    for (std::string* document : {&broken_text, &broken_json}) {
      for (std::uint64_t n = 1 + engine() % 3; n > 0; --n) {
        (*document)[engine() % document->size()] = static_cast<char>(engine() % 256);
      }
    }
    survived = survives(broken_text, Schema::from_text) && survives(broken_json, Schema::from_json);
    INFO("round " << i);
    CHECK(survived);
  }
}

TEST_CASE("hostile depth is an error, not a crash") {
  const auto repeat = [](std::string_view piece, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += piece;
    return all;
  };
  constexpr int kMany = 200000;
  CHECK_THROWS_AS(Schema::from_text(repeat("feature{struct_domain{", kMany)), Error);
  CHECK_THROWS_AS(Schema::from_text(repeat("feature<struct_domain:<", kMany)), Error);
  CHECK_THROWS_AS(Schema::from_json(repeat("[", kMany)), Error);
  CHECK_THROWS_AS(Schema::from_json(repeat("{\"feature\":", kMany)), Error);
  CHECK_THROWS_AS(Schema::from_json(repeat(R"({"feature":[{"struct_domain":)", kMany)), Error);
  const std::string head =
      R"({"annotation":{"extra_metadata":[{"@type":"x/google.protobuf.Struct",)"
      R"("value":{"zeroskew":)";
  CHECK_THROWS_AS(Schema::from_json(head + repeat("[", 250) + repeat("]", 250) + "}}]}}"), Error);
  // What is read can be written: the limit is one.
  const Schema deep = Schema::from_json(head + repeat("[", 90) + repeat("]", 90) + "}}]}}");
  CHECK((Schema::from_text(deep.to_text()) == deep));
  CHECK((Schema::from_json(deep.to_json()) == deep));
}
