#include "zeroskew/policy/policy.hpp"

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "detail/canonical_json.hpp"
#include "policy/policies.hpp"
#include "support/catch.hpp"
#include "support/errors.hpp"
#include "support/generate.hpp"
#include "zeroskew/detail/sha256.hpp"

using nlohmann::json;
using policy_test::data;
using policy_test::make;
using policy_test::redigested;
using zeroskew::Batch;
using zeroskew::GoldenRow;
using zeroskew::Policy;
using zeroskew::test::error_of;

namespace {

zeroskew::Error refused(const std::string& text) {
  return error_of([&] { (void)Policy::from_json(text); });
}

// A file name of its own, removed at the end.
struct Scratch {
  std::string path =
      (std::filesystem::temp_directory_path() / "zeroskew_policy_test.json").string();
  ~Scratch() { std::filesystem::remove(path); }
};

}  // namespace

TEST_CASE("a policy reads back as it was written, to the byte", "[policy]") {
  const Policy policy = make();
  const std::string text = policy.to_json();
  const Policy again = Policy::from_json(text);
  CHECK(again.to_json() == text);
  CHECK(again == policy);
  CHECK(again.digest().size() == 64);
  CHECK(again.schema() == policy.schema());
  CHECK(again.pipeline() == policy.pipeline());
  CHECK(again.baseline() == policy.baseline());
  CHECK(again.rules() == policy.rules());
  CHECK(again.guards() == policy.guards());
  CHECK(again.provenance() == policy.provenance());
  CHECK(again.golden().rows.size() == policy.golden().rows.size());
  // The same when somebody has laid it out for reading.
  CHECK(Policy::from_json(policy_test::parsed(text).dump(2) + "\n").to_json() == text);
  policy.verify();
  CHECK(Policy::from_json(Policy().to_json()) == Policy());
}

TEST_CASE("the digest is of the content alone", "[policy]") {
  const Policy policy = make();
  json content = policy_test::parsed(policy.to_json());
  content.erase("digest");
  const std::string text = zeroskew::detail::canonical_json(content);
  CHECK(zeroskew::detail::sha256_hex(zeroskew::detail::as_bytes(text)) == policy.digest());
  CHECK(make().digest() == policy.digest());
  CHECK_FALSE(make(4) == policy);
}

TEST_CASE("golden rows do not depend on the order of the sample", "[policy][golden]") {
  const auto rows = policy_test::make_rows(3000, 5, false);
  auto shuffled = rows;
  zeroskew::test::Generator(1).shuffle(shuffled);
  const Batch a = policy_test::make_table(rows);
  const Batch b = policy_test::make_table(shuffled);
  CHECK(Policy(policy_test::parts(a), {&a, 1}).to_json() ==
        Policy(policy_test::parts(b), {&b, 1}).to_json());
}

TEST_CASE("golden rows are the table's rows, in serving and in training", "[policy][golden]") {
  const Policy policy = make();
  std::size_t training = 0;
  std::size_t missing = 0;
  for (const GoldenRow& row : policy.golden().rows) {
    zeroskew::FittedPipeline::Row in;
    zeroskew::RowBuilder table(policy.pipeline().inputs());
    for (std::size_t c = 0; c < row.in.size(); ++c) {
      in.emplace_back(policy.golden().inputs[c], row.in[c]);
      if (row.in[c].index() == 0) ++missing;
    }
    table.append(row.in);
    zeroskew::TransformOptions options;
    options.keys = {&row.key, 1};
    options.epoch = row.epoch;
    options.training = row.training;
    const Batch out = policy.pipeline().transform(table.finish(), options);
    zeroskew::FittedPipeline::Row expected;
    for (std::size_t c = 0; c < row.out.size(); ++c) {
      expected.emplace_back(policy.golden().outputs[c], row.out[c]);
    }
    CHECK(transform_test::seen(out).front() == transform_test::seen(expected));
    if (row.training) ++training;
  }
  CHECK(training > 20);
  CHECK(training * 2 == policy.golden().rows.size());
  CHECK(missing > 0);
}

TEST_CASE("a policy without a sample has golden rows of its baseline", "[policy][golden]") {
  const Policy policy(policy_test::parts(data()));
  CHECK(policy.golden().rows.size() >= 10);
  CHECK(Policy::from_json(policy.to_json()) == policy);
}

