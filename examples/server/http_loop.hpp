#pragma once
/// What is behind HttpServer: event loops, and what they share.

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <string>
#include <thread>
#include <unordered_set>
#include <vector>

#include "http_server.hpp"

namespace server {

class Connection;
class HttpLoop;

struct HttpServer::State {
  HttpOptions options;
  std::uint16_t port = 0;
  std::atomic<bool> farewell{false};
  std::atomic<bool> draining{false};
  std::atomic<std::chrono::steady_clock::rep> end{0};
  std::vector<std::unique_ptr<HttpLoop>> loops;
  std::vector<std::thread> threads;
};

/// One thread's connections.
class HttpLoop {
 public:
  HttpLoop(HttpServer::State& shared, std::unique_ptr<Worker> own)
      : state(shared), worker(std::move(own)), acceptor_(context), timer_(context) {}

  void listen();
  void run();

  HttpServer::State& state;
  std::unique_ptr<Worker> worker;
  std::unordered_set<Connection*> connections;
  std::string date;                    ///< the header's line
  boost::asio::io_context context{1};  // after what its handlers use

 private:
  void accept();
  void take(boost::asio::ip::tcp::socket socket);
  void take_all();
  void sweep();

  bool stalled_ = false;
  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::steady_timer timer_;
};

}  // namespace server
