// Numbers and values as they stand in messages.

#include <cmath>

#include "schema/checks/check.hpp"
#include "schema/proto/text_codec.hpp"
#include "zeroskew/detail/format.hpp"

namespace zeroskew::detail {

std::string count_text(double count) {
  constexpr double exact = 9007199254740992.0;
  if (count >= -exact && count <= exact && std::floor(count) == count) {
    return std::to_string(static_cast<std::int64_t>(count));
  }
  return shortest(count);
}

std::string share_text(double share) {
  if (share == 0.0) return "0%";
  if (share < 0.001) return "less than 0.1%";
  return rounded(std::floor(share * 1000.0) / 10.0) + "%";
}

std::string in_quotes(std::string_view value) {
  return "'" + shown(value) + "'";
}

std::string token_text(const SequenceValueConstraints& constraints) {
  if (const auto* number = std::get_if<std::int64_t>(&constraints.value)) {
    return std::to_string(*number);
  }
  const auto* text = std::get_if<std::string>(&constraints.value);
  return text == nullptr ? "(unset)" : in_quotes(*text);
}

bool is_categorical(const Feature& feature) noexcept {
  const auto* integers = feature.domain<IntDomain>();
  return feature.domain<BoolDomain>() != nullptr ||
         (integers != nullptr && integers->is_categorical.value_or(false));
}

}  // namespace zeroskew::detail
