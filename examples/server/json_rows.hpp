#pragma once
/// Rows as JSON objects.

#include <cstdint>
#include <memory>
#include <string_view>

#include "rows.hpp"

namespace server {

class JsonRows : public Rows {
 public:
  JsonRows();
  ~JsonRows() override;

  void parse(std::string_view body, bool enveloped, std::size_t most_rows);
  void parse_lines(std::string_view body, std::size_t most_rows);

  [[nodiscard]] Shape shape() const noexcept override { return shape_; }
  [[nodiscard]] std::size_t size() const noexcept override;
  void read(std::size_t i, const Model& model, Cells& out) override;
  [[nodiscard]] std::uint64_t key(std::size_t i) const override;
  [[nodiscard]] bool has_keys() const noexcept override;
  [[nodiscard]] std::uint64_t epoch() const noexcept override { return epoch_; }

 private:
  struct State;
  std::unique_ptr<State> state_;
  Shape shape_ = Shape::row;
  std::uint64_t epoch_ = 0;
};

}  // namespace server
