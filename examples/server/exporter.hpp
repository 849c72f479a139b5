#pragma once
/// Sends spans and metrics to an OpenTelemetry collector: OTLP over HTTP, as JSON.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "log.hpp"
#include "otlp.hpp"

namespace server {

/// Sends batches from a thread of its own; spans that the collector does not take in time are
/// dropped and counted, metrics are sent again as they are then.
class Exporter {
 public:
  struct Options {
    std::string endpoint;  ///< as OTEL_EXPORTER_OTLP_ENDPOINT says it: http://host:port; "": none
    std::string service;
    std::chrono::milliseconds metrics_interval{60'000};
  };

  /// @throws Error server.otlp for another scheme
  Exporter(Options options, Log& log);
  ~Exporter();
  Exporter(const Exporter&) = delete;
  Exporter& operator=(const Exporter&) = delete;

  [[nodiscard]] bool enabled() const noexcept { return !host_.empty(); }
  /// Begins to send. `measure` is asked from the exporter's thread until `stop`.
  void start(std::function<std::vector<Metric>()> measure);
  /// Sends what there is, and ends.
  void stop();
  void add(Span span);
  [[nodiscard]] std::uint64_t sent() const noexcept { return sent_.load(); }
  [[nodiscard]] std::uint64_t dropped() const noexcept { return dropped_.load(); }

 private:
  void run();
  void send_spans(const std::vector<Span>& spans);
  void send_metrics();
  void report(bool good);
  [[nodiscard]] bool post(const std::string& what, const std::string& body) const;

  std::string host_;
  std::string port_;
  std::string path_;
  Resource resource_;
  std::chrono::milliseconds metrics_interval_;
  Log& log_;
  std::function<std::vector<Metric>()> measure_;
  std::uint64_t start_ = 0;
  bool failing_ = false;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<Span> spans_;
  bool stop_ = false;
  std::atomic<std::uint64_t> sent_{0};
  std::atomic<std::uint64_t> dropped_{0};
  std::thread thread_;
};

}  // namespace server
