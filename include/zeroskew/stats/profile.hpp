#pragma once
/// The profile of a data set: one ColumnProfile a column. A pure function of the multiset of rows.

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "zeroskew/column/batch.hpp"
#include "zeroskew/detail/value_ptr.hpp"
#include "zeroskew/stats/column_profile.hpp"
#include "zeroskew/stats/pair_stats.hpp"
#include "zeroskew/stats/slicing.hpp"
#include "zeroskew/stats/weighted_stats.hpp"

namespace zeroskew {

struct ProfileOptions {
  std::vector<std::string> columns = {};  ///< profile these only; empty: all
  unsigned threads = 0;                   ///< 0: as many as the machine has cores
  bool keep_names = true;                 ///< false: no raw string stays in the profile
  /// A column's values are counted exactly up to so many different ones (at most
  /// ValueCounts::exact_limit), then sketched. Fewer take less memory and smaller files.
  std::size_t exact_values = ValueCounts::exact_limit;
  /// Rows count by this column too: finite numbers, not negative. It is not profiled itself unless
  /// `columns` names it.
  std::optional<std::string> weight = std::nullopt;
  /// Profile parts of the rows too.
  std::vector<Slicing> slices = {};
  std::size_t max_slices = 1000;
  /// Pairs of columns to look at together; `all_pairs`: of all the profiled ones.
  std::vector<std::pair<std::string, std::string>> pairs = {};
  bool all_pairs = false;
};

class Profile {
 public:
  Profile() = default;

  /// Adds the rows of a batch. Columns that the batch lacks count as missing in its rows.
  /// @throws Error column.type_changed, column.unknown (a column in `options` is not there),
  /// profile.request_changed (other weights, slices or pairs than before), stats.bad_weight,
  /// stats.bad_slicing, stats.slice_type, stats.slices_too_many; the profile is as it was then
  void update(const Batch& batch, const ProfileOptions& options = {});
  /// Adds the rows of another profile: commutative and associative to the byte.
  /// @throws Error column.type_changed, profile.request_changed
  Profile& operator+=(const Profile& other);

  [[nodiscard]] std::uint64_t rows() const noexcept { return rows_; }
  /// Names of the columns, in the order of the data (of the alphabet where pieces disagreed).
  [[nodiscard]] std::vector<std::string> columns() const;
  /// By name, or by path: "a.b" is field b of structure a, "a[]" are the items of list a.
  /// @throws Error profile.unknown_column with the nearest name
  [[nodiscard]] const ColumnProfile& column(std::string_view name) const;
  [[nodiscard]] const ColumnProfile* find(std::string_view name) const noexcept;

  /// A column's weighted statistics; null if rows have no weights.
  /// @throws Error profile.unknown_column
  [[nodiscard]] const WeightedStats* weighted(const std::string& column) const;
  /// The sum of all weights; nothing if rows have none.
  [[nodiscard]] std::optional<double> weighted_rows() const;

  /// Slices by name ("state_TX", "month_1_state_TX": columns sorted, each followed by its value),
  /// sorted; where two would have one name, each has its code added.
  [[nodiscard]] std::map<std::string, const Profile*> slices() const;

  /// Pairs that both columns were present in at least once, each sorted by name.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> pairs() const;
  /// What is known of a pair, in either order.
  /// @throws Error profile.unknown_pair if it was not asked for
  [[nodiscard]] PairStats pair(const std::string& a, const std::string& b) const;

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

  struct Extras;
  struct Request;
  struct Pending;
  [[nodiscard]] bool blank() const noexcept { return rows_ == 0 && columns_.empty() && !extras_; }
  void check_request(const Request& request) const;
  void prepare(const Batch& batch, const ProfileOptions& options, Pending& pending) const;
  void apply(const Batch& batch, const ProfileOptions& options,
             const std::vector<std::size_t>& chosen, Pending& pending, unsigned threads);
  void merge_extras(const Profile& other);
  void redact_slices();

  std::uint64_t rows_ = 0;
  std::vector<Named> columns_;
  detail::ValuePtr<Extras> extras_;  // only where weights, slices or pairs were asked for
};

/// What was asked for beside columns, in its one form: part of the state.
struct Profile::Request {
  std::optional<std::string> weight;
  std::vector<SlicingRule> slicings;
  std::vector<std::pair<std::string, std::string>> pairs;
  bool all_pairs = false;

  [[nodiscard]] bool operator==(const Request&) const = default;
};

struct Profile::Extras {
  struct Slice {
    std::vector<std::optional<std::string>> names;  // of the key's values, where they are kept
    Profile profile;

    [[nodiscard]] bool operator==(const Slice& other) const { return profile == other.profile; }
  };
  Request request;
  PositiveSum weight;  // of all rows
  std::map<std::string, WeightedStats> weighted;
  std::map<std::pair<std::string, std::string>, PairStats> pairs;
  std::map<SliceKey, Slice> slices;

  [[nodiscard]] bool operator==(const Extras&) const = default;
};

[[nodiscard]] inline Profile operator+(Profile a, const Profile& b) {
  return a += b;
}

/// Profiles a batch.
[[nodiscard]] Profile profile(const Batch& batch, const ProfileOptions& options = {});

}  // namespace zeroskew
