#include "policy/policies.hpp"

#include <nlohmann/json.hpp>

#include "detail/canonical_json.hpp"
#include "zeroskew/detail/sha256.hpp"
#include "zeroskew/schema/infer.hpp"
#include "zeroskew/transform/pipeline.hpp"

namespace policy_test {

Batch data(std::size_t rows, std::uint64_t seed, bool wild) {
  return make_table(make_rows(rows, seed, wild));
}

PolicyParts parts(const Batch& table) {
  PolicyParts parts;
  parts.baseline = zeroskew::profile(table);
  parts.schema = zeroskew::infer_schema(parts.baseline);
  parts.pipeline =
      zeroskew::Pipeline({Step("impute", "f"), Step("standardize", "f"),
                          Step("gaussian_noise", "f", {{"std", 0.25}}), Step("impute", "g"),
                          Step("one_hot", "s"), Step("ordinal", "r"), Step("impute", "i")},
                         7)
          .fit(table);
  parts.rules = {{"f", "psi", {{"threshold", 0.2}, {"bins", std::int64_t{8}}}},
                 {"*", "js_distance", {{"threshold", 0.1}}}};
  parts.guards = {{"drifted_share", 0.25, zeroskew::GuardAction::warn},
                  {"failed_share", 0.0, zeroskew::GuardAction::error}};
  parts.provenance = {
      "a job", "2026-01-02T03:04:05Z", {{"train", parts.baseline.digest()}}, "1.0", ""};
  return parts;
}

Policy make(std::uint64_t seed) {
  const Batch table = data(400, seed);
  return Policy(parts(table), {&table, 1});
}

nlohmann::json parsed(const std::string& text) {
  return nlohmann::json::parse(text);
}

std::string redigested(nlohmann::json document) {
  document.erase("digest");
  const std::string content = zeroskew::detail::canonical_json(document);
  document["digest"] = zeroskew::detail::sha256_hex(zeroskew::detail::as_bytes(content));
  return zeroskew::detail::canonical_json(document);
}

}  // namespace policy_test
