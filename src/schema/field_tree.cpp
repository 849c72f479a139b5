#include "zeroskew/schema/field_tree.hpp"

#include <algorithm>

namespace zeroskew {
namespace {

template <class Entries>
auto lower(Entries& entries, int number) noexcept {
  return std::lower_bound(entries.begin(), entries.end(), number,
                          [](const FieldEntry& entry, int n) { return entry.number < n; });
}

template <class Entries>
auto* find_entry(Entries& entries, int number) noexcept {
  const auto at = lower(entries, number);
  return at != entries.end() && at->number == number ? &*at : nullptr;
}

}  // namespace

FieldTree::FieldTree() = default;
FieldTree::FieldTree(const FieldTree&) = default;
FieldTree::FieldTree(FieldTree&&) noexcept = default;
FieldTree& FieldTree::operator=(const FieldTree&) = default;
FieldTree& FieldTree::operator=(FieldTree&&) noexcept = default;
FieldTree::~FieldTree() = default;
bool FieldTree::operator==(const FieldTree& other) const {
  return entries == other.entries;
}

const FieldEntry* FieldTree::find(int number) const noexcept {
  return find_entry(entries, number);
}

FieldEntry* FieldTree::find(int number) noexcept {
  return find_entry(entries, number);
}

FieldEntry& FieldTree::at(int number) {
  const auto at = lower(entries, number);
  if (at != entries.end() && at->number == number) return *at;
  return *entries.insert(at, FieldEntry{number, {}});
}

void FieldTree::erase(int number) noexcept {
  const auto at = lower(entries, number);
  if (at != entries.end() && at->number == number) entries.erase(at);
}

}  // namespace zeroskew
