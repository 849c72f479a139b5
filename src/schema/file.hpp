#pragma once
// Whole files, read and replaced.

#include <filesystem>
#include <string>
#include <string_view>

namespace zeroskew::detail {

// @throws Error io.not_found, io.read
std::string read_file(const std::filesystem::path& path);

// Writes beside the file, flushes to the disk, then renames: readers see the old content or the
// new one, never a part, and a failure leaves the old file. @throws Error io.write
void replace_file(const std::filesystem::path& path, std::string_view content);

}  // namespace zeroskew::detail
