#pragma once
/// Settings, types and steps as JSON.

#include <nlohmann/json.hpp>

#include "zeroskew/transform/step.hpp"

namespace zeroskew {

[[nodiscard]] nlohmann::json setting_to_json(const Setting& setting);
/// In the parameter's own form. @throws Error transform.bad_parameter, transform.malformed
[[nodiscard]] Setting setting_from_json(const nlohmann::json& value, const Parameter& parameter,
                                        const std::string& where);
[[nodiscard]] nlohmann::json type_to_json(const Type& type);
[[nodiscard]] Type type_from_json(const nlohmann::json& value, const std::string& where);
[[nodiscard]] nlohmann::json step_to_json(const Step& step);
[[nodiscard]] Step step_from_json(const nlohmann::json& value);
/// @throws Error transform.malformed
[[nodiscard]] nlohmann::json parse_json(std::string_view text);
/// Seeds above 2^53 are texts. @throws Error transform.malformed
[[nodiscard]] nlohmann::json word_to_json(std::uint64_t word);
[[nodiscard]] std::uint64_t word_from_json(const nlohmann::json& value, const std::string& where);

}  // namespace zeroskew
