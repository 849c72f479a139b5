#pragma once
/// Rows as CSV (RFC 4180): with a header, or in the order of the pipeline's inputs.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "rows.hpp"

namespace server {

class CsvRows : public Rows {
 public:
  /// The content type may say header=present or header=absent; otherwise a first line of nothing
  /// but names of columns is a header. @throws Error server.csv, server.rows
  void parse(std::string_view body, std::string_view content_type, std::size_t most_rows,
             const Model& model);

  [[nodiscard]] Shape shape() const noexcept override {
    return header_ ? Shape::csv_with_header : Shape::csv;
  }
  [[nodiscard]] std::size_t size() const noexcept override;
  void read(std::size_t i, const Model& model, Cells& out) override;
  [[nodiscard]] std::uint64_t key(std::size_t i) const override { return i; }
  [[nodiscard]] bool has_keys() const noexcept override { return false; }

 private:
  struct Field {
    std::size_t begin = 0;  // in text_
    std::size_t size = 0;
    bool quoted = false;
  };
  void split(std::string_view body, std::size_t most_rows);
  [[nodiscard]] std::string_view text(const Field& field) const noexcept {
    return std::string_view(text_).substr(field.begin, field.size);
  }

  std::string text_;  // fields without quotes, one after the other
  std::vector<Field> fields_;
  std::vector<std::size_t> rows_;  // where each row begins, and where the last one ends
  std::vector<std::string> names_;
  bool header_ = false;
};

}  // namespace server
