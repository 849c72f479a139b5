#include "zeroskew/policy/audit.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string_view>

#include "detail/canonical_json.hpp"
#include "policy/json.hpp"
#include "policy/locked_file.hpp"
#include "zeroskew/detail/file.hpp"
#include "zeroskew/detail/sha256.hpp"

namespace zeroskew {
namespace {

using Json = nlohmann::json;

struct Chain {
  std::vector<AuditEntry> entries;
  std::size_t whole = 0;  // bytes of the file up to the last entry that is complete
  std::optional<AuditFault> fault;
};

Json entry_to_json(const AuditEntry& entry) {
  return {{"number", std::to_string(entry.number)},
          {"when", entry.when},
          {"who", entry.who},
          {"action", entry.action},
          {"policy", entry.policy},
          {"note", entry.note},
          {"previous", entry.previous}};
}

std::string hash_of(const AuditEntry& entry) {
  return detail::sha256_hex(detail::as_bytes(detail::canonical_json(entry_to_json(entry))));
}

std::string line_of(const AuditEntry& entry) {
  Json value = entry_to_json(entry);
  value["hash"] = entry.hash;
  return detail::canonical_json(value) + "\n";
}

AuditEntry entry_of(std::string_view line) {
  const Json value = detail::parse_document(line);
  const auto text = [&](const char* name) { return detail::policy_json.text(value, name, ""); };
  AuditEntry entry{0,
                   text("when"),
                   text("who"),
                   text("action"),
                   text("policy"),
                   text("note"),
                   text("previous"),
                   text("hash")};
  const std::string number = text("number");
  std::from_chars(number.data(), number.data() + number.size(), entry.number);
  return entry;
}

const std::string& last_hash(const std::vector<AuditEntry>& entries) {
  static const std::string none(64, '0');
  return entries.empty() ? none : entries.back().hash;
}

// What is wrong with a line; an entry that is right is added.
std::string check_line(std::string_view line, std::vector<AuditEntry>& entries) {
  AuditEntry entry;
  try {
    entry = entry_of(line);
  } catch (const Error& error) {
    return "is no entry: " + std::string(error.message());
  }
  if (hash_of(entry) != entry.hash) return "was changed: its hash is another one";
  if (line_of(entry) != std::string(line) + "\n") return "was changed: it is not canonical";
  if (entry.previous != last_hash(entries)) {
    return "does not follow the entry before it: one was removed, added or replaced";
  }
  if (entry.number != entries.size() + 1) {
    return "has number " + std::to_string(entry.number) + ", not " +
           std::to_string(entries.size() + 1);
  }
  entries.push_back(std::move(entry));
  return "";
}

// Reads until the first fault. An end without a new line is what a process left that died.
Chain chain_of(std::string_view text) {
  Chain chain;
  while (chain.whole < text.size()) {
    const std::size_t end = text.find('\n', chain.whole);
    if (end == std::string_view::npos) return chain;
    std::string fault = check_line(text.substr(chain.whole, end - chain.whole), chain.entries);
    if (!fault.empty()) {
      chain.fault = AuditFault{chain.entries.size() + 1, std::move(fault)};
      return chain;
    }
    chain.whole = end + 1;
  }
  return chain;
}

[[noreturn]] void fail_chain(const std::string& path, const AuditFault& fault) {
  fail_value("policy.audit", path + ", line " + std::to_string(fault.line), fault.message);
}

bool is_digest(const std::string& text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

void check_note(const AuditLog::Note& note) {
  if (note.action.empty() ||
      note.action.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") != std::string::npos) {
    fail_value("policy.audit_entry", note.action, "an action is a word of small letters");
  }
  if (!is_digest(note.policy)) {
    fail_value("policy.audit_entry", note.policy, "is no digest: 64 hex digits are");
  }
}

std::string now() {
  const std::time_t seconds =
      std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm parts{};
#if defined(_WIN32)
  gmtime_s(&parts, &seconds);
#else
  gmtime_r(&seconds, &parts);
#endif
  char buffer[32];
  return std::string(buffer, std::strftime(buffer, sizeof buffer, "%Y-%m-%dT%H:%M:%SZ", &parts));
}

AuditEntry next_entry(const std::vector<AuditEntry>& entries, const AuditLog::Note& note) {
  AuditEntry entry{entries.size() + 1, note.when.empty() ? now() : note.when,
                   note.who,           note.action,
                   note.policy,        note.note,
                   last_hash(entries), ""};
  entry.hash = hash_of(entry);
  return entry;
}

bool deploys(const AuditEntry& entry) {
  return entry.action == "deploy" || entry.action == "rollback";
}

Chain read_chain(const std::string& path) {
  if (!std::filesystem::exists(path)) return {};
  return chain_of(detail::read_file(path));
}

}  // namespace

AuditEntry AuditLog::append(const Note& note) {
  check_note(note);
  detail::LockedFile file(path_);
  const std::string text = file.read();
  Chain chain = chain_of(text);
  if (chain.fault) fail_chain(path_, *chain.fault);
  std::string lines;
  if (chain.whole < text.size()) {
    const std::string cut = std::to_string(text.size() - chain.whole);
    file.truncate(chain.whole);
    chain.entries.push_back(next_entry(
        chain.entries, {"recovered", note.policy, note.who,
                        "cut off " + cut + " bytes of an entry that was never finished", ""}));
    lines = line_of(chain.entries.back());
  }
  AuditEntry entry = next_entry(chain.entries, note);
  file.append(lines + line_of(entry));
  return entry;
}

AuditEntry AuditLog::rollback(std::string policy, std::string who, std::string note) {
  const std::vector<AuditEntry> all = entries();
  if (std::none_of(all.begin(), all.end(), [&](const AuditEntry& entry) {
        return deploys(entry) && entry.policy == policy;
      })) {
    fail_key("policy.audit_unknown", policy, "was never deployed, so there is no way back to it");
  }
  return append({"rollback", std::move(policy), std::move(who), std::move(note), ""});
}

std::vector<AuditEntry> AuditLog::entries() const {
  Chain chain = read_chain(path_);
  if (chain.fault) fail_chain(path_, *chain.fault);
  return std::move(chain.entries);
}

std::optional<AuditFault> AuditLog::fault() const {
  return read_chain(path_).fault;
}

std::string AuditLog::current() const {
  const std::vector<AuditEntry> all = entries();
  const auto last = std::find_if(all.rbegin(), all.rend(), deploys);
  return last == all.rend() ? "" : last->policy;
}

}  // namespace zeroskew
