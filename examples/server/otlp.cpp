#include "otlp.hpp"

#include <cmath>

#include <zeroskew/detail/format.hpp>
#include <zeroskew/version.hpp>
#include "json_text.hpp"

namespace server {
namespace {

void separate(std::string& out) {
  if (out.back() != '[') out += ',';
}

// 64-bit integers are texts in protobuf's JSON.
void append_count(std::string& out, std::uint64_t value) {
  out.append("\"").append(std::to_string(value)).append("\"");
}

void append_double(std::string& out, double value) {
  if (std::isnan(value)) {
    out += "\"NaN\"";
  } else if (std::isinf(value)) {
    out += value > 0 ? "\"Infinity\"" : "\"-Infinity\"";
  } else {
    out += zeroskew::detail::shortest(value);
  }
}

void append_attribute(std::string& out, std::string_view key, std::string_view value) {
  separate(out);
  out += R"({"key":)";
  append_json(out, key);
  out += R"(,"value":{"stringValue":)";
  append_json(out, value);
  out += "}}";
}

void append_attribute(std::string& out, std::string_view key, std::uint64_t value) {
  separate(out);
  out.append(R"({"key":")").append(key).append(R"(","value":{"intValue":)");
  append_count(out, value);
  out += "}}";
}

void append_resource(std::string& out, const Resource& resource) {
  out += R"({"resource":{"attributes":[)";
  append_attribute(out, "service.name", resource.service);
  append_attribute(out, "service.version", zeroskew::version);
  append_attribute(out, "service.instance.id", resource.instance);
  out += "]}";
}

struct Window {
  std::uint64_t start;
  std::uint64_t now;
};

void append_point(std::string& out, const Labels& labels, const Window& window) {
  separate(out);
  out += R"({"attributes":[)";
  for (const auto& [name, value] : labels) append_attribute(out, name, std::string_view(value));
  out += R"(],"startTimeUnixNano":)";
  append_count(out, window.start);
  out += R"(,"timeUnixNano":)";
  append_count(out, window.now);
}

void append_points(std::string& out, const Metric& metric, const Window& window) {
  for (const Point& point : metric.points) {
    append_point(out, point.labels, window);
    if (const auto* count = std::get_if<std::uint64_t>(&point.value)) {
      out += R"(,"asInt":)";
      append_count(out, *count);
    } else {
      out += R"(,"asDouble":)";
      append_double(out, std::get<double>(point.value));
    }
    out += '}';
  }
}

void append_histogram(std::string& out, const Histogram& histogram, const Window& window) {
  append_point(out, histogram.labels, window);
  std::uint64_t all = 0;
  out += R"(,"bucketCounts":[)";
  for (const std::uint64_t count : histogram.counts) {
    separate(out);
    append_count(out, count);
    all += count;
  }
  out += R"(],"explicitBounds":[)";
  for (const double bound : histogram.bounds) {
    separate(out);
    append_double(out, bound);
  }
  out += R"(],"sum":)";
  append_double(out, histogram.sum);
  out += R"(,"count":)";
  append_count(out, all);
  out += '}';
}

void append_metric(std::string& out, const Metric& metric, const Window& window) {
  // Totals since the start: AGGREGATION_TEMPORALITY_CUMULATIVE.
  constexpr std::string_view cumulative = R"(],"aggregationTemporality":2)";
  separate(out);
  out += R"({"name":)";
  append_json(out, std::string_view(metric.name));
  out += R"(,"description":)";
  append_json(out, std::string_view(metric.help));
  switch (metric.kind) {
    case Metric::Kind::counter:
      out += R"(,"sum":{"dataPoints":[)";
      append_points(out, metric, window);
      out.append(cumulative).append(R"(,"isMonotonic":true}})");
      break;
    case Metric::Kind::gauge:
      out += R"(,"gauge":{"dataPoints":[)";
      append_points(out, metric, window);
      out += "]}}";
      break;
    case Metric::Kind::histogram:
      out += R"(,"unit":"s","histogram":{"dataPoints":[)";
      for (const Histogram& one : metric.histograms) append_histogram(out, one, window);
      out.append(cumulative).append("}}");
      break;
  }
}

}  // namespace

std::string otlp_traces(const std::vector<Span>& spans, const Resource& resource) {
  std::string out = R"({"resourceSpans":[)";
  append_resource(out, resource);
  out += R"(,"scopeSpans":[{"scope":{"name":"zeroskew-server"},"spans":[)";
  for (const Span& span : spans) {
    separate(out);
    out.append(R"({"traceId":")").append(span.trace);
    out.append(R"(","spanId":")").append(span.id);
    out.append(R"(","parentSpanId":")").append(span.parent);
    out.append(R"(","kind":2,"name":)");
    append_json(out, std::string_view(span.name));
    out += R"(,"startTimeUnixNano":)";
    append_count(out, span.start);
    out += R"(,"endTimeUnixNano":)";
    append_count(out, span.end);
    out += R"(,"attributes":[)";
    append_attribute(out, "http.response.status_code", std::uint64_t{span.status});
    append_attribute(out, "zeroskew.tenant", span.tenant);
    append_attribute(out, "zeroskew.policy", span.policy);
    append_attribute(out, "zeroskew.rows", span.rows);
    out.append(span.status >= 500 ? R"(],"status":{"code":2}})" : R"(],"status":{}})");
  }
  return out + "]}]}]}";
}

std::string otlp_metrics(const std::vector<Metric>& metrics, const Resource& resource,
                         std::uint64_t start, std::uint64_t now) {
  std::string out = R"({"resourceMetrics":[)";
  append_resource(out, resource);
  out += R"(,"scopeMetrics":[{"scope":{"name":"zeroskew-server"},"metrics":[)";
  for (const Metric& metric : metrics) {
    if (!metric.points.empty() || !metric.histograms.empty()) {
      append_metric(out, metric, {start, now});
    }
  }
  return out + "]}]}]}";
}

}  // namespace server
