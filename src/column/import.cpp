#include "zeroskew/column/import.hpp"

#include <set>

#include "column/format.hpp"
#include "column/validate.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew {
namespace {

// Deep enough for any table that people make, far from the end of the stack.
constexpr int max_depth = 64;

std::string text_or_empty(const char* text) { return text == nullptr ? "" : text; }

[[noreturn]] void malformed(const std::string& where, std::string_view what) {
  fail_value("column.malformed", where, std::string("the producer's Arrow array ") +
                                            std::string(what));
}

std::int64_t buffers_of(Layout layout) noexcept {
  switch (layout) {
    case Layout::none: return 0;
    case Layout::structure:
    case Layout::fixed_list: return 1;
    case Layout::binary32:
    case Layout::binary64:
    case Layout::list_view32:
    case Layout::list_view64:
    case Layout::binary_view: return 3;  // a view has at least the sizes of its data buffers
    default: return 2;
  }
}

void check_children(const ArrowSchema& schema, const ArrowArray& array, const std::string& where) {
  if (schema.n_children != array.n_children || schema.n_children < 0) {
    malformed(where, "has another number of children than its schema");
  }
  if (schema.n_children > 0 && (schema.children == nullptr || array.children == nullptr)) {
    malformed(where, "has no children where its schema has some");
  }
}

ColumnView view_of(const ArrowArray& array, const ArrowSchema& schema, const std::string& where,
                   int depth);

void attach_buffers(ColumnView& column, const ArrowArray& array, const std::string& where) {
  const Layout layout = column.layout == Layout::dictionary ? column.index_layout : column.layout;
  const std::int64_t expected = buffers_of(layout);
  if (array.n_buffers < expected || (expected > 0 && array.buffers == nullptr)) {
    malformed(where, "has too few buffers");
  }
  if (expected == 0) return;
  column.validity = static_cast<const std::uint8_t*>(array.buffers[0]);
  if (array.null_count == 0) column.validity = nullptr;
  switch (layout) {
    case Layout::structure:
    case Layout::fixed_list: break;
    case Layout::binary32:
    case Layout::binary64:
      column.offsets = array.buffers[1];
      column.values = array.buffers[2];
      break;
    case Layout::list32:
    case Layout::list64: column.offsets = array.buffers[1]; break;
    case Layout::list_view32:
    case Layout::list_view64:
      column.offsets = array.buffers[1];
      column.sizes = array.buffers[2];
      break;
    case Layout::binary_view:
      column.values = array.buffers[1];
      column.variadic = {array.buffers + 2, static_cast<std::size_t>(array.n_buffers - 3)};
      column.variadic_sizes = {
          static_cast<const std::int64_t*>(array.buffers[array.n_buffers - 1]),
          array.buffers[array.n_buffers - 1] == nullptr ? 0 : column.variadic.size()};
      break;
    default: column.values = array.buffers[1]; break;
  }
}

void attach_children(ColumnView& column, const ArrowArray& array, const ArrowSchema& schema,
                     const std::string& where, int depth) {
  check_children(schema, array, where);
  const bool list = column.type.kind == Kind::list;
  if (list && schema.n_children != 1) malformed(where, "is a list without exactly one child");
  std::set<std::string> seen;
  for (std::int64_t i = 0; i < schema.n_children; ++i) {
    if (schema.children[i] == nullptr || array.children[i] == nullptr) {
      malformed(where, "has a null child");
    }
    std::string name = text_or_empty(schema.children[i]->name);
    if (!list && !seen.insert(name).second) {
      fail_value("column.duplicate_name", where.empty() ? name : where + "." + name,
                 "two columns have this name; rename one");
    }
    const std::string path = list ? where + "[]" : where.empty() ? name : where + "." + name;
    column.children.push_back(view_of(*array.children[i], *schema.children[i], path, depth + 1));
    if (!list && column.children.back().length < column.offset + column.length) {
      malformed(path, "is shorter than its table");
    }
    column.child_names.push_back(std::move(name));
  }
}

ColumnView view_of(const ArrowArray& array, const ArrowSchema& schema, const std::string& where,
                   int depth) {
  if (depth > max_depth) {
    fail_value("column.too_deep", where, "nested more than 64 levels deep; flatten the column");
  }
  const column::Format format = column::parse_format(text_or_empty(schema.format), where);
  if (array.length < 0 || array.offset < 0) malformed(where, "has a negative length or offset");
  if (array.offset > INT64_MAX - array.length) malformed(where, "ends past the largest offset");
  ColumnView column;
  column.type = format.type;
  column.layout = format.layout;
  column.width = format.width;
  column.length = array.length;
  column.offset = array.offset;
  if (schema.dictionary != nullptr) {
    if (format.type.kind != Kind::integer) {
      malformed(where, "has dictionary indices of no integer type");
    }
    if (array.dictionary == nullptr) malformed(where, "lacks the dictionary of its schema");
    column.index_layout = format.layout;
    column.layout = Layout::dictionary;
    column.children.push_back(view_of(*array.dictionary, *schema.dictionary, where, depth + 1));
    column.type = column.children[0].type;
    if (column.type.kind == Kind::list || column.type.kind == Kind::structure) {
      fail_type("column.unsupported_type", where,
                "a dictionary of nested values; decode it before handing it in");
    }
  }
  attach_buffers(column, array, where);
  if (column.layout != Layout::dictionary) attach_children(column, array, schema, where, depth);
  column::validate(column, where);
  return column;
}

Batch batch_of(const ArrowArray& array, const ArrowSchema& schema) {
  Batch batch;
  batch.rows = array.length;
  if (std::string_view(text_or_empty(schema.format)) == "+s") {
    ColumnView top = view_of(array, schema, "", 0);
    if (top.valid_count() != top.length) {
      malformed("", "is a record batch with null rows");
    }
    for (std::size_t i = 0; i < top.children.size(); ++i) batch.columns.push_back(top.field(i));
    batch.names = std::move(top.child_names);
  } else {
    batch.names.push_back(text_or_empty(schema.name));
    batch.columns.push_back(view_of(array, schema, batch.names[0], 0));
  }
  return batch;
}

template <class Struct>
std::shared_ptr<Struct> take(Struct* source) {
  auto owned = std::shared_ptr<Struct>(new Struct(*source), [](Struct* s) {
    if (s->release != nullptr) s->release(s);
    delete s;
  });
  source->release = nullptr;
  return owned;
}

Batch import_owned(std::shared_ptr<ArrowArray> array, std::shared_ptr<ArrowSchema> schema) {
  Batch batch = batch_of(*array, *schema);
  batch.owner = std::make_shared<std::pair<std::shared_ptr<ArrowArray>,
                                           std::shared_ptr<ArrowSchema>>>(std::move(array),
                                                                          std::move(schema));
  return batch;
}

// A producer's schema as a batch of no rows: types and names are checked before any data is read.
struct EmptyArrays {
  std::vector<std::unique_ptr<EmptyArrays>> nested;
  std::vector<ArrowArray*> children;
  std::int64_t zeros[4] = {};
  const void* buffers[4] = {nullptr, zeros, zeros, zeros};
  ArrowArray array{};

