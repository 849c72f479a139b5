#pragma once
/// Where a team keeps its policies: a folder with every policy that was ever deployed, under its
/// digest, and the audit log that says which one serves.

#include <string>
#include <utility>

#include "zeroskew/policy/audit.hpp"
#include "zeroskew/policy/policy.hpp"

namespace zeroskew {

/// `<folder>/<digest>.json` and `<folder>/audit.jsonl`. Whoever looks finds either the policy
/// before or the one after: the file is whole on the disk before the log names it.
class PolicyStore {
 public:
  /// The folder is made when something is deployed.
  explicit PolicyStore(std::string folder, PolicyLoadOptions options = {})
      : folder_(std::move(folder)), options_(std::move(options)), log_(folder_ + "/audit.jsonl") {}

  /// Keeps the policy without serving it. @throws Error io.*
  void keep(const Policy& policy) const;
  /// Keeps the policy and says in the log that it serves from now on.
  /// @throws Error io.*, policy.audit
  AuditEntry deploy(const Policy& policy, std::string who = {}, std::string note = {});
  /// Back to a policy that was deployed before: the one named, or else the one that served before
  /// the current one. It is loaded, with every check, before the log says so.
  /// @throws Error policy.audit_unknown, io.*, policy.*
  AuditEntry rollback(std::string digest = {}, std::string who = {}, std::string note = {});

  /// @throws Error io.not_found, policy.*; policy.digest if the file holds another policy
  [[nodiscard]] Policy load(const std::string& digest) const;
  /// The digest of the one that serves; "" if none was deployed. @throws Error policy.audit, io.*
  [[nodiscard]] std::string current() const { return log_.current(); }
  /// The digest of the one that served before the current one, other than it; "" if there is none.
  [[nodiscard]] std::string previous() const;
  [[nodiscard]] AuditLog& log() noexcept { return log_; }
  [[nodiscard]] const AuditLog& log() const noexcept { return log_; }
  [[nodiscard]] std::string path(const std::string& digest) const {
    return folder_ + "/" + digest + ".json";
  }

 private:
  std::string folder_;
  PolicyLoadOptions options_;
  AuditLog log_;
};

}  // namespace zeroskew
