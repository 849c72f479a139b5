#include "http_server.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <charconv>
#include <ctime>
#include <optional>
#include <stdexcept>
#include <thread>
#include <unordered_set>

namespace server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;
using Clock = std::chrono::steady_clock;
using boost::system::error_code;

constexpr std::size_t read_size = 16 << 10;
constexpr auto tick = std::chrono::milliseconds(100);

std::string_view view(beast::string_view text) noexcept {
  return {text.data(), text.size()};
}

void append(std::string& out, std::uint64_t number) {
  std::array<char, 24> digits;
  out.append(digits.data(),
             std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
}

std::string date_line() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm parts{};
  gmtime_r(&now, &parts);
  std::array<char, 64> text;
  return {text.data(),
          std::strftime(text.data(), text.size(), "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", &parts)};
}

}  // namespace

struct HttpServer::State {
  HttpOptions options;
  std::uint16_t port = 0;
  std::atomic<bool> farewell{false};
  std::atomic<bool> draining{false};
  std::atomic<Clock::rep> end{0};
  std::vector<std::unique_ptr<Loop>> loops;
  std::vector<std::thread> threads;
};

struct HttpServer::Loop {
  class Connection;

  Loop(State& shared, std::unique_ptr<Worker> own)
      : state(shared), worker(std::move(own)), acceptor(context), timer(context) {}

