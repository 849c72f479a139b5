#include "zeroskew/stats/text_stats.hpp"

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

std::uint64_t text_code(std::string_view value) noexcept { return detail::hash_bytes(value); }

void TextStats::add(std::string_view value, std::uint64_t count) {
  const std::uint64_t code = text_code(value);
  if (values_.add(code, count) && keep_names_) names_.try_emplace(code, name_of(value, code));
  lengths_.add(static_cast<std::int64_t>(value.size()), count);
  if (check_utf8_ && !detail::is_utf8(value)) invalid_utf8_ += count;
  if (values_.overfull()) settle();
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
