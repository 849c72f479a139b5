#include "transform/steps/categories.hpp"

#include <bit>

namespace zeroskew::steps {

CategoryIndex::CategoryIndex(const Settings& learned, const Field& field, const std::string& step)
    : is_text_(storage_of(field.type.kind) == Storage::text),
      kind_(field.type.kind),
      is_unsigned_(field.type.is_unsigned) {
  const char* form = is_text_ ? "texts" : "integers";
  if (!is_set(learned, form)) malformed(step, std::string("there are no learned ") + form);
  if (is_text_) {
    texts_ = std::get<std::vector<std::string>>(learned.find("texts")->second);
  } else {
    integers_ = std::get<std::vector<std::int64_t>>(learned.find("integers")->second);
  }
  places_.resize(std::bit_ceil(std::max<std::size_t>(4, size() * 2)));
  mask_ = places_.size() - 1;
  for (std::size_t i = 0; i < size(); ++i) {
    const bool again = is_text_ ? find(std::string_view(texts_[i])) != unknown_category
                                : find(integers_[i]) != unknown_category;
    if (again) malformed(step, "category '" + name(i) + "' is there twice");
    const std::uint64_t hash = is_text_ ? detail::hash_bytes(texts_[i])
                                        : detail::mix(static_cast<std::uint64_t>(integers_[i]));
    std::size_t at = hash & mask_;
    while (places_[at].position != unknown_category) at = (at + 1) & mask_;
    places_[at] = {hash, static_cast<std::int64_t>(i)};
  }
}

std::string CategoryIndex::name(std::size_t i) const {
  if (is_text_) return texts_[i];
  if (kind_ == Kind::boolean) return integers_[i] != 0 ? "true" : "false";
  if (is_unsigned_) return std::to_string(static_cast<std::uint64_t>(integers_[i]));
  return std::to_string(integers_[i]);
}

Settings learn_categories(const std::vector<ValueCount>& counts, const Field& field) {
  if (storage_of(field.type.kind) == Storage::text) {
    std::vector<std::string> texts;
    for (const ValueCount& entry : counts) texts.push_back(std::get<std::string>(entry.value));
    return {{"texts", std::move(texts)}};
  }
  std::vector<std::int64_t> integers;
  for (const ValueCount& entry : counts) {
    if (const auto* flag = std::get_if<bool>(&entry.value)) {
      integers.push_back(*flag);
    } else if (const auto* big = std::get_if<std::uint64_t>(&entry.value)) {
      integers.push_back(static_cast<std::int64_t>(*big));
    } else {
      integers.push_back(std::get<std::int64_t>(entry.value));
    }
  }
  return {{"integers", std::move(integers)}};
}

std::vector<Parameter> category_parameters() {
  return {{.name = "texts",
           .kind = SettingKind::texts,
           .doc = "the categories of a text column",
           .optional = true},
          {.name = "integers",
           .kind = SettingKind::integers,
           .doc = "the categories of a column of integers, bools or dates",
           .optional = true}};
}

std::vector<ValueCount> by_value(std::vector<ValueCount> counts) {
  std::sort(counts.begin(), counts.end(),
            [](const ValueCount& a, const ValueCount& b) { return a.value < b.value; });
  return counts;
}

double number_value(const Value& value) {
  if (const auto* number = std::get_if<double>(&value)) return *number;
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? 1.0 : 0.0;
  if (const auto* big = std::get_if<std::uint64_t>(&value)) return static_cast<double>(*big);
  const auto* whole = std::get_if<std::int64_t>(&value);
  return whole != nullptr ? static_cast<double>(*whole) : nan;
}

std::vector<ValueCount> counts_in(const FitInput& input) {
  std::vector<ValueCount> counts = input.counts(0);
  if (counts.empty()) {
    fail_value("transform.no_values", input.fields[0].name,
               "there is no value to learn from; fit on data that have values");
  }
  return counts;
}

void fail_unknown(Block& block, Slot slot, std::size_t row, const std::string& column) {
  const std::string value = slot.storage == Storage::text
                                ? "'" + std::string(block.texts(slot)[row]) + "'"
                                : std::to_string(block.integers(slot)[row]);
  fail_value("transform.unknown_value", column,
             "the value " + value +
                 " did not occur when fitting; fit again, or let unknown "
                 "values pass");
}

std::uint64_t cell_hash(Block& block, Slot slot, std::size_t row) noexcept {
  return slot.storage == Storage::text
             ? detail::hash_bytes(block.texts(slot)[row])
             : detail::mix(static_cast<std::uint64_t>(block.integers(slot)[row]));
}

}  // namespace zeroskew::steps
