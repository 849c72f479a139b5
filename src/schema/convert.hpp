#pragma once
// The typed schema and its tree.

#include "zeroskew/schema/schema.hpp"

namespace zeroskew::detail {

FieldTree to_tree(const Schema& schema);
FieldTree to_tree(const Feature& feature);
// The tree must hold what a reader accepts: fields of the right kinds.
Schema schema_from_tree(FieldTree tree);

}  // namespace zeroskew::detail
