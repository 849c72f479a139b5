#include "zeroskew/monitor/adwin.hpp"

#include <algorithm>
#include <cmath>

#include "zeroskew/detail/math.hpp"
#include "zeroskew/monitor/state.hpp"

namespace zeroskew {
namespace {

double bucket_values(std::size_t row) noexcept {
  return static_cast<double>(std::uint64_t{1} << row);
}

// The squared deviations that two groups have beyond their own when they are put together.
double between(double n1, double mean1, double n2, double mean2) noexcept {
  return n1 * n2 * (mean1 - mean2) * (mean1 - mean2) / (n1 + n2);
}

}  // namespace

ADWIN::ADWIN(const Parameters& parameters) : parameters_(parameters) {
  detail::check_parameters(name, parameters);
}

double ADWIN::mean() const noexcept {
  return width_ == 0 ? 0.0 : total_ / static_cast<double>(width_);
}

double ADWIN::variance() const noexcept {
  return width_ == 0 ? 0.0 : std::max(0.0, spread_) / static_cast<double>(width_);
}

bool ADWIN::update(double x) {
  if (!admit(detail::is_finite(x))) return false;
  if (width_ > 0) {
    const auto n = static_cast<double>(width_);
    const double gap = x - total_ / n;
    spread_ += n * gap * gap / (n + 1.0);
  }
  ++width_;
  total_ += x;
  append(0, {x, 0.0});
  if (filled_[0] == row_size()) compress();

  if (++tick_ < parameters_.clock) return say(false);
  tick_ = 0;
  bool cut = false;
  if (width_ > parameters_.grace) {
    while (find_cut()) {
      cut = true;
      drop_oldest();
    }
  }
  return say(cut);
}

void ADWIN::append(std::size_t row, Bucket bucket) {
  if (row == filled_.size()) {
    filled_.push_back(0);
    bucket_.resize(filled_.size() * row_size());
  }
  bucket_[row * row_size() + static_cast<std::size_t>(filled_[row])] = bucket;
  ++filled_[row];
}

void ADWIN::drop_front(std::size_t row, std::size_t n) noexcept {
  const auto first = bucket_.begin() + static_cast<std::ptrdiff_t>(row * row_size());
  const auto last = first + static_cast<std::ptrdiff_t>(filled_[row]);
  std::fill(std::copy(first + static_cast<std::ptrdiff_t>(n), last, first), last, Bucket{});
  filled_[row] -= n;
}

void ADWIN::compress() {
  for (std::size_t row = 0; row < filled_.size() && filled_[row] == row_size(); ++row) {
    const Bucket a = bucket_[row * row_size()];
    const Bucket b = bucket_[row * row_size() + 1];
    const double n = bucket_values(row);
    append(row + 1,
           {a.total + b.total, a.spread + b.spread + between(n, a.total / n, n, b.total / n)});
    drop_front(row, 2);
  }
}

void ADWIN::drop_oldest() noexcept {
  const std::size_t row = filled_.size() - 1;
  const Bucket oldest = bucket_[row * row_size()];
  const double n = bucket_values(row);
  width_ -= std::uint64_t{1} << row;
  total_ -= oldest.total;
  const auto rest = static_cast<double>(width_);
  spread_ -= oldest.spread + between(n, oldest.total / n, rest, total_ / rest);
  drop_front(row, 1);
  while (!filled_.empty() && filled_.back() == 0) filled_.pop_back();
  bucket_.resize(filled_.size() * row_size());
}

bool ADWIN::find_cut() const noexcept {
  const auto width = static_cast<double>(width_);
  const auto least = static_cast<double>(parameters_.min_window);
  const double confidence = detail::math::log(2.0 * detail::math::log(width) / parameters_.delta);
  const double noise = 2.0 * variance() * confidence;
  double n0 = 0.0;
  double u0 = 0.0;
  for (std::size_t row = filled_.size(); row-- > 0;) {
    const double n = bucket_values(row);
    for (std::size_t k = 0; k < filled_[row]; ++k) {
      n0 += n;
      u0 += bucket_[row * row_size() + k].total;
      const double n1 = width - n0;
      if (n1 < least) return false;
      if (n0 < least) continue;
      const double reciprocal = 1.0 / (n0 - least + 1.0) + 1.0 / (n1 - least + 1.0);
      const double bound = std::sqrt(reciprocal * noise) + 2.0 / 3.0 * confidence * reciprocal;
      if (std::fabs(u0 / n0 - (total_ - u0) / n1) > bound) return true;
    }
  }
  return false;
}

bool ADWIN::consistent() const noexcept {
  if (filled_.size() > 62 || bucket_.size() != filled_.size() * row_size()) return false;
  std::uint64_t width = 0;
  for (std::size_t row = 0; row < filled_.size(); ++row) {
    if (filled_[row] >= row_size()) return false;
    width += filled_[row] << row;
  }
  return width == width_ && (filled_.empty() || filled_.back() > 0) && tick_ < parameters_.clock;
}

std::vector<std::uint8_t> ADWIN::write() const {
  return detail::write_state(*this);
}
ADWIN ADWIN::read(std::span<const std::uint8_t> bytes) {
  return detail::read_state<ADWIN>(bytes);
}

}  // namespace zeroskew
