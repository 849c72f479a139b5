#pragma once
/// The draws of a step: functions of (seed, epoch, step, column, row key, number of the draw).

#include <cstddef>
#include <cstdint>

#include "zeroskew/random/stream.hpp"
#include "zeroskew/transform/operation.hpp"
#include "zeroskew/transform/setting.hpp"

namespace zeroskew {

/// What a draw is for; each use has its own stream.
enum class Purpose : std::uint64_t { values = 0, gate = 1, parameters = 2 };

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

/// A parameter of an augmenting step: a number, or a range that is drawn from for each row.
class Ranged {
 public:
  Ranged() = default;
  Ranged(const Settings& settings, std::string_view name, std::uint64_t draw = 0) : draw_(draw) {
    const Setting& setting = settings.find(name)->second;
    if (const auto* pair = std::get_if<std::vector<double>>(&setting)) {
      low_ = (*pair)[0];
      width_ = (*pair)[1] - low_;
    } else {
      low_ = std::get<double>(setting);
    }
  }

  [[nodiscard]] Ranged operator*(double unit) const noexcept {
    Ranged scaled = *this;
    scaled.low_ *= unit;
    scaled.width_ *= unit;
    return scaled;
  }
  [[nodiscard]] bool is_fixed() const noexcept { return width_ == 0.0; }
  [[nodiscard]] double low() const noexcept { return low_; }
  [[nodiscard]] double high() const noexcept { return low_ + width_; }
  /// For a row's stream of purpose `parameters`.
  [[nodiscard]] double at(const Stream& parameters) const noexcept {
    return is_fixed() ? low_ : low_ + width_ * parameters.uniform(draw_);
  }

 private:
  double low_ = 0.0;
  double width_ = 0.0;
  std::uint64_t draw_ = 0;
};

}  // namespace zeroskew
