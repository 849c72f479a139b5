#pragma once
/// The draws of a step: functions of (seed, epoch, step, column, row key, number of the draw).

#include <cstddef>
#include <cstdint>

#include "zeroskew/random/stream.hpp"
#include "zeroskew/transform/operation.hpp"

namespace zeroskew {

/// What a draw is for; each use has its own stream.
enum class Purpose : std::uint64_t { values = 0, gate = 1 };

[[nodiscard]] inline Stream stream_of(const RowContext& rows,
                                      Purpose purpose = Purpose::values) noexcept {
  return Stream({rows.seed, rows.epoch, rows.stream, 0, static_cast<std::uint64_t>(purpose)});
}

/// acts[i] is 1 with probability p.
inline void draw_gate(const RowContext& rows, double p, std::size_t count,
                      std::uint8_t* acts) noexcept {
  const Stream stream = stream_of(rows, Purpose::gate);
  for (std::size_t i = 0; i < count; ++i) acts[i] = stream.with_row(rows.keys[i]).bernoulli(0, p);
}

/// Calls f(i, stream of row i) for each row where the step acts.
template <class F>
void for_acting(const RowContext& rows, std::size_t count, F&& f) {
  const Stream stream = stream_of(rows);
  for (std::size_t i = 0; i < count; ++i) {
    if (rows.acts == nullptr || rows.acts[i] != 0) f(i, stream.with_row(rows.keys[i]));
  }
}

}  // namespace zeroskew
