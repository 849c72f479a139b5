#pragma once
/// Every measure by name, with what it takes: JSON rules, Python, the command line and the
/// reference pages are derived from it.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "zeroskew/column/value.hpp"
#include "zeroskew/drift/distribution.hpp"
#include "zeroskew/drift/options.hpp"
#include "zeroskew/drift/result.hpp"

namespace zeroskew {

struct MeasureParameter {
  std::string name;      ///< the field of MeasureOptions
  std::string type;      ///< "float", "int", "bool" or "word"
  std::string fallback;  ///< what it is if not given
  std::string range;     ///< what is allowed
  std::string doc;
};

struct MeasureInfo {
  enum class Kind : unsigned char { test, distance };

  std::string name;
  Kind kind = Kind::distance;
  bool labels = false;     ///< takes names
  bool numbers = false;    ///< takes exact numbers
  bool intervals = false;  ///< takes numbers known up to intervals, and certifies the result
  bool symmetric = false;  ///< the same answer with the sides swapped, over the same categories
  std::vector<MeasureParameter> parameters;
  std::string doc;
  MeasureResult (*run)(const Distribution& reference, const Distribution& current,
                       const MeasureOptions& options) = nullptr;
};

/// All of them, tests first.
[[nodiscard]] std::span<const MeasureInfo> measures();

/// @throws Error "drift.unknown_measure", with the nearest name.
[[nodiscard]] const MeasureInfo& measure_info(std::string_view name);

[[nodiscard]] MeasureResult measure(std::string_view name, const Distribution& reference,
                                    const Distribution& current,
                                    const MeasureOptions& options = {});

/// Sets a field of the options by name. @throws Error "drift.unknown_option" or
/// "drift.option_type".
void set_option(MeasureOptions& options, std::string_view name, const Value& value);

}  // namespace zeroskew
