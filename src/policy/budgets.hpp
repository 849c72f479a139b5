#pragma once
/// Budgets of a policy that is being made.

#include "zeroskew/policy/policy.hpp"

namespace zeroskew::detail {

/// @throws Error policy.guard unless every budget names a column that comes out of the pipeline, of
/// a type that its measure can judge
void check_budgets(const PolicyParts& parts);

}  // namespace zeroskew::detail
