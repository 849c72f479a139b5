#pragma once
/// Requests with few rows, gathered from all event loops and answered together.

#include <cstdint>
#include <string>

#include <zeroskew/policy/batcher.hpp>
#include "metrics.hpp"
#include "worker.hpp"

namespace server {

class Batching {
 public:
  /// @throws Error policy.batch as zeroskew::Batcher does
  Batching(Service& service, Counters& counters, zeroskew::BatcherOptions options);

  /// Takes the request unless it is a batch by itself; then the caller answers it.
  [[nodiscard]] static bool wants(const Request& request) noexcept;
  /// Answers later, from elsewhere; false where too many requests wait already.
  [[nodiscard]] bool add(const Request& request, Reply reply);
  /// Answers what waits, and ends.
  void stop() { batcher_.stop(); }

  [[nodiscard]] std::uint64_t batches() const noexcept { return batcher_.batches(); }
  [[nodiscard]] std::uint64_t requests() const noexcept { return batcher_.rows(); }

 private:
  // A request that owns what it says.
  struct Job {
    std::string method;
    std::string path;
    std::string query;
    std::string body;
    std::string content_type;
    std::string traceparent;
    std::string tenant;
  };
  using Requests = zeroskew::Batcher<Job, Response>;

  ServiceWorker worker_;  // the batcher's thread's own
  Requests batcher_;
};

}  // namespace server
