#pragma once
/// Steps of one's own: a small class and one call put a step beside the library's, with the same
/// checks, JSON, conditions, rows, tables and plans.
///
///     struct Fahrenheit {
///       static constexpr std::string_view name = "fahrenheit";
///       static constexpr std::string_view doc = "Degrees Celsius in Fahrenheit.";
///       double operator()(double x) const noexcept { return x * 1.8 + 32.0; }
///     };
///     zeroskew::register_step<Fahrenheit>();
///     zeroskew::Pipeline pipeline({zeroskew::Step("fahrenheit", "temperature")});
///
/// A program that loads a policy with such a step registers it first. For the same bits everywhere
/// a step is a function of its arguments that uses + - * / sqrt and the library's own functions.

#include <concepts>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "zeroskew/random/stream.hpp"
#include "zeroskew/transform/step_info.hpp"

namespace zeroskew {

/// A class with `name` and `doc` that is made from settings, from settings and what was learned, or
/// from nothing; optionally with `static std::vector<Parameter> parameters()`.
template <class T>
concept NamedStep =
    requires {
      { T::name } -> std::convertible_to<std::string_view>;
      { T::doc } -> std::convertible_to<std::string_view>;
    } && (std::default_initializable<T> || std::constructible_from<T, const Settings&> ||
          std::constructible_from<T, const Settings&, const Settings&>);

/// A number from a number; what is missing stays missing.
template <class T>
concept NumberStep = NamedStep<T> && requires(const T step, double x) {
  { step(x) } noexcept -> std::same_as<double>;
};
/// The same with draws of the row's own: an augmenting step.
template <class T>
concept RandomStep = NamedStep<T> && requires(const T step, double x, const Stream& draws) {
  { step(x, draws) } noexcept -> std::same_as<double>;
};
/// What it learns from the statistics of its column: `static Settings fit(const NumberStats&,
/// const Settings&)`, with `static std::vector<Parameter> learned()` that says what that holds.
template <class T>
concept LearningStep = requires(const NumberStats& numbers, const Settings& settings) {
  { T::fit(numbers, settings) } -> std::same_as<Settings>;
  { T::learned() } -> std::same_as<std::vector<Parameter>>;
} && std::constructible_from<T, const Settings&, const Settings&>;

/// Adds a step of any form to the registry, for the rest of the program. The common parameters
/// (output, when, by, p, always) are added as the library's own steps have them.
/// @throws Error transform.step_taken if there is one of that name
const StepInfo& register_step(StepInfo info);
/// Those that were added, in their order.
[[nodiscard]] std::vector<const StepInfo*> user_steps();

namespace detail {

/// The cells of `in` as doubles in `out`, with their validity.
double* user_numbers(Block& block, Slot in, Slot out) noexcept;
[[nodiscard]] Stream user_stream(const RowContext& rows) noexcept;
[[nodiscard]] const NumberStats& user_statistics(const FitInput& input);
[[nodiscard]] Prepared user_prepared(std::span<const Field> inputs, const Settings& settings,
                                     std::shared_ptr<const Operation> operation);

template <class T>
class UserOperation final : public Operation {
 public:
  explicit UserOperation(T step) : step_(std::move(step)) {}
  void apply(Block& block, std::span<const Slot> in, std::span<const Slot> out,
             const RowContext& rows) const override {
    double* x = user_numbers(block, in[0], out[0]);
    const std::uint8_t* valid = block.valid(out[0]);
    if constexpr (RandomStep<T>) {
      if (!rows.active) return;
      const Stream stream = user_stream(rows);
      for (std::size_t i = 0; i < block.rows(); ++i) {
        const bool acts = rows.acts == nullptr || rows.acts[i] != 0;
        if (acts && valid[i] != 0) x[i] = step_(x[i], stream.with_row(rows.keys[i]));
      }
    } else {
      for (std::size_t i = 0; i < block.rows(); ++i) x[i] = valid[i] != 0 ? step_(x[i]) : 0.0;
    }
  }

 private:
  T step_;
};

template <class T>
Prepared prepare_user(std::span<const Field> inputs, const Settings& settings,
                      const Settings& learned) {
  const auto make = [&]() -> T {
    if constexpr (std::constructible_from<T, const Settings&, const Settings&>) {
      return T(settings, learned);
    } else if constexpr (std::constructible_from<T, const Settings&>) {
      return T(settings);
    } else {
      return T();
    }
  };
  return user_prepared(inputs, settings, std::make_shared<const UserOperation<T>>(make()));
}

}  // namespace detail

/// Adds a step on numbers. @throws Error transform.step_taken
template <class T>
  requires NumberStep<T> || RandomStep<T>
const StepInfo& register_step() {
  StepInfo info;
  info.name = std::string(T::name);
  info.doc = std::string(T::doc);
  info.accepts = {Kind::boolean, Kind::integer, Kind::floating, Kind::decimal, Kind::duration};
  info.one_output = true;
  info.prepare = &detail::prepare_user<T>;
  if constexpr (requires { T::parameters(); }) info.parameters = T::parameters();
  if constexpr (LearningStep<T>) {
    info.role = StepRole::fitted;
    info.learned = T::learned();
    info.fit = [](const FitInput& input) {
      return T::fit(detail::user_statistics(input), input.settings);
    };
  }
  if constexpr (RandomStep<T>) info.role = StepRole::augmenting;
  return register_step(std::move(info));
}

}  // namespace zeroskew
