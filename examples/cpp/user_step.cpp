// A step of one's own beside the library's: fitted, saved, loaded and served like them.

#include <iostream>
#include <zeroskew/zeroskew.hpp>

namespace {

// How far a trip is above the usual: learned from the column's statistics.
struct Surplus {
  static constexpr std::string_view name = "surplus";
  static constexpr std::string_view doc = "How far above the mean, in a unit, not below 0.";
  static std::vector<zeroskew::Parameter> parameters() {
    return {{.name = "unit", .doc = "of the result", .fallback = 1.0, .lo = 0.0, .lo_open = true}};
  }
  static std::vector<zeroskew::Parameter> learned() {
    return {{.name = "mean", .doc = "of the column"}};
  }
  static zeroskew::Settings fit(const zeroskew::NumberStats& numbers, const zeroskew::Settings&) {
    return {{"mean", numbers.mean()}};
  }

  Surplus(const zeroskew::Settings& settings, const zeroskew::Settings& what)
      : unit(zeroskew::number_of(settings, "unit")), mean(zeroskew::number_of(what, "mean")) {}
  double operator()(double x) const noexcept { return x > mean ? (x - mean) / unit : 0.0; }

  double unit;
  double mean;
};

}  // namespace

int main() try {
  zeroskew::register_step<Surplus>();
  const auto pipeline = zeroskew::Pipeline::from_json(
      R"([{"step": "impute", "column": "fare"},
          {"step": "surplus", "column": "fare", "unit": 2, "output": "fare_surplus"}])");
  zeroskew::Type number;
  number.kind = zeroskew::Kind::floating;
  zeroskew::RowBuilder rows({{"fare", number, {}}});
  for (const double fare : {2.0, 4.0, 12.0}) rows.append(std::vector<zeroskew::Value>{fare});
  const std::string saved = pipeline.fit(rows.finish()).to_json();

  const auto fitted = zeroskew::FittedPipeline::from_json(saved);
  for (const auto& [name, value] : fitted.transform_row({{"fare", 10.0}})) {
    std::cout << name << " = " << std::get<double>(value) << '\n';
  }
  return 0;
} catch (const zeroskew::Error& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
