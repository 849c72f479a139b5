#include "schema/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>

#include "zeroskew/error.hpp"

namespace zeroskew::detail {
namespace {

[[noreturn]] void fail_write(const std::filesystem::path& path, int code) {
  throw Error(ErrorKind::io, "io.write", path.string(),
              "the file cannot be written: " + std::generic_category().message(code));
}

// A file that is closed, and removed unless it was renamed.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::filesystem::path& target) : target_(target) {
    constexpr mode_t kReadWrite = 0666;
    constexpr int kMostNames = 1000;
    for (int i = 0; descriptor_ < 0; ++i) {  // others may be saving the same file
      name_ = target.string() + ".tmp" + std::to_string(i);
      descriptor_ = ::open(name_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kReadWrite);
      if (descriptor_ < 0 && (errno != EEXIST || i == kMostNames)) {
        name_.clear();
        fail_write(target_, errno);
      }
    }
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!name_.empty()) ::unlink(name_.c_str());
  }

  void write(std::string_view content) {
    while (!content.empty()) {
      const ssize_t written = ::write(descriptor_, content.data(), content.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) fail_write(target_, errno);
      content.remove_prefix(static_cast<std::size_t>(written));
    }
    if (::fsync(descriptor_) != 0) fail_write(target_, errno);
    const int closed = ::close(descriptor_);
    descriptor_ = -1;
    if (closed != 0) fail_write(target_, errno);
  }

  void rename() {
    if (::rename(name_.c_str(), target_.string().c_str()) != 0) fail_write(target_, errno);
    name_.clear();
  }

 private:
  std::filesystem::path target_;
  std::string name_;
  int descriptor_ = -1;
};

}  // namespace

std::string read_file(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) {
    throw Error(ErrorKind::not_found, "io.not_found", path.string(), "there is no such file");
  }
  std::ifstream file(path, std::ios::binary);
  if (!file || std::filesystem::is_directory(path, error)) {
    throw Error(ErrorKind::io, "io.read", path.string(), "the file cannot be opened for reading");
  }
  std::string content{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (file.bad()) {
    throw Error(ErrorKind::io, "io.read", path.string(), "the file cannot be read");
  }
  return content;
}

void replace_file(const std::filesystem::path& path, std::string_view content) {
  TemporaryFile temporary(path);
  temporary.write(content);
  temporary.rename();
}

}  // namespace zeroskew::detail
