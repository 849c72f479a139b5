#include "zeroskew/stats/name_table.hpp"

#include <algorithm>

namespace zeroskew {

void NameTable::add(std::uint64_t code, std::string_view name) {
  // A little above one half, as in CountTable.
  if ((size_ + 1) * 16 > slots_.size() * 9) grow();
  Slot& slot = slots_[slot_of(code)];
  if (slot.is_taken) return;
  slot.code = code;
  slot.start = static_cast<std::uint32_t>(bytes_.size());
  slot.length = static_cast<std::uint32_t>(name.size()) & 0x7fffffffu;
  slot.is_taken = 1;
  bytes_.append(name);
  ++size_;
}

void NameTable::grow() {
  const std::vector<Slot> old =
      std::exchange(slots_, std::vector<Slot>(std::max<std::size_t>(64, slots_.size() * 2)));
  for (const Slot& slot : old) {
    if (slot.is_taken) slots_[slot_of(slot.code)] = slot;
  }
}

std::vector<NameTable::Entry> NameTable::sorted() const {
  std::vector<Entry> entries;
  entries.reserve(size_);
  for (const Slot& slot : slots_) {
    if (slot.is_taken) entries.emplace_back(slot.code, name_of(slot));
  }
  std::sort(entries.begin(), entries.end());
  return entries;
}

NameTable& NameTable::operator+=(const NameTable& other) {
  for (const Slot& slot : other.slots_) {
    if (slot.is_taken) add(slot.code, other.name_of(slot));
  }
  return *this;
}

}  // namespace zeroskew
