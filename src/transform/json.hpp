#pragma once
/// Settings, types and steps as JSON.

#include <nlohmann/json.hpp>

#include "detail/json_members.hpp"
#include "zeroskew/transform/pipeline.hpp"

namespace zeroskew {

inline constexpr detail::JsonMembers transform_json{"transform.malformed"};

[[nodiscard]] nlohmann::json setting_to_json(const Setting& setting);
/// In the parameter's own form. @throws Error transform.bad_parameter, transform.malformed
[[nodiscard]] Setting setting_from_json(const nlohmann::json& value, const Parameter& parameter,
                                        const std::string& where);
[[nodiscard]] nlohmann::json type_to_json(const Type& type);
[[nodiscard]] Type type_from_json(const nlohmann::json& value, const std::string& where);
[[nodiscard]] nlohmann::json step_to_json(const Step& step);
[[nodiscard]] Step step_from_json(const nlohmann::json& value);
/// A step or composition of a pipeline; the steps first ... last - 1, inside `depth` compositions
/// that they have in common, as stages. @throws Error transform.malformed, transform.composition
[[nodiscard]] Stage stage_from_json(const nlohmann::json& value, int depth = 0);
[[nodiscard]] nlohmann::json stages_to_json(const Pipeline& pipeline, std::size_t first,
                                            std::size_t last, std::size_t depth);
/// How a fitted step remembers its compositions.
[[nodiscard]] nlohmann::json membership_to_json(const Membership& membership);
[[nodiscard]] Membership membership_from_json(const nlohmann::json& value);
/// @throws Error transform.malformed
[[nodiscard]] nlohmann::json parse_json(std::string_view text);
/// Seeds above 2^53 are texts. @throws Error transform.malformed
[[nodiscard]] nlohmann::json word_to_json(std::uint64_t word);
[[nodiscard]] std::uint64_t word_from_json(const nlohmann::json& value, const std::string& where);

}  // namespace zeroskew
