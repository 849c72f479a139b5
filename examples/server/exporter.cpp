#include "exporter.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <string_view>
#include <utility>

#include <zeroskew/error.hpp>

namespace server {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t most_spans = 8192;
constexpr auto spans_interval = std::chrono::milliseconds(1000);

std::uint64_t unix_time() noexcept {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::nanoseconds>(now).count());
}

// Which process of which machine, or pod.
std::string instance() {
  std::array<char, 256> name{};
  if (gethostname(name.data(), name.size() - 1) != 0) name[0] = '\0';
  return std::string(name.data()) + ":" + std::to_string(getpid());
}

}  // namespace

Exporter::Exporter(Options options, Log& log)
    : resource_{std::move(options.service), instance()},
      metrics_interval_(options.metrics_interval),
      log_(log) {
  const std::string& endpoint = options.endpoint;
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
}

Exporter::~Exporter() {
  stop();
}

void Exporter::start(std::function<std::vector<Metric>()> measure) {
  if (!enabled()) return;
  measure_ = std::move(measure);
  start_ = unix_time();
  thread_ = std::thread([this] { run(); });
}

void Exporter::stop() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Exporter::add(Span span) {
  const std::lock_guard lock(mutex_);
  if (spans_.size() >= most_spans) {
    dropped_.fetch_add(1);
    return;
  }
  spans_.push_back(std::move(span));
}

void Exporter::run() {
  auto due = Clock::now() + metrics_interval_;
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait_for(lock, std::min(spans_interval, metrics_interval_), [&] { return stop_; });
    const bool last = stop_;
    const std::vector<Span> spans = std::exchange(spans_, {});
    lock.unlock();
    if (!spans.empty()) send_spans(spans);
    if (last || Clock::now() >= due) {
      due = Clock::now() + metrics_interval_;
      send_metrics();
    }
    if (last) return;
    lock.lock();
  }
}

void Exporter::send_spans(const std::vector<Span>& spans) {
  const bool good = post("/v1/traces", otlp_traces(spans, resource_));
  (good ? sent_ : dropped_).fetch_add(spans.size());
  report(good);
}

void Exporter::send_metrics() {
  report(post("/v1/metrics", otlp_metrics(measure_(), resource_, start_, unix_time())));
}

void Exporter::report(bool good) {
  if (!good && !failing_) log_.warn("otlp.failed").add("host", host_).add("port", port_);
  failing_ = !good;
}

bool Exporter::post(const std::string& what, const std::string& body) const {
  boost::asio::ip::tcp::iostream stream;
  stream.expires_after(std::chrono::seconds(5));
  stream.connect(host_, port_);
  stream << "POST " << path_ << what << " HTTP/1.1\r\nHost: " << host_ << ":" << port_
         << "\r\nContent-Type: application/json\r\nContent-Length: " << body.size()
         << "\r\nConnection: close\r\n\r\n"
         << body << std::flush;
  std::string version;
  unsigned status = 0;
  stream >> version >> status;
  return stream && status >= 200 && status < 300;
}

}  // namespace server
