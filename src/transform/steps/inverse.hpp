#pragma once
/// Ways back: from a step's column to the one it was made of.

#include "transform/steps/categories.hpp"

namespace zeroskew::steps {

/// The nearest integer (ties to even) that the type has; a bool is true unless the number is zero.
[[nodiscard]] inline std::int64_t nearest_integer(double x, const Type& type) noexcept {
  if (type.kind == Kind::boolean) return x != 0.0;
  const double below = std::floor(x);
  const double part = x - below;
  const bool up = part > 0.5 || (part == 0.5 && below != 2.0 * std::floor(0.5 * below));
  const double whole = up ? below + 1.0 : below;
  if (type.is_unsigned) {
    if (whole <= 0.0) return 0;
    return whole >= 0x1p64 ? -1 : static_cast<std::int64_t>(static_cast<std::uint64_t>(whole));
  }
  if (whole <= -0x1p63) return std::numeric_limits<std::int64_t>::min();
  return whole >= 0x1p63 ? std::numeric_limits<std::int64_t>::max()
                         : static_cast<std::int64_t>(whole);
}

/// in = f(out), number by number, in the type that the column had; NaN is missing among integers.
template <class F>
class NumberInverse final : public Operation {
 public:
  NumberInverse(F f, Type type) : f_(std::move(f)), type_(std::move(type)) {}
  void apply(Block& block, std::span<const Slot> in, std::span<const Slot> out,
             const RowContext&) const override {
    const std::size_t rows = block.rows();
    const double* y = block.numbers(in[0]);
    copy_valid(block, in[0], out[0]);
    if (out[0].storage == Storage::number) {
      double* x = block.numbers(out[0]);
      for (std::size_t i = 0; i < rows; ++i) x[i] = f_(y[i]);
      return;
    }
    std::uint8_t* valid = block.valid(out[0]);
    for (std::size_t i = 0; i < rows; ++i) {
      const double x = f_(y[i]);
      if (x != x) valid[i] = 0;
      block.integers(out[0])[i] = x == x ? nearest_integer(x, type_) : 0;
    }
  }

 private:
  F f_;
  Type type_;
};

template <class F>
[[nodiscard]] Prepared number_inverse(std::span<const Field> inputs, F f) {
  Prepared prepared;
  Type type = inputs[0].type;
  if (type.kind == Kind::decimal) type = floating();
  prepared.outputs = {{inputs[0].name, type, {}}};
  prepared.operation = std::make_shared<const NumberInverse<F>>(std::move(f), type);
  return prepared;
}

/// Learned categories by position; other positions are missing.
[[nodiscard]] Prepared category_inverse(std::span<const Field> inputs, const Settings& learned);

}  // namespace zeroskew::steps
