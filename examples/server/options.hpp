#pragma once
/// What the server is told: flags, and the environment that SageMaker, Vertex AI and OpenTelemetry
/// set.

#include <chrono>
#include <cstddef>
#include <map>
#include <string>

#include <zeroskew/policy/batcher.hpp>
#include "http_server.hpp"

namespace server {

struct Options {
  HttpOptions http;
  std::map<std::string, std::string> stores;  ///< tenant -> folder of its policies
  std::string policy;                         ///< of the default tenant, where it has none yet
  std::string admin_token;                    ///< empty: policies cannot be changed over HTTP
  std::string public_key;                     ///< PEM: policies must be signed
  std::string health_route;                   ///< as Vertex AI names them
  std::string predict_route;
  std::string otlp_endpoint;
  std::string service_name = "zeroskew-server";
  std::size_t most_rows = 10'000;                      ///< of a request
  std::chrono::milliseconds compute_time{2'000};       ///< for a request's rows
  std::chrono::milliseconds metrics_interval{60'000};  ///< between metrics for OpenTelemetry
  std::chrono::milliseconds report_interval{5'000};    ///< between looks at the monitors
  std::chrono::milliseconds grace{20'000};             ///< for requests when the server ends
  std::chrono::milliseconds drain_delay{0};   ///< not ready, but accepting: balancers look away
  zeroskew::BatcherOptions batch{.rows = 1};  ///< of requests; 1: each is answered at once
  std::size_t cached_rows = 4096;             ///< a thread and policy
  std::size_t log_every = 0;                  ///< log every n-th request; 0: failures only
};

/// @throws Error server.option with the flag; help and version print and end the process.
[[nodiscard]] Options parse_options(int count, char** arguments);

}  // namespace server
