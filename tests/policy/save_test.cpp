// Saving under bad conditions: the old file stays whole.
#include <filesystem>

#include "policy/policies.hpp"
#include "support/catch.hpp"
#include "zeroskew/error.hpp"

#if !defined(_WIN32)
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

namespace fs = std::filesystem;
using zeroskew::Policy;

namespace {

struct Folder {
  explicit Folder(const char* name) : path(fs::temp_directory_path() / name) {
    fs::remove_all(path);
    fs::create_directory(path);
  }
  ~Folder() { fs::remove_all(path); }
  [[nodiscard]] std::string file() const { return (path / "policy.json").string(); }
  fs::path path;
};

}  // namespace

TEST_CASE("a disk that is full leaves the old policy", "[policy][save]") {
  const Folder folder("zeroskew_policy_full");
  const Policy old = policy_test::make(3);
  const Policy next = policy_test::make(4);
  old.save(folder.file());
  const pid_t child = fork();
  if (child == 0) {
    // As on a disk with no room for more than a thousand bytes: writing fails in the middle.
    signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{1000, 1000};
    setrlimit(RLIMIT_FSIZE, &limit);
    int code = 1;
    try {
      next.save(folder.file());
    } catch (const zeroskew::Error& error) {
      code = error.id() == "io.write" ? 0 : 2;
    }
    _exit(code);
  }
  int status = 0;
  waitpid(child, &status, 0);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
  CHECK(Policy::load(folder.file()) == old);
  CHECK(std::distance(fs::directory_iterator(folder.path), fs::directory_iterator()) == 1);
}

TEST_CASE("kill -9 while saving leaves one whole policy", "[policy][save]") {
  const Folder folder("zeroskew_policy_kill");
  const Policy a = policy_test::make(3);
  const Policy b = policy_test::make(4);
  a.save(folder.file());
  for (int round = 0; round < 15; ++round) {
    const pid_t child = fork();
    if (child == 0) {
      for (;;) {
        b.save(folder.file());
        a.save(folder.file());
      }
    }
    usleep(static_cast<useconds_t>(3000 + 1700 * round));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    const Policy found = Policy::load(folder.file());
    CHECK((found == a || found == b));
  }
}
#endif
