// Steps on texts: rare labels, normal forms, crosses.

#include <charconv>

#include "transform/steps/categories.hpp"
#include "transform/steps/steps.hpp"

namespace zeroskew::steps {
namespace {

Settings fit_rare(const FitInput& input) {
  std::vector<ValueCount> counts = counts_in(input);
  double total = 0.0;
  for (const ValueCount& entry : counts) total += entry.count.value;
  const double least = number_of(input.settings, "min_share");
  std::erase_if(counts, [&](const ValueCount& entry) { return entry.count.value / total < least; });
  if (is_set(input.settings, "max_categories")) {
    const auto most = static_cast<std::size_t>(integer_of(input.settings, "max_categories"));
    if (counts.size() > most) counts.resize(most);
  }
  return learn_categories(by_value(std::move(counts)), input.fields[0]);
}

class RareLabel final : public Operation {
 public:
  RareLabel(CategoryIndex index, std::string label)
      : index_(std::move(index)), label_(std::move(label)) {}
  void apply(Block& block, std::span<const Slot> in, std::span<const Slot> out,
             const RowContext&) const override {
    copy_cells(block, in[0], out[0]);
    std::string_view* x = block.texts(out[0]);
    index_.for_each(block, out[0], [&](std::size_t row, std::int64_t category) {
      if (category == unknown_category) x[row] = label_;
    });
  }

