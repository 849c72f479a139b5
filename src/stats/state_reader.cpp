#include "detail/pack.hpp"
#include "stats/state.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew {

void malformed_state(const std::string& where, std::string_view why) {
  fail_value("profile.malformed", where, "the saved profile is damaged: " + std::string(why));
}

StateReader::StateReader(const nlohmann::json& tree, std::string where)
    : tree_(&tree), where_(std::move(where)) {
  require(tree.is_object(), "a map is expected here");
}

const nlohmann::json& StateReader::at(const char* key) const {
  const auto found = tree_->find(key);
  if (found == tree_->end()) fail(std::string("'") + key + "' is missing");
  return *found;
}

std::uint64_t StateReader::number(const char* key) const {
  const nlohmann::json& value = at(key);
  if (!value.is_number_unsigned()) fail(std::string("'") + key + "' is not a count");
  return value.get<std::uint64_t>();
}

std::int64_t StateReader::signed_number(const char* key) const {
  const nlohmann::json& value = at(key);
  if (!value.is_number_integer()) fail(std::string("'") + key + "' is not a whole number");
  return value.get<std::int64_t>();
}

std::string StateReader::text(const char* key) const {
  const nlohmann::json& value = at(key);
  if (!value.is_string()) fail(std::string("'") + key + "' is not a text");
  return value.get<std::string>();
}

const std::vector<std::uint8_t>& StateReader::bytes(const char* key) const {
  const nlohmann::json& value = at(key);
  if (!value.is_binary()) fail(std::string("'") + key + "' is not a byte string");
  return value.get_binary();
}

StateReader StateReader::map(const char* key) const {
  return StateReader(at(key), where_.empty() ? key : where_ + "." + key);
}

std::vector<std::uint64_t> StateReader::packed(const char* key, std::size_t count) const {
  auto values = detail::unpack(bytes(key), count);
  if (!values) fail(std::string("'") + key + "' does not hold as many numbers as it should");
  return *std::move(values);
}

}  // namespace zeroskew
