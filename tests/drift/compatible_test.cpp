#include "drift/golden.hpp"
#include "zeroskew/drift/registry.hpp"

TEST_CASE("variants by name give the other tools' numbers", "[drift][compatible]") {
  for (const auto& entry : drift_golden::load("compatible")) {
    auto x = drift_golden::reference(entry);
    auto y = drift_golden::current(entry);
    for (auto* side : {&x, &y}) {
      for (auto& value : *side) value /= 2.0;
    }
    auto a = zeroskew::Distribution::of_values(x);
    auto b = zeroskew::Distribution::of_values(y);
    a.integral = b.integral = false;  // as floats, which is how the vectors were made
    for (const std::string tool : {"evidently", "nannyml"}) {
      for (const auto& [name, expected] : entry[tool].items()) {
        zeroskew::MeasureOptions options;
        options.definition = tool;
        const auto result = zeroskew::measure(name, a, b, options);
        INFO(tool << ' ' << name << ' ' << entry.dump());
        INFO(result.statistic << ' ' << result.definition << ' ' << result.reason);
        CHECK(drift_golden::close(result.statistic, expected));
      }
    }
  }
}
