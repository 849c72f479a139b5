#pragma once
// Fixes from the difference between what a schema says and what it should say.

#include "schema/proto/descriptor.hpp"
#include "zeroskew/schema/fix.hpp"
#include "zeroskew/schema/schema.hpp"

namespace zeroskew::detail {

// The message that an edit is about.
const MessageDescriptor& message_of_target(Fix::Edit::Target target);

Fix fix_between(const Path& path, const Feature& before, const Feature& after);
Fix fix_between(const StringDomain& before, const StringDomain& after);
Fix fix_between(const DatasetConstraints& before, const DatasetConstraints& after);
Fix fix_between(const Path& path, const SparseFeature& before, const SparseFeature& after);
Fix fix_between(const Path& path, const WeightedFeature& before, const WeightedFeature& after);
Fix insertion(const Path& path, const Feature& feature);
Fix insertion(const StringDomain& domain);

// As Fix::apply, but an error half-way leaves the schema half changed.
void apply_in_place(const Fix& fix, Schema& schema);

}  // namespace zeroskew::detail
