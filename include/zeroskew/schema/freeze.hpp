#pragma once
/// Schemas that must not change any more.

#include <string>

namespace zeroskew {

struct Schema;

/// SHA-256 of the schema's JSON form, 64 hex digits: equal exactly for equal schemas. Whether it is
/// frozen is no part of it.
[[nodiscard]] std::string schema_digest(const Schema& schema);

/// Writes the digest into the schema's annotation, under "frozen". Fixes, updates and rules are
/// refused from then on (schema.frozen), and reading the file fails when anything in it was changed
/// (schema.frozen_changed).
void freeze(Schema& schema);
/// Makes it editable again.
void thaw(Schema& schema);
[[nodiscard]] bool is_frozen(const Schema& schema) noexcept;

}  // namespace zeroskew
