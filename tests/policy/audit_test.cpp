#include "zeroskew/policy/audit.hpp"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

#if !defined(_WIN32)
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#endif

#include "support/catch.hpp"
#include "support/errors.hpp"
#include "zeroskew/detail/file.hpp"

using zeroskew::AuditEntry;
using zeroskew::AuditLog;
using zeroskew::test::error_of;

namespace {

const std::string first(64, 'a');
const std::string second(64, 'b');

struct Log {
  explicit Log(const char* name)
      : path((std::filesystem::temp_directory_path() / name).string()), log(path) {
    std::filesystem::remove(path);
  }
  ~Log() { std::filesystem::remove(path); }
  void write(const std::string& text) const {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
  }
  std::string path;
  AuditLog log;
};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    lines.push_back(text.substr(at, end - at + 1));
    at = end + 1;
  }
  return lines;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line;
  return text;
}

}  // namespace

TEST_CASE("the log tells what happened, and what is in force", "[policy][audit]") {
  Log scratch("zeroskew_audit_story.jsonl");
  AuditLog& log = scratch.log;
  CHECK(log.entries().empty());
  CHECK(log.current().empty());
  const AuditEntry one = log.append({"deploy", first, "ada", "a start", "2026-01-02T03:04:05Z"});
  CHECK(one.previous == std::string(64, '0'));
  CHECK(log.append({"gate", second}).previous == one.hash);
  CHECK(log.current() == first);
  log.append({"deploy", second});
  CHECK(log.current() == second);
  const AuditEntry back = log.rollback(first, "bob", "alarms");
  CHECK(back.action == "rollback");
  CHECK(back.number == 4);
  CHECK(log.current() == first);
  CHECK(log.entries().size() == 4);
  CHECK(log.entries().front() == one);
  CHECK_FALSE(log.fault());
  CHECK(error_of([&] { log.rollback(std::string(64, 'c')); }).id() == "policy.audit_unknown");
  CHECK(error_of([&] { log.append({"De Ploy", first}); }).id() == "policy.audit_entry");
  CHECK(error_of([&] { log.append({"deploy", "abc"}); }).id() == "policy.audit_entry");
  CHECK(error_of([&] { log.append({"deploy", first, "\xff"}); }).id() == "json.not_canonical");
  CHECK(log.entries().size() == 4);
  CHECK(error_of([] { AuditLog("/nonexistent/log").append({"deploy", first}); }).id() ==
        "io.write");
}

TEST_CASE("whatever is done to the past is found where it was done", "[policy][audit]") {
  Log scratch("zeroskew_audit_tamper.jsonl");
  for (int i = 0; i < 5; ++i) {
    scratch.log.append({"deploy", i % 2 == 0 ? first : second, "ada", std::to_string(i)});
  }
  const std::string good = zeroskew::detail::read_file(scratch.path);
  const auto line_of_fault = [&](const std::string& text) {
    scratch.write(text);
    const auto fault = scratch.log.fault();
    // A broken log takes no more entries, and nothing in it is lost.
    CHECK(error_of([&] { scratch.log.append({"deploy", first}); }).id() == "policy.audit");
    CHECK(zeroskew::detail::read_file(scratch.path) == text);
    return fault ? fault->line : 0;
  };
  const auto lines = lines_of(good);
  REQUIRE(lines.size() == 5);
  // Any changed byte but the new lines.
  for (std::size_t line = 0; line < lines.size(); ++line) {
    for (std::size_t i = 0; i + 1 < lines[line].size(); i += 7) {
      auto changed = lines;
      changed[line][i] = static_cast<char>(changed[line][i] ^ 1);
      CHECK(line_of_fault(joined(changed)) == line + 1);
    }
  }
  auto removed = lines;
  removed.erase(removed.begin() + 2);
  CHECK(line_of_fault(joined(removed)) == 3);
  auto swapped = lines;
  std::swap(swapped[1], swapped[2]);
  CHECK(line_of_fault(joined(swapped)) == 2);
  auto repeated = lines;
  repeated.insert(repeated.begin() + 4, repeated[3]);
  CHECK(line_of_fault(joined(repeated)) == 5);
  auto headless = lines;
  headless.erase(headless.begin());
  CHECK(line_of_fault(joined(headless)) == 1);
  CHECK(error_of([&] { (void)scratch.log.entries(); }).where() == scratch.path + ", line 1");
}

TEST_CASE("an entry that was never finished is cut off, and that is noted", "[policy][audit]") {
  Log scratch("zeroskew_audit_torn.jsonl");
  scratch.log.append({"deploy", first, "ada", "", "2026-01-02T03:04:05Z"});
  const std::string one = zeroskew::detail::read_file(scratch.path);
  scratch.log.append({"deploy", second, "ada", "", "2026-01-02T03:04:05Z"});
  const std::string two = zeroskew::detail::read_file(scratch.path);
  for (std::size_t size = one.size() + 1; size < two.size(); size += 11) {
    scratch.write(two.substr(0, size));
    CHECK(scratch.log.entries().size() == 1);
    CHECK(scratch.log.append({"rollback", first}).number == 3);
    const auto entries = scratch.log.entries();
    REQUIRE(entries.size() == 3);
    CHECK(entries[1].action == "recovered");
  }
}

TEST_CASE("threads that append at the same time do not get between each other", "[policy][audit]") {
  Log scratch("zeroskew_audit_threads.jsonl");
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      AuditLog own(scratch.path);
      for (int i = 0; i < 10; ++i) own.append({"gate", first, std::to_string(t)});
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(scratch.log.entries().size() == 40);
}

#if !defined(_WIN32)
TEST_CASE("a full disk leaves the log as it was", "[policy][audit]") {
  Log scratch("zeroskew_audit_full.jsonl");
  scratch.log.append({"deploy", first});
  const std::string before = zeroskew::detail::read_file(scratch.path);
  const pid_t child = fork();
  if (child == 0) {
    // As on a disk with room for half an entry.
    signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{before.size() + 100, before.size() + 100};
    setrlimit(RLIMIT_FSIZE, &limit);
    _exit(error_of([&] { scratch.log.append({"deploy", second}); }).id() == "io.write" ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
  CHECK(zeroskew::detail::read_file(scratch.path) == before);
  CHECK(error_of([] { AuditLog("/dev/null").append({"deploy", first}); }).id() == "io.write");
}

TEST_CASE("processes that append at the same time, some of them killed", "[policy][audit]") {
  Log scratch("zeroskew_audit_processes.jsonl");
  std::vector<pid_t> children;
  for (int c = 0; c < 4; ++c) {
    const pid_t child = fork();
    if (child == 0) {
      AuditLog own(scratch.path);
      for (int i = 0; c < 2 || i < 15; ++i) own.append({"gate", first, std::to_string(c)});
      _exit(0);
    }
    children.push_back(child);
  }
  usleep(30000);
  kill(children[0], SIGKILL);
  usleep(10000);
  kill(children[1], SIGKILL);
  for (const pid_t child : children) waitpid(child, nullptr, 0);
  std::size_t steady = 0;
  for (const AuditEntry& entry : scratch.log.entries()) {
    if (entry.who == "2" || entry.who == "3") ++steady;
  }
  CHECK(steady >= 30);  // a "recovered" entry bears the name of who found the end torn
  CHECK_FALSE(scratch.log.fault());
}
#endif
