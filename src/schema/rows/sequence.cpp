#include "schema/rows/sequence.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "zeroskew/detail/hash.hpp"

namespace zeroskew::detail {
namespace {

std::uint64_t hash_of(const CellBlock& cells, std::size_t i) {
  switch (cells.form()) {
    case CellBlock::Form::integer:
    case CellBlock::Form::huge:
      return static_cast<std::uint64_t>(cells.integer(i));
    case CellBlock::Form::number: {
      const double value = cells.number(i);
      // One zero, and one NaN.
      if (value == 0.0) return 0;
      return value == value ? std::bit_cast<std::uint64_t>(value) : 0x7ff8000000000000U;
    }
    case CellBlock::Form::text:
      return hash_bytes(cells.text(i));
    case CellBlock::Form::none:
      break;
  }
  return 0;
}

template <class T>
int order_of(const T& before, const T& now) {
  return now < before ? -1 : before < now ? 1 : 0;
}

}  // namespace

bool KeySet::insert(std::uint64_t key) {
  if (key == 0) return !std::exchange(zero_, true);
  if (used_ * 2 >= slots_.size()) {
    std::vector<std::uint64_t> old(std::max<std::size_t>(1024, slots_.size() * 2), 0);
    old.swap(slots_);
    used_ = 0;
    for (const std::uint64_t one : old) {
      if (one != 0) (void)insert(one);
    }
  }
  const std::size_t mask = slots_.size() - 1;
  std::size_t i = mix(key) & mask;
  while (slots_[i] != 0 && slots_[i] != key) i = (i + 1) & mask;
  if (slots_[i] == key) return false;
  slots_[i] = key;
  ++used_;
  return true;
}

void Sequence::update(const Batch& batch, Marks& marks) {
  std::vector<std::vector<ColumnView>> chains;
  for (const Path& path : plan_.columns) {
    const auto at = batch.find(path.step.front());
    if (!at) return;
    std::vector<ColumnView> chain = {batch.columns[*at]};
    for (std::size_t i = 1; i < path.step.size(); ++i) {
      const auto& names = chain.back().child_names;
      const auto field = std::find(names.begin(), names.end(), path.step[i]);
      if (chain.back().type.kind != Kind::structure || field == names.end()) return;
      chain.push_back(chain.back().field(static_cast<std::size_t>(field - names.begin())));
    }
    const Kind kind = chain.back().type.kind;
    if (kind == Kind::list || kind == Kind::structure) return;
    chains.push_back(std::move(chain));
  }
  std::vector<std::unique_ptr<CellBlock>> cells;
  for (std::size_t i = 0; i < chains.size(); ++i) cells.push_back(std::make_unique<CellBlock>());
  for (std::int64_t first = 0; first < batch.rows;
       first += static_cast<std::int64_t>(CellBlock::most)) {
    const auto count = static_cast<std::size_t>(
        std::min(static_cast<std::int64_t>(CellBlock::most), batch.rows - first));
    for (std::size_t i = 0; i < chains.size(); ++i) {
      cells[i]->load(chains[i].back(), first, count);
      for (std::size_t k = 0; k + 1 < chains[i].size(); ++k) {
        for (std::size_t row = 0; row < count; ++row) {
          if (!chains[i][k].is_valid(first + static_cast<std::int64_t>(row))) cells[i]->forget(row);
        }
      }
    }
    if (plan_.monotonic == Monotonic::none) {
      unique(cells, static_cast<std::size_t>(first), count, marks);
    } else {
      ordered(*cells.front(), static_cast<std::size_t>(first), marks);
    }
  }
}

void Sequence::unique(const std::vector<std::unique_ptr<CellBlock>>& cells, std::size_t start,
                      std::size_t count, Marks& marks) {
  for (std::size_t row = 0; row < count; ++row) {
    std::uint64_t key = 0;
    bool whole = true;
    for (const auto& column : cells) {
      whole = whole && column->is_valid(row);
      if (whole) key = cells.size() == 1 ? hash_of(*column, row) : mix(key ^ hash_of(*column, row));
    }
    if (!whole || keys_.insert(key)) continue;
    marks.mark(plan_.fault, start + row, [&] {
      std::string text;
      for (std::size_t i = 0; i < cells.size(); ++i) {
        if (cells.size() > 1) {
          text += (i == 0 ? "" : ", ") + to_string(plan_.columns[i]) + "=";
        }
        text += cells[i]->shown(row);
      }
      return text;
    });
  }
}

bool Sequence::follows(int order) const noexcept {
  switch (plan_.monotonic) {
    case Monotonic::increasing:
      return order >= 0;
    case Monotonic::strictly_increasing:
      return order > 0;
    case Monotonic::decreasing:
      return order <= 0;
    case Monotonic::strictly_decreasing:
      return order < 0;
    case Monotonic::none:
      break;
  }
  return true;
}

void Sequence::ordered(const CellBlock& cells, std::size_t start, Marks& marks) {
  const auto step = [&](std::size_t i, const auto& now) {
    using T = std::remove_cvref_t<decltype(now)>;
    if (const auto* before = std::get_if<T>(&last_)) {
      if (!follows(order_of(*before, now))) {
        marks.mark(plan_.fault, start + i, [&] { return cells.shown(i); });
      }
    }
    last_ = now;
  };
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (!cells.is_valid(i)) continue;
    switch (cells.form()) {
      case CellBlock::Form::integer:
        step(i, cells.integer(i));
        break;
      case CellBlock::Form::huge:
        step(i, static_cast<double>(static_cast<std::uint64_t>(cells.integer(i))));
        break;
      case CellBlock::Form::number:
        if (cells.number(i) == cells.number(i)) step(i, cells.number(i));
        break;
      case CellBlock::Form::text:
        step(i, std::string(cells.text(i)));
        break;
      case CellBlock::Form::none:
        break;
    }
  }
}

}  // namespace zeroskew::detail