TEST_CASE("another result for a golden row is refused, with the cell", "[policy][golden]") {
  const json document = policy_test::parsed(make().to_json());
  std::size_t tried = 0;
  for (std::size_t i = 0; i < document["golden"]["rows"].size(); ++i) {
    for (std::size_t c = 0; c < document["golden"]["outputs"].size(); ++c) {
      json changed = document;
      json& cell = changed["golden"]["rows"][i]["out"][c];
      if (!cell.is_string() || cell.get<std::string>().rfind("f:", 0) != 0) continue;
      const double x = std::strtod(cell.get<std::string>().c_str() + 2, nullptr);
      if (!(x - x == 0.0)) continue;
      // The next double: one unit in the last place is enough.
      const double next = std::bit_cast<double>(std::bit_cast<std::uint64_t>(x) + 1);
      cell = "f:" + zeroskew::detail::shortest(next);
      const auto error = refused(redigested(changed));
      CHECK(error.id() == "policy.golden");
      CHECK(error.where() == "golden, row " + std::to_string(i) + ", " +
                                 document["golden"]["outputs"][c].get<std::string>());
      CHECK(std::string(error.message()).find(cell.get<std::string>()) != std::string::npos);
      CHECK(std::string(error.message()).find("f:" + zeroskew::detail::shortest(x)) !=
            std::string::npos);
      ++tried;
    }
  }
  CHECK(tried > 50);
}

TEST_CASE("a pipeline that computes otherwise is refused", "[policy][golden]") {
  json changed = policy_test::parsed(make().to_json());
  changed["pipeline"]["seed"] = 8;  // the noise is another one
  CHECK(refused(redigested(changed)).id() == "policy.golden");
}

TEST_CASE("what is damaged, newer or of another kind is refused", "[policy][hostile]") {
  const std::string text = make().to_json();
  const json document = policy_test::parsed(text);
  const auto with = [&](const char* pointer, const json& value) {
    json changed = document;
    changed[json::json_pointer(pointer)] = value;
    return redigested(changed);
  };
  CHECK(refused("").id() == "policy.malformed");
  CHECK(refused("{}").id() == "policy.malformed");
  CHECK(refused("[]").id() == "policy.malformed");
  CHECK(refused("{\"format\":\"zeroskew.policy\",\"version\":1}").id() == "policy.malformed");
  CHECK(refused(with("/format", "zeroskew.pipeline")).where() == "format");
  CHECK(refused(with("/version", 2)).id() == "policy.version");
  CHECK(refused(with("/version", 1e300)).id() == "policy.malformed");
  CHECK(refused(with("/version", 0)).id() == "policy.malformed");
  CHECK(refused(with("/extra", 1)).id() == "policy.malformed");
  CHECK(refused(with("/guards/0/measure", "drifted_shar")).id() == "policy.guard");
  CHECK(refused(with("/guards/0/limit", -1)).id() == "policy.guard");
  CHECK(refused(with("/rules/0/measure", "ps")).id() == "drift.unknown_measure");
  CHECK(refused(with("/rules/0/measure", std::string("\0psi", 4))).id() == "drift.unknown_measure");
  CHECK(refused(with("/rules/0/parameters/binz", "i:3")).id() == "drift.unknown_option");
  CHECK(refused(with("/baseline/digest", std::string(64, '0'))).id() == "policy.baseline");
  CHECK(refused(with("/baseline/state", "AAAA")).where().rfind("baseline", 0) == 0);
  CHECK(refused(with("/baseline/state", "A")).id() == "policy.malformed");
  CHECK(refused(with("/pipeline/version", 99)).id() == "transform.version");
  CHECK(refused(with("/pipeline/version", 99)).where() == "pipeline, version");
  CHECK(refused(with("/schema/feature/0/nme", "x")).where().rfind("schema", 0) == 0);
  CHECK(refused(with("/golden/rows/0/key", "18446744073709551616")).id() == "transform.malformed");
  CHECK(refused(with("/golden/rows/0/out", json::array())).id() == "policy.golden");
  CHECK(refused(with("/golden/rows/0/in/0", "f:01")).id() == "policy.malformed");
  CHECK(refused(std::string(100000, '[')).id() == "policy.malformed");
  std::string deep = text;
  deep.insert(1, "\"a\":" + std::string(5000, '[') + std::string(5000, ']') + ",");
  CHECK(refused(deep).id() == "policy.malformed");
  std::string twice = text;
  twice.insert(1, "\"format\":\"zeroskew.policy\",");
  CHECK(refused(twice).id() == "policy.malformed");
  std::string huge = text;
  huge.insert(1, "\"a\":1e999999,");
  CHECK(refused(huge).id() == "policy.malformed");
  json other = document;
  other["provenance"]["who"] = "somebody else";
  CHECK(refused(other.dump()).id() == "policy.digest");
}

