#include "worker.hpp"

#include <chrono>
#include <string>
#include <utility>

#include "batching.hpp"

namespace server {
namespace {

std::uint64_t wall_clock() noexcept {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::nanoseconds>(now).count());
}

}  // namespace

ServiceWorker::ServiceWorker(Service& service, Counters& counters, Batching* batching)
    : service_(service),
      counters_(counters),
      batching_(batching),
      predictor_(service.options(), counters, service.shadow()) {}

Route ServiceWorker::route_of(std::string_view path) const noexcept {
  const Options& options = service_.options();
  if (path == "/v1/transform") return Route::transform;
  if (path == "/invocations") return Route::invocations;
  if (path == "/ping") return Route::ping;
  if (path == "/healthz") return Route::healthz;
  if (path == "/readyz") return Route::readyz;
  if (path == "/metrics") return Route::metrics;
  if (path == "/v1/policy" || path.substr(0, 11) == "/v1/policy/") return Route::policy;
  if (path == "/v1/profile") return Route::profile;
  if (path == "/v1/monitor") return Route::monitor;
  if (!options.predict_route.empty() && path == options.predict_route) return Route::invocations;
  if (!options.health_route.empty() && path == options.health_route) return Route::ping;
  return Route::other;
}

bool ServiceWorker::handle(const Request& request, Response& response,
                           const std::function<Reply()>& defer) {
  const Route route = route_of(request.path);
  response.route = static_cast<std::uint8_t>(route);
  const bool get = request.method == "GET" || request.method == "HEAD";
  const bool post = request.method == "POST";
  switch (route) {
    case Route::transform:
    case Route::invocations:
      if (!post) break;
      if (batching_ != nullptr && Batching::wants(request)) return gather(request, response, defer);
      predict(request, route == Route::transform, response);
      return true;
    case Route::healthz:
      if (!get) break;
      response.body = "{\"status\":\"alive\"}";
      return true;
    case Route::ping:
    case Route::readyz:
      if (!get) break;
      response.status = service_.ready() ? 200 : 503;
      response.body = service_.ready() ? "{\"status\":\"ready\"}" : "{\"status\":\"not ready\"}";
      return true;
    case Route::metrics:
    case Route::profile:
    case Route::monitor:
      if (!get) break;
      return administer(request, route, response, defer);
    case Route::policy:
      if (!get && !post) break;
      if (post && !service_.authorized(request.authorization)) {
        const bool closed = service_.options().admin_token.empty();
        answer_error(response, closed ? 403 : 401, "server.token", "Authorization",
                     closed ? "this server was started without an administrator's token"
                            : "needs the administrator's token: Bearer ...");
        if (!closed) response.headers.emplace_back("WWW-Authenticate", "Bearer");
        return true;
      }
      return administer(request, route, response, defer);
    case Route::other:
      answer_error(response, 404, "server.route", request.path,
                   "there are /ping /invocations /v1/transform /v1/policy /v1/profile /v1/monitor "
                   "/healthz /readyz /metrics");
      return true;
  }
  answer_error(response, 405, "server.method", request.path, "takes another method");
  response.headers.emplace_back("Allow", post ? "GET, HEAD" : "POST");
  return true;
}

// Another worker answers, beside requests that came to other threads.
bool ServiceWorker::gather(const Request& request, Response& response,
                           const std::function<Reply()>& defer) {
  const bool taken = batching_->add(request, defer());
  if (!taken) {
    answer_error(response, 503, "server.busy", request.path, "too many such requests wait already");
  }
  return !taken;
}

void ServiceWorker::predict(const Request& request, bool enveloped, Response& response) {
  std::string named;
  if (request.tenant.empty() && !request.query.empty()) {
    named = query_value(request.query, "tenant");
  }
  const std::string_view name = request.tenant.empty() ? std::string_view(named) : request.tenant;
  std::optional<TraceContext> context;
  if (!request.traceparent.empty()) context = parse_traceparent(request.traceparent);
  const std::uint64_t start = context ? wall_clock() : 0;
  if (Tenant* tenant = service_.tenant(name)) {
    predictor_.predict(*tenant, request, enveloped, response);
  } else {
    answer_error(response, 404, "server.tenant", name, "there is no such tenant");
  }
  if (context) trace(request, *context, start, name, response);
  ++requests_;
  const std::size_t every = service_.options().log_every;
  const bool chosen = every != 0 && requests_ % every == 0;
  // Callers' mistakes are theirs; a thousandth of them is enough to see what they are.
  if (chosen || response.status >= 500 || (response.status >= 400 && requests_ % 1000 == 1)) {
    auto line =
        response.status >= 500 ? service_.log().warn("request") : service_.log().info("request");
    line.add("path", request.path).add("status", response.status).add("rows", predictor_.rows());
    line.add("policy", predictor_.policy()).add("tenant", name.empty() ? "default" : name);
    if (context) line.add("trace_id", context->trace);
    if (response.status >= 400) line.add("answer", response.body);
  }
}

void ServiceWorker::trace(const Request& request, const TraceContext& context, std::uint64_t start,
                          std::string_view tenant, Response& response) {
  const std::string span = spans_.next();
  response.headers.emplace_back("traceparent", traceparent(context, span));
  if (!context.sampled || !service_.exporter().enabled()) return;
  service_.exporter().add({context.trace, span, context.parent, "POST " + std::string(request.path),
                           start, wall_clock(), response.status,
                           std::string(tenant.empty() ? "default" : tenant), predictor_.policy(),
                           predictor_.rows()});
}

bool ServiceWorker::administer(const Request& request, Route route, Response& response,
                               const std::function<Reply()>& defer) {
  const bool taken =
      service_.background(request.method == "POST")
          .add([this, route, reply = defer(), method = std::string(request.method),
                path = std::string(request.path), query = std::string(request.query),
                body = std::string(request.body), tenant = std::string(request.tenant),
                trusted = service_.authorized(request.authorization)] {
            Response answer = service_.administer(method, path, query, body, tenant, trusted);
            answer.route = static_cast<std::uint8_t>(route);
            reply(std::move(answer));
          });
  if (!taken) {
    answer_error(response, 503, "server.busy", request.path, "too many such requests wait already");
  }
  return !taken;
}

void ServiceWorker::finished(const Response& response, std::uint64_t nanoseconds) noexcept {
  counters_.finished(response.route, response.status, nanoseconds);
}

bool ServiceWorker::trusted(std::string_view authorization) const {
  return service_.authorized(authorization);
}

}  // namespace server
