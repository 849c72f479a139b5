#include "column/validate.hpp"

#include "zeroskew/error.hpp"

namespace zeroskew::column {
namespace {

[[noreturn]] void malformed(const std::string& where, std::string_view what) {
  fail_value("column.malformed", where,
             std::string("the producer's Arrow array ") + std::string(what));
}

template <class Offset>
void check_offsets(const ColumnView& column, const std::string& where) {
  const auto* offsets = static_cast<const Offset*>(column.offsets) + column.offset;
  bool rising = offsets[0] >= 0;
  for (std::int64_t i = 0; i < column.length; ++i) rising &= offsets[i] <= offsets[i + 1];
  if (!rising) malformed(where, "has offsets that run backwards");
  const auto last = static_cast<std::int64_t>(offsets[column.length]);
  if (column.type.kind == Kind::list) {
    if (last > column.children[0].length) malformed(where, "has offsets past the end of its items");
  } else if (column.values == nullptr && last > 0) {
    malformed(where, "has no buffer of text");
  }
}

void check_extents(const ColumnView& column, const std::string& where) {
  for (std::int64_t i = 0; i < column.length; ++i) {
    if (!column.is_valid(i)) continue;
    const auto extent = column.list_extent(i);
    if (extent.start < 0 || extent.count < 0 ||
        extent.start > column.children[0].length - extent.count) {
      malformed(where, "has a list past the end of its items");
    }
  }
}

void check_views(const ColumnView& column, const std::string& where) {
  for (std::int64_t i = 0; i < column.length; ++i) {
    if (!column.is_valid(i)) continue;
    std::int32_t part[4];
    std::memcpy(part, static_cast<const char*>(column.values) + (column.offset + i) * 16, 16);
    const auto buffer = static_cast<std::size_t>(part[2]);
    const bool outside =
        part[0] > 12 && (part[2] < 0 || part[3] < 0 || buffer >= column.variadic_sizes.size() ||
                         std::int64_t{part[3]} + part[0] > column.variadic_sizes[buffer]);
    if (part[0] < 0 || outside) malformed(where, "has a string view out of range");
  }
}

void check_indices(const ColumnView& column, const std::string& where) {
  const std::int64_t size = column.children[0].length;
  for (std::int64_t i = 0; i < column.length; ++i) {
    if (!column.is_valid(i)) continue;
    const std::int64_t index = column.index(i);
    if (index < 0 || index >= size) malformed(where, "has a dictionary index out of range");
  }
}

}  // namespace

void validate(const ColumnView& column, const std::string& where) {
  if (column.length == 0) return;
  const auto need = [&](const void* buffer) {
    if (buffer == nullptr) malformed(where, "lacks a buffer");
  };
  switch (column.layout) {
    case Layout::none:
    case Layout::structure: return;
    case Layout::binary32:
    case Layout::list32:
      need(column.offsets);
      return check_offsets<std::int32_t>(column, where);
    case Layout::binary64:
    case Layout::list64:
      need(column.offsets);
      return check_offsets<std::int64_t>(column, where);
    case Layout::list_view32:
    case Layout::list_view64:
      need(column.offsets);
      need(column.sizes);
      return check_extents(column, where);
    case Layout::fixed_list: return check_extents(column, where);
    case Layout::binary_view:
      need(column.values);
      return check_views(column, where);
    case Layout::fixed_binary:
      if (column.width > 0) need(column.values);
      return;
    case Layout::dictionary:
      need(column.values);
      return check_indices(column, where);
    default: need(column.values); return;
  }
}

}  // namespace zeroskew::column
