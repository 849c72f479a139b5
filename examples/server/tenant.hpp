#pragma once
/// One team's policies on this server: which one answers, which ones are tried, which one was
/// before.

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include <zeroskew/policy/store.hpp>
#include "model.hpp"

namespace server {

/// Never changes: a reload makes another one, and each request is answered from exactly one.
struct Deployment {
  std::shared_ptr<Model> stable;    // null: nothing serves yet
  std::shared_ptr<Model> canary;    // gets a share of the requests
  double weight = 0.0;              // that share
  std::shared_ptr<Model> shadow;    // gets them all, and answers none
  std::shared_ptr<Model> previous;  // the last good one
  std::uint64_t generation = 0;
};

/// Safe from any thread. Changes are written to the store's audit log first, where there is a
/// store.
class Tenant {
 public:
  Tenant(std::string name, std::optional<zeroskew::PolicyStore> store);

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] std::uint64_t generation() const noexcept {
    return generation_.load(std::memory_order_acquire);
  }
  [[nodiscard]] std::shared_ptr<const Deployment> deployment() const;

  /// All throw what loading and the store throw, and change nothing then.
  void deploy(zeroskew::Policy policy, const std::string& who, const std::string& note);
  /// @throws Error server.weight unless 0 <= weight <= 1
  void set_canary(zeroskew::Policy policy, double weight, const std::string& who,
                  const std::string& note);
  void set_shadow(zeroskew::Policy policy, const std::string& who, const std::string& note);
  /// The canary answers everything. @throws Error server.no_canary
  void promote(const std::string& who, const std::string& note);
  /// No canary and no shadow any more.
  void clear(const std::string& who, const std::string& note);
  /// To the one named, or else to the one before. @throws Error policy.audit_unknown
  void rollback(const std::string& digest, const std::string& who, const std::string& note);

  /// Tells the store's log that what a policy is given has drifted.
  void alarm(const std::string& digest, const std::string& why);

  /// What the store's log says serves now, if that is another policy than ours: another process
  /// deployed or rolled back. True if something changed.
  bool follow();

  [[nodiscard]] const std::optional<zeroskew::PolicyStore>& store() const noexcept {
    return store_;
  }

 private:
  void set(Deployment next);
  void note(const char* action, const std::string& digest, const std::string& who,
            const std::string& why);
  void serve(std::shared_ptr<Model> model);

  std::string name_;
  std::optional<zeroskew::PolicyStore> store_;
  std::mutex changing_;  // one change at a time
  mutable std::mutex mutex_;
  std::shared_ptr<const Deployment> deployment_;
  std::atomic<std::uint64_t> generation_{0};
  std::uint64_t log_size_ = 0;
};

}  // namespace server
