#pragma once
/// Whole files in and out; a failed write leaves the old file.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace zeroskew::detail {

/// @throws Error io.not_found, io.is_directory, io.read
[[nodiscard]] std::string read_file(const std::string& path);

/// Writes beside the target, flushes to the disk, then renames over it.
/// @throws Error io.write
void write_file(const std::string& path, std::string_view content);

[[nodiscard]] inline std::string_view as_text(std::span<const std::uint8_t> bytes) noexcept {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
[[nodiscard]] inline std::span<const std::uint8_t> as_bytes(std::string_view text) noexcept {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

}  // namespace zeroskew::detail
