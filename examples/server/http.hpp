#pragma once
/// What the transport and the application agree on: requests in, responses out, no library.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace server {

/// A request that has arrived whole. Its views live until the response is given.
struct Request {
  std::string_view method;
  std::string_view path;
  std::string_view query;
  std::string_view body;
  std::string_view content_type;
  std::string_view accept;
  std::string_view authorization;
  std::string_view traceparent;
  std::string_view tenant;
};

struct Response {
  unsigned status = 200;
  std::string_view content_type = "application/json";  // of static storage
  std::string body;
  std::vector<std::pair<std::string_view, std::string>> headers;  // names of static storage
  std::uint8_t route = 0;  ///< for metrics: the application's number of the route
  bool close = false;

  /// As it was made, but keeps the memory that it has.
  void clear() {
    status = 200;
    content_type = "application/json";
    body.clear();
    headers.clear();
    route = 0;
    close = false;
  }
};

/// Called once, from any thread.
using Reply = std::function<void(Response)>;

/// What one thread of the transport talks to.
class Worker {
 public:
  virtual ~Worker() = default;
  /// Answers at once and returns true; or returns false and calls what `defer` gives, later and
  /// from elsewhere. The request's views are gone then.
  virtual bool handle(const Request& request, Response& response,
                      const std::function<Reply()>& defer) = 0;
  /// The response was handed to the system, `nanoseconds` after the request's first byte was read.
  virtual void finished(const Response& response, std::uint64_t nanoseconds) noexcept = 0;
  /// May a request with these headers have a body as long as an administrator's?
  virtual bool trusted(std::string_view authorization) const = 0;
};

class Application {
 public:
  virtual ~Application() = default;
  virtual std::unique_ptr<Worker> worker() = 0;
};

/// "k" in "a=b&k=v": its value, percent-decoded; "" if it is not there.
[[nodiscard]] std::string query_value(std::string_view query, std::string_view name);

}  // namespace server
