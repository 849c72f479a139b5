#include "zeroskew/detail/file.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
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

[[noreturn]] void cannot_write(const std::string& path, const std::string& temporary) {
  const std::string why = std::strerror(errno);
  std::error_code ignored;
  fs::remove(temporary, ignored);
  throw Error(ErrorKind::io, "io.write", path, "cannot be written: " + why);
}

int process_id() noexcept {
#if defined(_WIN32)
  return _getpid();
#else
  return static_cast<int>(getpid());
#endif
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
  const std::string temporary = path + ".tmp" + std::to_string(process_id());
  errno = 0;
  std::FILE* file = std::fopen(temporary.c_str(), "wb");
  if (file == nullptr) cannot_write(path, temporary);
  const bool written =
      std::fwrite(content.data(), 1, content.size(), file) == content.size() && flush_to_disk(file);
  if ((std::fclose(file) != 0) || !written) cannot_write(path, temporary);
  if (std::rename(temporary.c_str(), path.c_str()) != 0) cannot_write(path, temporary);
}

}  // namespace zeroskew::detail
