#pragma once
/// One step of a pipeline, as its author writes it.

#include <concepts>
#include <string>
#include <string_view>
#include <vector>

#include "zeroskew/transform/setting.hpp"
#include "zeroskew/transform/step_info.hpp"

namespace zeroskew {

/// A registered step, the columns it works on, and every setting, defaults included. A value:
/// checked when made, printed as its specification.
class Step {
 public:
  /// @throws Error transform.unknown_step, transform.unknown_parameter, transform.bad_parameter,
  /// transform.no_column
  Step(std::string_view name, std::vector<std::string> columns, const Settings& settings = {});
  Step(std::string_view name, const char* column, const Settings& settings = {})
      : Step(name, std::vector<std::string>{column}, settings) {}
  template <std::same_as<std::string> Text>  // a template, so that {"a", "b"} is a list of columns
  Step(std::string_view name, const Text& column, const Settings& settings = {})
      : Step(name, std::vector<std::string>{column}, settings) {}

  [[nodiscard]] const StepInfo& info() const noexcept { return *info_; }
  [[nodiscard]] const std::string& name() const noexcept { return info_->name; }
  [[nodiscard]] const std::vector<std::string>& columns() const noexcept { return columns_; }
  [[nodiscard]] const Settings& settings() const noexcept { return settings_; }

  /// {"step":"clip","columns":["fare"],"lower":0,...}: what `from_json` reads.
  [[nodiscard]] std::string to_json() const;
  /// "column" or "columns" beside "step"; parameters that are left out take their defaults.
  /// @throws Error transform.malformed and what the constructor throws
  [[nodiscard]] static Step from_json(std::string_view text);

  [[nodiscard]] bool operator==(const Step& other) const {
    return info_->name == other.info_->name && columns_ == other.columns_ &&
           settings_ == other.settings_;
  }

 private:
  const StepInfo* info_;
  std::vector<std::string> columns_;
  Settings settings_;
};

}  // namespace zeroskew
