#pragma once
/// Requests to an OpenTelemetry collector: OTLP in protobuf's JSON form.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "measurements.hpp"

namespace server {

struct Span {
  std::string trace;
  std::string id;
  std::string parent;
  std::string name;
  std::uint64_t start = 0;  ///< nanoseconds since 1970
  std::uint64_t end = 0;
  unsigned status = 200;
  std::string tenant;
  std::string policy;
  std::uint64_t rows = 0;
};

/// Who sends: name and version of the service, and which of its replicas.
struct Resource {
  std::string service;
  std::string instance;
};

/// The body of POST /v1/traces (ExportTraceServiceRequest).
[[nodiscard]] std::string otlp_traces(const std::vector<Span>& spans, const Resource& resource);

/// The body of POST /v1/metrics (ExportMetricsServiceRequest): what was counted since `start`.
/// Times in nanoseconds since 1970.
[[nodiscard]] std::string otlp_metrics(const std::vector<Metric>& metrics, const Resource& resource,
                                       std::uint64_t start, std::uint64_t now);

}  // namespace server
