#pragma once
/// What all threads share: tenants, counters, the log, and the threads behind the scenes.

#include <atomic>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "background.hpp"
#include "exporter.hpp"
#include "http.hpp"
#include "log.hpp"
#include "metrics.hpp"
#include "options.hpp"
#include "shadow.hpp"
#include "tenant.hpp"

namespace server {

class Batching;

class Service : public Application {
 public:
  /// Loads every tenant's policy. @throws Error as loading does
  Service(Options options, Log& log);
  ~Service() override;

  std::unique_ptr<Worker> worker() override;
  /// No tenant of that name: null. "" is the default one.
  [[nodiscard]] Tenant* tenant(std::string_view name);
  [[nodiscard]] bool ready() const;
  /// Says "not ready" from now on.
  void drain() noexcept { draining_.store(true); }
  /// Ends the threads behind the scenes.
  void stop();

  /// Begins to send spans and metrics, once every worker is made: they measure all of them.
  void start_export();
  /// The answer to an administrator's request, or to one for metrics, profiles or snapshots. Slow.
  /// Whoever is not `trusted` gets no raw text of anybody's row.
  [[nodiscard]] Response administer(const std::string& method, const std::string& path,
                                    const std::string& query, const std::string& body,
                                    const std::string& tenant, bool trusted);
  /// "Bearer <token>", compared in a time that tells nothing.
  [[nodiscard]] bool authorized(std::string_view authorization) const noexcept;

  [[nodiscard]] const Options& options() const noexcept { return options_; }
  [[nodiscard]] Log& log() noexcept { return log_; }
  [[nodiscard]] Shadow& shadow() noexcept { return shadow_; }
  [[nodiscard]] Exporter& exporter() noexcept { return exporter_; }
  /// Where requests are answered that change something, or that only look.
  [[nodiscard]] Background& background(bool changes) noexcept {
    return changes ? changes_ : looks_;
  }
  [[nodiscard]] const std::map<std::string, std::unique_ptr<Tenant>, std::less<>>& tenants()
      const noexcept {
    return tenants_;
  }
  [[nodiscard]] const std::vector<std::unique_ptr<Counters>>& counters() const noexcept {
    return counters_;
  }
  /// Null unless requests are gathered.
  [[nodiscard]] const Batching* batching() const noexcept { return batching_.get(); }
  [[nodiscard]] std::uint64_t reloads() const noexcept { return reloads_.load(); }

 private:
  struct Alarm {
    bool on = false;
    bool told = false;  // the audit log: the first time, not each time that it comes and goes
  };

  void start_tenant(Tenant& tenant);
  void watch();
  void look(Tenant& tenant);
  void judge(Tenant& tenant, Model& model, const char* role);
  void tell(Tenant& tenant, const std::string& digest, const std::string& what, Alarm& alarm);
  static Findings inspect(Model& model);
  static Response look_at(const Tenant& tenant, const std::string& path, const std::string& query,
                          bool trusted);
  Response change_policy(const std::string& verb, const std::string& query, const std::string& body,
                         Tenant& tenant);

  Options options_;
  Log& log_;
  Background changes_;
  Background looks_;
  Shadow shadow_;
  Exporter exporter_;
  std::map<std::string, std::unique_ptr<Tenant>, std::less<>> tenants_;
  std::vector<std::unique_ptr<Counters>> counters_;  // one a worker, made before any is asked
  std::unique_ptr<Batching> batching_;
  std::atomic<bool> draining_{false};
  std::atomic<std::uint64_t> reloads_{0};
  std::map<std::string, Alarm> alarms_;  // by model and feature; the watcher's
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stop_ = false;
  std::thread watcher_;
};

/// GET /v1/policy: which policies there are, and how they do.
[[nodiscard]] std::string describe(const Tenant& tenant);

}  // namespace server
