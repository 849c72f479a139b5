#pragma once
// The typed schema and its tree.

#include "zeroskew/schema/schema.hpp"

namespace zeroskew::detail {

FieldTree to_tree(const Schema& schema);
FieldTree to_tree(const Feature& feature);
// The tree must hold what a reader accepts: fields of the right kinds.
Schema schema_from_tree(FieldTree tree);

FieldTree to_tree(const StringDomain& domain);
FieldTree to_tree(const DatasetConstraints& constraints);
FieldTree to_tree(const SparseFeature& feature);
FieldTree to_tree(const WeightedFeature& feature);
FieldTree to_tree(const Path& path);
void from_tree(FieldTree tree, Feature& feature);
void from_tree(FieldTree tree, StringDomain& domain);
void from_tree(FieldTree tree, DatasetConstraints& constraints);
void from_tree(FieldTree tree, SparseFeature& feature);
void from_tree(FieldTree tree, WeightedFeature& feature);
void from_tree(FieldTree tree, Path& path);

}  // namespace zeroskew::detail
