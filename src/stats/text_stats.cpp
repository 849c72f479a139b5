#include "zeroskew/stats/text_stats.hpp"

#include <algorithm>
#include <array>

#include "zeroskew/detail/hash.hpp"
#include "zeroskew/detail/hex.hpp"
#include "zeroskew/detail/utf8.hpp"

namespace zeroskew {
namespace {

std::string name_of(std::string_view value, std::uint64_t code) {
  if (value.size() <= TextStats::longest_name) return std::string(value);
  constexpr std::size_t beginning = TextStats::longest_name - 24;
  return std::string(value.substr(0, beginning)) + "...#" + detail::hex(code);
}

}  // namespace

void TextStats::add_code(std::string_view value, std::uint64_t code, std::uint64_t count) {
  if (values_.add(code, count) && keep_names_) {
    names_.try_emplace(code, name_of(value, code));
    // Candidates come and go; names that are left over go now and then.
    if (!values_.exact() && names_.size() > 2 * ValueCounts::most_candidates) settle();
  }
  if (values_.overfull()) settle();
}

void TextStats::add(std::string_view value, std::uint64_t count) {
  add_code(value, text_code(value), count);
  lengths_.add(static_cast<std::int64_t>(value.size()), count);
  if (check_utf8_ && !detail::is_utf8(value)) invalid_utf8_ += count;
}

void TextStats::add_block(std::span<const std::string_view> values, bool all_utf8) {
  std::array<std::uint64_t, kernel::block_size> codes;
  std::array<std::uint32_t, 256> short_lengths{};
  for (std::size_t start = 0; start < values.size(); start += codes.size()) {
    const auto block = values.subspan(start, std::min(codes.size(), values.size() - start));
    // Hashes first: they do not wait for each other, the table's look-ups do.
    for (std::size_t i = 0; i < block.size(); ++i) codes[i] = text_code(block[i]);
    for (std::size_t i = 0; i < block.size(); ++i) add_code(block[i], codes[i], 1);
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

// Past the limit of exact values: only the names of candidates are kept.
void TextStats::settle() {
  if (values_.overfull()) values_.spill();
  if (values_.exact()) return;
  std::erase_if(names_, [this](const auto& entry) {
    return values_.candidates().count(entry.first) == 0;
  });
}

TextStats& TextStats::operator+=(const TextStats& other) {
  invalid_utf8_ += other.invalid_utf8_;
  lengths_ += other.lengths_;
  values_.merge(other.values_);
  keep_names_ = keep_names_ && other.keep_names_;
  if (keep_names_) {
    for (const auto& [code, name] : other.names_) names_.try_emplace(code, name);
  } else {
    names_.clear();
  }
  settle();
  return *this;
}

std::string TextStats::name(std::uint64_t code) const {
  const auto found = names_.find(code);
  return found != names_.end() ? found->second : "#" + detail::hex(code);
}

}  // namespace zeroskew
