#pragma once
/// Are the rows that a model saw as its schema says?

#include <string>
#include <vector>

#include "model.hpp"

namespace server {

/// Of severity ERROR, in all rows so far. Columns that no step needs and no request named are those
/// that only training has; where the schema has an environment SERVING, it is the one.
[[nodiscard]] std::vector<SchemaAnomaly> check_schema(Model& model);

}  // namespace server
