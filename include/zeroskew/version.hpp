#pragma once
/// The version of the library, and of the formats that it writes.

namespace zeroskew {

inline constexpr int version_major = 0;
inline constexpr int version_minor = 1;
inline constexpr int version_patch = 0;
inline constexpr const char* version = "0.1.0";

}  // namespace zeroskew
