#include "zeroskew/detail/file.hpp"

#include <filesystem>
#include <thread>

#include "support/errors.hpp"
#include "zeroskew/detail/sha256.hpp"

namespace fs = std::filesystem;
using zeroskew::ErrorKind;
using zeroskew::detail::read_file;
using zeroskew::detail::sha256_hex;
using zeroskew::detail::write_file;
using zeroskew::test::check_error;

namespace {

// A directory of the test's own, gone with it.
class Folder {
 public:
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "zeroskew-file").string();
    for (int n = 0; !fs::create_directory(path_ = pattern + std::to_string(n)); ++n) {}
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }
  [[nodiscard]] std::size_t count() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(path_), {}));
  }

 private:
  fs::path path_;
};

}  // namespace

TEST_CASE("what is written is read, byte for byte") {
  const Folder folder;
  std::string all;
  for (int i = 0; i < 300'000; ++i) all.push_back(static_cast<char>(i * 31 / 7));
  for (const std::string& content : {std::string(), std::string("\r\n\0\x1a\n", 5), all}) {
    write_file(folder.file("a"), content);
    CHECK(read_file(folder.file("a")) == content);
    CHECK(folder.count() == 1);
  }
}

TEST_CASE("a read that cannot be names the file") {
  const Folder folder;
  const std::string missing = folder.file("missing");
  check_error([&] { (void)read_file(missing); }, "io.not_found", missing, ErrorKind::not_found);
  check_error([&] { (void)read_file(folder.file("")); }, "io.is_directory", folder.file(""),
              ErrorKind::io);
}

TEST_CASE("a write that fails leaves everything as it was") {
  const Folder folder;
  const std::string nowhere = folder.file("no/such/folder");
  check_error([&] { write_file(nowhere, "x"); }, "io.write", nowhere, ErrorKind::io);
  const std::string taken = folder.file("taken");
  fs::create_directories(taken + "/inside");
  check_error([&] { write_file(taken, "x"); }, "io.write", taken, ErrorKind::io);
  CHECK(fs::is_directory(taken + "/inside"));
  CHECK(folder.count() == 1);
}

TEST_CASE("writers of one file do not mix") {
  const Folder folder;
  const std::string path = folder.file("shared");
  std::vector<std::thread> writers;
  std::vector<int> failures(8);
  for (std::size_t w = 0; w < failures.size(); ++w) {
    writers.emplace_back([&, w] {
      for (int i = 0; i < 20; ++i) {
        try {
          write_file(path, std::string(50'000 + 1000 * w, static_cast<char>('a' + w)));
        } catch (const zeroskew::Error&) {
          ++failures[w];
        }
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  CHECK(failures == std::vector<int>(8));
  const std::string content = read_file(path);
  REQUIRE_FALSE(content.empty());
  const auto w = static_cast<std::size_t>(content[0] - 'a');
  CHECK(content == std::string(50'000 + 1000 * w, static_cast<char>('a' + w)));
  CHECK(folder.count() == 1);
}

// FIPS 180-4 examples (NIST, Cryptographic Standards and Guidelines).
TEST_CASE("SHA-256 meets the published vectors") {
  const auto digest = [](const std::string& text) {
    return sha256_hex(zeroskew::detail::as_bytes(text));
  };
  CHECK(digest("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(digest("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(digest(std::string(1'000'000, 'a')) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}
