#pragma once
/// Augmenting steps that work on the numbers of a row as one vector.

#include <vector>

#include "transform/steps/joint.hpp"

namespace zeroskew::steps {

/// Calls f(the row's numbers, stream) for each row on which the step acts and where no cell is
/// missing; the numbers are written back. @pre out[c] stands for in[c]
template <class F>
void each_vector(Block& block, std::span<const Slot> in, std::span<const Slot> out,
                 const RowContext& rows, F&& f) {
  for (std::size_t c = 0; c < in.size(); ++c) as_numbers(block, in[c], out[c]);
  if (!rows.active) return;
  constexpr std::size_t most = 64;
  double held[most];
  // Wider rows go through memory of the block, which is kept from row to row.
  double* row = held;
  if (in.size() > most) {
    auto* space = block.text_space((in.size() + 1) * sizeof(double));
    const auto rest = reinterpret_cast<std::uintptr_t>(space) % sizeof(double);
    row = reinterpret_cast<double*>(space + (rest == 0 ? 0 : sizeof(double) - rest));
  }
  for_acting(rows, block.rows(), [&](std::size_t i, const Stream& stream) {
    for (std::size_t c = 0; c < out.size(); ++c) {
      if (block.valid(out[c])[i] == 0) return;
      row[c] = block.numbers(out[c])[i];
    }
    f(std::span(row, out.size()), stream, i);
    for (std::size_t c = 0; c < out.size(); ++c) block.numbers(out[c])[i] = row[c];
  });
}

/// Every column in its own place, as numbers.
[[nodiscard]] inline Prepared vector_step(std::span<const Field> inputs,
                                          std::shared_ptr<const Operation> operation) {
  Prepared prepared;
  for (const Field& field : inputs) prepared.outputs.push_back({field.name, floating(), {}});
  prepared.operation = std::move(operation);
  return prepared;
}

template <class F>
class VectorDraw final : public Operation {
 public:
  explicit VectorDraw(F f) : f_(std::move(f)) {}
  void apply(Block& block, std::span<const Slot> in, std::span<const Slot> out,
             const RowContext& rows) const override {
    const Stream parameters = stream_of(rows, Purpose::parameters);
    each_vector(block, in, out, rows,
                [&](std::span<double> row, const Stream& stream, std::size_t i) {
                  f_(row, stream, parameters.with_row(rows.keys[i]));
                });
  }

 private:
  F f_;
};

/// A step that calls f(numbers, stream, stream of its parameters) for each row.
template <class F>
[[nodiscard]] Prepared vector_draw(std::span<const Field> inputs, F f) {
  return vector_step(inputs, std::make_shared<const VectorDraw<F>>(std::move(f)));
}

}  // namespace zeroskew::steps
