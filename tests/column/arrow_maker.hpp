#pragma once
// Arrow data made by hand, as any producer could hand it over: right or wrong.

#include <algorithm>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "zeroskew/column/arrow_abi.hpp"
#include "zeroskew/column/batch.hpp"
#include "zeroskew/column/import.hpp"

namespace zeroskew::test {

using Buffer = std::optional<std::vector<std::uint8_t>>;

template <class T>
Buffer buffer(const std::vector<T>& values) {
  std::vector<std::uint8_t> bytes(values.size() * sizeof(T));
  if (!bytes.empty()) std::memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}
inline Buffer text_buffer(const std::string& text) {
  return std::vector<std::uint8_t>(text.begin(), text.end());
}
// Bits, least significant first.
inline Buffer bit_buffer(const std::vector<int>& bits) {
  std::vector<std::uint8_t> bytes((bits.size() + 7) / 8);
  for (std::size_t i = 0; i < bits.size(); ++i) {
    bytes[i / 8] = static_cast<std::uint8_t>(bytes[i / 8] | (bits[i] << (i % 8)));
  }
  return bytes;
}

// A column: buffers that are absent are null pointers. `array_children` differs from the number of
// children only where a test wants them to disagree.
struct Made {
  std::string format;
  std::string name;
  std::int64_t length = 0;
  std::vector<Buffer> buffers = {};
  std::vector<Made> children = {};
  std::shared_ptr<Made> dictionary = {};
  std::int64_t offset = 0;
  std::int64_t null_count = -1;
  std::optional<std::int64_t> array_children = {};
  bool array_dictionary = true;
};

// Counts what is released.
struct Released {
  int arrays = 0;
  int schemas = 0;
};

struct Handed {
  Made made;
  Released* released = nullptr;
  std::vector<const void*> pointers;
  std::vector<ArrowArray> arrays;
  std::vector<ArrowArray*> array_pointers;
  std::vector<ArrowSchema> schemas;
  std::vector<ArrowSchema*> schema_pointers;
  ArrowArray dictionary_array{};
  ArrowSchema dictionary_schema{};
};

template <class Struct>
void release_handed(Struct* handed) {
  auto* keeper = static_cast<std::shared_ptr<Handed>*>(handed->private_data);
  Released* released = (*keeper)->released;
  for (std::int64_t i = 0; i < handed->n_children; ++i) {
    if (handed->children[i]->release != nullptr) handed->children[i]->release(handed->children[i]);
  }
  if (handed->dictionary != nullptr) handed->dictionary->release(handed->dictionary);
  if constexpr (std::is_same_v<Struct, ArrowArray>) {
    ++released->arrays;
  } else {
    ++released->schemas;
  }
  delete keeper;
  handed->release = nullptr;
}

// Fills both structs as a producer does; whoever releases them is counted.
inline void hand_over(const Made& made, Released* released, ArrowArray* array,
                      ArrowSchema* schema) {
  auto keep = std::make_shared<Handed>();
  keep->made = made;
  keep->released = released;
  for (const Buffer& b : keep->made.buffers) keep->pointers.push_back(b ? b->data() : nullptr);
  keep->arrays.resize(made.children.size());
  keep->schemas.resize(made.children.size());
  for (std::size_t i = 0; i < made.children.size(); ++i) {
    hand_over(made.children[i], released, &keep->arrays[i], &keep->schemas[i]);
    keep->array_pointers.push_back(&keep->arrays[i]);
    keep->schema_pointers.push_back(&keep->schemas[i]);
  }
  if (made.dictionary) {
    hand_over(*made.dictionary, released, &keep->dictionary_array, &keep->dictionary_schema);
  }
  const auto children = static_cast<std::int64_t>(made.children.size());
  *array = {made.length, made.null_count, made.offset,
            static_cast<std::int64_t>(keep->pointers.size()),
            made.array_children.value_or(children), keep->pointers.data(),
            keep->array_pointers.data(),
            made.dictionary && made.array_dictionary ? &keep->dictionary_array : nullptr,
            release_handed<ArrowArray>, new std::shared_ptr<Handed>(keep)};
  *schema = {keep->made.format.c_str(), keep->made.name.c_str(), nullptr, ARROW_FLAG_NULLABLE,
             children, keep->schema_pointers.data(),
             made.dictionary ? &keep->dictionary_schema : nullptr, release_handed<ArrowSchema>,
             new std::shared_ptr<Handed>(keep)};
}

// A record batch of one column, which is named "c" if it has no name.
inline Made table_of(Made column) {
  if (column.name.empty()) column.name = "c";
  const std::int64_t length = std::max<std::int64_t>(column.length, 0);
  return {"+s", "", length, {std::nullopt}, {std::move(column)}};
}

inline Batch import_made(const Made& made, Released* released = nullptr) {
  static Released nobody_asks;
  ArrowArray array{};
  ArrowSchema schema{};
  hand_over(made, released == nullptr ? &nobody_asks : released, &array, &schema);
  return import_batch(&array, &schema);
}

}  // namespace zeroskew::test
