// Augmenting steps on numbers: noise, scale, shift. Draw 0 of a row's stream is all they use; whole
// blocks are drawn by kernels, which have the same bits.

#include "transform/steps/common.hpp"
#include "transform/steps/steps.hpp"
#include "zeroskew/kernel/draws.hpp"

namespace zeroskew::steps {
namespace {

// What is drawn for a row before the step makes its own of it.
enum class Base : std::uint8_t { normal, laplace, uniform_open, uniform };

double base_draw(Base base, const Stream& stream) noexcept {
  switch (base) {
    case Base::normal:
      return stream.normal(0);
    case Base::laplace:
      return stream.laplace(0);
    case Base::uniform_open:
      return stream.uniform_open(0);
    default:
      return stream.uniform(0);
  }
}

constexpr std::size_t most_rows = 256;

// Draw 0 of each of at most so many rows.
void draw(Base base, const Stream& stream, std::span<const std::uint64_t> rows,
          double* out) noexcept {
  std::uint64_t bits[most_rows];
  kernel::draw_bits(stream.philox_key(), stream.row_offset(), 0, rows, bits);
  const std::span<const std::uint64_t> drawn(bits, rows.size());
  switch (base) {
    case Base::normal:
      return kernel::normals(drawn, out);
    case Base::laplace:
      return kernel::laplaces(drawn, out);
    case Base::uniform_open:
      return kernel::uniforms(drawn, out);
    default:
      return kernel::fractions(drawn, out);
  }
}

// out = f(x, draw, size) where the step acts and the cell is there.
template <class F>
class NumberDraw final : public Operation {
 public:
  NumberDraw(Base base, Ranged size, const char* name, F f)
      : base_(base), size_(size), name_(name), f_(std::move(f)) {}

  void apply(Block& block, std::span<const Slot> in, std::span<const Slot> out,
             const RowContext& rows) const override {
    double* x = as_numbers(block, in[0], out[0]);
    if (!rows.active) return;
    const Stream stream = stream_of(rows);
    const bool plain = rows.acts == nullptr && size_.is_fixed();
    const Stream parameters = plain ? stream : stream_of(rows, Purpose::parameters);
    // Some rows at a time: what is drawn for them stays near.
    std::uint64_t keys[most_rows];
    std::size_t place[most_rows];
    double draws[most_rows];
    const F f = f_;
    for (std::size_t first = 0; first < block.rows(); first += most_rows) {
      const std::size_t count = std::min(most_rows, block.rows() - first);
      const std::uint64_t* own = rows.keys + first;
      double* cells = x + first;
      if (plain) {
        draw(base_, stream, {own, count}, draws);
        const double size = size_.low();
        for (std::size_t i = 0; i < count; ++i) cells[i] = f(cells[i], draws[i], size);
        continue;
      }
      std::size_t acting = 0;
      for (std::size_t i = 0; i < count; ++i) {
        keys[acting] = own[i];
        place[acting] = i;
        acting += rows.acts == nullptr || rows.acts[first + i] != 0;
      }
      draw(base_, stream, {keys, acting}, draws);
      for (std::size_t i = 0; i < acting; ++i) {
        double& cell = cells[place[i]];
        cell = f(cell, draws[i], size_.at(parameters.with_row(keys[i])));
      }
    }
  }

  void drawn(const RowContext& rows, std::size_t row,
             std::vector<std::pair<std::string, double>>& draws) const override {
    const std::uint64_t key = rows.keys[row];
    if (name_ != nullptr) {
      draws.emplace_back(name_, size_.at(stream_of(rows, Purpose::parameters).with_row(key)));
    }
    draws.emplace_back("draw", base_draw(base_, stream_of(rows).with_row(key)));
  }

