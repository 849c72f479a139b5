#pragma once
// The canonical form of every accumulator: written as deterministic CBOR, read from its tree.
// Readers throw Error profile.malformed with the path of what does not hold.

#include <nlohmann/json.hpp>
#include <string>

#include "detail/cbor.hpp"
#include "zeroskew/stats/column_profile.hpp"
#include "zeroskew/stats/profile.hpp"

namespace zeroskew {

[[noreturn]] void malformed_state(const std::string& where, std::string_view why);

// Members of a CBOR map with their type checked.
class StateReader {
 public:
  StateReader(const nlohmann::json& tree, std::string where);

  [[nodiscard]] bool has(const char* key) const { return tree_->contains(key); }
  [[nodiscard]] std::uint64_t number(const char* key) const;
  [[nodiscard]] std::int64_t signed_number(const char* key) const;
  [[nodiscard]] std::string text(const char* key) const;
  [[nodiscard]] const std::vector<std::uint8_t>& bytes(const char* key) const;
  [[nodiscard]] StateReader map(const char* key) const;
  // `count` numbers that `pack` packed.
  [[nodiscard]] std::vector<std::uint64_t> packed(const char* key, std::size_t count) const;
  [[nodiscard]] const nlohmann::json& tree() const noexcept { return *tree_; }
  [[nodiscard]] const std::string& where() const noexcept { return where_; }
  [[noreturn]] void fail(std::string_view why) const { malformed_state(where_, why); }
  void require(bool holds, std::string_view why) const {
    if (!holds) fail(why);
  }

 private:
  [[nodiscard]] const nlohmann::json& at(const char* key) const;

  const nlohmann::json* tree_;
  std::string where_;
};

[[nodiscard]] detail::cbor::Bytes write_sum(const ExactSum& sum);
[[nodiscard]] ExactSum read_sum(const StateReader& in);
[[nodiscard]] detail::cbor::Bytes write_sum(const PositiveSum& sum);
[[nodiscard]] PositiveSum read_positive_sum(const StateReader& in);

struct ValueState {
  [[nodiscard]] static detail::cbor::Bytes write(const ValueCounts& values);
  [[nodiscard]] static ValueCounts read(const StateReader& in);
};

struct NumberState {
  [[nodiscard]] static detail::cbor::Bytes write(const NumberStats& stats);
  [[nodiscard]] static NumberStats read(const StateReader& in, KeyKind kind, int scale);
};

struct TextState {
  [[nodiscard]] static detail::cbor::Bytes write(const TextStats& stats);
  [[nodiscard]] static TextStats read(const StateReader& in, bool check_utf8);
  // What is kept beside the state: names, and candidates past the limit.
  [[nodiscard]] static detail::cbor::Bytes write_names(const TextStats& stats);
  static void read_names(TextStats& stats, const StateReader& in);
};

struct ColumnState {
  [[nodiscard]] static detail::cbor::Bytes write(const ColumnProfile& column);
  [[nodiscard]] static ColumnProfile read(const StateReader& in);
  [[nodiscard]] static detail::cbor::Bytes write_beside(const ColumnProfile& column);
  static void read_beside(ColumnProfile& column, const StateReader& in);
};

struct ProfileState {
  // The oldest one that can say what the profile holds.
  [[nodiscard]] static std::uint64_t version(const Profile& profile);
  [[nodiscard]] static detail::cbor::Bytes write(const Profile& profile);
  [[nodiscard]] static detail::cbor::Bytes write_beside(const Profile& profile);
  [[nodiscard]] static Profile read(const StateReader& state, const StateReader& beside);

 private:
  // Weights, slices and pairs.
  [[nodiscard]] static detail::cbor::Bytes write_extras(const Profile& profile);
  [[nodiscard]] static detail::cbor::Bytes write_extras_beside(const Profile& profile);
  static void read_extras(Profile& profile, const StateReader& state, const StateReader& beside);
};

struct WeightedState {
  [[nodiscard]] static detail::cbor::Bytes write(const WeightedStats& stats);
  [[nodiscard]] static WeightedStats read(const StateReader& in, const ColumnProfile& column,
                                          const PositiveSum& rows);
};

struct PairState {
  [[nodiscard]] static detail::cbor::Bytes write(const PairStats& stats);
  [[nodiscard]] static PairStats read(const StateReader& in);
};

}  // namespace zeroskew
