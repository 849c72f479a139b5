#include "zeroskew/transform/user_step.hpp"

#include "transform/steps/common.hpp"

namespace zeroskew::detail {

double* user_numbers(Block& block, Slot in, Slot out) noexcept {
  return steps::as_numbers(block, in, out);
}

Stream user_stream(const RowContext& rows) noexcept {
  return stream_of(rows);
}

const NumberStats& user_statistics(const FitInput& input) {
  return steps::numbers_in(input);
}

Prepared user_prepared(std::span<const Field> inputs, const Settings& settings,
                       std::shared_ptr<const Operation> operation) {
  return steps::one_output(inputs, settings, steps::floating(), std::move(operation));
}

}  // namespace zeroskew::detail
