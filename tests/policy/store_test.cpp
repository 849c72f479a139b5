#include "zeroskew/policy/store.hpp"

#include <filesystem>

#include "policy/policies.hpp"
#include "support/catch.hpp"
#include "support/errors.hpp"

using policy_test::make;
using zeroskew::Policy;
using zeroskew::PolicyStore;
using zeroskew::test::check_error;
using zeroskew::test::error_of;

namespace {

struct Folder {
  std::string path = (std::filesystem::temp_directory_path() / "zeroskew-store-test").string();
  Folder() { std::filesystem::remove_all(path); }
  ~Folder() { std::filesystem::remove_all(path); }
};

}  // namespace

TEST_CASE("a store knows what serves and what served before", "[policy][store]") {
  const Folder folder;
  PolicyStore store(folder.path);
  CHECK(store.current().empty());
  CHECK(store.previous().empty());
  const Policy a = make(1);
  const Policy b = make(2);
  const Policy c = make(3);
  store.deploy(a, "ada");
  check_error([&] { store.rollback(); }, "policy.audit_unknown", folder.path);
  store.deploy(b);
  store.deploy(b);
  store.deploy(c);
  CHECK(store.current() == c.digest());
  CHECK(store.previous() == b.digest());
  CHECK(store.load(store.current()) == c);
  store.rollback();
  CHECK(store.current() == b.digest());
  CHECK(store.previous() == a.digest());
  store.rollback();
  CHECK(store.current() == a.digest());
  CHECK(store.previous().empty());
  store.rollback(c.digest(), "bob", "it was right after all");
  CHECK(store.current() == c.digest());
  CHECK(store.log().entries().size() == 7);
  CHECK_FALSE(store.log().fault());
}

TEST_CASE("a store refuses what is not what it says", "[policy][store]") {
  const Folder folder;
  PolicyStore store(folder.path);
  const Policy a = make(1);
  const Policy b = make(2);
  store.deploy(a);
  store.deploy(b);
  check_error([&] { (void)store.load("../policy"); }, "policy.digest", "../policy");
  CHECK(error_of([&] { (void)store.load(std::string(64, '0')); }).id() == "io.not_found");
  CHECK(error_of([&] { store.rollback(make(3).digest()); }).id() == "io.not_found");
  // Kept, but never deployed.
  const Policy c = make(3);
  store.keep(c);
  CHECK(error_of([&] { store.rollback(c.digest()); }).id() == "policy.audit_unknown");
  // A whole policy under another one's name, and a broken one: the log is not touched.
  std::filesystem::copy_file(store.path(b.digest()), store.path(a.digest()),
                             std::filesystem::copy_options::overwrite_existing);
  check_error([&] { store.rollback(); }, "policy.digest", store.path(a.digest()));
  zeroskew::detail::write_file(store.path(a.digest()), "{");
  CHECK(error_of([&] { store.rollback(); }).id() == "policy.malformed");
  CHECK(store.log().entries().size() == 2);
}

TEST_CASE("a store in a place that cannot be", "[policy][store]") {
  const Folder folder;
  zeroskew::detail::write_file(folder.path, "a file");
  PolicyStore store(folder.path);
  CHECK(error_of([&] { store.deploy(make(1)); }).id() == "io.write");
}
