// Tokens: sequences are the innermost lists of a feature, and a plain cell is one of one token.

#include <algorithm>

#include "schema/rows/walk.hpp"

namespace zeroskew::detail {
namespace {

bool is_one_of(const CellBlock& block, std::size_t i, const TokenPlan::Names& names) {
  switch (block.form()) {
    case CellBlock::Form::integer:
      return std::find(names.numbers.begin(), names.numbers.end(), block.integer(i)) !=
             names.numbers.end();
    case CellBlock::Form::huge: {
      const std::int64_t bits = block.integer(i);  // below 0: beyond all 64-bit integers
      return bits >= 0 &&
             std::find(names.numbers.begin(), names.numbers.end(), bits) != names.numbers.end();
    }
    case CellBlock::Form::text:
      return std::find(names.texts.begin(), names.texts.end(), block.text(i)) != names.texts.end();
    case CellBlock::Form::number:
    case CellBlock::Form::none:
      break;
  }
  return false;
}

}  // namespace

void Walk::count_tokens(const FeaturePlan& plan, const Cells& tokens, const Sequences& sequences) {
  // How often each token occurs in each sequence; behind them, how many tokens count at all.
  const std::size_t kinds = plan.tokens.size();
  const std::size_t width = kinds + 1;
  std::vector<std::int64_t> counts(width * sequences.size(), 0);
  std::size_t sequence = 0;
  for (std::size_t start = 0; start < tokens.count; start += CellBlock::most) {
    const std::size_t count = std::min(CellBlock::most, tokens.count - start);
    if (tokens.dense) {
      block_->load(*tokens.column, tokens.position(start), count);
    } else {
      block_->load(*tokens.column, std::span(tokens.positions).subspan(start, count));
    }
    for (std::size_t i = 0; i < count; ++i) {
      while (sequences[sequence].end <= start + i) ++sequence;
      std::int64_t* here = counts.data() + width * sequence;
      for (std::size_t k = 0; k < kinds; ++k) {
        if (block_->is_valid(i) && is_one_of(*block_, i, plan.tokens[k].names)) ++here[k];
      }
      if (!block_->is_valid(i) || !is_one_of(*block_, i, plan.excluded)) ++here[kinds];
    }
  }
  for (std::size_t s = 0; s < sequences.size(); ++s) {
    const std::int64_t* here = counts.data() + width * s;
    const std::size_t row = sequences[s].row;
    for (std::size_t k = 0; k < kinds; ++k) {
      const TokenPlan& token = plan.tokens[k];
      bounds(token.occurrences, here[k], row);
      if (token.rare) marks_.tested(*token.rare, 1);
      if (token.rare && here[k] == 0) marks_.mark(*token.rare, row, [] { return std::string(); });
      if (token.common) marks_.tested(*token.common, 1);
      if (token.common && here[k] > 0) {
        marks_.mark(*token.common, row, [&] { return std::to_string(here[k]); });
      }
    }
    if (plan.sequence) bounds(*plan.sequence, here[kinds], row);
  }
}

}  // namespace zeroskew::detail