  void listen() {
    const tcp::endpoint at(asio::ip::make_address(state.options.address),
                           state.port != 0 ? state.port : state.options.port);
    acceptor.open(at.protocol());
    acceptor.set_option(asio::socket_base::reuse_address(true));
    const int on = 1;
    if (setsockopt(acceptor.native_handle(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) != 0) {
      throw std::runtime_error("SO_REUSEPORT is refused");
    }
    acceptor.bind(at);
    acceptor.listen(4096);
    acceptor.non_blocking(true);
    state.port = acceptor.local_endpoint().port();
  }

  void run() {
    accept();
    sweep();
    context.run();
  }

  void accept();
  void take(tcp::socket socket);
  void sweep();

  State& state;
  std::unique_ptr<Worker> worker;
  std::unordered_set<Connection*> connections;
  std::string date = date_line();
  bool stalled = false;
  asio::io_context context{1};  // after what its handlers use
  tcp::acceptor acceptor;
  asio::steady_timer timer;
};

class HttpServer::Loop::Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Loop& loop, tcp::socket socket) : loop_(loop), socket_(std::move(socket)) {
    loop_.connections.insert(this);
  }
  ~Connection() { loop_.connections.erase(this); }

  void start() {
    idle();
    read();
  }

  // A request that takes too long is told so; a connection that is idle just ends.
  void check(Clock::time_point now, bool draining) {
    if (phase_ == Phase::handling) return;
    if (now >= deadline_ || (draining && phase_ == Phase::idle)) {
      if (phase_ == Phase::reading) refuse(408, "server.timeout", "the request took too long");
      close();
    }
  }
  void close() {
    error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_both, ignored);
    socket_.close(ignored);
  }

 private:
  enum class Phase : std::uint8_t { idle, reading, handling, writing };

  void idle() {
    phase_ = Phase::idle;
    deadline_ = Clock::now() + loop_.state.options.idle_time;
  }

  void read() {
    socket_.async_read_some(buffer_.prepare(read_size),
                            [self = shared_from_this()](const error_code& code, std::size_t size) {
                              if (code) return self->close();
                              self->buffer_.commit(size);
                              self->process();
                            });
  }

  // Takes requests out of the buffer until one is not whole yet, or is being answered.
  void process() {
    while (buffer_.size() > 0) {
      if (!parser_) begin();
      error_code code;
      buffer_.consume(parser_->put(buffer_.data(), code));
      if (code == http::error::need_more) {
        code = {};
        if (buffer_.size() > loop_.state.options.header_limit) {
          return reject(431, "server.header", "the headers are too long");
        }
      }
      if (code) return malformed(code);
      if (parser_->is_header_done() && !allowed()) return;
      if (!parser_->is_done()) break;
      if (!respond()) return;
    }
    read();
  }

  void begin() {
    parser_.emplace();
    parser_->eager(true);
    parser_->header_limit(loop_.state.options.header_limit);
    parser_->body_limit(loop_.state.options.trusted_limit);
    checked_ = false;
    phase_ = Phase::reading;
    started_ = Clock::now();
    deadline_ = started_ + loop_.state.options.request_time;
  }

  // Long bodies are refused before they are read, and as soon as they turn out to be long.
  bool allowed() {
    const auto& message = parser_->get();
    if (!checked_) {
      checked_ = true;
      limit_ = loop_.worker->trusted(view(message[http::field::authorization]))
                   ? loop_.state.options.trusted_limit
                   : loop_.state.options.body_limit;
      const auto length = parser_->content_length();
      if (length && *length > limit_) {
        reject(413, "server.body", "the body is too long");
        return false;
      }
      if (message[http::field::expect] == "100-continue" && !parser_->is_done()) {
        error_code ignored;
        asio::write(socket_, asio::buffer("HTTP/1.1 100 Continue\r\n\r\n", 25), ignored);
      }
    }
    if (message.body().size() > limit_) {
      reject(413, "server.body", "the body is too long");
      return false;
    }
    return true;
  }

  void malformed(const error_code& code) {
    if (code == http::error::header_limit) {
      return reject(431, "server.header", "the headers are too long");
    }
    if (code == http::error::body_limit) {
      return reject(413, "server.body", "the body is too long");
    }
    reject(400, "server.http", "this is no HTTP request");
  }

  // Answers the request that has arrived; true if the next one may be read at once.
  bool respond() {
    const auto& message = parser_->get();
    const std::string_view target = view(message.target());
    const std::size_t mark = target.find('?');
    Request request;
    request.method = view(message.method_string());
    request.path = target.substr(0, mark);
    if (mark != std::string_view::npos) request.query = target.substr(mark + 1);
    request.body = message.body();
    request.content_type = view(message[http::field::content_type]);
    request.accept = view(message[http::field::accept]);
    request.authorization = view(message[http::field::authorization]);
    request.traceparent = view(message["traceparent"]);
    request.tenant = view(message["x-zeroskew-tenant"]);
    keep_ = message.keep_alive();
    head_ = message.method() == http::verb::head;
    response_.clear();
    phase_ = Phase::handling;
    const auto defer = [this]() -> Reply {
      return [self = shared_from_this()](Response response) {
        asio::post(self->loop_.context, [self, response = std::move(response)]() mutable {
          self->response_ = std::move(response);
          if (self->send()) self->process();
        });
      };
    };
    if (!loop_.worker->handle(request, response_, defer)) return false;
    return send();
  }

  void reject(unsigned status, const char* id, const char* message) {
    refuse(status, id, message);
    linger();
  }

  // An answer to a request that is not whole, if the system takes it at once.
  void refuse(unsigned status, const char* id, const char* message) {
    response_.clear();
    response_.status = status;
    response_.body =
        std::string(R"({"error":{"id":")") + id + R"(","message":")" + message + "\"}}";
    response_.close = true;
    compose();
    error_code ignored;
    socket_.non_blocking(true, ignored);
    socket_.write_some(asio::buffer(out_), ignored);
    done();
  }

  // Reads on for a moment: closing with bytes unread would take the answer back.
  void linger() {
    error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
    phase_ = Phase::writing;
    deadline_ = Clock::now() + std::chrono::seconds(1);
    buffer_.clear();
    discard();
  }
  void discard() {
    socket_.async_read_some(buffer_.prepare(read_size),
                            [self = shared_from_this()](const error_code& code, std::size_t) {
                              if (code) return self->close();
                              self->discard();
                            });
  }

  void compose() {
    keep_ = keep_ && !response_.close && !loop_.state.farewell.load(std::memory_order_relaxed);
    out_.assign("HTTP/1.1 ");
    append(out_, response_.status);
    out_.append(" ").append(view(http::obsolete_reason(http::int_to_status(response_.status))));
    out_.append("\r\nContent-Type: ").append(response_.content_type);
    out_.append("\r\nContent-Length: ");
    append(out_, response_.body.size());
    out_.append("\r\n").append(loop_.date);
    if (!keep_) out_.append("Connection: close\r\n");
    for (const auto& [name, value] : response_.headers) {
      out_.append(name).append(": ").append(value).append("\r\n");
    }
    out_.append("\r\n");
    if (!head_) out_.append(response_.body);
  }

  // True if all was sent at once and the connection goes on.
  bool send() {
    compose();
    parser_.reset();
    phase_ = Phase::writing;
    deadline_ = Clock::now() + loop_.state.options.request_time;
    error_code code;
    socket_.non_blocking(true, code);
    const std::size_t sent = socket_.write_some(asio::buffer(out_), code);
    if (code && code != asio::error::would_block) {
      close();
      return false;
    }
    if (sent == out_.size()) return sent_all();
    asio::async_write(socket_, asio::buffer(out_.data() + sent, out_.size() - sent),
                      [self = shared_from_this()](const error_code& failed, std::size_t) {
                        if (failed) return self->close();
                        if (self->sent_all()) self->process();
                      });
    return false;
  }

  bool sent_all() {
    done();
    if (!keep_) {
      linger();
      return false;
    }
    idle();
    return true;
  }

  void done() noexcept {
    const auto taken =
        std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now() - started_);
    loop_.worker->finished(response_, static_cast<std::uint64_t>(taken.count()));
  }

  Loop& loop_;
  tcp::socket socket_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
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

