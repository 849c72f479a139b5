#pragma once
/// Names of the streams of random numbers.

#include <cstdint>
#include <map>
#include <span>
#include <string>

#include "zeroskew/column/builder.hpp"
#include "zeroskew/detail/hash.hpp"

namespace zeroskew {

/// A stream is named by the step, its columns, and how many such steps came before: other steps may
/// come and go, and several columns may share one step, without changing a draw.
class StreamNames {
 public:
  [[nodiscard]] std::uint64_t next(const std::string& step, std::span<const Field> columns) {
    std::uint64_t name = detail::hash_bytes(step);
    for (const Field& column : columns) {
      name = detail::mix(name ^ detail::hash_bytes(column.name));
    }
    return detail::mix(name + seen_[name]++);
  }

 private:
  std::map<std::uint64_t, std::uint64_t> seen_;
};

}  // namespace zeroskew
