#include "zeroskew/transform/step.hpp"

#include <set>

#include "zeroskew/detail/nearest.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew {

Step::Step(std::string_view name, std::vector<std::string> columns, const Settings& settings)
    : info_(&step_info(name)), columns_(std::move(columns)) {
  if (columns_.empty()) {
    fail_value("transform.no_column", info_->name, "name the column or columns to work on");
  }
  std::set<std::string_view> seen;
  for (const std::string& column : columns_) {
    if (!seen.insert(column).second) {
      fail_value("transform.no_column", info_->name, "names column '" + column + "' twice");
    }
  }
  std::vector<std::string> known;
  for (const Parameter& parameter : info_->parameters) known.push_back(parameter.name);
  for (const auto& [given, setting] : settings) {
    if (info_->find(given) == nullptr) {
      std::string all;
      for (const std::string& each : known) all += (all.empty() ? "" : ", ") + each;
      fail_key("transform.unknown_parameter", info_->name,
               "has no parameter '" + given + "'" + detail::suggestion(given, known) +
                   (all.empty() ? " (it has none)" : " (it has " + all + ")"));
    }
  }
  for (const Parameter& parameter : info_->parameters) {
    const auto given = settings.find(parameter.name);
    const bool absent =
        given == settings.end() || std::holds_alternative<std::monostate>(given->second);
    settings_[parameter.name] =
        checked(parameter, absent ? parameter.fallback : given->second, info_->name);
  }
  if (info_->one_output && is_set(settings_, "output") && columns_.size() > 1) {
    fail_value("transform.bad_parameter", info_->name,
               "output names one column, and the step works on several; write a step for each");
  }
}

}  // namespace zeroskew
