#pragma once
// Deterministic CBOR (RFC 8949, section 4.2.1): shortest heads, definite lengths, keys sorted by
// their encoding. What is written this way has one form, so its bytes can be hashed and compared.

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zeroskew::detail::cbor {

using Bytes = std::vector<std::uint8_t>;

enum class Major : std::uint8_t { positive, negative, bytes, text, array, map };

inline void put_head(Bytes& out, Major major, std::uint64_t value) {
  const auto lead = static_cast<std::uint8_t>(static_cast<std::uint8_t>(major) << 5);
  int size = 0;
  if (value < 24) {
    out.push_back(static_cast<std::uint8_t>(lead | value));
    return;
  }
  while (size < 3 && (value >> (8 << size)) != 0) ++size;
  out.push_back(static_cast<std::uint8_t>(lead | (24 + size)));
  for (int shift = (8 << size) - 8; shift >= 0; shift -= 8) {
    out.push_back(static_cast<std::uint8_t>(value >> shift));
  }
}

[[nodiscard]] inline Bytes number(std::uint64_t value) {
  Bytes out;
  put_head(out, Major::positive, value);
  return out;
}
[[nodiscard]] inline Bytes signed_number(std::int64_t value) {
  Bytes out;
  if (value >= 0) {
    put_head(out, Major::positive, static_cast<std::uint64_t>(value));
  } else {
    put_head(out, Major::negative, ~static_cast<std::uint64_t>(value));
  }
  return out;
}
[[nodiscard]] inline Bytes boolean(bool value) {
  return {static_cast<std::uint8_t>(value ? 0xf5 : 0xf4)};
}
[[nodiscard]] inline Bytes text(std::string_view value) {
  Bytes out;
  put_head(out, Major::text, value.size());
  out.insert(out.end(), value.begin(), value.end());
  return out;
}
[[nodiscard]] inline Bytes bytes(std::span<const std::uint8_t> value) {
  Bytes out;
  put_head(out, Major::bytes, value.size());
  out.insert(out.end(), value.begin(), value.end());
  return out;
}
[[nodiscard]] inline Bytes array(const std::vector<Bytes>& items) {
  Bytes out;
  put_head(out, Major::array, items.size());
  for (const Bytes& item : items) out.insert(out.end(), item.begin(), item.end());
  return out;
}

class Map {
 public:
  Map& add(std::string_view key, Bytes value) {
    entries_.emplace_back(text(key), std::move(value));
    return *this;
  }
  [[nodiscard]] Bytes finish() {
    std::sort(entries_.begin(), entries_.end());
    Bytes out;
    put_head(out, Major::map, entries_.size());
    for (const auto& [key, value] : entries_) {
      out.insert(out.end(), key.begin(), key.end());
      out.insert(out.end(), value.begin(), value.end());
    }
    return out;
  }

 private:
  std::vector<std::pair<Bytes, Bytes>> entries_;
};

}  // namespace zeroskew::detail::cbor
