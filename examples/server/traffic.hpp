#pragma once
/// The rows that a model saw, as a profile: full statistics, to be merged with those of other
/// servers and compared with the baseline.

#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include <zeroskew/column/builder.hpp>
#include <zeroskew/stats/profile.hpp>
#include <zeroskew/transform/row_cell.hpp>

namespace server {

/// Safe from any thread; each writes through a writer of its own.
class Traffic {
 public:
  /// Fields of kinds that have no cell in a request are left out.
  explicit Traffic(std::vector<zeroskew::Field> fields);

  class Writer {
   public:
    explicit Writer(const std::vector<zeroskew::Field>& fields);
    /// One cell a field. A cell of another type than the field's is missing here, and counted as
    /// such by the monitor.
    void record(std::span<const zeroskew::RowCell> row);
    /// All rows so far. From any thread.
    [[nodiscard]] zeroskew::Profile profile();

   private:
    struct Column {
      zeroskew::Field field;
      std::size_t cell = 0;
      zeroskew::ColumnBuilder values;
    };
    void flush();

    std::mutex mutex_;  // the writing thread has it nearly always, and nobody waits
    std::vector<Column> columns_;
    std::int64_t rows_ = 0;
    zeroskew::Profile profile_;
  };
  /// Its rows stay when it is gone.
  [[nodiscard]] std::shared_ptr<Writer> writer();
  [[nodiscard]] zeroskew::Profile profile();

 private:
  void fold();

  std::mutex mutex_;
  const std::vector<zeroskew::Field> fields_;
  std::vector<std::shared_ptr<Writer>> writers_;
  zeroskew::Profile gone_;  // what writers wrote that are gone
};

}  // namespace server
