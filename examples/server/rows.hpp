#pragma once
/// The rows of a request, whatever it is written in.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "cells.hpp"
#include "model.hpp"

namespace server {

/// How the answer is to be written.
enum class Shape : std::uint8_t {
  row,        ///< {"row": {...}}
  rows,       ///< {"rows": [...]}
  instances,  ///< {"instances": [...]}, answered by {"predictions": [...]}
  list,       ///< [...]
  plain,      ///< one object, or with `lines` one a line
  lines,
  csv,
  csv_with_header
};

class Rows {
 public:
  virtual ~Rows() = default;
  [[nodiscard]] virtual Shape shape() const noexcept = 0;
  [[nodiscard]] virtual std::size_t size() const noexcept = 0;
  /// Row i as the model's columns. @throws Error server.cell
  virtual void read(std::size_t i, const Model& model, Cells& out) = 0;
  /// What names the row for random draws: as given, or else its number.
  [[nodiscard]] virtual std::uint64_t key(std::size_t i) const = 0;
  [[nodiscard]] virtual bool has_keys() const noexcept = 0;
  [[nodiscard]] virtual std::uint64_t epoch() const noexcept { return 0; }
};

/// Reads bodies; keeps its memory from one to the next. One a thread.
class RowsReader {
 public:
  RowsReader();
  ~RowsReader();
  RowsReader(RowsReader&&) noexcept;

  /// `enveloped`: JSON names its rows ({"row": ...} or {"rows": ...}), as /v1/transform wants it;
  /// otherwise as SageMaker and Vertex do. The rows live until the next call, and as long as
  /// `body`.
  /// @throws Error server.json, server.csv, server.rows, server.content_type
  Rows& read(std::string_view body, std::string_view content_type, bool enveloped,
             std::size_t most_rows, const Model& model);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace server
