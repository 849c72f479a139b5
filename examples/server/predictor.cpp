#include "predictor.hpp"

#include <algorithm>
#include <utility>

#include <zeroskew/error.hpp>
#include "json_text.hpp"

namespace server {
namespace {

using Clock = std::chrono::steady_clock;
using zeroskew::Error;

std::int64_t now_ns() noexcept {
  return Clock::now().time_since_epoch().count();
}

// A share of 2^64 that the hash of a key falls below.
bool below(std::uint64_t hash, double share) noexcept {
  return static_cast<double>(hash >> 11) * 0x1p-53 < share;
}

bool is_csv(Shape shape) noexcept {
  return shape == Shape::csv || shape == Shape::csv_with_header;
}

// Answers that have no place for the errors of single rows: the first one is the answer.
bool all_or_nothing(Shape shape) noexcept {
  return shape == Shape::row || shape == Shape::plain || shape == Shape::list || is_csv(shape);
}

void append_error(std::string& out, std::string_view id, std::string_view where,
                  std::string_view message) {
  out += "\"id\":";
  append_json(out, id);
  out += ",\"where\":";
  append_json(out, where);
  out += ",\"message\":";
  append_json(out, message);
}

}  // namespace

void answer_error(Response& response, unsigned status, std::string_view id, std::string_view where,
                  std::string_view message) {
  response.status = status;
  response.content_type = "application/json";
  response.body = "{\"error\":{";
  append_error(response.body, id, where, message);
  response.body += "}}";
}

Predictor::Predictor(const Options& options, Counters& counters, Shadow& shadow)
    : options_(options), counters_(counters), shadow_(shadow) {}

// The deployment of now. Lanes through models that stay are kept, with their caches.
Predictor::View& Predictor::view_of(Tenant& tenant) {
  View& view = views_[&tenant];
  if (view.deployment && view.deployment->generation == tenant.generation()) return view;
  view.deployment = tenant.deployment();
  const Deployment& now = *view.deployment;
  std::erase_if(view.lanes, [&](const std::unique_ptr<Lane>& lane) {
    return lane->shared() != now.stable && lane->shared() != now.canary &&
           lane->shared() != now.previous;
  });
  return view;
}

Lane& Predictor::lane_of(View& view, const std::shared_ptr<Model>& model) {
  for (const auto& lane : view.lanes) {
    if (lane->shared() == model) return *lane;
  }
  return *view.lanes.emplace_back(std::make_unique<Lane>(model, options_.cached_rows));
}

// By the first row's key where the request has keys, so that a key stays with its policy; otherwise
// by turns.
const std::shared_ptr<Model>& Predictor::choose(const Deployment& deployment, const Rows& rows) {
  if (!deployment.canary) return deployment.stable;
  const std::uint64_t what = rows.has_keys() && rows.size() > 0 ? rows.key(0) : requests_;
  const std::uint64_t hash = zeroskew::row_key(static_cast<std::int64_t>(what));
  return below(hash, deployment.weight) ? deployment.canary : deployment.stable;
}

bool Predictor::answer_cached(View& view, const Request& request, bool enveloped,
                              Response& response) {
  const Deployment& now = *view.deployment;
  if (!enveloped || now.canary || now.shadow || options_.cached_rows == 0) return false;
  if (request.content_type.substr(0, 16) != "application/json" ||
      now.stable->breaker.state() != zeroskew::Breaker::State::closed) {
    return false;
  }
  Lane& lane = lane_of(view, now.stable);
  const CachedAnswer* answer = lane.cached(request.body);
  if (answer == nullptr) return false;
  lane.record(*answer);
  now.stable->breaker.succeeded(now_ns());
  response.body = answer->body;
  response.headers.emplace_back("X-Zeroskew-Policy", now.stable->digest());
  rows_ = 1;
  policy_ = now.stable->digest();
  counters_.rows.add();
  counters_.cached.add();
  return true;
}

void Predictor::predict(Tenant& tenant, const Request& request, bool enveloped,
                        Response& response) {
  ++requests_;
  rows_ = 0;
  policy_.clear();
  View& view = view_of(tenant);
  const std::shared_ptr<const Deployment> deployment = view.deployment;
  if (!deployment->stable) {
    return answer_error(response, 503, "server.no_policy", tenant.name(),
                        "no policy was deployed yet");
  }
  if (answer_cached(view, request, enveloped, response)) return;
  try {
    Rows& rows = reader_.read(request.body, request.content_type, enveloped, options_.most_rows,
                              *deployment->stable);
    rows_ = rows.size();
    const std::shared_ptr<Model>& model = choose(*deployment, rows);
    const bool by_model = answer(view, rows, model, response);
    if (by_model && enveloped && response.status == 200 && rows.shape() == Shape::row &&
        !deployment->canary && !deployment->shadow) {
      lane_of(view, model).remember(request.body, response.body);
    }
    if (deployment->shadow) {
      shadow_.add({std::string(request.body), std::string(request.content_type), enveloped, model,
                   deployment->shadow});
    }
  } catch (const Error& error) {
    const unsigned status = error.id() == "server.rows"           ? 413
                            : error.id() == "server.content_type" ? 415
                            : error.id() == "server.deadline"     ? 503
                                                                  : 400;
    answer_error(response, status, error.id(), error.where(), error.message());
  }
}

// With the model, or as its policy says where its breaker is open; true for the first.
bool Predictor::answer(View& view, Rows& rows, const std::shared_ptr<Model>& model,
                       Response& response) {
  policy_ = model->digest();
  Lane& lane = lane_of(view, model);
  if (model->breaker.allow(now_ns())) {
    response.headers.emplace_back("X-Zeroskew-Policy", policy_);
    transform_rows(lane, rows, false, response);
    return true;
  }
  counters_.fallbacks.add();
  const zeroskew::Fallback action = model->policy.fallback().action;
  const std::shared_ptr<Model>& last = view.deployment->previous;
  if (action == zeroskew::Fallback::last_good && last) {
    policy_ = last->digest();
    response.headers.emplace_back("X-Zeroskew-Policy", policy_);
    response.headers.emplace_back("X-Zeroskew-Fallback", "last_good");
    transform_rows(lane_of(view, last), rows, false, response);
    return false;
  }
  if (action == zeroskew::Fallback::pass_through) {
    response.headers.emplace_back("X-Zeroskew-Policy", policy_);
    response.headers.emplace_back("X-Zeroskew-Fallback", "pass_through");
    transform_rows(lane, rows, true, response);
    return false;
  }
  // What is refused is still seen: a monitor that sees nothing would never find that it is over.
  for (std::size_t i = 0; i < rows.size(); ++i) {
    try {
      lane.read(rows, i);
    } catch (const Error&) {
      counters_.failed_rows.add();
    }
  }
  response.headers.emplace_back("X-Zeroskew-Fallback", "reject");
  response.headers.emplace_back("Retry-After", "1");
  answer_error(response, 503, "server.fallback", policy_,
               "the policy failed beyond its budget, and says to reject rows until it recovers");
  return false;
}

void Predictor::transform_rows(Lane& lane, Rows& rows, bool pass, Response& response) {
  const Shape shape = rows.shape();
  const auto end = Clock::now() + options_.compute_time;
  errors_.clear();
  if (is_csv(shape)) response.content_type = "text/csv";
  if (shape == Shape::lines) response.content_type = "application/jsonlines";
  write_start(shape, response);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i % 64 == 63 && Clock::now() > end) {
      zeroskew::fail_value("server.deadline", "row " + std::to_string(i),
                           "the rows took too long; send fewer at once");
    }
    const bool good = transform_row(lane, rows, i, pass);
    if (!good && all_or_nothing(shape)) {
      const RowError& error = errors_.front();
      std::string where = error.where;
      if (is_csv(shape) || shape == Shape::list)
        where = "row " + std::to_string(i) + (where.empty() ? "" : ", " + where);
      return answer_error(response, 422, error.id, where, error.message);
    }
    write_row(lane, shape, i == 0, good, pass, response.body);
  }
  if (!errors_.empty() && errors_.size() == rows.size()) response.status = 422;
  write_end(shape, response);
}

