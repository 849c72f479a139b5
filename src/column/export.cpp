#include "zeroskew/column/export.hpp"

#include <memory>
#include <string>
#include <vector>

#include "column/format.hpp"

namespace zeroskew {
namespace {

// What an exported struct points to; children release themselves, as the specification asks.
struct SchemaHolder {
  std::string format;
  std::string name;
  std::vector<ArrowSchema> children;
  std::vector<ArrowSchema*> pointers;
  ArrowSchema dictionary{};
};

struct ArrayHolder {
  std::shared_ptr<const void> owner;
  std::vector<const void*> buffers;
  std::vector<std::int64_t> variadic_sizes;
  std::vector<ArrowArray> children;
  std::vector<ArrowArray*> pointers;
  ArrowArray dictionary{};
};

template <class Struct, class Holder>
void release(Struct* exported) {
  auto* holder = static_cast<Holder*>(exported->private_data);
  for (Struct& child : holder->children) {
    if (child.release != nullptr) child.release(&child);
  }
  if (holder->dictionary.release != nullptr) holder->dictionary.release(&holder->dictionary);
  delete holder;
  exported->release = nullptr;
}

void export_schema(const ColumnView& column, const std::string& name, ArrowSchema* out) {
  auto holder = std::make_unique<SchemaHolder>();
  holder->format = column::print_format(column);
  holder->name = name;
  const bool dictionary = column.layout == Layout::dictionary;
  const std::size_t count = dictionary ? 0 : column.children.size();
  holder->children.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    const bool named = i < column.child_names.size() && !column.child_names[i].empty();
    export_schema(column.children[i], named ? column.child_names[i] : "item",
                  &holder->children[i]);
    holder->pointers.push_back(&holder->children[i]);
  }
  if (dictionary) export_schema(column.children[0], "", &holder->dictionary);
  *out = {holder->format.c_str(), holder->name.c_str(), nullptr, ARROW_FLAG_NULLABLE,
          static_cast<std::int64_t>(count), holder->pointers.data(),
          dictionary ? &holder->dictionary : nullptr, release<ArrowSchema, SchemaHolder>, nullptr};
  out->private_data = holder.release();
}

// A buffer of an empty column: consumers want a pointer even where there is nothing to read.
constexpr std::int64_t nothing[2] = {};

std::vector<const void*> buffers_of(const ColumnView& column, ArrayHolder& holder) {
  switch (column.layout) {
    case Layout::none: return {};
    case Layout::structure:
    case Layout::fixed_list: return {column.validity};
    case Layout::binary32:
    case Layout::binary64: return {column.validity, column.offsets, column.values};
    case Layout::list32:
    case Layout::list64: return {column.validity, column.offsets};
    case Layout::list_view32:
    case Layout::list_view64: return {column.validity, column.offsets, column.sizes};
    case Layout::binary_view: {
      std::vector<const void*> buffers = {column.validity, column.values};
      buffers.insert(buffers.end(), column.variadic.begin(), column.variadic.end());
      holder.variadic_sizes.assign(column.variadic_sizes.begin(), column.variadic_sizes.end());
      buffers.push_back(holder.variadic_sizes.data());
      return buffers;
    }
    default: return {column.validity, column.values};
  }
}

void export_array(const ColumnView& column, const std::shared_ptr<const void>& owner,
                  ArrowArray* out) {
  auto holder = std::make_unique<ArrayHolder>();
  holder->owner = owner;
  holder->buffers = buffers_of(column, *holder);
  for (std::size_t i = 1; i < holder->buffers.size(); ++i) {
    if (holder->buffers[i] == nullptr) holder->buffers[i] = nothing;
  }
  const bool dictionary = column.layout == Layout::dictionary;
  const std::size_t count = dictionary ? 0 : column.children.size();
  holder->children.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    export_array(column.children[i], owner, &holder->children[i]);
    holder->pointers.push_back(&holder->children[i]);
  }
  if (dictionary) export_array(column.children[0], owner, &holder->dictionary);
  *out = {column.length, column.length - column.valid_count(), column.offset,
          static_cast<std::int64_t>(holder->buffers.size()), static_cast<std::int64_t>(count),
          holder->buffers.data(), holder->pointers.data(),
          dictionary ? &holder->dictionary : nullptr, release<ArrowArray, ArrayHolder>, nullptr};
  out->private_data = holder.release();
}

}  // namespace

void export_batch(const Batch& batch, ArrowArray* array, ArrowSchema* schema) {
  ColumnView top;
  top.type.kind = Kind::structure;
  top.layout = Layout::structure;
  top.length = batch.rows;
  top.children = batch.columns;
  top.child_names = batch.names;
  export_schema(top, "", schema);
  export_array(top, batch.owner, array);
}

}  // namespace zeroskew
