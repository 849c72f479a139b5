#pragma once
// A set of strings that is asked for very often.

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "zeroskew/detail/hash.hpp"

namespace zeroskew::detail {

// Open addressing, at most half full; the hash itself is stored, so that a miss seldom reads a
// name.
class NameSet {
 public:
  NameSet() = default;
  explicit NameSet(const std::vector<std::string>& names)
      : slots_(std::bit_ceil(names.size() * 2 + 1)) {
    for (const std::string& name : names) {
      const std::uint64_t hash = hash_bytes(name);
      Slot& slot = slots_[find(hash, name)];
      if (!slot.used) slot = {hash, name, true};
    }
  }

  [[nodiscard]] bool contains(std::string_view name) const noexcept {
    return !slots_.empty() && slots_[find(hash_bytes(name), name)].used;
  }

 private:
  struct Slot {
    std::uint64_t hash = 0;
    std::string name;
    bool used = false;
  };

  [[nodiscard]] std::size_t find(std::uint64_t hash, std::string_view name) const noexcept {
    const std::size_t mask = slots_.size() - 1;
    std::size_t i = hash & mask;
    while (slots_[i].used && (slots_[i].hash != hash || slots_[i].name != name)) {
      i = (i + 1) & mask;
    }
    return i;
  }

  std::vector<Slot> slots_;
};

}  // namespace zeroskew::detail
