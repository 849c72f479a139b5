#pragma once
/// The profile of a data set: one ColumnProfile a column. A pure function of the multiset of rows.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "zeroskew/column/batch.hpp"
#include "zeroskew/stats/column_profile.hpp"

namespace zeroskew {

struct ProfileOptions {
  std::vector<std::string> columns;  ///< profile these only; empty: all
  unsigned threads = 0;              ///< 0: as many as the machine has cores
  bool keep_names = true;            ///< false: no raw string stays in the profile
};

class Profile {
 public:
  Profile() = default;

  /// Adds the rows of a batch. Columns that the batch lacks count as missing in its rows.
  /// @throws Error column.type_changed, column.unknown (a column in `options` is not there); the
  /// profile is as it was then
  void update(const Batch& batch, const ProfileOptions& options = {});
  /// Adds the rows of another profile: commutative and associative to the byte.
  /// @throws Error column.type_changed
  Profile& operator+=(const Profile& other);

  [[nodiscard]] std::uint64_t rows() const noexcept { return rows_; }
  /// Names of the columns, in the order of the data (of the alphabet where pieces disagreed).
  [[nodiscard]] std::vector<std::string> columns() const;
  /// By name, or by path: "a.b" is field b of structure a, "a[]" are the items of list a.
  /// @throws Error profile.unknown_column with the nearest name
  [[nodiscard]] const ColumnProfile& column(std::string_view name) const;
  [[nodiscard]] const ColumnProfile* find(std::string_view name) const noexcept;

  /// SHA-256 of the canonical state, 64 hex digits. Names of strings and the order of columns are
  /// no part of it, so that a redacted profile keeps its digest.
  [[nodiscard]] std::string digest() const;
  /// Canonical bytes (CBOR, sorted, versioned).
  [[nodiscard]] std::vector<std::uint8_t> to_bytes() const;
  /// @throws Error profile.malformed, profile.version
  [[nodiscard]] static Profile from_bytes(std::span<const std::uint8_t> bytes);
  /// @throws Error io.*; a failed save leaves the old file
  void save(const std::string& path) const;
  [[nodiscard]] static Profile load(const std::string& path);

  /// Forgets every string; nothing that is counted changes.
  void redact() noexcept;

  [[nodiscard]] bool operator==(const Profile& other) const;

 private:
  friend struct ProfileState;
  struct Named {
    std::string name;
    ColumnProfile profile;
  };
  [[nodiscard]] Named* find_named(std::string_view name) noexcept;
  [[nodiscard]] std::vector<const Named*> by_name() const;

  std::uint64_t rows_ = 0;
  std::vector<Named> columns_;
};

[[nodiscard]] inline Profile operator+(Profile a, const Profile& b) {
  return a += b;
}

/// Profiles a batch.
[[nodiscard]] Profile profile(const Batch& batch, const ProfileOptions& options = {});

}  // namespace zeroskew
