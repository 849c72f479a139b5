#pragma once
/// Missing cells filled with values drawn from those that occurred when fitting.

#include "zeroskew/transform/step_info.hpp"

namespace zeroskew::steps {

/// The values to draw from, with how often each occurred: {"integers" or "numbers" or "texts",
/// "counts"}. @throws Error transform.no_values
[[nodiscard]] Settings learn_draws(const FitInput& input);
[[nodiscard]] std::vector<Parameter> draw_parameters();
[[nodiscard]] Prepared prepare_draws(std::span<const Field> inputs, const Settings& settings,
                                     const Settings& learned);

}  // namespace zeroskew::steps
