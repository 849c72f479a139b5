#include <cmath>
#include <string_view>

#include <zeroskew/detail/format.hpp>
#include "measurements.hpp"

namespace server {
namespace {

std::string_view to_string(Metric::Kind kind) noexcept {
  return kind == Metric::Kind::counter ? "counter"
         : kind == Metric::Kind::gauge ? "gauge"
                                       : "histogram";
}

std::string text_of(double x) {
  if (std::isnan(x)) return "NaN";
  if (std::isinf(x)) return x > 0 ? "+Inf" : "-Inf";
  return zeroskew::detail::shortest(x);
}

std::string text_of(std::uint64_t x) {
  return std::to_string(x);
}

void append_label(std::string& out, std::string_view name, std::string_view value) {
  if (out.back() != '{') out += ',';
  out.append(name).append("=\"");
  for (const char c : value) {
    if (c == '\\' || c == '"') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  out += '"';
}

// `bound`: of a histogram's bucket; empty elsewhere.
void append_sample(std::string& out, const std::string& name, const Labels& labels,
                   const std::string& bound, const std::string& value) {
  out += name;
  if (!labels.empty() || !bound.empty()) {
    out += '{';
    for (const auto& [label, text] : labels) append_label(out, label, text);
    if (!bound.empty()) append_label(out, "le", bound);
    out += '}';
  }
  out.append(" ").append(value).append("\n");
}

void append_histogram(std::string& out, const std::string& name, const Histogram& histogram) {
  std::uint64_t below = 0;
  for (std::size_t b = 0; b < histogram.counts.size(); ++b) {
    below += histogram.counts[b];
    append_sample(out, name + "_bucket", histogram.labels,
                  b < histogram.bounds.size() ? text_of(histogram.bounds[b]) : "+Inf",
                  text_of(below));
  }
  append_sample(out, name + "_sum", histogram.labels, "", text_of(histogram.sum));
  append_sample(out, name + "_count", histogram.labels, "", text_of(below));
}

}  // namespace

std::string prometheus_text(const std::vector<Metric>& metrics) {
  std::string out;
  for (const Metric& metric : metrics) {
    out.append("# HELP ").append(metric.name).append(" ").append(metric.help);
    out.append("\n# TYPE ").append(metric.name).append(" ").append(to_string(metric.kind));
    out += '\n';
    for (const Point& point : metric.points) {
      append_sample(out, metric.name, point.labels, "",
                    std::visit([](auto x) { return text_of(x); }, point.value));
    }
    for (const Histogram& histogram : metric.histograms) {
      append_histogram(out, metric.name, histogram);
    }
  }
  return out;
}

}  // namespace server
