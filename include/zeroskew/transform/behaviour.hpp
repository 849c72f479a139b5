#pragma once
/// What a step does with data that are not as they were when it was fitted: stated in the registry,
/// shown on the reference page, and held to by a test of every step.

#include <cstdint>
#include <string_view>

namespace zeroskew {

struct StepInfo;

/// A value of a category that was not there when fitting.
enum class OnUnknown : std::uint8_t {
  alike,      ///< as any other: what the step learned names no values
  zeros,      ///< 0 in every column that the step makes
  one_value,  ///< one number or text that stands for all of them
  kept,       ///< stays as it is
};

/// A number that is larger than any when fitting, to the ends of the type and infinity.
enum class OnOverflow : std::uint8_t {
  none,      ///< no number goes in, or none that could be too large
  infinite,  ///< arithmetic of doubles: infinite where no double holds the result, NaN where there
             ///< is none (infinity minus infinity)
  bounded,   ///< held between bounds that are learned or given: the result is finite
  missing,   ///< missing where the type of the result cannot hold it
};

/// All five, in words; with the default parameters.
struct Behaviour {
  std::string_view unknown;         ///< a category that was not there when fitting
  std::string_view missing_column;  ///< the step's column is not in the data
  std::string_view extra_column;    ///< a column that the pipeline was not fitted with
  std::string_view wrong_type;      ///< the column has another type
  std::string_view overflow;
};

[[nodiscard]] Behaviour behaviour_of(const StepInfo& step) noexcept;

}  // namespace zeroskew
