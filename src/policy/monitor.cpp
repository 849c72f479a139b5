#include "zeroskew/policy/monitor.hpp"

#include <algorithm>
#include <limits>

#include "policy/monitor_state.hpp"
#include "transform/load.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew {
namespace {

constexpr std::size_t npos = std::numeric_limits<std::size_t>::max();
constexpr std::int64_t block_size = 1024;

// Counts one cell; false if it is of another type.
bool count_cell(Recorder::Writer& counts, std::size_t feature, const WatchedFeature& watched,
                const RowCell& cell) noexcept {
  const bool boolean = watched.type.kind == Kind::boolean;
  switch (cell.form) {
    case RowCell::Form::missing:
      counts.missing(feature);
      return true;
    case RowCell::Form::text:
      if (!watched.labels || boolean) return false;
      counts.label(feature, cell.text);
      return true;
    case RowCell::Form::boolean:
      if (watched.labels && !boolean) return false;
      if (watched.labels) {
        counts.label(feature, cell.integer != 0 ? "true" : "false");
      } else {
        counts.number(feature, static_cast<double>(cell.integer));
      }
      return true;
    case RowCell::Form::integer:
      if (watched.labels) return false;
      counts.number(feature, static_cast<double>(cell.integer));
      return true;
    case RowCell::Form::unsigned_integer:
      if (watched.labels) return false;
      counts.number(feature, static_cast<double>(static_cast<std::uint64_t>(cell.integer)));
      return true;
    case RowCell::Form::number:
      if (watched.labels) return false;
      counts.number(feature, cell.number);
      return true;
    case RowCell::Form::list:
      return false;
  }
  return false;
}

}  // namespace

Monitor::Monitor(const Policy& policy, const MonitorOptions& options) {
  const auto check = [](bool good, const char* name, const char* range) {
    if (!good) fail_value("monitor.parameter", name, range);
  };
  check(options.alpha > 0.0 && options.alpha < 1.0, "alpha", "is between 0 and 1");
  check(options.bins >= 1 && options.bins <= 4096, "bins", "is 1 to 4096");
  check(options.max_labels >= 1 && options.max_labels <= 100000, "max_labels", "is 1 to 100000");
  check(options.min_effect >= 0.0 && options.min_effect <= 1.0, "min_effect", "is 0 to 1");
  state_ = std::make_unique<State>(policy, options);
}

Monitor::~Monitor() = default;
Monitor::Monitor(Monitor&&) noexcept = default;
Monitor& Monitor::operator=(Monitor&&) noexcept = default;

const std::vector<std::string>& Monitor::features() const noexcept {
  return state_->names;
}

const Recorder& Monitor::recorder() const noexcept {
  return *state_->recorder;
}

Monitor::Writer Monitor::writer(const std::vector<std::string>& columns) const {
  Writer writer;
  writer.state_ = state_.get();
  writer.counts_ = state_->recorder->writer();
  for (const std::string& name : state_->names) {
    const auto at = std::find(columns.begin(), columns.end(), name);
    writer.column_.push_back(at == columns.end() ? npos
                                                 : static_cast<std::size_t>(at - columns.begin()));
  }
  return writer;
}

void Monitor::Writer::record(std::span<const RowCell> row) noexcept {
  for (std::size_t f = 0; f < column_.size(); ++f) {
    if (column_[f] >= row.size()) {
      counts_.missing(f);
    } else if (!count_cell(counts_, f, state_->features[f], row[column_[f]])) {
      state_->wrong_type[f].fetch_add(1, std::memory_order_relaxed);
    }
  }
}

void Monitor::Writer::failed() noexcept {
  state_->failed.fetch_add(1, std::memory_order_relaxed);
}

void Monitor::record(const FittedPipeline::Row& row) const {
  std::vector<std::string> columns;
  std::vector<RowCell> cells;
  for (const auto& [name, value] : row) {
    columns.push_back(name);
    cells.emplace_back(value);
  }
  writer(columns).record(cells);
}

void Monitor::record(const Batch& data) const {
  Recorder::Writer counts = state_->recorder->writer();
  for (std::size_t f = 0; f < state_->names.size(); ++f) {
    const WatchedFeature& watched = state_->features[f];
    const auto at = data.find(state_->names[f]);
    if (!at) {
      for (std::int64_t i = 0; i < data.rows; ++i) counts.missing(f);
      continue;
    }
    const ColumnView& column = data.columns[*at];
    const Field field{state_->names[f], watched.type, {}};
    const Slot slot{storage_of(watched.type.kind), watched.type.is_unsigned, 0, 0};
    Block block({1, 1, 1}, static_cast<std::size_t>(block_size));
    for (std::int64_t first = 0; first < data.rows; first += block_size) {
      const auto n = static_cast<std::size_t>(std::min(block_size, data.rows - first));
      block.start(n);
      try {
        check_type(column.type, field);
        load_column(column, field, first, block, slot);
      } catch (const Error&) {
        // As a row by row recorder would: the block counts as values of another type.
        state_->wrong_type[f].fetch_add(n, std::memory_order_relaxed);
        continue;
      }
      for (std::size_t i = 0; i < n; ++i) {
        (void)count_cell(counts, f, watched, cell_of(block, slot, i, watched.type.kind));
      }
    }
  }
}

void Monitor::failed(std::uint64_t rows) const noexcept {
  state_->failed.fetch_add(rows, std::memory_order_relaxed);
}

}  // namespace zeroskew
