#include "zeroskew/schema/anomaly_type.hpp"

#include <algorithm>

#include "schema/anomaly_names.hpp"

namespace zeroskew {

std::string_view to_string(AnomalyType type) noexcept {
  const auto number = static_cast<std::int32_t>(type);
  return number >= 0 && number < kAnomalyTypeCount
             ? detail::kAnomalyNames[static_cast<std::size_t>(number)]
             : detail::kAnomalyNames[0];
}

std::optional<AnomalyType> anomaly_type(std::string_view name) noexcept {
  const auto at = std::find(detail::kAnomalyNames.begin(), detail::kAnomalyNames.end(), name);
  if (at == detail::kAnomalyNames.end()) return std::nullopt;
  return static_cast<AnomalyType>(at - detail::kAnomalyNames.begin());
}

}  // namespace zeroskew
