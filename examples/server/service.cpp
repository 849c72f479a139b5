#include "service.hpp"

#include <openssl/crypto.h>

#include <utility>

#include <zeroskew/error.hpp>
#include "batching.hpp"
#include "measurements.hpp"
#include "schema_check.hpp"
#include "worker.hpp"

namespace server {

using zeroskew::Error;
using zeroskew::Policy;
using zeroskew::PolicyStore;

Service::Service(Options options, Log& log)
    : options_(std::move(options)),
      log_(log),
      shadow_(options_.most_rows),
      exporter_({options_.otlp_endpoint, options_.service_name, options_.metrics_interval}, log) {
  for (const auto& [name, folder] : options_.stores) {
    std::optional<PolicyStore> store;
    if (!folder.empty()) store.emplace(folder, zeroskew::PolicyLoadOptions{options_.public_key});
    tenants_[name] = std::make_unique<Tenant>(name, std::move(store));
    start_tenant(*tenants_[name]);
  }
  if (options_.batch.rows > 1) {
    counters_.push_back(std::make_unique<Counters>());
    batching_ = std::make_unique<Batching>(*this, *counters_.back(), options_.batch);
  }
  watcher_ = std::thread([this] { watch(); });
}

Service::~Service() {
  stop();
}

// What the store's log names; or else, for the default tenant, the file that was given.
void Service::start_tenant(Tenant& tenant) {
  (void)tenant.follow();
  if (!tenant.deployment()->stable && tenant.name() == "default" && !options_.policy.empty()) {
    tenant.deploy(Policy::load(options_.policy, {options_.public_key}), "zeroskew-server",
                  "given at start");
  }
  const auto now = tenant.deployment();
  log_.info("tenant.started")
      .add("tenant", tenant.name())
      .add("policy", now->stable ? now->stable->digest() : std::string());
}

std::unique_ptr<Worker> Service::worker() {
  counters_.push_back(std::make_unique<Counters>());
  return std::make_unique<ServiceWorker>(*this, *counters_.back(), batching_.get());
}

void Service::start_export() {
  exporter_.start([this] { return measurements(*this); });
}

Tenant* Service::tenant(std::string_view name) {
  const auto found = tenants_.find(name.empty() ? std::string_view("default") : name);
  return found == tenants_.end() ? nullptr : found->second.get();
}

bool Service::ready() const {
  if (draining_.load()) return false;
  for (const auto& item : tenants_) {
    if (item.second->generation() == 0 && item.first == "default") return false;
  }
  return true;
}

void Service::stop() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wake_.notify_one();
  if (watcher_.joinable()) watcher_.join();
  if (batching_) batching_->stop();
  exporter_.stop();
  changes_.stop();
  looks_.stop();
}

bool Service::authorized(std::string_view authorization) const noexcept {
  constexpr std::string_view scheme = "Bearer ";
  const std::string& token = options_.admin_token;
  if (token.empty() || authorization.size() != scheme.size() + token.size()) return false;
  return authorization.substr(0, scheme.size()) == scheme &&
         CRYPTO_memcmp(authorization.data() + scheme.size(), token.data(), token.size()) == 0;
}

void Service::watch() {
  std::unique_lock lock(mutex_);
  while (!wake_.wait_for(lock, options_.report_interval, [&] { return stop_; })) {
    lock.unlock();
    for (const auto& item : tenants_) look(*item.second);
    lock.lock();
  }
}

void Service::look(Tenant& tenant) {
  try {
    if (tenant.follow()) {
      reloads_.fetch_add(1);
      log_.info("policy.followed")
          .add("tenant", tenant.name())
          .add("policy", tenant.deployment()->stable->digest());
    }
  } catch (const Error& error) {
    log_.error("policy.refused").add("tenant", tenant.name()).add("reason", error.what());
  }
  const auto now = tenant.deployment();
  try {
    if (now->stable) judge(tenant, *now->stable, "stable");
    if (now->canary) judge(tenant, *now->canary, "canary");
    if (now->shadow) judge(tenant, *now->shadow, "shadow");
  } catch (const std::exception& error) {
    log_.error("monitor.failed").add("tenant", tenant.name()).add("reason", error.what());
  }
}

// What the rows so far are like, unless there were none since the last look.
Findings Service::inspect(Model& model) {
  Findings found{model.monitor.report(), {}};
  const auto before = model.findings();
  const bool same = before && before->report.rows == found.report.rows &&
                    before->report.failed == found.report.failed;
  found.anomalies = same ? before->anomalies : check_schema(model);
  for (zeroskew::GuardState& state : found.report.guards) {
    if (state.guard.measure != "anomalies") continue;
    state.value = static_cast<double>(found.anomalies.size());
    state.broken = state.value > state.guard.limit;
  }
  return found;
}

// Says what changed since the last look, and holds the breaker while a guard is broken.
void Service::judge(Tenant& tenant, Model& model, const char* role) {
  Findings found = inspect(model);
  const zeroskew::MonitorReport& report = found.report;
  const bool held = report.action() == zeroskew::GuardAction::error;
  const bool was_held = model.breaker.held();
  model.breaker.hold(held);
  if (held != was_held) {
    log_.error(held ? "breaker.opened" : "breaker.closed")
        .add("tenant", tenant.name())
        .add("policy", model.digest())
        .add("fallback", to_string(model.policy.fallback().action));
  }
  const std::string place = tenant.name() + '\0' + model.digest() + '\0';
  for (const zeroskew::MonitoredFeature& feature : report.features) {
    Alarm& alarm = alarms_[place + feature.name];
    if (feature.drifted && !alarm.on) {
      log_.warn("drift.alarm")
          .add("tenant", tenant.name())
          .add("policy", model.digest())
          .add("role", role)
          .add("feature", feature.name)
          .add("verdict", feature.verdict)
          .add("evalue", feature.evalue)
          .add("rows", report.rows);
      tell(tenant, model.digest(), feature.name + ": " + feature.verdict, alarm);
    }
    alarm.on = feature.drifted;
  }
  // What the schema has against the rows so far, it has until another policy is loaded.
  for (const SchemaAnomaly& anomaly : found.anomalies) {
    Alarm& alarm = alarms_[place + anomaly.feature + '\0' + anomaly.type];
    if (std::exchange(alarm.on, true)) continue;
    log_.warn("schema.anomaly")
        .add("tenant", tenant.name())
        .add("policy", model.digest())
        .add("role", role)
        .add("feature", anomaly.feature)
        .add("type", anomaly.type)
        .add("message", anomaly.message);
    tell(tenant, model.digest(), anomaly.feature + ": " + anomaly.message, alarm);
  }
  model.set_findings(std::move(found));
}

// Whoever reads the log later finds why it was rolled back.
void Service::tell(Tenant& tenant, const std::string& digest, const std::string& what,
                   Alarm& alarm) {
  if (alarm.told) return;
  try {
    tenant.alarm(digest, what);
    alarm.told = true;
  } catch (const Error& error) {
    log_.error("audit.failed").add("tenant", tenant.name()).add("reason", error.what());
  }
}

}  // namespace server
