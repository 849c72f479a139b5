#include "zeroskew/detail/file.hpp"

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <system_error>

#if defined(_WIN32)
#include <process.h>
#else
#include <fcntl.h>
#include <unistd.h>
#endif

#include "zeroskew/error.hpp"

namespace zeroskew::detail {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail_write(const std::string& path, int code = errno) {
  throw Error(ErrorKind::io, "io.write", path,
              "cannot be written: " + std::generic_category().message(code));
}

[[noreturn]] void cannot_write(const std::string& path, const std::string& temporary) {
  const int code = errno;
  std::error_code ignored;
  fs::remove(temporary, ignored);
  fail_write(path, code);
}

int process_id() noexcept {
#if defined(_WIN32)
  return _getpid();
#else
  return static_cast<int>(getpid());
#endif
}

// A file that nobody else writes: other threads may be saving to the same path.
std::FILE* open_beside(const std::string& path, std::string& temporary) {
  for (int n = 0;; ++n) {
    temporary = path + ".tmp" + std::to_string(process_id()) + "-" + std::to_string(n);
    errno = 0;
    if (std::FILE* file = std::fopen(temporary.c_str(), "wbx"); file != nullptr) return file;
    if (errno != EEXIST || n == 1000) fail_write(path);
  }
}

// What is renamed must be on the disk first, or a crash may leave an empty file.
bool flush_to_disk([[maybe_unused]] std::FILE* file) noexcept {
  if (std::fflush(file) != 0) return false;
#if defined(_WIN32)
  return true;
#else
  return fsync(fileno(file)) == 0;
#endif
}

}  // namespace

std::string read_file(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) {
    throw Error(ErrorKind::not_found, "io.not_found", path, "there is no such file");
  }
  if (fs::is_directory(status)) {
    throw Error(ErrorKind::io, "io.is_directory", path, "is a directory, not a file");
  }
  std::ifstream in(path, std::ios::binary);
  std::string content((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (!in.is_open() || in.bad()) {
    throw Error(ErrorKind::io, "io.read", path, "cannot be read");
  }
  return content;
}

void write_file(const std::string& path, std::string_view content) {
  std::string temporary;
  std::FILE* file = open_beside(path, temporary);
  const bool written =
      std::fwrite(content.data(), 1, content.size(), file) == content.size() && flush_to_disk(file);
  if ((std::fclose(file) != 0) || !written) cannot_write(path, temporary);
  if (std::rename(temporary.c_str(), path.c_str()) != 0) cannot_write(path, temporary);
}

}  // namespace zeroskew::detail
