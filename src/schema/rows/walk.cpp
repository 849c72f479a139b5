#include "schema/rows/walk.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "schema/checks/predicates.hpp"
#include "schema/infer_feature.hpp"
#include "schema/profile_values.hpp"

namespace zeroskew::detail {
namespace {

std::string nothing() {
  return {};
}

// The cells that are not null.
Cells valid_cells(const Cells& cells) {
  const ColumnView& column = *cells.column;
  if (cells.dense && column.validity == nullptr && column.layout != Layout::none &&
      column.layout != Layout::dictionary) {
    return cells;
  }
  Cells valid;
  valid.column = cells.column;
  const ColumnView* names = column.layout == Layout::dictionary ? &column.children[0] : nullptr;
  const auto is_valid = [&](std::int64_t at) {
    return column.is_valid(at) && (names == nullptr || names->is_valid(column.index(at)));
  };
  std::size_t found = 0;
  if (cells.dense && names == nullptr && column.layout != Layout::none) {
    found = static_cast<std::size_t>(count_bits(column.validity, column.offset + cells.first,
                                                static_cast<std::int64_t>(cells.count)));
  } else {
    for (std::size_t i = 0; i < cells.count; ++i) {
      if (is_valid(cells.position(i))) ++found;
    }
  }
  if (found == cells.count) return cells;
  valid.dense = false;
  valid.count = found;
  valid.positions.reserve(found);
  valid.rows.reserve(found);
  for (std::size_t i = 0; i < cells.count; ++i) {
    const std::int64_t at = cells.position(i);
    if (!is_valid(at)) continue;
    valid.positions.push_back(at);
    valid.rows.push_back(static_cast<std::uint32_t>(cells.row(i)));
  }
  return valid;
}

// The rows of `cells` that `valid`, a part of it, has not.
template <class F>
void each_missing(const Cells& cells, const Cells& valid, F f) {
  if (valid.count == cells.count) return;
  std::size_t k = 0;
  for (std::size_t i = 0; i < cells.count; ++i) {
    if (k < valid.count && valid.position(k) == cells.position(i)) {
      ++k;
    } else {
      f(cells.row(i));
    }
  }
}

// Extremes of a block; one test of them serves all rules.
struct Extremes {
  std::int64_t low = 0;
  std::int64_t high = 0;
  double least = 0.0;
  double most = 0.0;
  bool nan = false;
};

Extremes extremes_of(const CellBlock& block) {
  Extremes extremes;
  if (block.form() == CellBlock::Form::integer) {
    std::int64_t low = block.integer(0);
    std::int64_t high = low;
    for (const std::int64_t value : block.integers()) {
      low = std::min(low, value);
      high = std::max(high, value);
    }
    extremes.low = low;
    extremes.high = high;
  } else {
    double least = std::numeric_limits<double>::infinity();
    double most = -least;
    bool nan = false;
    for (const double value : block.numbers()) {
      least = value < least ? value : least;
      most = value > most ? value : most;
      nan = nan || value != value;
    }
    extremes = {0, 0, least, most, nan};
  }
  return extremes;
}

}  // namespace

void Walk::mark_all(std::size_t fault, const Cells& cells) {
  for (std::size_t i = 0; i < cells.count; ++i) marks_.mark(fault, cells.row(i), nothing);
}

void Walk::unknown(const Path& path, const Cells& cells) {
  const Cells valid = valid_cells(cells);
  if (valid.count == 0) return;
  Fault fault;
  fault.path = path;
  fault.type = AnomalyType::schema_new_column;
  fault.summary = "New column";
  fault.expected = "Expected no column of this name";
  fault.found = "one";
  mark_all(faults_.add(std::move(fault)), valid);
}

void Walk::missing(const FeaturePlan& plan, const Cells& parents) {
  if (plan.missing) mark_all(*plan.missing, parents);
}

void Walk::known(const FeaturePlan& plan, const Cells& cells) {
  if (plan.type == FeatureType::unknown || cells.count == 0) return;
  const Cells valid = valid_cells(cells);
  if (plan.presence) {
    marks_.tested(*plan.presence, cells.count);
    each_missing(cells, valid, [&](std::size_t row) { marks_.mark(*plan.presence, row, nothing); });
  }
  if (plan.shape) {
    marks_.tested(*plan.shape_missing, cells.count);
    each_missing(cells, valid,
                 [&](std::size_t row) { marks_.mark(*plan.shape_missing, row, nothing); });
  }
  if (valid.count == 0) return;
  if (plan.environment) mark_all(*plan.environment, valid);
  if (cells.column->type.kind == Kind::list) {
    lists(plan, valid);
  } else {
    plain(plan, valid);
  }
}

void Walk::bounds(const LevelPlan& level, std::int64_t count, std::size_t row) {
  const auto shown = [&] { return std::to_string(count); };
  const auto number = static_cast<double>(count);
  if (level.few && too_few(level.bounds.min, number)) marks_.mark(*level.few, row, shown);
  if (level.many && too_many(level.bounds.max, number)) marks_.mark(*level.many, row, shown);
}

// A plain cell is a list of one value.
void Walk::plain(const FeaturePlan& plan, const Cells& cells) {
  const auto one = [] { return std::string("1"); };
  if (plan.levels.size() == 1) {
    const LevelPlan& level = plan.levels.front();
    if (too_few(level.bounds.min, 1.0) || too_many(level.bounds.max, 1.0)) {
      for (std::size_t i = 0; i < cells.count; ++i) bounds(level, 1, cells.row(i));
    }
  } else if (plan.nestedness) {
    for (std::size_t i = 0; i < cells.count; ++i) marks_.mark(*plan.nestedness, cells.row(i), one);
  }
  if (plan.sequence || !plan.tokens.empty()) {
    Sequences sequences(cells.count);
    for (std::size_t i = 0; i < cells.count; ++i) sequences[i] = {i + 1, cells.row(i)};
    count_tokens(plan, cells, sequences);
  }
  if (plan.shape && *plan.shape != 1.0) {
    for (std::size_t i = 0; i < cells.count; ++i) marks_.mark(*plan.shape_fault, cells.row(i), one);
  }
  leaves(plan, cells);
}

void Walk::lists(const FeaturePlan& plan, const Cells& cells) {
  std::size_t depth = 0;
  for (const ColumnView* view = cells.column; view->type.kind == Kind::list;
       view = &view->children[0]) {
    ++depth;
  }
  const bool fits = !plan.nestedness || plan.levels.size() == depth;
  if (!fits) {
    for (std::size_t i = 0; i < cells.count; ++i) {
      marks_.mark(*plan.nestedness, cells.row(i), [&] { return std::to_string(depth); });
    }
  }
  std::vector<std::uint32_t> top(cells.count);
  for (std::size_t i = 0; i < cells.count; ++i) top[i] = static_cast<std::uint32_t>(cells.row(i));
  Cells level = cells;
  Sequences sequences;
  const bool sequential = plan.sequence || !plan.tokens.empty();
  for (std::size_t i = 0; i < depth; ++i) {
    const ColumnView& column = *level.column;
    Cells items;
    items.dense = false;
    items.column = &column.children[0];
    for (std::size_t k = 0; k < level.count; ++k) {
      if (!column.is_valid(level.position(k))) continue;
      const ColumnView::Extent extent = column.list_extent(level.position(k));
      const std::size_t row = level.row(k);
      if (fits && !plan.levels.empty()) bounds(plan.levels[i], extent.count, row);
      for (std::int64_t j = 0; j < extent.count; ++j) {
        items.positions.push_back(extent.start + j);
        items.rows.push_back(static_cast<std::uint32_t>(row));
      }
      if (sequential && i + 1 == depth) sequences.push_back({items.positions.size(), row});
    }
    items.count = items.positions.size();
    level = std::move(items);
  }
  if (sequential) count_tokens(plan, level, sequences);
  if (plan.shape) {
    // Rows come in order, and so do their values.
    std::size_t k = 0;
    for (const std::uint32_t row : top) {
      std::size_t size = 0;
      for (; k < level.count && level.rows[k] == row; ++k) ++size;
      if (static_cast<double>(size) != *plan.shape) {
        marks_.mark(*plan.shape_fault, row, [&] { return std::to_string(size); });
      }
    }
  }
  leaves(plan, level);
}

void Walk::leaves(const FeaturePlan& plan, const Cells& cells) {
  if (cells.count == 0) return;
  const StatisticsType shown = statistics_type(cells.column->type.kind);
  const FeatureType found = feature_type(shown);
  if (shown != StatisticsType::none && found != plan.type) {
    Fault fault;
    fault.path = plan.path;
    fault.type = AnomalyType::unexpected_data_type;
    fault.summary = "Other type";
    fault.expected = "Expected data of type " + std::string(to_string(plan.type));
    fault.found = to_string(found);
    mark_all(faults_.add(std::move(fault)), cells);
  }
  if (cells.column->type.kind == Kind::structure) {
    if (plan.type == FeatureType::structure) children(plan, valid_cells(cells));
    return;
  }
  if (plan.tests.empty()) return;
  std::vector<std::unique_ptr<CellTest>> own;
  std::vector<const CellTest*> tests;
  for (const auto& test : plan.tests) {
    own.push_back(test->fresh());
    tests.push_back(own.back() ? own.back().get() : test.get());
  }
  for (std::size_t start = 0; start < cells.count; start += CellBlock::most) {
    const std::size_t count = std::min(CellBlock::most, cells.count - start);
    if (cells.dense) {
      block_->load(*cells.column, cells.position(start), count);
    } else {
      block_->load(*cells.column, std::span(cells.positions).subspan(start, count));
    }
    test_block(tests, cells, start);
  }
}

void Walk::test_block(const std::vector<const CellTest*>& tests, const Cells& cells,
                      std::size_t start) {
  using Form = CellBlock::Form;
  const CellBlock& block = *block_;
  const Form form = block.form();
  if (form == Form::none) return;
  const bool bytes = cells.column->type.kind == Kind::bytes;
  Extremes extremes;
  if (form == Form::integer || form == Form::number) extremes = extremes_of(block);
  for (const CellTest* test : tests) {
    if (bytes && !test->on_bytes) continue;
    if (test->least_mass < 1.0) {
      const std::uint8_t* valid = block.valid();
      const auto values = std::count(valid, valid + block.size(), std::uint8_t{1});
      marks_.tested(test->fault, static_cast<std::size_t>(values));
    }
    const CellTest::Safe& safe = test->safe();
    const auto each = [&](auto holds) {
      for (std::size_t i = 0; i < block.size(); ++i) {
        if (!block.is_valid(i) || holds(i)) continue;
        marks_.mark(test->fault, cells.row(start + i), [&] { return block.shown(i); });
      }
    };
    switch (form) {
      case Form::integer:
        if (safe.low <= extremes.low && extremes.high <= safe.high) break;
        each([&](std::size_t i) { return test->integer(block.integer(i)); });
        break;
      case Form::huge:
        each([&](std::size_t i) {
          const std::int64_t bits = block.integer(i);
          return bits < 0 ? test->huge(static_cast<std::uint64_t>(bits)) : test->integer(bits);
        });
        break;
      case Form::number:
        if (safe.least <= extremes.least && extremes.most <= safe.most &&
            (safe.nan || !extremes.nan)) {
          break;
        }
        each([&](std::size_t i) { return test->number(block.number(i)); });
        break;
      case Form::text:
        if (safe.text) break;
        each([&](std::size_t i) { return test->text(block.text(i)); });
        break;
      case Form::none:
        break;
    }
  }
}

void Walk::children(const FeaturePlan& plan, const Cells& cells) {
  const ColumnView& column = *cells.column;
  if (cells.count == 0) return;
  const auto& names = column.child_names;
  for (const FeaturePlan& child : plan.children) {
    if (std::find(names.begin(), names.end(), child.name) == names.end()) missing(child, cells);
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    const ColumnView field = column.field(i);
    Cells inner = cells;
    inner.column = &field;
    const auto at = std::find_if(plan.children.begin(), plan.children.end(),
                                 [&](const FeaturePlan& child) { return child.name == names[i]; });
    if (at != plan.children.end()) {
      known(*at, inner);
    } else if (std::find(plan.sparse.begin(), plan.sparse.end(), names[i]) == plan.sparse.end()) {
      unknown(plan.path.child(names[i]), inner);
    }
  }
}

}  // namespace zeroskew::detail
