#include "tenant.hpp"

#include <filesystem>
#include <utility>

#include <zeroskew/error.hpp>

namespace server {

using zeroskew::Policy;
using zeroskew::PolicyStore;

Tenant::Tenant(std::string name, std::optional<PolicyStore> store)
    : name_(std::move(name)),
      store_(std::move(store)),
      deployment_(std::make_shared<const Deployment>()) {}

std::shared_ptr<const Deployment> Tenant::deployment() const {
  const std::lock_guard lock(mutex_);
  return deployment_;
}

void Tenant::set(Deployment next) {
  const std::lock_guard lock(mutex_);
  next.generation = deployment_->generation + 1;
  const std::uint64_t generation = next.generation;
  deployment_ = std::make_shared<const Deployment>(std::move(next));
  generation_.store(generation, std::memory_order_release);
}

void Tenant::note(const char* action, const std::string& digest, const std::string& who,
                  const std::string& why) {
  if (store_) store_->log().append({action, digest, who, why, ""});
}

// The model that served becomes the last good one. A canary that now serves is no canary any more.
void Tenant::serve(std::shared_ptr<Model> model) {
  Deployment next = *deployment();
  if (next.stable && next.stable->digest() != model->digest()) next.previous = next.stable;
  if (next.canary && next.canary->digest() == model->digest()) next.canary = nullptr;
  if (next.shadow && next.shadow->digest() == model->digest()) next.shadow = nullptr;
  next.stable = std::move(model);
  set(std::move(next));
}

void Tenant::deploy(Policy policy, const std::string& who, const std::string& note_given) {
  auto model = std::make_shared<Model>(std::move(policy));
  const std::lock_guard lock(changing_);
  if (store_) store_->deploy(model->policy, who, note_given);
  serve(std::move(model));
}

void Tenant::set_canary(Policy policy, double weight, const std::string& who,
                        const std::string& why) {
  if (!(weight >= 0.0 && weight <= 1.0)) {
    zeroskew::fail_value("server.weight", "weight", "is a share, from 0 to 1");
  }
  auto model = std::make_shared<Model>(std::move(policy));
  const std::lock_guard lock(changing_);
  if (store_) store_->keep(model->policy);
  note("canary", model->digest(), who, why);
  Deployment next = *deployment();
  next.canary = std::move(model);
  next.weight = weight;
  set(std::move(next));
}

void Tenant::set_shadow(Policy policy, const std::string& who, const std::string& why) {
  auto model = std::make_shared<Model>(std::move(policy));
  const std::lock_guard lock(changing_);
  if (store_) store_->keep(model->policy);
  note("shadow", model->digest(), who, why);
  Deployment next = *deployment();
  next.shadow = std::move(model);
  set(std::move(next));
}

void Tenant::promote(const std::string& who, const std::string& why) {
  const std::lock_guard lock(changing_);
  const std::shared_ptr<Model> canary = deployment()->canary;
  if (!canary) zeroskew::fail_key("server.no_canary", name_, "there is no canary to promote");
  if (store_) store_->deploy(canary->policy, who, why.empty() ? "canary promoted" : why);
  serve(canary);
}

void Tenant::clear(const std::string& who, const std::string& why) {
  const std::lock_guard lock(changing_);
  Deployment next = *deployment();
  for (const auto& model : {next.canary, next.shadow}) {
    if (model) note("withdraw", model->digest(), who, why);
  }
  next.canary = nullptr;
  next.shadow = nullptr;
  next.weight = 0.0;
  set(std::move(next));
}

void Tenant::rollback(const std::string& digest, const std::string& who, const std::string& why) {
  const std::lock_guard lock(changing_);
  const auto now = deployment();
  if (store_) {
    const std::string to = digest.empty() ? store_->previous() : digest;
    if (to.empty()) {
      zeroskew::fail_key("policy.audit_unknown", name_,
                         "no other policy was deployed before this one");
    }
    auto model = std::make_shared<Model>(store_->load(to));
    store_->rollback(to, who, why);
    return serve(std::move(model));
  }
  // Without a store only the one before is still there.
  if (!now->previous || (!digest.empty() && now->previous->digest() != digest)) {
    zeroskew::fail_key("policy.audit_unknown", digest,
                       "was not deployed before this one, or was so before this server started");
  }
  serve(std::make_shared<Model>(now->previous->policy));
}

void Tenant::alarm(const std::string& digest, const std::string& why) {
  note("alarm", digest, "zeroskew-server", why);
}

bool Tenant::follow() {
  if (!store_) return false;
  std::error_code code;
  const std::uint64_t size = std::filesystem::file_size(store_->log().path(), code);
  if (code || size == log_size_) return false;
  const std::lock_guard lock(changing_);
  const std::string digest = store_->current();
  const auto now = deployment();
  bool changed = false;
  if (!digest.empty() && (!now->stable || now->stable->digest() != digest)) {
    serve(std::make_shared<Model>(store_->load(digest)));
    if (const std::string before = store_->previous(); !deployment()->previous && !before.empty()) {
      Deployment next = *deployment();
      next.previous = std::make_shared<Model>(store_->load(before));
      set(std::move(next));
    }
    changed = true;
  }
  log_size_ = size;
  return changed;
}

}  // namespace server