  explicit EmptyArrays(const ArrowSchema& schema, int depth = 0) {
    if (depth > max_depth) return;
    for (std::int64_t i = 0; i < schema.n_children; ++i) {
      nested.push_back(std::make_unique<EmptyArrays>(*schema.children[i], depth + 1));
      children.push_back(&nested.back()->array);
    }
    if (schema.dictionary != nullptr) {
      nested.push_back(std::make_unique<EmptyArrays>(*schema.dictionary, depth + 1));
      array.dictionary = &nested.back()->array;
    }
    array.n_buffers = 3;
    array.buffers = buffers;
    array.n_children = schema.n_children;
    array.children = children.data();
  }
};

}  // namespace

Batch import_batch(ArrowArray* array, ArrowSchema* schema) {
  return import_owned(take(array), take(schema));
}

BatchReader::BatchReader(ArrowArrayStream* stream) : stream_(take(stream)) {
  ArrowSchema schema{};
  if (const int code = stream_->get_schema(stream_.get(), &schema); code != 0) {
    const char* why = stream_->get_last_error(stream_.get());
    throw Error(ErrorKind::runtime, "column.stream", "",
                "the producer gave no schema: " + text_or_empty(why));
  }
  schema_ = take(&schema);
  EmptyArrays empty(*schema_);
  header_ = batch_of(empty.array, *schema_);
  for (ColumnView& column : header_.columns) {
    column.values = column.offsets = column.sizes = nullptr;  // they pointed into `empty`
    column.variadic = {};
    column.variadic_sizes = {};
  }
}

std::optional<Batch> BatchReader::next() {
  ArrowArray array{};
  if (const int code = stream_->get_next(stream_.get(), &array); code != 0) {
    const char* why = stream_->get_last_error(stream_.get());
    throw Error(ErrorKind::runtime, "column.stream", "",
                "the producer failed while reading: " + text_or_empty(why));
  }
  if (array.release == nullptr) return std::nullopt;
  return import_owned(take(&array), schema_);
}

}  // namespace zeroskew
