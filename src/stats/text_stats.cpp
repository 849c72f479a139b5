#include "zeroskew/stats/text_stats.hpp"

#include <algorithm>
#include <array>

#include "zeroskew/detail/hash.hpp"
#include "zeroskew/detail/hex.hpp"
#include "zeroskew/detail/utf8.hpp"

namespace zeroskew {
namespace {

std::string shortened(std::string_view value, std::uint64_t code) {
  constexpr std::size_t beginning = TextStats::longest_name - 24;
  return std::string(value.substr(0, beginning)) + "...#" + detail::hex(code);
}

}  // namespace

void TextStats::add_code(std::string_view value, std::uint64_t code, std::uint64_t count) {
  if (values_.add(code, count)) keep_name(value, code);
  if (values_.overfull()) settle();
}

// Past the limit of exact values.
void TextStats::add_hashed(std::span<const std::string_view> values,
                           std::span<const std::uint64_t> codes) {
  std::array<std::uint64_t, kernel::block_size> hashes;
  codes = codes.first(values.size());
  kernel::mix(codes, hashes.data());
  std::vector<std::size_t> named;
  values_.add_hashed_block(codes, std::span(hashes).first(codes.size()), &named);
  for (const std::size_t i : named) keep_name(values[i], codes[i]);
}

void TextStats::keep_name(std::string_view value, std::uint64_t code) {
  if (!keep_names_) return;
  names_.add(code, value.size() <= longest_name ? value : shortened(value, code));
  // Values cease to be frequent; names that are left over go now and then.
  if (!values_.exact() && names_.size() > 2 * ValueCounts::named_share) settle();
}

void TextStats::add(std::string_view value, std::uint64_t count) {
  add_code(value, text_code(value), count);
  lengths_.add(static_cast<std::int64_t>(value.size()), count);
  if (check_utf8_ && !detail::is_utf8(value)) invalid_utf8_ += count;
}

void TextStats::add_block(std::span<const std::string_view> values, bool all_utf8, bool roomy) {
  std::array<std::uint64_t, kernel::block_size> codes;
  std::array<std::uint32_t, 256> short_lengths{};
  for (std::size_t start = 0; start < values.size(); start += codes.size()) {
    const auto block = values.subspan(start, std::min(codes.size(), values.size() - start));
    // Hashes first: they do not wait for each other, the table's look-ups do.
    if (roomy) {
      for (std::size_t i = 0; i < block.size(); ++i) codes[i] = detail::hash_roomy_bytes(block[i]);
    } else {
      for (std::size_t i = 0; i < block.size(); ++i) codes[i] = text_code(block[i]);
    }
    if (values_.exact()) {
      for (std::size_t i = 0; i < block.size(); ++i) add_code(block[i], codes[i], 1);
    } else {
      add_hashed(block, codes);
    }
    for (const std::string_view value : block) {
      if (value.size() < short_lengths.size()) {
        ++short_lengths[value.size()];
      } else {
        lengths_.add(static_cast<std::int64_t>(value.size()));
      }
    }
    if (!check_utf8_ || all_utf8) continue;
    for (const std::string_view value : block) invalid_utf8_ += detail::is_utf8(value) ? 0u : 1u;
  }
  for (std::size_t length = 0; length < short_lengths.size(); ++length) {
    if (short_lengths[length] == 0) continue;
    lengths_.add(static_cast<std::int64_t>(length), short_lengths[length]);
  }
}

void TextStats::limit_values(std::size_t limit) {
  values_.limit_to(limit);
  lengths_.limit_values(limit);
  settle();
}

// Past the limit of exact values: only the names of frequent ones are kept.
void TextStats::settle() {
  if (values_.overfull()) values_.spill();
  if (values_.exact()) return;
  names_.retain([this](std::uint64_t code) { return values_.is_named(code); });
}

TextStats& TextStats::operator+=(const TextStats& other) {
  invalid_utf8_ += other.invalid_utf8_;
  lengths_ += other.lengths_;
  values_.merge(other.values_);
  keep_names_ = keep_names_ && other.keep_names_;
  if (keep_names_) {
    names_ += other.names_;
  } else {
    names_.clear();
  }
  settle();
  return *this;
}

std::string TextStats::name(std::uint64_t code) const {
  return names_.contains(code) ? std::string(names_[code]) : "#" + detail::hex(code);
}

}  // namespace zeroskew
