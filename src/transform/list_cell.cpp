#include "zeroskew/transform/list_cell.hpp"

namespace zeroskew {

// A byte for the form, then eight bytes: the integer, the number, or the size of the text that
// follows. Nothing follows the form of a missing item.
ListCell& ListCell::add(const RowCell& item) {
  bytes_.push_back(static_cast<char>(item.form));
  if (item.form == RowCell::Form::missing) return *this;
  const bool is_text = item.form == RowCell::Form::text;
  const std::int64_t word = is_text ? static_cast<std::int64_t>(item.text.size()) : item.integer;
  char eight[sizeof word];
  std::memcpy(eight, &word, sizeof word);
  bytes_.append(eight, sizeof eight);
  if (is_text) bytes_.append(item.text);
  return *this;
}

bool is_list_cell(std::string_view bytes) noexcept {
  while (!bytes.empty()) {
    const auto form = static_cast<std::uint8_t>(bytes[0]);
    bytes.remove_prefix(1);
    if (form > static_cast<std::uint8_t>(RowCell::Form::text)) return false;
    if (form == static_cast<std::uint8_t>(RowCell::Form::missing)) continue;
    std::int64_t word = 0;
    if (bytes.size() < sizeof word) return false;
    std::memcpy(&word, bytes.data(), sizeof word);
    bytes.remove_prefix(sizeof word);
    if (form != static_cast<std::uint8_t>(RowCell::Form::text)) continue;
    if (word < 0 || static_cast<std::uint64_t>(word) > bytes.size()) return false;
    bytes.remove_prefix(static_cast<std::size_t>(word));
  }
  return true;
}

}  // namespace zeroskew