 private:
  Base base_;
  Ranged size_;
  const char* name_;
  F f_;
};

template <class F>
Prepared number_draw(std::span<const Field> inputs, const Settings& settings, Base base,
                     Ranged size, const char* name, F f) {
  return one_output(inputs, settings, floating(),
                    std::make_shared<const NumberDraw<F>>(base, size, name, std::move(f)));
}

// The unit of a noise: 1, or the column's standard deviation.
Settings fit_unit(const FitInput& input) {
  if (!flag_of(input.settings, "relative")) return {{"unit", 1.0}};
  return {{"unit", finite(numbers_in(input).std(), input, "standard deviation")}};
}

Prepared prepare_gaussian(std::span<const Field> inputs, const Settings& settings,
                          const Settings& learned) {
  return number_draw(inputs, settings, Base::normal,
                     Ranged(settings, "std") * number_of(learned, "unit"), "std",
                     [](double x, double z, double size) noexcept { return x + size * z; });
}

Prepared prepare_laplace(std::span<const Field> inputs, const Settings& settings,
                         const Settings& learned) {
  return number_draw(inputs, settings, Base::laplace,
                     Ranged(settings, "scale") * number_of(learned, "unit"), "scale",
                     [](double x, double z, double size) noexcept { return x + size * z; });
}

Prepared prepare_uniform(std::span<const Field> inputs, const Settings& settings,
                         const Settings& learned) {
  return number_draw(
      inputs, settings, Base::uniform_open, Ranged(settings, "width") * number_of(learned, "unit"),
      "width", [](double x, double u, double size) noexcept { return x + size * (2.0 * u - 1.0); });
}

Prepared prepare_multiplicative(std::span<const Field> inputs, const Settings& settings,
                                const Settings&) {
  return number_draw(inputs, settings, Base::normal, Ranged(settings, "std"), "std",
                     [](double x, double z, double size) noexcept { return x * (1.0 + size * z); });
}

struct Range {
  double low;
  double width;
};
Range range_of(const Settings& settings, const char* step) {
  const double low = number_of(settings, "low");
  const double high = number_of(settings, "high");
  if (!(low <= high)) {
    fail_value(
        "transform.bad_parameter", step,
        "low is " + detail::shortest(low) + "; it must be at most high, " + detail::shortest(high));
  }
  return {low, high - low};
}

Prepared prepare_scale(std::span<const Field> inputs, const Settings& settings, const Settings&) {
  const auto [low, width] = range_of(settings, "random_scale");
  return number_draw(inputs, settings, Base::uniform, Ranged(), nullptr,
                     [low = low, width = width](double x, double u, double) noexcept {
                       return x * (low + width * u);
                     });
}

Prepared prepare_shift(std::span<const Field> inputs, const Settings& settings, const Settings&) {
  const auto [low, width] = range_of(settings, "random_shift");
  return number_draw(inputs, settings, Base::uniform, Ranged(), nullptr,
                     [low = low, width = width](double x, double u, double) noexcept {
                       return x + (low + width * u);
                     });
}

Parameter relative() {
  return {.name = "relative",
          .kind = SettingKind::boolean,
          .doc = "in units of the column's standard deviation when fitting",
          .fallback = false};
}

Parameter positive(std::string name, std::string doc) {
  return {.name = std::move(name),
          .doc = std::move(doc) + ", or a range to draw it from for each row",
          .lo = 0.0,
          .ranged = true};
}

StepInfo noise(std::string name, std::string doc, Parameter size) {
  return {.name = std::move(name),
          .doc = std::move(doc),
          .role = StepRole::augmenting,
          .accepts = number_kinds,
          .parameters = {std::move(size), relative()},
          .learned = {learned_number("unit", "1, or the column's standard deviation")},
          .one_output = true,
          .fit = fit_unit};
}

StepInfo in_range(std::string name, std::string doc, double low, double high) {
  return {.name = std::move(name),
          .doc = std::move(doc),
          .role = StepRole::augmenting,
          .accepts = number_kinds,
          .parameters = {{.name = "low", .doc = "lower end of the range", .fallback = low},
                         {.name = "high", .doc = "upper end of the range", .fallback = high}},
          .one_output = true};
}

}  // namespace

StepInfo gaussian_noise() {
  StepInfo info = noise("gaussian_noise", "Adds std times a standard normal draw.",
                        positive("std", "standard deviation of the noise"));
  info.prepare = prepare_gaussian;
  return info;
}

StepInfo laplace_noise() {
  StepInfo info = noise("laplace_noise", "Adds scale times a draw with density exp(-|x|) / 2.",
                        positive("scale", "mean magnitude of the noise"));
  info.prepare = prepare_laplace;
  return info;
}

StepInfo uniform_noise() {
  StepInfo info = noise("uniform_noise", "Adds a draw from (-width, width).",
                        positive("width", "largest magnitude of the noise"));
  info.prepare = prepare_uniform;
  return info;
}

StepInfo multiplicative_noise() {
  return {.name = "multiplicative_noise",
          .doc = "Multiplies by 1 + std times a standard normal draw.",
          .role = StepRole::augmenting,
          .accepts = number_kinds,
          .parameters = {positive("std", "standard deviation of the factor")},
          .one_output = true,
          .prepare = prepare_multiplicative};
}

StepInfo random_scale() {
  StepInfo info = in_range("random_scale", "Multiplies by a draw from [low, high).", 0.9, 1.1);
  info.prepare = prepare_scale;
  return info;
}

StepInfo random_shift() {
  StepInfo info = in_range("random_shift", "Adds a draw from [low, high).", -1.0, 1.0);
  info.prepare = prepare_shift;
  return info;
}

}  // namespace zeroskew::steps
