#pragma once
/// What a server knows of itself, in nobody's format: Prometheus and OpenTelemetry read the same.

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace server {

class Service;

using Labels = std::vector<std::pair<std::string, std::string>>;

struct Point {
  Labels labels;
  std::variant<std::uint64_t, double> value;
};

struct Histogram {
  Labels labels;
  std::vector<double> bounds;         ///< upper ones, inclusive
  std::vector<std::uint64_t> counts;  ///< one more than bounds; not cumulative
  double sum = 0.0;
};

struct Metric {
  enum class Kind : std::uint8_t { counter, gauge, histogram };

  std::string name;
  Kind kind = Kind::gauge;
  std::string help;
  std::vector<Point> points;
  std::vector<Histogram> histograms;  ///< instead of points
};

[[nodiscard]] std::vector<Metric> measurements(Service& service);

/// Prometheus' text format 0.0.4.
[[nodiscard]] std::string prometheus_text(const std::vector<Metric>& metrics);

}  // namespace server