 private:
  CategoryIndex index_;
  std::string label_;
};

Prepared prepare_rare(std::span<const Field> inputs, const Settings& settings,
                      const Settings& learned) {
  return one_output(
      inputs, settings, inputs[0].type,
      std::make_shared<const RareLabel>(CategoryIndex(learned, inputs[0], "rare_label"),
                                        text_of(settings, "label")));
}

bool is_blank(char c) noexcept {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

class Normalize final : public Operation {
 public:
  Normalize(int change_case, bool trim, bool collapse, bool empty_is_missing)
      : case_(change_case), trim_(trim), collapse_(collapse), empty_is_missing_(empty_is_missing) {}

  void apply(Block& block, std::span<const Slot> in, std::span<const Slot> out,
             const RowContext&) const override {
    copy_cells(block, in[0], out[0]);
    std::uint8_t* valid = block.valid(out[0]);
    std::string_view* x = block.texts(out[0]);
    for (std::size_t i = 0; i < block.rows(); ++i) {
      if (valid[i] == 0) continue;
      x[i] = normal(x[i], block);
      if (empty_is_missing_ && x[i].empty()) valid[i] = 0;
    }
  }

 private:
  [[nodiscard]] std::string_view normal(std::string_view text, Block& block) const {
    if (trim_) {
      while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
      while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    }
    if (case_ == 0 && !collapse_) return text;
    char* to = block.text_space(text.size());
    std::size_t size = 0;
    bool blank = false;
    for (char c : text) {
      if (case_ < 0 && c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
      if (case_ > 0 && c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
      const bool is = is_blank(c);
      if (collapse_ && is) {
        if (!blank) to[size++] = ' ';
      } else {
        to[size++] = c;
      }
      blank = is;
    }
    return {to, size};
  }

  int case_;
  bool trim_;
  bool collapse_;
  bool empty_is_missing_;
};

Prepared prepare_normalize(std::span<const Field> inputs, const Settings& settings,
                           const Settings&) {
  const std::string& word = text_of(settings, "case");
  return one_output(inputs, settings, inputs[0].type,
                    std::make_shared<const Normalize>(
                        word == "lower" ? -1 : (word == "upper" ? 1 : 0), flag_of(settings, "trim"),
                        flag_of(settings, "collapse"), flag_of(settings, "empty_is_missing")));
}

class Cross final : public Operation {
 public:
  Cross(std::uint64_t buckets, std::string separator)
      : buckets_(buckets), separator_(std::move(separator)) {}

  void apply(Block& block, std::span<const Slot> in, std::span<const Slot> out,
             const RowContext&) const override {
    for (std::size_t i = 0; i < block.rows(); ++i) {
      bool present = true;
      for (const Slot slot : in) present = present && block.valid(slot)[i] != 0;
      if (buckets_ != 0) {
        std::uint64_t hash = in.size();
        for (const Slot slot : in) {
          if (present) hash = detail::mix(hash ^ cell_hash(block, slot, i));
        }
        block.integers(out[0])[i] = static_cast<std::int64_t>(hash % buckets_);
      } else {
        block.texts(out[0])[i] = present ? joined(block, in, i) : std::string_view();
      }
      block.valid(out[0])[i] = present;
    }
  }

 private:
  static std::string_view cell(Block& block, Slot slot, std::size_t row, char (&buffer)[24]) {
    if (slot.storage == Storage::text) return block.texts(slot)[row];
    const std::int64_t x = block.integers(slot)[row];
    const auto end = slot.is_unsigned
                         ? std::to_chars(buffer, buffer + 24, static_cast<std::uint64_t>(x)).ptr
                         : std::to_chars(buffer, buffer + 24, x).ptr;
    return {buffer, static_cast<std::size_t>(end - buffer)};
  }

  [[nodiscard]] std::string_view joined(Block& block, std::span<const Slot> in,
                                        std::size_t row) const {
    char buffer[24];
    std::size_t size = separator_.size() * (in.size() - 1);
    for (const Slot slot : in) size += cell(block, slot, row, buffer).size();
    char* const text = block.text_space(size);
    char* to = text;
    for (std::size_t k = 0; k < in.size(); ++k) {
      if (k != 0) to = std::copy(separator_.begin(), separator_.end(), to);
      const std::string_view part = cell(block, in[k], row, buffer);
      to = std::copy(part.begin(), part.end(), to);
    }
    return {text, size};
  }

  std::uint64_t buckets_;
  std::string separator_;
};

Prepared prepare_cross(std::span<const Field> inputs, const Settings& settings, const Settings&) {
  if (inputs.size() < 2) {
    fail_value("transform.no_column", "cross", "a cross needs two columns at least");
  }
  std::string name;
  for (const Field& field : inputs) name += (name.empty() ? "" : "_x_") + field.name;
  const std::uint64_t buckets =
      is_set(settings, "buckets") ? static_cast<std::uint64_t>(integer_of(settings, "buckets")) : 0;
  Prepared prepared;
  prepared.outputs = {{is_set(settings, "name") ? text_of(settings, "name") : name,
                       buckets != 0 ? integer() : plain_type(Kind::string),
                       {}}};
  prepared.keeps_inputs = true;
  prepared.operation = std::make_shared<const Cross>(buckets, text_of(settings, "separator"));
  return prepared;
}

}  // namespace

StepInfo rare_label() {
  return {.name = "rare_label",
          .doc = "Values that were rare when fitting, or not there, become one label.",
          .role = StepRole::fitted,
          .accepts = {Kind::string, Kind::bytes},
          .on_unknown = OnUnknown::one_value,
          .on_overflow = OnOverflow::none,
          .parameters = {{.name = "min_share",
                          .doc = "values with a smaller share are rare",
                          .fallback = 0.05,
                          .lo = 0.0,
                          .hi = 1.0},
                         {.name = "max_categories",
                          .kind = SettingKind::integer,
                          .doc = "keep the most frequent so many",
                          .optional = true,
                          .lo = 1},
                         {.name = "label",
                          .kind = SettingKind::text,
                          .doc = "the label",
                          .fallback = "rare"}},
          .learned = category_parameters(),
          .one_output = true,
          .fit = fit_rare,
          .prepare = prepare_rare};
}

StepInfo text_normalize() {
  return {.name = "text_normalize",
          .doc =
              "Case of the letters A to Z, and blanks (ASCII: space, tab, line and page breaks). "
              "All other characters stay as they are, on every machine and in every locale.",
          .accepts = {Kind::string, Kind::bytes},
          .on_overflow = OnOverflow::none,
          .parameters = {{.name = "case",
                          .kind = SettingKind::choice,
                          .doc = "what letters become",
                          .fallback = "lower",
                          .choices = {"lower", "upper", "keep"}},
                         {.name = "trim",
                          .kind = SettingKind::boolean,
                          .doc = "remove blanks at both ends",
                          .fallback = true},
                         {.name = "collapse",
                          .kind = SettingKind::boolean,
                          .doc = "make each run of blanks one space",
                          .fallback = false},
                         {.name = "empty_is_missing",
                          .kind = SettingKind::boolean,
                          .doc = "an empty result is a missing cell",
                          .fallback = false}},
          .one_output = true,
          .prepare = prepare_normalize};
}

StepInfo cross() {
  return {.name = "cross",
          .doc =
              "Several columns as one: their values joined, or a hash of them all modulo a "
              "number of buckets. Missing if one of them is. The columns stay.",
          .shape = StepShape::together,
          .accepts = category_kinds,
          .on_overflow = OnOverflow::none,
          .parameters = {{.name = "buckets",
                          .kind = SettingKind::integer,
                          .doc = "hash into so many buckets; none: the joined text",
                          .optional = true,
                          .lo = 1,
                          .hi = 0x1p53},
                         {.name = "separator",
                          .kind = SettingKind::text,
                          .doc = "between the values",
                          .fallback = "_x_"},
                         {.name = "name",
                          .kind = SettingKind::text,
                          .doc = "of the new column; none: the names joined with _x_",
                          .optional = true}},
          .prepare = prepare_cross};
}

}  // namespace zeroskew::steps
