#pragma once
/// When drift is to be reported: a measure for a column, with its parameters.

#include <map>
#include <string>

#include "zeroskew/column/value.hpp"
#include "zeroskew/drift/options.hpp"

namespace zeroskew {

/// Drift of `column` is what `measure` says with these parameters: "psi" with {"threshold": 0.2}.
struct DriftRule {
  std::string column = "*";                      ///< "*": every column that the measure can judge
  std::string measure;                           ///< a name of `measures()`
  std::map<std::string, Value> parameters = {};  ///< fields of MeasureOptions

  [[nodiscard]] bool operator==(const DriftRule&) const = default;
};

/// The parameters as options of the measure. @throws Error drift.unknown_measure,
/// drift.unknown_option, drift.option_type
[[nodiscard]] MeasureOptions options_of(const DriftRule& rule);

/// "fare: psi (threshold = 0.2)".
[[nodiscard]] std::string to_string(const DriftRule& rule);

}  // namespace zeroskew
