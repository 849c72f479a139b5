#pragma once
/// One thread's answers: finds the route, and keeps count.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "http.hpp"
#include "metrics.hpp"
#include "predictor.hpp"
#include "service.hpp"
#include "trace.hpp"

namespace server {

class Batching;

class ServiceWorker : public Worker {
 public:
  /// `batching`: where requests with few rows are gathered; null: nowhere.
  ServiceWorker(Service& service, Counters& counters, Batching* batching = nullptr);

  bool handle(const Request& request, Response& response,
              const std::function<Reply()>& defer) override;
  void finished(const Response& response, std::uint64_t nanoseconds) noexcept override;
  [[nodiscard]] bool trusted(std::string_view authorization) const override;

 private:
  [[nodiscard]] Route route_of(std::string_view path) const noexcept;
  void predict(const Request& request, bool enveloped, Response& response);
  bool gather(const Request& request, Response& response, const std::function<Reply()>& defer);
  bool administer(const Request& request, Route route, Response& response,
                  const std::function<Reply()>& defer);
  void trace(const Request& request, const TraceContext& context, std::uint64_t start,
             std::string_view tenant, Response& response);

  Service& service_;
  Counters& counters_;
  Batching* batching_;
  Predictor predictor_;
  SpanIds spans_;
  std::uint64_t requests_ = 0;
};

}  // namespace server
