#include "transform/expression.hpp"

#include <algorithm>

#include "transform/formula.hpp"
#include "zeroskew/detail/nearest.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew {
namespace {

using namespace formula;
using Node = Formula::Node;
using Form = FormulaValue::Form;

void collect(const Node& node, std::vector<std::string>& names) {
  if (node.what == Node::What::column &&
      std::find(names.begin(), names.end(), node.text) == names.end()) {
    names.push_back(node.text);
  }
  for (const Node& argument : node.arguments) collect(argument, names);
}

const char* word(FormulaType type) noexcept {
  return type == FormulaType::boolean  ? "true or false"
         : type == FormulaType::number ? "a number"
                                       : "a text";
}

// Columns get their place, operations their type.
class Binder {
 public:
  Binder(const std::string& text, std::span<const Field> fields) : text_(text), fields_(fields) {}

  void bind(Node& node) const {
    for (Node& argument : node.arguments) bind(argument);
    if (node.what == Node::What::column) return bind_column(node);
    if (node.what != Node::What::operation) return;
    const auto& types = node.arguments;
    switch (node.operation) {
      case op_or:
      case op_and:
      case op_not:
        all(node, FormulaType::boolean);
        node.type = FormulaType::boolean;
        return;
      case op_equal:
      case op_unequal:
      case op_less:
      case op_at_most:
      case op_more:
      case op_at_least:
      case op_in:
        all(node, types[0].type);
        node.type = FormulaType::boolean;
        return;
      case op_missing:
      case op_present:
        node.type = FormulaType::boolean;
        return;
      case op_is_nan:
        all(node, FormulaType::number);
        node.type = FormulaType::boolean;
        return;
      case op_length:
        all(node, FormulaType::text);
        node.type = FormulaType::number;
        return;
      case op_if:
        need(node, types[0], FormulaType::boolean);
        need(node, types[2], types[1].type);
        node.type = types[1].type;
        return;
      case op_coalesce:
        all(node, types[0].type);
        node.type = types[0].type;
        return;
      default:
        all(node, FormulaType::number);
        node.type = FormulaType::number;
    }
  }

 private:
  void bind_column(Node& node) const {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < fields_.size(); ++i) {
      names.push_back(fields_[i].name);
      if (fields_[i].name != node.text) continue;
      const Type& type = fields_[i].type;
      node.column = i;
      if (type.kind == Kind::list) {
        fail_type("transform.formula", text_, "column '" + node.text + "' is a list");
      }
      switch (storage_of(type.kind)) {
        case Storage::text:
          node.type = FormulaType::text;
          node.form = Form::text;
          return;
        case Storage::number:
          node.form = Form::number;
          return;
        case Storage::integer:
          if (type.kind == Kind::boolean) {
            node.type = FormulaType::boolean;
            node.form = Form::boolean;
          } else {
            node.form = type.is_unsigned ? Form::unsigned_integer : Form::integer;
          }
          return;
        case Storage::none:
          fail_type("transform.formula", text_, "column '" + node.text + "' is " + to_string(type));
      }
    }
    fail_key("transform.unknown_column", text_,
             "there is no column '" + node.text + "'" + detail::suggestion(node.text, names));
  }
  void need(const Node& node, const Node& argument, FormulaType type) const {
    if (argument.type == type) return;
    fail_type("transform.formula", text_,
              "'" + node.text + "' takes " + word(type) + " here, not " + word(argument.type));
  }
  void all(const Node& node, FormulaType type) const {
    for (const Node& argument : node.arguments) need(node, argument, type);
  }

  const std::string& text_;
  std::span<const Field> fields_;
};

}  // namespace

std::vector<std::string> Formula::columns(const std::string& text) {
  std::vector<std::string> names;
  collect(formula::read(text), names);
  return names;
}

Formula::Formula(const std::string& text, std::span<const Field> fields) {
  auto root = std::make_shared<Node>(formula::read(text));
  Binder(text, fields).bind(*root);
  type_ = root->type;
  root_ = std::move(root);
}

FormulaValue Formula::at(Block& block, std::span<const Slot> slots,
                         std::size_t row) const noexcept {
  return formula::evaluate(*root_, block, slots, row);
}

bool Formula::holds(Block& block, std::span<const Slot> slots, std::size_t row) const noexcept {
  const FormulaValue value = at(block, slots, row);
  return value.form != Form::missing && value.integer != 0;
}

}  // namespace zeroskew
