#pragma once
/// HTTP/1.1 over Boost.Beast: one event loop a thread, each with its own socket on the same port,
/// so that threads share nothing and a slow client holds up nobody.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "http.hpp"

namespace server {

struct HttpOptions {
  std::string address = "0.0.0.0";
  std::uint16_t port = 8080;  ///< 0: any that is free
  unsigned threads = 1;
  std::uint32_t header_limit = 16 << 10;           ///< bytes
  std::size_t body_limit = 4 << 20;                ///< bytes
  std::size_t trusted_limit = 256 << 20;           ///< bytes of an administrator's body
  std::size_t connections = 4096;                  ///< a thread
  std::chrono::milliseconds request_time{10'000};  ///< for a request to arrive, a response to leave
  std::chrono::milliseconds idle_time{60'000};     ///< between requests
};

class HttpServer {
 public:
  /// Binds and serves. Throws std::runtime_error if the port is taken.
  HttpServer(const HttpOptions& options, Application& application);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  [[nodiscard]] std::uint16_t port() const noexcept;
  /// From now on each response is the last on its connection; new connections are still taken.
  void farewell();
  /// No new connections, a last response on each, then the end; at most `grace` later.
  void drain(std::chrono::milliseconds grace);
  void join();

  struct State;

 private:
  std::unique_ptr<State> state_;
};

}  // namespace server
