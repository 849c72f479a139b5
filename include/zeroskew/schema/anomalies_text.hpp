#pragma once
/// Anomalies in the protobuf text form.

#include <string>
#include <string_view>

#include "zeroskew/schema/anomalies.hpp"

namespace zeroskew {

/// tensorflow.metadata.v0.Anomalies as text: what `Anomalies::to_json` says.
[[nodiscard]] std::string to_text(const Anomalies& anomalies);
/// @throws Error schema.* with line and column
[[nodiscard]] Anomalies anomalies_from_text(std::string_view text);

}  // namespace zeroskew
