#include "zeroskew/random/row_key.hpp"

#include <array>
#include <bit>
#include <cstddef>

namespace zeroskew {
namespace {

constexpr std::uint64_t prime1 = 0x9e3779b185ebca87u;
constexpr std::uint64_t prime2 = 0xc2b2ae3d27d4eb4fu;
constexpr std::uint64_t prime3 = 0x165667b19e3779f9u;
constexpr std::uint64_t prime4 = 0x85ebca77c2b2ae63u;
constexpr std::uint64_t prime5 = 0x27d4eb2f165667c5u;

// `count` bytes, lowest first, whatever the machine's order.
std::uint64_t load(std::string_view bytes, std::size_t at, std::size_t count) noexcept {
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < count; ++i) {
    word |= std::uint64_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
  }
  return word;
}

std::uint64_t round(std::uint64_t lane, std::uint64_t input) noexcept {
  return std::rotl(lane + input * prime2, 31) * prime1;
}

std::uint64_t avalanche(std::uint64_t hash) noexcept {
  hash = (hash ^ (hash >> 33)) * prime2;
  hash = (hash ^ (hash >> 29)) * prime3;
  return hash ^ (hash >> 32);
}

std::uint64_t absorb(std::uint64_t hash, std::uint64_t word) noexcept {
  return std::rotl(hash ^ round(0, word), 27) * prime1 + prime4;
}

}  // namespace

std::uint64_t row_key(std::string_view bytes) noexcept {
  std::size_t at = 0;
  std::uint64_t hash = prime5;
  if (bytes.size() >= 32) {
    std::array<std::uint64_t, 4> lanes{prime1 + prime2, prime2, 0, std::uint64_t{0} - prime1};
    for (; at + 32 <= bytes.size(); at += 32) {
      for (std::size_t i = 0; i < 4; ++i) lanes[i] = round(lanes[i], load(bytes, at + 8 * i, 8));
    }
    hash = std::rotl(lanes[0], 1) + std::rotl(lanes[1], 7) + std::rotl(lanes[2], 12) +
           std::rotl(lanes[3], 18);
    for (const std::uint64_t lane : lanes) hash = (hash ^ round(0, lane)) * prime1 + prime4;
  }
  hash += bytes.size();
  for (; at + 8 <= bytes.size(); at += 8) hash = absorb(hash, load(bytes, at, 8));
  if (at + 4 <= bytes.size()) {
    hash = std::rotl(hash ^ load(bytes, at, 4) * prime1, 23) * prime2 + prime3;
    at += 4;
  }
  for (; at < bytes.size(); ++at) hash = std::rotl(hash ^ load(bytes, at, 1) * prime5, 11) * prime1;
  return avalanche(hash);
}

std::uint64_t row_key(std::int64_t value) noexcept {
  return avalanche(absorb(prime5 + 8, static_cast<std::uint64_t>(value)));
}

}  // namespace zeroskew
