#include "zeroskew/policy/store.hpp"

#include <filesystem>
#include <system_error>
#include <vector>

#include "zeroskew/error.hpp"

namespace zeroskew {
namespace {

bool is_digest(const std::string& text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

}  // namespace

void PolicyStore::keep(const Policy& policy) const {
  std::error_code code;
  std::filesystem::create_directories(folder_, code);
  if (code) {
    throw Error(ErrorKind::io, "io.write", folder_, "cannot be made: " + code.message());
  }
  policy.save(path(policy.digest()));
}

AuditEntry PolicyStore::deploy(const Policy& policy, std::string who, std::string note) {
  keep(policy);
  return log_.append({"deploy", policy.digest(), std::move(who), std::move(note), ""});
}

AuditEntry PolicyStore::rollback(std::string digest, std::string who, std::string note) {
  if (digest.empty()) {
    digest = previous();
    if (digest.empty()) {
      fail_key("policy.audit_unknown", folder_, "no other policy was deployed before this one");
    }
  }
  (void)load(digest);
  return log_.rollback(std::move(digest), std::move(who), std::move(note));
}

Policy PolicyStore::load(const std::string& digest) const {
  // A digest comes from outside; nothing but a digest becomes part of a path.
  if (!is_digest(digest)) {
    fail_value("policy.digest", digest, "is no digest: 64 hex digits are");
  }
  Policy policy = Policy::load(path(digest), options_);
  if (policy.digest() != digest) {
    fail_value("policy.digest", path(digest), "holds the policy " + policy.digest());
  }
  return policy;
}

std::string PolicyStore::previous() const {
  // A rollback goes back in history: what came after the policy that it names is undone.
  std::vector<std::string> served;
  for (const AuditEntry& entry : log_.entries()) {
    if (entry.action == "rollback") {
      while (!served.empty() && served.back() != entry.policy) served.pop_back();
      if (served.empty()) served.push_back(entry.policy);
    } else if (entry.action == "deploy" && (served.empty() || served.back() != entry.policy)) {
      served.push_back(entry.policy);
    }
  }
  if (served.size() < 2) return "";
  return served[served.size() - 2];
}

}  // namespace zeroskew