bool Predictor::transform_row(Lane& lane, Rows& rows, std::size_t i, bool pass) {
  counters_.rows.add();
  zeroskew::Breaker& breaker = lane.model().breaker;
  try {
    lane.read(rows, i);
    counters_.unknown_columns.add(lane.cells().unknown);
    if (pass) return true;
    lane.transform(rows.key(i), rows.epoch());
    breaker.succeeded(now_ns());
    return true;
  } catch (const Error& error) {
    counters_.failed_rows.add();
    if (!pass) breaker.failed(now_ns());
    errors_.push_back({i, error.id(), error.where(), std::string(error.message())});
    return false;
  }
}

void Predictor::write_start(Shape shape, Response& response) const {
  std::string& out = response.body;
  out.clear();
  switch (shape) {
    case Shape::row:
      out += "{\"row\":";
      break;
    case Shape::rows:
      out += "{\"rows\":[";
      break;
    case Shape::instances:
      out += "{\"predictions\":[";
      break;
    case Shape::list:
      out += '[';
      break;
    default:
      break;
  }
}

void Predictor::write_row(const Lane& lane, Shape shape, bool first, bool good, bool pass,
                          std::string& out) const {
  if (first && shape == Shape::csv_with_header) lane.write_csv_header(out, pass);
  if (is_csv(shape)) return pass ? lane.write_input_csv(out) : lane.write_csv(out);
  if (!first && shape != Shape::lines) out += ',';
  if (!good && shape == Shape::lines) {
    // A line stands for itself.
    out += "{\"error\":{";
    append_error(out, errors_.back().id, errors_.back().where, errors_.back().message);
    out += "}}";
  } else if (!good) {
    out += "null";
  } else {
    pass ? lane.write_input_json(out) : lane.write_json(out);
  }
  if (shape == Shape::lines) out += '\n';
}

void Predictor::write_end(Shape shape, Response& response) const {
  std::string& out = response.body;
  if (shape == Shape::row) out += ",\"policy\":\"" + policy_ + "\"}";
  if (shape == Shape::list) out += ']';
  if (shape != Shape::rows && shape != Shape::instances) return;
  out += ']';
  if (!errors_.empty()) {
    out += ",\"errors\":[";
    for (const RowError& error : errors_) {
      if (&error != &errors_.front()) out += ',';
      out += "{\"row\":" + std::to_string(error.row) + ",";
      append_error(out, error.id, error.where, error.message);
      out += '}';
    }
    out += ']';
  }
  if (shape == Shape::rows) out += ",\"policy\":\"" + policy_ + "\"";
  out += '}';
}

}  // namespace server
