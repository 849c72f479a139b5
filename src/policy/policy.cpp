#include "zeroskew/policy/policy.hpp"

#include <nlohmann/json.hpp>
#include <utility>

#include "detail/canonical_json.hpp"
#include "policy/base64.hpp"
#include "policy/budgets.hpp"
#include "policy/document.hpp"
#include "policy/json.hpp"
#include "zeroskew/detail/file.hpp"
#include "zeroskew/detail/sha256.hpp"
#include "zeroskew/policy/budget.hpp"
#include "zeroskew/policy/signature.hpp"

namespace zeroskew {
namespace {

using Json = nlohmann::json;

std::string digest_of(std::string_view content) {
  return detail::sha256_hex(detail::as_bytes(content));
}

void check_parts(const PolicyParts& parts) {
  for (const DriftRule& rule : parts.rules) {
    detail::within("rules, " + rule.column, [&] { (void)options_of(rule); });
  }
  for (const Guard& guard : parts.guards) detail::within("guards", [&] { check_guard(guard); });
  detail::within("guards", [&] { detail::check_budgets(parts); });
  detail::within("fallback", [&] { check_fallback(parts.fallback); });
}

void check_golden(const FittedPipeline& pipeline, const GoldenRows& golden) {
  const std::vector<GoldenDifference> differences = replay(pipeline, golden);
  if (differences.empty()) return;
  const GoldenDifference& first = differences.front();
  std::string where = "golden, row " + std::to_string(first.row);
  if (!first.column.empty()) where += ", " + first.column;
  std::string message =
      "this machine makes " + first.found + " of it, and " + first.expected + " is written down";
  if (differences.size() > 1) {
    message += " (the first of " + std::to_string(differences.size()) + " differences)";
  }
  fail_value("policy.golden", where, message);
}

void check_signature(std::string_view public_key, const std::string& content,
                     const std::string& signature) {
  if (public_key.empty()) return;
  if (signature.empty()) {
    fail_value("policy.signature", "signature", "the policy is not signed, and a key is given");
  }
  if (!ed25519_verify(public_key, detail::as_bytes(content),
                      detail::from_base64(signature, "signature"))) {
    fail_value("policy.signature", "signature", "was not made by this key for this content");
  }
}

}  // namespace

PolicyParts::PolicyParts() = default;
PolicyParts::PolicyParts(const PolicyParts&) = default;
PolicyParts::PolicyParts(PolicyParts&&) noexcept = default;
PolicyParts& PolicyParts::operator=(const PolicyParts&) = default;
PolicyParts& PolicyParts::operator=(PolicyParts&&) noexcept = default;
PolicyParts::~PolicyParts() = default;

struct Policy::Contents {
  PolicyParts parts;
  GoldenRows golden;
  // As written or read: a later library may write the same parts otherwise, and the digest and the
  // signature are of these bytes.
  std::string text;
};

Policy::Policy() : Policy(PolicyParts{}) {}

Policy::Policy(PolicyParts parts, std::span<const Batch> sample, std::size_t golden_count) {
  check_parts(parts);
  GoldenRows golden = golden_rows(parts.pipeline, parts.baseline, sample, golden_count);
  check_golden(FittedPipeline::from_json(parts.pipeline.to_json()), golden);
  std::string text = detail::canonical_json(detail::content_to_json(parts, golden));
  *this = Policy(std::move(parts), std::move(golden), std::move(text), {});
}

Policy::Policy(PolicyParts parts, GoldenRows golden, std::string text, std::string signature)
    : digest_(digest_of(text)), signature_(std::move(signature)) {
  contents_ = std::make_shared<const Contents>(
      Contents{std::move(parts), std::move(golden), std::move(text)});
}

const Schema& Policy::schema() const noexcept {
  return contents_->parts.schema;
}
const FittedPipeline& Policy::pipeline() const noexcept {
  return contents_->parts.pipeline;
}
const Profile& Policy::baseline() const noexcept {
  return contents_->parts.baseline;
}
const std::vector<DriftRule>& Policy::rules() const noexcept {
  return contents_->parts.rules;
}
const std::vector<Guard>& Policy::guards() const noexcept {
  return contents_->parts.guards;
}
const FallbackRule& Policy::fallback() const noexcept {
  return contents_->parts.fallback;
}
const Provenance& Policy::provenance() const noexcept {
  return contents_->parts.provenance;
}
const GoldenRows& Policy::golden() const noexcept {
  return contents_->golden;
}

Plan Policy::plan() const {
  return Plan(pipeline());
}
Plan Policy::plan(std::vector<std::string> columns) const {
  return Plan(pipeline(), std::move(columns));
}
GuardedTable Policy::transform(std::span<const Batch> data, const TransformOptions& options) const {
  GuardedTable made = held(*this, data, options);
  made.budgets.enforce();
  return made;
}
Monitor Policy::monitor(const MonitorOptions& options) const {
  return Monitor(*this, options);
}

void Policy::sign(std::string_view private_key_pem) {
  signature_ = detail::base64(ed25519_sign(private_key_pem, detail::as_bytes(contents_->text)));
}

void Policy::verify(const PolicyLoadOptions& options) const {
  const Policy again = from_json(to_json(), options);
  if (again.digest() != digest_) {
    fail_value("policy.digest", "digest", "reads back as " + again.digest() + ", not " + digest_);
  }
}

std::string Policy::to_json() const {
  Json document = detail::parse_document(contents_->text);
  document["digest"] = digest_;
  if (!signature_.empty()) document["signature"] = signature_;
  return detail::canonical_json(document);
}

Policy Policy::from_json(std::string_view text, const PolicyLoadOptions& options) {
  // Editors end a file with a new line.
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  Json document = detail::parse_document(text);
  if (detail::policy_json.text(document, "format", "") != "zeroskew.policy") {
    detail::policy_json.fail("format", "this is no policy");
  }
  const Json& format = detail::policy_json.any(document, "version", "");
  if (!format.is_number_unsigned() || format.get<std::uint64_t>() == 0) {
    detail::policy_json.fail("version", detail::text_of(format) + " is no version");
  }
  if (format.get<std::uint64_t>() > static_cast<std::uint64_t>(detail::policy_version)) {
    fail_value("policy.version", "version",
               "is format " + detail::text_of(format) + "; this library (" + version +
                   ") reads 1 to " + std::to_string(detail::policy_version) + ": use a newer one");
  }
  const std::string digest = detail::policy_json.text(document, "digest", "");
  std::string signature;
  if (document.contains("signature"))
    signature = detail::policy_json.text(document, "signature", "");
  document.erase("digest");
  document.erase("signature");
  std::string content = detail::canonical_json(document);
  if (const std::string found = digest_of(content); found != digest) {
    fail_value("policy.digest", "digest",
               "the content's digest is " + found + ", and the file says " + digest +
                   ": it was changed or damaged after it was saved");
  }
  check_signature(options.public_key, content, signature);
  auto [parts, golden] = detail::content_from_json(document);
  check_parts(parts);
  check_golden(parts.pipeline, golden);
  return Policy(std::move(parts), std::move(golden), std::move(content), std::move(signature));
}

void Policy::save(const std::string& path) const {
  detail::write_file(path, to_json());
}

Policy Policy::load(const std::string& path, const PolicyLoadOptions& options) {
  const std::string text = detail::read_file(path);
  return detail::within(path, [&] { return from_json(text, options); });
}

}  // namespace zeroskew
