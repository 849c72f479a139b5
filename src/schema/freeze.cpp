#include "schema/freeze.hpp"

#include <cstdint>
#include <vector>

#include "zeroskew/detail/sha256.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew {
namespace {

constexpr std::string_view kFrozen = "frozen";

const Extension* mark_of(const Schema& schema) noexcept {
  return schema.annotation ? schema.annotation->extension.find(kFrozen) : nullptr;
}

}  // namespace

std::string schema_digest(const Schema& schema) {
  Schema plain = schema;
  thaw(plain);
  const std::string text = plain.to_json();
  return detail::sha256_hex(std::vector<std::uint8_t>(text.begin(), text.end()));
}

void freeze(Schema& schema) {
  const std::string digest = schema_digest(schema);
  if (!schema.annotation) schema.annotation.emplace();
  schema.annotation->extension.set(kFrozen, Extension(digest));
}

void thaw(Schema& schema) {
  if (mark_of(schema) == nullptr) return;
  Extension& extension = schema.annotation->extension;
  extension.erase(kFrozen);
  if (extension.members().empty()) extension = Extension();
  if (*schema.annotation == Annotation()) schema.annotation.reset();
}

bool is_frozen(const Schema& schema) noexcept {
  return mark_of(schema) != nullptr;
}

namespace detail {

void require_editable(const Schema& schema) {
  if (!is_frozen(schema)) return;
  fail_value("schema.frozen", "", "the schema is frozen; thaw it, or change a thawed copy");
}

void check_frozen(const Schema& schema) {
  const Extension* mark = mark_of(schema);
  if (mark == nullptr) return;
  if (mark->is_text() && mark->text() == schema_digest(schema)) return;
  fail_value("schema.frozen_changed", "",
             "the schema was changed after it was frozen: its digest is " + schema_digest(schema));
}

}  // namespace detail
}  // namespace zeroskew
