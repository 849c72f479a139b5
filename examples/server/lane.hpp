#pragma once
/// One thread's way through one model: its memory, its slots in what watches, its cache.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <zeroskew/policy/row_cache.hpp>
#include "cells.hpp"
#include "model.hpp"
#include "rows.hpp"

namespace server {

/// What a row that came before was answered, and its cells for the monitor.
struct CachedAnswer {
  std::string body;
  std::vector<zeroskew::Value> cells;
};

class Lane {
 public:
  Lane(std::shared_ptr<Model> model, std::size_t cached);

  [[nodiscard]] Model& model() noexcept { return *model_; }
  [[nodiscard]] const std::shared_ptr<Model>& shared() const noexcept { return model_; }

  /// Reads and records a row. @throws Error server.cell, server.csv; the row counts as failed then
  void read(Rows& rows, std::size_t i);
  /// Transforms the row that was read. @throws Error transform.*; the row counts as failed then
  void transform(std::uint64_t key, std::uint64_t epoch);
  [[nodiscard]] const Cells& cells() const noexcept { return cells_; }
  [[nodiscard]] const zeroskew::Row& row() const noexcept { return row_; }

  /// The outputs as a JSON object, or as a line of CSV. Columns that pass through are left out
  /// where the request did not name them (in CSV only the outputs of steps are written).
  void write_json(std::string& out) const;
  void write_csv(std::string& out) const;
  void write_csv_header(std::string& out, bool of_input) const;
  /// The row as it came.
  void write_input_json(std::string& out) const;
  void write_input_csv(std::string& out) const;

  [[nodiscard]] const CachedAnswer* cached(std::string_view body) const noexcept {
    return cache_.find(body);
  }
  void remember(std::string_view body, const std::string& answer);
  /// Records the cells of a cached row.
  void record(const CachedAnswer& answer);

 private:
  void record();

  std::shared_ptr<Model> model_;
  zeroskew::Row row_;
  zeroskew::Monitor::Writer writer_;
  std::shared_ptr<Traffic::Writer> traffic_;
  Cells cells_;
  zeroskew::RowCache<CachedAnswer> cache_;
};

}  // namespace server
