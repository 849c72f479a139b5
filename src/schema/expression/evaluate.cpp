#include "schema/expression/evaluate.hpp"

#include "schema/expression/frame.hpp"

namespace zeroskew::detail {

Evaluator::Evaluator(const BoundFormula& formula)
    : formula_(formula), root_(std::make_unique<Frame>()) {
  for (std::size_t i = 0; i < formula.columns.size(); ++i) {
    cells_.push_back(std::make_unique<CellBlock>());
  }
  root_->prepare(formula.root, cells_);
}
Evaluator::~Evaluator() = default;

const ValueBlock& Evaluator::run(std::int64_t first, std::size_t count) {
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    const auto& chain = formula_.columns[i].chain;
    cells_[i]->load(chain.back(), first, count);
    for (std::size_t k = 0; k + 1 < chain.size(); ++k) {
      for (std::size_t row = 0; row < count; ++row) {
        if (!chain[k].is_valid(first + static_cast<std::int64_t>(row))) cells_[i]->forget(row);
      }
    }
  }
  root_->run(count);
  return root_->values;
}

std::string Evaluator::shown(const std::vector<Path>& names, std::size_t row) const {
  std::string text;
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    text += (text.empty() ? "" : ", ") + to_string(names[i]) + "=" +
            (cells_[i]->is_valid(row) ? cells_[i]->shown(row) : std::string("null"));
  }
  return text;
}

}  // namespace zeroskew::detail
