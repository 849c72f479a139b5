// Steps on columns as such: drop, select, rename, cast.

#include <charconv>

#include "transform/steps/common.hpp"
#include "transform/steps/steps.hpp"

namespace zeroskew::steps {
namespace {

Prepared prepare_drop(std::span<const Field>, const Settings&, const Settings&) {
  return {};
}

Prepared prepare_select(std::span<const Field> inputs, const Settings&, const Settings&) {
  Prepared prepared;
  prepared.outputs.assign(inputs.begin(), inputs.end());
  prepared.only_outputs = true;
  return prepared;
}

Prepared prepare_rename(std::span<const Field> inputs, const Settings& settings, const Settings&) {
  const auto& names = std::get<std::vector<std::string>>(settings.at("to"));
  if (names.size() != inputs.size()) {
    fail_value("transform.bad_parameter", "rename",
               "to has " + std::to_string(names.size()) + " names for " +
                   std::to_string(inputs.size()) + " columns");
  }
  Prepared prepared;
  for (std::size_t i = 0; i < names.size(); ++i) {
    prepared.outputs.push_back({names[i], inputs[i].type, {}});
  }
  return prepared;
}

// A number from the whole text; anything else is missing.
template <class T>
bool parse(std::string_view text, T& value) noexcept {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() && !text.empty();
}

class Cast final : public Operation {
 public:
  explicit Cast(Kind from) : from_(from) {}

  void apply(Block& block, std::span<const Slot> in, std::span<const Slot> out,
             const RowContext&) const override {
    const Slot a = in[0];
    const Slot b = out[0];
    if (a.storage == b.storage) return copy_cells(block, a, b);
    if (b.storage == Storage::number && a.storage == Storage::integer) {
      as_numbers(block, a, b);
      return;
    }
    const std::uint8_t* valid = block.valid(a);
    for (std::size_t i = 0; i < block.rows(); ++i) {
      bool present = valid[i] != 0;
      if (b.storage == Storage::text) {
        block.texts(b)[i] = present ? printed(block, a, i) : std::string_view();
      } else if (b.storage == Storage::number) {
        double x = 0.0;
        present = present && parse(block.texts(a)[i], x);
        block.numbers(b)[i] = x;
      } else if (a.storage == Storage::text) {
        std::int64_t x = 0;
        present = present && parse(block.texts(a)[i], x);
        block.integers(b)[i] = x;
      } else {
        const double x = block.numbers(a)[i];
        present = present && x >= -0x1p63 && x < 0x1p63;
        block.integers(b)[i] = present ? static_cast<std::int64_t>(x) : 0;
      }
      block.valid(b)[i] = present;
    }
  }

 private:
  [[nodiscard]] std::string_view printed(Block& block, Slot slot, std::size_t row) const {
    char buffer[40];
    char* end = buffer;
    if (slot.storage == Storage::number) {
      const double x = block.numbers(slot)[row];
      if (x != x) return "nan";
      end = std::to_chars(buffer, buffer + sizeof buffer, x).ptr;
    } else {
      const std::int64_t x = block.integers(slot)[row];
      if (from_ == Kind::boolean) return x != 0 ? "true" : "false";
      end = slot.is_unsigned
                ? std::to_chars(buffer, buffer + sizeof buffer, static_cast<std::uint64_t>(x)).ptr
                : std::to_chars(buffer, buffer + sizeof buffer, x).ptr;
    }
    const auto size = static_cast<std::size_t>(end - buffer);
    char* text = block.text_space(size);
    std::copy(buffer, end, text);
    return {text, size};
  }

  Kind from_;
};

Prepared prepare_cast(std::span<const Field> inputs, const Settings& settings, const Settings&) {
  const std::string& word = text_of(settings, "to");
  const Kind from = inputs[0].type.kind;
  Type to = word == "float" ? floating() : (word == "int" ? integer() : plain_type(Kind::string));
  if (word == "int" && from == Kind::integer) to = inputs[0].type;
  return one_output(inputs, settings, to, std::make_shared<const Cast>(from));
}

}  // namespace

StepInfo drop() {
  return {.name = "drop",
          .doc = "Removes columns. Data that do not have them are fine.",
          .on_overflow = OnOverflow::none,
          .moves_only = true,
          .ignores_missing = true,
          .prepare = prepare_drop};
}

StepInfo select() {
  return {.name = "select",
          .doc = "Keeps these columns, in this order, and removes all others.",
          .shape = StepShape::together,
          .on_overflow = OnOverflow::none,
          .moves_only = true,
          .keeps_others = false,
          .prepare = prepare_select};
}

StepInfo rename() {
  return {.name = "rename",
          .doc = "Gives columns other names.",
          .shape = StepShape::together,
          .on_overflow = OnOverflow::none,
          .parameters = {{.name = "to",
                          .kind = SettingKind::texts,
                          .doc = "the new names, one a column"}},
          .moves_only = true,
          .prepare = prepare_rename};
}

StepInfo cast() {
  return {.name = "cast",
          .doc =
              "Another type: float, int (towards zero; missing if out of range or NaN) or string "
              "(the shortest digits that read back the same). A text that is not a number as a "
              "whole becomes missing.",
          .accepts = {Kind::boolean, Kind::integer, Kind::floating, Kind::decimal, Kind::duration,
                      Kind::date, Kind::time, Kind::timestamp, Kind::string},
          .on_overflow = OnOverflow::missing,
          .parameters = {{.name = "to",
                          .kind = SettingKind::choice,
                          .doc = "the new type",
                          .choices = {"float", "int", "string"}}},
          .one_output = true,
          .prepare = prepare_cast};
}

}  // namespace zeroskew::steps
