#pragma once
/// What the steps share: kinds, names of outputs, maps over numbers, checks of what was learned.

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <string>
#include <utility>

#include "transform/draws.hpp"
#include "zeroskew/detail/format.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/transform/step_info.hpp"

namespace zeroskew::steps {

inline const std::vector<Kind> number_kinds{Kind::boolean, Kind::integer, Kind::floating,
                                            Kind::decimal, Kind::duration};
inline const std::vector<Kind> category_kinds{Kind::boolean, Kind::integer, Kind::string,
                                              Kind::bytes, Kind::date};
inline const std::vector<Kind> instant_kinds{Kind::date, Kind::timestamp};

inline constexpr double nan = std::numeric_limits<double>::quiet_NaN();

[[nodiscard]] inline Type floating() {
  return plain_type(Kind::floating);
}
[[nodiscard]] inline Type integer() {
  return plain_type(Kind::integer);
}

/// The common parameter `output`, or the input's own name.
[[nodiscard]] inline std::string output_name(std::span<const Field> inputs,
                                             const Settings& settings) {
  return is_set(settings, "output") ? text_of(settings, "output") : inputs[0].name;
}

/// One output in the input's place, or beside it if it has another name.
[[nodiscard]] inline Prepared one_output(std::span<const Field> inputs, const Settings& settings,
                                         Type type, std::shared_ptr<const Operation> operation) {
  Prepared prepared;
  prepared.outputs = {{output_name(inputs, settings), std::move(type), {}}};
  prepared.keeps_inputs = prepared.outputs[0].name != inputs[0].name;
  prepared.operation = std::move(operation);
  return prepared;
}

inline void copy_valid(Block& block, Slot in, Slot out) noexcept {
  if (in.column != out.column) std::memcpy(block.valid(out), block.valid(in), block.rows());
}

/// The cells of `in` as doubles in `out`, with their validity.
inline double* as_numbers(Block& block, Slot in, Slot out) noexcept {
  double* x = block.numbers(out);
  const std::size_t rows = block.rows();
  copy_valid(block, in, out);
  if (in.storage == Storage::number) {
    if (in.place != out.place) std::memcpy(x, block.numbers(in), rows * sizeof *x);
    return x;
  }
  const std::int64_t* from = block.integers(in);
  if (in.is_unsigned) {
    for (std::size_t i = 0; i < rows; ++i) {
      x[i] = static_cast<double>(static_cast<std::uint64_t>(from[i]));
    }
  } else {
    for (std::size_t i = 0; i < rows; ++i) x[i] = static_cast<double>(from[i]);
  }
  return x;
}

/// Cells and validity as they are; for slots of one storage.
inline void copy_cells(Block& block, Slot in, Slot out) noexcept {
  copy_valid(block, in, out);
  const std::size_t rows = block.rows();
  if (in.storage == Storage::text) {
    if (in.place != out.place) std::copy_n(block.texts(in), rows, block.texts(out));
  } else if (in.place != out.place) {
    std::memcpy(block.integers(out), block.integers(in), rows * 8);
  }
}

/// out = f(x), number by number.
template <class F>
class NumberMap final : public Operation {
 public:
  explicit NumberMap(F f) : f_(std::move(f)) {}
  void apply(Block& block, std::span<const Slot> in, std::span<const Slot> out,
             const RowContext&) const override {
    double* x = as_numbers(block, in[0], out[0]);
    const std::size_t rows = block.rows();
    const F f = f_;
    for (std::size_t i = 0; i < rows; ++i) x[i] = f(x[i]);
  }

 private:
  F f_;
};

template <class F>
[[nodiscard]] Prepared number_map(std::span<const Field> inputs, const Settings& settings, F f) {
  return one_output(inputs, settings, floating(),
                    std::make_shared<const NumberMap<F>>(std::move(f)));
}

/// The statistics of the numbers of input 0. @throws Error transform.no_values
[[nodiscard]] inline const NumberStats& numbers_in(const FitInput& input) {
  const NumberStats* numbers = input.profile(0).numbers();
  if (numbers == nullptr || !numbers->any()) {
    fail_value("transform.no_values", input.fields[0].name,
               "there is no number to learn from; fit on data that have values");
  }
  return *numbers;
}

/// A learned number, -0 as 0. @throws Error transform.not_finite
[[nodiscard]] inline double finite(double x, const FitInput& input, const char* what) {
  if (!std::isfinite(x)) {
    fail_value("transform.not_finite", input.fields[0].name,
               std::string("its ") + what + " is " + detail::shortest(x) +
                   "; clip or remove infinite values first");
  }
  return x + 0.0;
}

/// Distances of zero divide nothing: as in scikit-learn, they count as one.
[[nodiscard]] inline double divisor(double x) noexcept {
  return x == 0.0 ? 1.0 : x;
}

[[noreturn]] inline void malformed(const std::string& step, const std::string& what) {
  fail_value("transform.malformed", step, what);
}

[[nodiscard]] inline Parameter learned_number(std::string name, std::string doc) {
  return {.name = std::move(name), .kind = SettingKind::number, .doc = std::move(doc)};
}

}  // namespace zeroskew::steps
