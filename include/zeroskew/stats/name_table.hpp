#pragma once
/// The names of codes: an open-addressing table over one buffer of their bytes.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zeroskew {

/// Names of at most 4 GiB together.
class NameTable {
 public:
  using Entry = std::pair<std::uint64_t, std::string_view>;

  /// Names a code that has no name yet.
  void add(std::uint64_t code, std::string_view name);
  [[nodiscard]] bool contains(std::uint64_t code) const noexcept {
    return !slots_.empty() && slots_[slot_of(code)].is_taken;
  }
  /// A code's name. @pre contains(code); valid until a name is added
  [[nodiscard]] std::string_view operator[](std::uint64_t code) const noexcept {
    return name_of(slots_[slot_of(code)]);
  }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  /// All of them, in the order of their codes; valid until a name is added.
  [[nodiscard]] std::vector<Entry> sorted() const;

  /// Forgets the names of codes for which `keep` is false.
  template <class Keep>
  void retain(const Keep& keep) {
    NameTable kept;
    for (const Slot& slot : slots_) {
      if (slot.is_taken && keep(slot.code)) kept.add(slot.code, name_of(slot));
    }
    *this = std::move(kept);
  }
  NameTable& operator+=(const NameTable& other);
  void clear() noexcept { *this = NameTable(); }

 private:
  struct Slot {
    std::uint64_t code = 0;
    std::uint32_t start = 0;
    std::uint32_t length : 31 = 0;
    std::uint32_t is_taken : 1 = 0;
  };

  // Where a code is, or would be. @pre there are slots
  [[nodiscard]] std::size_t slot_of(std::uint64_t code) const noexcept {
    const auto shift = static_cast<unsigned>(std::countl_zero(slots_.size())) + 1;
    auto i = static_cast<std::size_t>((code * 0x9e3779b97f4a7c15u) >> shift);
    while (slots_[i].is_taken && slots_[i].code != code) i = (i + 1) & (slots_.size() - 1);
    return i;
  }
  [[nodiscard]] std::string_view name_of(const Slot& slot) const noexcept {
    return std::string_view(bytes_).substr(slot.start, slot.length);
  }
  void grow();

  std::vector<Slot> slots_;  // a power of two
  std::string bytes_;
  std::size_t size_ = 0;
};

}  // namespace zeroskew