void HttpServer::Loop::accept() {
  acceptor.async_accept([this](const error_code& code, tcp::socket socket) {
    if (code == asio::error::operation_aborted || !acceptor.is_open()) return;
    if (!code) take(std::move(socket));
    // Without file descriptors to spare, the next tick tries again.
    stalled = code && code != asio::error::connection_aborted;
    if (!stalled) accept();
  });
}

void HttpServer::Loop::take(tcp::socket socket) {
  if (connections.size() >= state.options.connections) return;
  error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  std::make_shared<Connection>(*this, std::move(socket))->start();
}

void HttpServer::Loop::sweep() {
  date = date_line();
  const auto now = Clock::now();
  const bool draining = state.draining.load();
  if (draining && acceptor.is_open()) {
    // Who is in the queue has been let in.
    error_code code;
    for (;;) {
      tcp::socket socket = acceptor.accept(code);
      if (code) break;
      take(std::move(socket));
    }
    acceptor.close(code);
  }
  if (std::exchange(stalled, false) && acceptor.is_open()) accept();
  const bool over = draining && now.time_since_epoch().count() >= state.end.load();
  std::vector<std::shared_ptr<Connection>> all;
  for (Connection* connection : connections) all.push_back(connection->shared_from_this());
  for (const auto& connection : all) over ? connection->close() : connection->check(now, draining);
  all.clear();
  if (draining && (connections.empty() || over)) return context.stop();
  timer.expires_after(tick);
  timer.async_wait([this](const error_code& code) {
    if (!code) sweep();
  });
}

HttpServer::HttpServer(const HttpOptions& options, Application& application)
    : state_(std::make_unique<State>()) {
  state_->options = options;
  try {
    for (unsigned i = 0; i < std::max(1U, options.threads); ++i) {
      state_->loops.push_back(std::make_unique<Loop>(*state_, application.worker()));
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
  state_->end.store((Clock::now() + grace).time_since_epoch().count());
  state_->draining.store(true);
}

void HttpServer::join() {
  for (std::thread& thread : state_->threads) thread.join();
  state_->threads.clear();
}

}  // namespace server
