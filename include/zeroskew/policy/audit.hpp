#pragma once
/// What happened to a policy, in a file that only grows: each entry carries the hash of the one
/// before, so that a change to the past is found, and found where it is.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace zeroskew {

struct AuditEntry {
  std::uint64_t number = 0;  ///< 1, 2, ...: the order, whatever the clock says
  std::string when;          ///< RFC 3339
  std::string who;
  std::string action;    ///< "save", "gate", "deploy", "rollback", ... : a word
  std::string policy;    ///< digest
  std::string note;      ///< why
  std::string previous;  ///< hash of the entry before; 64 zeros for the first
  std::string hash;      ///< SHA-256 of the entry's canonical JSON without `hash`

  [[nodiscard]] bool operator==(const AuditEntry&) const = default;
};

/// Where the chain breaks, and how.
struct AuditFault {
  std::uint64_t line = 0;
  std::string message;

  [[nodiscard]] bool operator==(const AuditFault&) const = default;
};

/// A file of JSON lines. Processes and threads may append to one file at the same time: a lock lets
/// one at a time. Cutting whole entries off the end leaves a whole chain; who fears that keeps the
/// last hash elsewhere.
class AuditLog {
 public:
  /// A file that is not there is an empty log.
  explicit AuditLog(std::string path) : path_(std::move(path)) {}

  /// What is to be noted; `when` is the system's clock if empty.
  struct Note {
    std::string action;
    std::string policy;
    std::string who = {};
    std::string note = {};
    std::string when = {};
  };

  /// Checks the chain, adds an entry and waits until it is on the disk. If a process died while it
  /// appended, what is left of its entry is cut off, and an entry "recovered" says so. A failed
  /// append leaves the log as it was.
  /// @throws Error policy.audit if the chain is broken, policy.audit_entry for an action that is no
  /// word or a digest that is none, io.*
  AuditEntry append(const Note& note);
  /// Appends "rollback" to a policy that was deployed before.
  /// @throws Error policy.audit_unknown if it never was, and as `append`
  AuditEntry rollback(std::string policy, std::string who = {}, std::string note = {});

  /// All entries. @throws Error policy.audit with the line, io.*
  [[nodiscard]] std::vector<AuditEntry> entries() const;
  /// The first fault; none if the chain is whole. @throws Error io.*
  [[nodiscard]] std::optional<AuditFault> fault() const;
  /// The digest that the last "deploy" or "rollback" names; "" if there is none.
  [[nodiscard]] std::string current() const;

  [[nodiscard]] const std::string& path() const noexcept { return path_; }

 private:
  std::string path_;
};

}  // namespace zeroskew
