#include "http_server.hpp"

#include <algorithm>
#include <stdexcept>

#include "http_loop.hpp"

namespace server {

HttpServer::HttpServer(const HttpOptions& options, Application& application)
    : state_(std::make_unique<State>()) {
  state_->options = options;
  try {
    for (unsigned i = 0; i < std::max(1U, options.threads); ++i) {
      state_->loops.push_back(std::make_unique<HttpLoop>(*state_, application.worker()));
      state_->loops.back()->listen();
    }
  } catch (const boost::system::system_error& error) {
    throw std::runtime_error("cannot listen on " + options.address + ", port " +
                             std::to_string(options.port) + ": " + error.code().message());
  }
  for (const auto& loop : state_->loops) {
    state_->threads.emplace_back([&own = *loop] { own.run(); });
  }
}

HttpServer::~HttpServer() {
  drain(std::chrono::milliseconds(0));
  join();
}

std::uint16_t HttpServer::port() const noexcept {
  return state_->port;
}

void HttpServer::farewell() {
  state_->farewell.store(true);
}

void HttpServer::drain(std::chrono::milliseconds grace) {
  farewell();
  state_->end.store((std::chrono::steady_clock::now() + grace).time_since_epoch().count());
  state_->draining.store(true);
}

void HttpServer::join() {
  for (std::thread& thread : state_->threads) thread.join();
  state_->threads.clear();
}

}  // namespace server
