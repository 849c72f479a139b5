// Requests that change or describe policies.

#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>

#include <zeroskew/error.hpp>
#include "measurements.hpp"
#include "predictor.hpp"
#include "service.hpp"

namespace server {
namespace {

using Json = nlohmann::ordered_json;
using zeroskew::Error;
using zeroskew::ErrorKind;
using zeroskew::Policy;

Json describe(const Model& model) {
  const zeroskew::Provenance& from = model.policy.provenance();
  Json value = {{"digest", model.digest()},
                {"signed", !model.policy.signature().empty()},
                {"who", from.who},
                {"when", from.when},
                {"parent", from.parent},
                {"breaker", to_string(model.breaker.state())},
                {"breaker_opened", model.breaker.opened()},
                {"fallback", to_string(model.policy.fallback().action)}};
  if (const auto found = model.findings()) {
    value["monitor"] = Json::parse(found->report.to_json());
    value["anomalies"] = Json::array();
    for (const SchemaAnomaly& one : found->anomalies) {
      value["anomalies"].push_back(
          {{"feature", one.feature}, {"type", one.type}, {"message", one.message}});
    }
  }
  return value;
}

double weight_of(const std::string& text) {
  double weight = 0.0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), weight);
  if (code != std::errc() || end != text.data() + text.size()) {
    zeroskew::fail_value("server.weight", "weight", "is a share, from 0 to 1");
  }
  return weight;
}

unsigned status_of(const Error& error) {
  if (error.kind() == ErrorKind::not_found || error.kind() == ErrorKind::key) return 404;
  return error.kind() == ErrorKind::io ? 500 : 422;
}

}  // namespace

std::string describe(const Tenant& tenant) {
  const auto now = tenant.deployment();
  Json value = {{"tenant", tenant.name()}, {"generation", now->generation}};
  const auto add = [&](const char* role, const std::shared_ptr<Model>& model) {
    value[role] = model ? describe(*model) : Json();
  };
  add("current", now->stable);
  add("canary", now->canary);
  if (now->canary) value["canary"]["weight"] = now->weight;
  add("shadow", now->shadow);
  add("previous", now->previous);
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Response Service::administer(const std::string& method, const std::string& path,
                             const std::string& query, const std::string& body,
                             const std::string& named, bool trusted) {
  Response response;
  if (path == "/metrics") {
    response.content_type = "text/plain; version=0.0.4; charset=utf-8";
    response.body = prometheus_text(measurements(*this));
    return response;
  }
  const std::string name = named.empty() ? query_value(query, "tenant") : named;
  Tenant* one = tenant(name);
  if (one == nullptr) {
    answer_error(response, 404, "server.tenant", name, "there is no such tenant");
    return response;
  }
  try {
    if (path == "/v1/profile" || path == "/v1/monitor") {
      return look_at(*one, path, query, trusted);
    }
    if (method != "POST") {
      response.body = describe(*one);
      return response;
    }
    return change_policy(path.size() > 11 ? path.substr(11) : "", query, body, *one);
  } catch (const Error& error) {
    answer_error(response, status_of(error), error.id(), error.where(), error.message());
  } catch (const std::exception& error) {
    answer_error(response, 500, "server.failure", path, error.what());
  }
  log_.error("policy.refused")
      .add("tenant", one->name())
      .add("path", path)
      .add("answer", response.body);
  return response;
}

// What one of the policies saw: full statistics as a profile, or the monitor's counts.
Response Service::look_at(const Tenant& tenant, const std::string& path, const std::string& query,
                          bool trusted) {
  const auto now = tenant.deployment();
  const std::string role = query_value(query, "role");
  const auto& model = role == "canary" ? now->canary : role == "shadow" ? now->shadow : now->stable;
  if (!model) zeroskew::fail_key("server.no_policy", tenant.name(), "no policy has this role");
  Response response;
  response.headers.emplace_back("X-Zeroskew-Policy", model->digest());
  if (path == "/v1/monitor") {
    response.body = model->monitor.snapshot().to_json();
    return response;
  }
  zeroskew::Profile profile = model->traffic.profile();
  // Digests and statistics are the same without the texts.
  if (!trusted) profile.redact();
  const std::vector<std::uint8_t> bytes = profile.to_bytes();
  response.content_type = "application/octet-stream";
  response.body.assign(bytes.begin(), bytes.end());
  return response;
}

Response Service::change_policy(const std::string& verb, const std::string& query,
                                const std::string& body, Tenant& tenant) {
  const std::string who = query_value(query, "who");
  const std::string note = query_value(query, "note");
  if (verb == "load") {
    const std::string role = query_value(query, "role");
    Policy policy = Policy::from_json(body, {options_.public_key});
    if (role == "canary") {
      tenant.set_canary(std::move(policy), weight_of(query_value(query, "weight")), who, note);
    } else if (role == "shadow") {
      tenant.set_shadow(std::move(policy), who, note);
    } else if (role.empty() || role == "current") {
      tenant.deploy(std::move(policy), who, note);
    } else {
      zeroskew::fail_value("server.role", role, "a role is current, canary or shadow");
    }
  } else if (verb == "promote") {
    tenant.promote(who, note);
  } else if (verb == "rollback") {
    tenant.rollback(query_value(query, "digest"), who, note);
  } else if (verb == "clear") {
    tenant.clear(who, note);
  } else {
    zeroskew::fail_key("server.route", verb, "there are load, promote, rollback and clear");
  }
  reloads_.fetch_add(1);
  const auto now = tenant.deployment();
  log_.info("policy.changed")
      .add("tenant", tenant.name())
      .add("verb", verb)
      .add("who", who)
      .add("note", note)
      .add("policy", now->stable ? now->stable->digest() : std::string());
  Response response;
  response.body = describe(tenant);
  return response;
}

}  // namespace server
