#pragma once
// Policies for the tests of the policy room.

#include <string>
#include <vector>

#include "detail/canonical_json.hpp"
#include "transform/tables.hpp"
#include "zeroskew/detail/file.hpp"
#include "zeroskew/detail/format.hpp"
#include "zeroskew/detail/sha256.hpp"
#include "zeroskew/policy/policy.hpp"
#include "zeroskew/schema/infer.hpp"
#include "zeroskew/transform/pipeline.hpp"

namespace policy_test {

using transform_test::make_rows;
using transform_test::make_table;
using zeroskew::Batch;
using zeroskew::Policy;
using zeroskew::PolicyParts;
using zeroskew::Step;

inline Batch data(std::size_t rows = 400, std::uint64_t seed = 3, bool wild = false) {
  return make_table(make_rows(rows, seed, wild));
}

inline PolicyParts parts(const Batch& table) {
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

inline Policy make(std::uint64_t seed = 3) {
  const Batch table = data(400, seed);
  return Policy(parts(table), {&table, 1});
}

// The document with a new digest, as somebody would write who wants it to be believed.
inline std::string redigested(nlohmann::json document) {
  document.erase("digest");
  const std::string content = zeroskew::detail::canonical_json(document);
  document["digest"] = zeroskew::detail::sha256_hex(zeroskew::detail::as_bytes(content));
  return zeroskew::detail::canonical_json(document);
}

}  // namespace policy_test
