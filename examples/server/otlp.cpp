#include "otlp.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <string_view>
#include <utility>

#include <zeroskew/error.hpp>

namespace server {
namespace {

constexpr std::size_t most_spans = 8192;
constexpr auto interval = std::chrono::seconds(1);

void append_attribute(std::string& out, std::string_view key, std::string_view value) {
  if (out.back() != '[') out += ',';
  out += R"({"key":")";
  out.append(key).append(R"(","value":{"stringValue":)");
  append_json(out, value);
  out += "}}";
}

void append_count(std::string& out, std::string_view key, std::uint64_t value) {
  if (out.back() != '[') out += ',';
  // 64-bit integers are texts in protobuf's JSON.
  out.append(R"({"key":")").append(key).append(R"(","value":{"intValue":")");
  out.append(std::to_string(value)).append("\"}}");
}

}  // namespace

std::string otlp_json(const std::vector<Span>& spans, std::string_view service) {
  std::string out = R"({"resourceSpans":[{"resource":{"attributes":[)";
  append_attribute(out, "service.name", service);
  out += R"(]},"scopeSpans":[{"scope":{"name":"zeroskew-server"},"spans":[)";
  for (const Span& span : spans) {
    if (out.back() != '[') out += ',';
    out.append(R"({"traceId":")").append(span.trace);
    out.append(R"(","spanId":")").append(span.id);
    out.append(R"(","parentSpanId":")").append(span.parent);
    out.append(R"(","kind":2,"name":)");
    append_json(out, std::string_view(span.name));
    out.append(R"(,"startTimeUnixNano":")").append(std::to_string(span.start));
    out.append(R"(","endTimeUnixNano":")").append(std::to_string(span.end));
    out.append(R"(","attributes":[)");
    append_count(out, "http.response.status_code", span.status);
    append_attribute(out, "zeroskew.tenant", span.tenant);
    append_attribute(out, "zeroskew.policy", span.policy);
    append_count(out, "zeroskew.rows", span.rows);
    out.append(span.status >= 500 ? R"(],"status":{"code":2}})" : R"(],"status":{}})");
  }
  out += "]}]}]}";
  return out;
}

SpanExporter::SpanExporter(const std::string& endpoint, std::string service, Log& log)
    : service_(std::move(service)), log_(log) {
  if (endpoint.empty()) return;
  constexpr std::string_view scheme = "http://";
  if (endpoint.rfind(scheme, 0) != 0) {
    zeroskew::fail_value("server.otlp", endpoint, "an endpoint is http://host:port");
  }
  const std::string rest = endpoint.substr(scheme.size());
  const std::size_t slash = rest.find('/');
  const std::string place = rest.substr(0, slash);
  const std::size_t colon = place.rfind(':');
  host_ = place.substr(0, colon);
  port_ = colon == std::string::npos ? "4318" : place.substr(colon + 1);
  path_ = slash == std::string::npos ? "" : rest.substr(slash);
  while (!path_.empty() && path_.back() == '/') path_.pop_back();
  path_ += "/v1/traces";
  thread_ = std::thread([this] { run(); });
}

SpanExporter::~SpanExporter() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void SpanExporter::add(Span span) {
  const std::lock_guard lock(mutex_);
  if (spans_.size() >= most_spans) {
    dropped_.fetch_add(1);
    return;
  }
  spans_.push_back(std::move(span));
}

void SpanExporter::run() {
  bool failing = false;
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait_for(lock, interval, [&] { return stop_; });
    const bool last = stop_;
    const std::vector<Span> batch = std::exchange(spans_, {});
    lock.unlock();
    if (!batch.empty()) {
      const bool good = post(otlp_json(batch, service_));
      (good ? sent_ : dropped_).fetch_add(batch.size());
      if (!good && !failing) log_.warn("otlp.failed").add("host", host_).add("port", port_);
      failing = !good;
    }
    if (last) return;
    lock.lock();
  }
}

bool SpanExporter::post(const std::string& body) const {
  boost::asio::ip::tcp::iostream stream;
  stream.expires_after(std::chrono::seconds(5));
  stream.connect(host_, port_);
  stream << "POST " << path_ << " HTTP/1.1\r\nHost: " << host_ << ":" << port_
         << "\r\nContent-Type: application/json\r\nContent-Length: " << body.size()
         << "\r\nConnection: close\r\n\r\n"
         << body << std::flush;
  std::string version;
  unsigned status = 0;
  stream >> version >> status;
  return stream && status >= 200 && status < 300;
}

}  // namespace server
