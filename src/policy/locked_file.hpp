#pragma once
/// A file that one process or thread at a time reads and appends to.

#include <cstddef>
#include <string>
#include <string_view>

namespace zeroskew::detail {

/// Holds the lock from construction to destruction; the system takes it back from a process that
/// dies.
class LockedFile {
 public:
  /// Makes the file if it is not there. @throws Error io.write
  explicit LockedFile(const std::string& path);
  ~LockedFile();
  LockedFile(const LockedFile&) = delete;
  LockedFile& operator=(const LockedFile&) = delete;

  /// @throws Error io.read
  [[nodiscard]] std::string read() const;
  /// Cuts the file to `size` bytes. @throws Error io.write
  void truncate(std::size_t size);
  /// Writes at the end and waits for the disk; a failure leaves the file as it was.
  /// @throws Error io.write
  void append(std::string_view text);

 private:
  std::string path_;
  int file_ = -1;
};

}  // namespace zeroskew::detail