TEST_CASE("no truncation and no flipped bit gets through", "[policy][hostile]") {
  const std::string text = make().to_json();
  zeroskew::test::Generator generate(99);
  for (int i = 0; i < 300; ++i) {
    const auto error = refused(text.substr(0, generate.below(text.size())));
    CHECK(error.id() == "policy.malformed");
  }
  for (int i = 0; i < 300; ++i) {
    std::string changed = text;
    changed[generate.below(text.size())] ^= static_cast<char>(1 << generate.below(8));
    CHECK_FALSE(refused(changed).id().empty());
  }
}

// Every node of the document replaced by something else, with a digest that fits: parts are wrong
// in every possible place, and each is an error or a policy that is another one.
TEST_CASE("wrong types anywhere are errors, never crashes", "[policy][hostile]") {
  const json document = policy_test::parsed(make().to_json());
  const json flat = document.flatten();
  std::vector<std::string> pointers;
  for (const auto& item : flat.items()) {
    const std::string& pointer = item.key();
    for (std::size_t at = 0; (at = pointer.find('/', at + 1)) != std::string::npos;) {
      pointers.push_back(pointer.substr(0, at));
    }
    pointers.push_back(pointer);
  }
  std::sort(pointers.begin(), pointers.end());
  pointers.erase(std::unique(pointers.begin(), pointers.end()), pointers.end());
  const std::vector<json> others = {nullptr,
                                    true,
                                    -1,
                                    0.5,
                                    1e300,
                                    "",
                                    "i:1",
                                    "f:nan",
                                    json::array(),
                                    json::object(),
                                    json::array({1, "a", nullptr}),
                                    9007199254740992};
  zeroskew::test::Generator generate(7);
  std::size_t refusals = 0;
  for (int i = 0; i < 600; ++i) {
    const std::string& pointer = pointers[generate.below(pointers.size())];
    json changed = document;
    changed[json::json_pointer(pointer)] = others[generate.below(others.size())];
    if (pointer == "/digest" || changed == document) continue;
    try {
      const Policy other = Policy::from_json(redigested(changed));
      CHECK_FALSE(other.digest() == document["digest"].get<std::string>());
    } catch (const zeroskew::Error&) {
      ++refusals;
    }
  }
  CHECK(refusals > 100);
}

TEST_CASE("files: saved whole or not at all, errors name the path", "[policy]") {
  const Scratch scratch;
  const Policy policy = make();
  policy.save(scratch.path);
  CHECK(Policy::load(scratch.path) == policy);
  CHECK(error_of([&] { policy.save("/nonexistent/policy.json"); }).id() == "io.write");
  CHECK(error_of([] { (void)Policy::load("/nonexistent/policy.json"); }).id() == "io.not_found");
  {
    std::ofstream out(scratch.path, std::ios::binary | std::ios::trunc);
    out << "{";
  }
  const auto error = error_of([&] { (void)Policy::load(scratch.path); });
  CHECK(error.id() == "policy.malformed");
  CHECK(error.where() == scratch.path);
}

TEST_CASE("the plan of a policy serves the notebook's bits", "[policy]") {
  const Policy policy = Policy::from_json(make().to_json());
  const auto rows = policy_test::make_rows(200, 77, false);
  const Batch table = policy_test::make_table(rows);
  const auto expected = transform_test::seen(make().pipeline().transform(table));
  std::vector<std::string> names;
  for (const auto& field : transform_test::fields()) names.push_back(field.name);
  const zeroskew::Plan plan = policy.plan(names);
  zeroskew::Row out = plan.row();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    plan.apply(rows[i], out, i);
    zeroskew::FittedPipeline::Row row;
    for (std::size_t c = 0; c < out.size(); ++c) {
      row.emplace_back(plan.outputs()[c].name, out[c].value());
    }
    CHECK(transform_test::seen(row) == expected[i]);
  }
}
