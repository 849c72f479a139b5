#include "zeroskew/schema/row_anomalies.hpp"

#include <algorithm>
#include <bit>

namespace zeroskew {
namespace {

std::vector<std::int64_t> numbers_of(const std::vector<std::uint64_t>& marked) {
  std::vector<std::int64_t> rows;
  for (std::size_t i = 0; i < marked.size(); ++i) {
    for (std::uint64_t word = marked[i]; word != 0; word &= word - 1) {
      rows.push_back(static_cast<std::int64_t>(i * 64) + std::countr_zero(word));
    }
  }
  return rows;
}

}  // namespace

bool RowAnomaly::has(std::int64_t row) const noexcept {
  const auto word = static_cast<std::uint64_t>(row) / 64;
  return row >= 0 && word < marked.size() && ((marked[word] >> (row % 64)) & 1) != 0;
}

std::vector<std::int64_t> RowAnomaly::row_numbers() const {
  return numbers_of(marked);
}

std::vector<std::uint64_t> RowAnomalies::marked() const {
  std::vector<std::uint64_t> all((static_cast<std::size_t>(rows) + 63) / 64);
  for (const RowAnomaly& anomaly : items) {
    for (std::size_t i = 0; i < std::min(all.size(), anomaly.marked.size()); ++i) {
      all[i] |= anomaly.marked[i];
    }
  }
  return all;
}

std::vector<std::int64_t> RowAnomalies::row_numbers() const {
  return numbers_of(marked());
}

}  // namespace zeroskew
