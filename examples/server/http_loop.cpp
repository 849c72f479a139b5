#include "http_loop.hpp"

#include <sys/socket.h>

#include <array>
#include <ctime>
#include <stdexcept>
#include <utility>

#include "http_connection.hpp"

namespace server {
namespace {

using Clock = std::chrono::steady_clock;
using boost::asio::ip::tcp;
using boost::system::error_code;
namespace asio = boost::asio;

constexpr auto tick = std::chrono::milliseconds(100);

std::string date_line() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm parts{};
  gmtime_r(&now, &parts);
  std::array<char, 64> text;
  return {text.data(),
          std::strftime(text.data(), text.size(), "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", &parts)};
}

}  // namespace

void HttpLoop::listen() {
  const tcp::endpoint at(asio::ip::make_address(state.options.address),
                         state.port != 0 ? state.port : state.options.port);
  acceptor_.open(at.protocol());
  acceptor_.set_option(asio::socket_base::reuse_address(true));
  const int on = 1;
  if (setsockopt(acceptor_.native_handle(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) != 0) {
    throw std::runtime_error("SO_REUSEPORT is refused");
  }
  acceptor_.bind(at);
  acceptor_.listen(4096);
  acceptor_.non_blocking(true);
  state.port = acceptor_.local_endpoint().port();
}

void HttpLoop::run() {
  accept();
  sweep();
  context.run();
}

void HttpLoop::accept() {
  acceptor_.async_accept([this](const error_code& code, tcp::socket socket) {
    if (code == asio::error::operation_aborted || !acceptor_.is_open()) return;
    if (!code) take(std::move(socket));
    // Without file descriptors to spare, the next tick tries again.
    stalled_ = code && code != asio::error::connection_aborted;
    if (!stalled_) accept();
  });
}

void HttpLoop::take(tcp::socket socket) {
  if (connections.size() >= state.options.connections) return;
  error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  std::make_shared<Connection>(*this, std::move(socket))->start();
}

// Who is in the queue has been let in.
void HttpLoop::take_all() {
  for (;;) {
    error_code code;
    tcp::socket socket = acceptor_.accept(code);
    if (code) return;
    take(std::move(socket));
  }
}

void HttpLoop::sweep() {
  date = date_line();
  const auto now = Clock::now();
  const bool draining = state.draining.load();
  if (draining && acceptor_.is_open()) {
    take_all();
    error_code ignored;
    acceptor_.close(ignored);
  }
  if (std::exchange(stalled_, false) && acceptor_.is_open()) accept();
  const bool over = draining && now.time_since_epoch().count() >= state.end.load();
  std::vector<std::shared_ptr<Connection>> all;
  for (Connection* connection : connections) all.push_back(connection->shared_from_this());
  for (const auto& connection : all) over ? connection->close() : connection->check(now, draining);
  all.clear();
  if (draining && (connections.empty() || over)) return context.stop();
  timer_.expires_after(tick);
  timer_.async_wait([this](const error_code& code) {
    if (!code) sweep();
  });
}

}  // namespace server
