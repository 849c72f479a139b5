#pragma once
/// The one artifact from the notebook to the server: a canonical JSON file that says what the data
/// look like, what is done to them, what they were like, and what is too much drift.

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "zeroskew/policy/fallback.hpp"
#include "zeroskew/policy/golden.hpp"
#include "zeroskew/policy/guard.hpp"
#include "zeroskew/policy/monitor.hpp"
#include "zeroskew/policy/provenance.hpp"
#include "zeroskew/policy/rule.hpp"
#include "zeroskew/schema/schema.hpp"
#include "zeroskew/stats/profile.hpp"
#include "zeroskew/transform/fitted_pipeline.hpp"
#include "zeroskew/transform/plan.hpp"

namespace zeroskew {

struct GuardedTable;  // policy/budget.hpp

/// What a policy is made of.
struct PolicyParts {
  PolicyParts();
  PolicyParts(const PolicyParts&);
  PolicyParts(PolicyParts&&) noexcept;
  PolicyParts& operator=(const PolicyParts&);
  PolicyParts& operator=(PolicyParts&&) noexcept;
  ~PolicyParts();

  Schema schema = {};
  FittedPipeline pipeline = {};
  Profile baseline = {};
  std::vector<DriftRule> rules = {};
  std::vector<Guard> guards = {};
  FallbackRule fallback = {};
  Provenance provenance = {};
};

struct PolicyLoadOptions {
  /// An Ed25519 public key as PEM: the policy must then be signed by its private key.
  std::string public_key = {};
};

/// A value that never changes: another policy is another object with another digest, and a copy
/// costs nothing.
class Policy {
 public:
  Policy();
  /// Picks golden rows and replays them with the pipeline as it will be read back.
  /// @throws Error policy.golden if saving the pipeline would change a bit; policy.guard, drift.*
  /// for rules that mean nothing
  /// `sample` is a table in pieces.
  explicit Policy(PolicyParts parts, std::span<const Batch> sample = {},
                  std::size_t golden_count = 32);

  [[nodiscard]] const Schema& schema() const noexcept;
  [[nodiscard]] const FittedPipeline& pipeline() const noexcept;
  [[nodiscard]] const Profile& baseline() const noexcept;
  [[nodiscard]] const std::vector<DriftRule>& rules() const noexcept;
  [[nodiscard]] const std::vector<Guard>& guards() const noexcept;
  [[nodiscard]] const FallbackRule& fallback() const noexcept;
  [[nodiscard]] const Provenance& provenance() const noexcept;
  [[nodiscard]] const GoldenRows& golden() const noexcept;

  /// SHA-256 of the canonical content without digest and signature, 64 hex digits.
  [[nodiscard]] const std::string& digest() const noexcept { return digest_; }
  /// An Ed25519 signature of the content that the digest is of, as base64; "" if not signed.
  [[nodiscard]] const std::string& signature() const noexcept { return signature_; }
  /// @throws Error policy.key
  void sign(std::string_view private_key_pem);

  /// The pipeline compiled for serving; with columns: see Plan.
  [[nodiscard]] Plan plan() const;
  [[nodiscard]] Plan plan(std::vector<std::string> columns) const;

  /// What the pipeline makes of a table in pieces, held to the drift budgets among the guards
  /// wherever augmenting steps act. @throws Error policy.drift_budget where one of action error is
  /// used up, and what `FittedPipeline::transform` throws
  [[nodiscard]] GuardedTable transform(std::span<const Batch> data,
                                       const TransformOptions& options = {}) const;

  /// Watches rows against the baseline; keeps what it needs of this policy.
  [[nodiscard]] Monitor monitor(const MonitorOptions& options = {}) const;

  /// Is everything as it was: does the text read back as this policy, to the bit, and is it signed
  /// by that key (if one is given)? @throws Error policy.*, as loading does
  void verify(const PolicyLoadOptions& options = {}) const;

  /// Canonical JSON (RFC 8785): equal policies have equal text.
  [[nodiscard]] std::string to_json() const;
  /// Checks everything before it returns: form, format version, digest, signature, every part, and
  /// the golden rows to the bit.
  /// @throws Error policy.malformed, policy.version, policy.digest, policy.signature,
  /// policy.baseline, policy.golden; schema.*, transform.*, profile.*, drift.*
  /// from the parts, with the part's name in front of the place
  [[nodiscard]] static Policy from_json(std::string_view text,
                                        const PolicyLoadOptions& options = {});
  /// @throws Error io.*; a failed save leaves the old file
  void save(const std::string& path) const;
  /// As from_json, with the path in front of the place. @throws Error io.*
  [[nodiscard]] static Policy load(const std::string& path, const PolicyLoadOptions& options = {});

  /// Digests are equal exactly when the contents are; signatures do not count.
  [[nodiscard]] bool operator==(const Policy& other) const noexcept {
    return digest_ == other.digest_;
  }

 private:
  struct Contents;
  Policy(PolicyParts parts, GoldenRows golden, std::string text, std::string signature);

  std::shared_ptr<const Contents> contents_;
  std::string digest_;
  std::string signature_;
};

}  // namespace zeroskew
