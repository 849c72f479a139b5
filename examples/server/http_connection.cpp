#include "http_connection.hpp"

#include <array>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <charconv>
#include <string_view>
#include <utility>

namespace server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::size_t read_size = 16 << 10;

std::string_view view(beast::string_view text) noexcept {
  return {text.data(), text.size()};
}

void append(std::string& out, std::uint64_t number) {
  std::array<char, 24> digits;
  out.append(digits.data(),
             std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
}

}  // namespace

Connection::Connection(HttpLoop& loop, tcp::socket socket)
    : loop_(loop), socket_(std::move(socket)) {
  loop_.connections.insert(this);
}

Connection::~Connection() {
  loop_.connections.erase(this);
}

void Connection::start() {
  idle();
  read();
}

void Connection::check(Clock::time_point now, bool draining) {
  if (phase_ == Phase::handling) return;
  if (now >= deadline_ || (draining && phase_ == Phase::idle)) {
    if (phase_ == Phase::reading) refuse(408, "server.timeout", "the request took too long");
    close();
  }
}

void Connection::close() {
  error_code ignored;
  socket_.shutdown(tcp::socket::shutdown_both, ignored);
  socket_.close(ignored);
}

void Connection::idle() {
  phase_ = Phase::idle;
  deadline_ = Clock::now() + loop_.state.options.idle_time;
}

void Connection::read() {
  socket_.async_read_some(buffer_.prepare(read_size),
                          [self = shared_from_this()](const error_code& code, std::size_t size) {
                            if (code) return self->close();
                            self->buffer_.commit(size);
                            self->process();
                          });
}

// Takes requests out of the buffer until one is not whole yet, or is being answered.
void Connection::process() {
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

void Connection::begin() {
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
bool Connection::allowed() {
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

void Connection::malformed(const error_code& code) {
  if (code == http::error::header_limit) {
    return reject(431, "server.header", "the headers are too long");
  }
  if (code == http::error::body_limit) {
    return reject(413, "server.body", "the body is too long");
  }
  reject(400, "server.http", "this is no HTTP request");
}

// Answers the request that has arrived; true if the next one may be read at once.
bool Connection::respond() {
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
    // Whichever thread lets go of the reply last, the connection ends on its own.
    std::shared_ptr<Connection> self(this, [own = shared_from_this()](Connection*) mutable {
      asio::io_context& context = own->loop_.context;
      asio::post(context, [own = std::move(own)] {});
    });
    return [self = std::move(self)](Response response) {
      asio::post(self->loop_.context, [self, response = std::move(response)]() mutable {
        self->response_ = std::move(response);
        if (self->send()) self->process();
      });
    };
  };
  if (!loop_.worker->handle(request, response_, defer)) return false;
  return send();
}

void Connection::reject(unsigned status, const char* id, const char* message) {
  refuse(status, id, message);
  linger();
}

// An answer to a request that is not whole, if the system takes it at once.
void Connection::refuse(unsigned status, const char* id, const char* message) {
  response_.clear();
  response_.status = status;
  response_.body = std::string(R"({"error":{"id":")") + id + R"(","message":")" + message + "\"}}";
  response_.close = true;
  compose();
  error_code ignored;
  socket_.non_blocking(true, ignored);
  socket_.write_some(asio::buffer(out_), ignored);
  done();
}

// Reads on for a moment: closing with bytes unread would take the answer back.
void Connection::linger() {
  error_code ignored;
  socket_.shutdown(tcp::socket::shutdown_send, ignored);
  phase_ = Phase::writing;
  deadline_ = Clock::now() + std::chrono::seconds(1);
  buffer_.clear();
  discard();
}

void Connection::discard() {
  socket_.async_read_some(buffer_.prepare(read_size),
                          [self = shared_from_this()](const error_code& code, std::size_t) {
                            if (code) return self->close();
                            self->discard();
                          });
}

void Connection::compose() {
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
bool Connection::send() {
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

bool Connection::sent_all() {
  done();
  if (!keep_) {
    linger();
    return false;
  }
  idle();
  return true;
}

void Connection::done() noexcept {
  const auto taken = std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now() - started_);
  loop_.worker->finished(response_, static_cast<std::uint64_t>(taken.count()));
}

}  // namespace server
