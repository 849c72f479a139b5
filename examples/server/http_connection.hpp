#pragma once
/// One client's connection: reads requests, hands them to the worker, writes the answers.

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "http_loop.hpp"

namespace server {

/// Lives while one of its handlers waits.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  using Clock = std::chrono::steady_clock;

  Connection(HttpLoop& loop, boost::asio::ip::tcp::socket socket);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void start();
  /// A request that takes too long is told so; a connection that is idle just ends.
  void check(Clock::time_point now, bool draining);
  void close();

 private:
  enum class Phase : std::uint8_t { idle, reading, handling, writing };
  using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;

  void idle();
  void read();
  void process();
  void begin();
  [[nodiscard]] bool allowed();
  void malformed(const boost::system::error_code& code);
  [[nodiscard]] bool respond();
  void reject(unsigned status, const char* id, const char* message);
  void refuse(unsigned status, const char* id, const char* message);
  void linger();
  void discard();
  void compose();
  [[nodiscard]] bool send();
  [[nodiscard]] bool sent_all();
  void done() noexcept;

  HttpLoop& loop_;
  boost::asio::ip::tcp::socket socket_;
  boost::beast::flat_buffer buffer_;
  std::optional<Parser> parser_;
  Response response_;
  std::string out_;
  Clock::time_point started_ = Clock::now();
  Clock::time_point deadline_;
  std::size_t limit_ = 0;
  Phase phase_ = Phase::idle;
  bool checked_ = false;
  bool keep_ = true;
  bool head_ = false;
};

}  // namespace server
