// A column from a formula over others.

#include "transform/expression.hpp"
#include "transform/steps/common.hpp"
#include "transform/steps/learned_steps.hpp"

namespace zeroskew::steps {
namespace {

class FormulaStep final : public Operation {
 public:
  explicit FormulaStep(Formula expression) : expression_(std::move(expression)) {}

  void apply(Block& block, std::span<const Slot> in, std::span<const Slot> out,
             const RowContext&) const override {
    for (std::size_t i = 0; i < block.rows(); ++i) {
      const FormulaValue value = expression_.at(block, in, i);
      const bool present = value.form != FormulaValue::Form::missing;
      switch (expression_.type()) {
        case FormulaType::text:
          block.texts(out[0])[i] = value.text;
          break;
        case FormulaType::boolean:
          block.integers(out[0])[i] = present ? value.integer : 0;
          break;
        case FormulaType::number:
          block.numbers(out[0])[i] = as_double(value);
          break;
      }
      block.valid(out[0])[i] = present;
    }
  }

 private:
  static double as_double(const FormulaValue& value) noexcept {
    if (value.form == FormulaValue::Form::number) return value.number;
    if (value.form == FormulaValue::Form::unsigned_integer) {
      return static_cast<double>(static_cast<std::uint64_t>(value.integer));
    }
    return static_cast<double>(value.integer);
  }

  Formula expression_;
};

Prepared prepare(std::span<const Field> inputs, const Settings& settings, const Settings&) {
  Formula expression(text_of(settings, "formula"), inputs);
  const Type type = expression.type() == FormulaType::number ? floating()
                    : expression.type() == FormulaType::text ? plain_type(Kind::string)
                                                             : plain_type(Kind::boolean);
  Prepared prepared;
  prepared.outputs = {{text_of(settings, "name"), type, {}}};
  prepared.keeps_inputs = true;
  prepared.operation = std::make_shared<const FormulaStep>(std::move(expression));
  return prepared;
}

}  // namespace

StepInfo expression() {
  return {.name = "expression",
          .doc =
              "A new column from a formula over the given ones, such as `fare / (tip + 1)` or "
              "`if(kind in ('card', 'app'), fare, 0)`; what is made of a missing cell is missing.",
          .shape = StepShape::together,
          .parameters = {{.name = "formula", .kind = SettingKind::text, .doc = "the formula"},
                         {.name = "name",
                          .kind = SettingKind::text,
                          .doc = "name of the new column; that of an input replaces it"}},
          .prepare = prepare};
}

}  // namespace zeroskew::steps
