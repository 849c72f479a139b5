#pragma once
// What keeps frozen schemas as they are.

#include "zeroskew/schema/freeze.hpp"
#include "zeroskew/schema/schema.hpp"

namespace zeroskew::detail {

// @throws Error schema.frozen
void require_editable(const Schema& schema);
// @throws Error schema.frozen_changed
void check_frozen(const Schema& schema);

}  // namespace zeroskew::detail
