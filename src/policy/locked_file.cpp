#include "policy/locked_file.hpp"

#include <cerrno>
#include <system_error>

#if !defined(_WIN32)
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

#include "zeroskew/error.hpp"

namespace zeroskew::detail {

#if defined(_WIN32)

LockedFile::LockedFile(const std::string& path) {
  throw Error(ErrorKind::io, "io.write", path, "audit logs need a POSIX system");
}
LockedFile::~LockedFile() = default;
std::string LockedFile::read() const {
  return {};
}
void LockedFile::truncate(std::size_t) {}
void LockedFile::append(std::string_view) {}

#else

namespace {

[[noreturn]] void fail_io(const char* id, const std::string& path, int code) {
  const bool reading = std::string_view(id) == "io.read";
  throw Error(ErrorKind::io, id, path,
              std::string(reading ? "cannot be read: " : "cannot be written: ") +
                  std::generic_category().message(code));
}

}  // namespace

LockedFile::LockedFile(const std::string& path)
    : path_(path), file_(open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644)) {
  if (file_ < 0) fail_io("io.write", path_, errno);
  int code = 0;
  struct stat status{};
  // A device or a pipe has no past to read.
  if (fstat(file_, &status) != 0) code = errno;
  if (code == 0 && !S_ISREG(status.st_mode)) code = EINVAL;
  while (code == 0 && flock(file_, LOCK_EX) != 0) {
    if (errno != EINTR) code = errno;
  }
  if (code == 0) return;
  close(file_);
  fail_io("io.write", path_, code);
}

LockedFile::~LockedFile() {
  close(file_);
}

std::string LockedFile::read() const {
  std::string text;
  char buffer[1 << 14];
  for (;;) {
    const ssize_t n = pread(file_, buffer, sizeof buffer, static_cast<off_t>(text.size()));
    if (n == 0) return text;
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) fail_io("io.read", path_, errno);
    text.append(buffer, static_cast<std::size_t>(n));
  }
}

void LockedFile::truncate(std::size_t size) {
  if (ftruncate(file_, static_cast<off_t>(size)) != 0) fail_io("io.write", path_, errno);
}

void LockedFile::append(std::string_view text) {
  const off_t size = lseek(file_, 0, SEEK_END);
  std::size_t done = 0;
  int code = 0;
  while (done < text.size() && code == 0) {
    const ssize_t n = write(file_, text.data() + done, text.size() - done);
    if (n >= 0) {
      done += static_cast<std::size_t>(n);
    } else if (errno != EINTR) {
      code = errno;
    }
  }
  if (code == 0 && fsync(file_) != 0) code = errno;
  if (code == 0) return;
  // As it was: half an entry is no entry. The first failure is the one to tell of.
  if (size >= 0 && ftruncate(file_, size) != 0) errno = 0;
  fail_io("io.write", path_, code);
}

#endif

}  // namespace zeroskew::detail
