#pragma once
// Policies for the tests of the policy room.

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "transform/tables.hpp"
#include "zeroskew/detail/file.hpp"
#include "zeroskew/detail/format.hpp"
#include "zeroskew/policy/policy.hpp"

namespace policy_test {

using transform_test::make_rows;
using transform_test::make_table;
using zeroskew::Batch;
using zeroskew::Policy;
using zeroskew::PolicyParts;
using zeroskew::Step;

[[nodiscard]] Batch data(std::size_t rows = 400, std::uint64_t seed = 3, bool wild = false);
[[nodiscard]] PolicyParts parts(const Batch& table);
[[nodiscard]] Policy make(std::uint64_t seed = 3);

[[nodiscard]] nlohmann::json parsed(const std::string& text);

// The document with a new digest, as somebody would write who wants it to be believed.
[[nodiscard]] std::string redigested(nlohmann::json document);

}  // namespace policy_test
