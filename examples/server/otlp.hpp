#pragma once
/// Spans for an OpenTelemetry collector: OTLP over HTTP, as JSON.

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "log.hpp"

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

/// Sends batches from a thread of its own; what the collector does not take in time is dropped and
/// counted.
class SpanExporter {
 public:
  /// `endpoint` as OTEL_EXPORTER_OTLP_ENDPOINT says it: http://host:port; "" sends nothing.
  /// @throws Error server.otlp for another scheme
  SpanExporter(const std::string& endpoint, std::string service, Log& log);
  ~SpanExporter();
  SpanExporter(const SpanExporter&) = delete;
  SpanExporter& operator=(const SpanExporter&) = delete;

  [[nodiscard]] bool enabled() const noexcept { return !host_.empty(); }
  void add(Span span);
  [[nodiscard]] std::uint64_t sent() const noexcept { return sent_.load(); }
  [[nodiscard]] std::uint64_t dropped() const noexcept { return dropped_.load(); }

 private:
  void run();
  [[nodiscard]] bool post(const std::string& body) const;

  std::string host_;
  std::string port_;
  std::string path_;
  std::string service_;
  Log& log_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<Span> spans_;
  bool stop_ = false;
  std::atomic<std::uint64_t> sent_{0};
  std::atomic<std::uint64_t> dropped_{0};
  std::thread thread_;
};

/// The body of POST /v1/traces (ExportTraceServiceRequest in protobuf's JSON form).
[[nodiscard]] std::string otlp_json(const std::vector<Span>& spans, std::string_view service);

}  // namespace server
