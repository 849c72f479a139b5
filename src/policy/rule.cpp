#include "zeroskew/policy/rule.hpp"

#include "zeroskew/drift/registry.hpp"

namespace zeroskew {

MeasureOptions options_of(const DriftRule& rule) {
  (void)measure_info(rule.measure);
  MeasureOptions options;
  for (const auto& [name, value] : rule.parameters) set_option(options, name, value);
  return options;
}

std::string to_string(const DriftRule& rule) {
  std::string text = rule.column + ": " + rule.measure;
  const char* before = " (";
  for (const auto& [name, value] : rule.parameters) {
    text += before + name + " = " + to_string(value);
    before = ", ";
  }
  return rule.parameters.empty() ? text : text + ")";
}

}  // namespace zeroskew
