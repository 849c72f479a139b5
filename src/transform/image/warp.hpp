#pragma once
/// Pixels, labels and places that move: what the steps of geometry share. Pixel centres lie at
/// whole coordinates; colours are interpolated linearly, labels of masks are the nearest.

#include "transform/image/operation.hpp"

namespace zeroskew::image {

// What lies outside an image.
enum class Border : std::uint8_t { fill, edge, reflect };

inline Parameter border() {
  return {.name = "border",
          .kind = SettingKind::choice,
          .doc = "what lies outside: black, the nearest pixel, or the image's reflection",
          .fallback = "fill",
          .choices = {"fill", "edge", "reflect"}};
}
inline Border border_of(const Settings& settings) {
  const std::string& word = text_of(settings, "border");
  return word == "edge" ? Border::edge : (word == "reflect" ? Border::reflect : Border::fill);
}

// The pixel that stands for place i of n; -1: none.
inline std::ptrdiff_t inside(std::ptrdiff_t i, std::ptrdiff_t n, Border border) noexcept {
  if (i >= 0 && i < n) return i;
  if (border == Border::fill) return -1;
  if (border == Border::edge || n == 1) return i < 0 ? 0 : n - 1;
  const std::ptrdiff_t period = 2 * n - 2;
  std::ptrdiff_t k = i % period;
  if (k < 0) k += period;
  return k < n ? k : period - k;
}

// Colours of places (x, y) of an image.
template <class T>
class Sampler {
 public:
  Sampler(const T* pixels, const ImageShape& shape, Border border)
      : pixels_(pixels),
        width_(static_cast<std::ptrdiff_t>(shape.width)),
        height_(static_cast<std::ptrdiff_t>(shape.height)),
        channels_(shape.channels),
        border_(border) {}

  void at(float x, float y, T* out) const noexcept {
    if (channels_ == 3) return at<3>(x, y, out, 3);
    if (channels_ == 1) return at<1>(x, y, out, 1);
    at<0>(x, y, out, channels_);
  }

 private:
  template <std::size_t fixed>
  void at(float x, float y, T* out, std::size_t channels) const noexcept {
    const std::size_t count = fixed != 0 ? fixed : channels;
    // Far outside, whole numbers would not do.
    x = x < -1e6f ? -1e6f : (x > 1e6f ? 1e6f : x);
    y = y < -1e6f ? -1e6f : (y > 1e6f ? 1e6f : y);
    auto left = static_cast<std::ptrdiff_t>(x);
    auto top = static_cast<std::ptrdiff_t>(y);
    left -= static_cast<float>(left) > x;
    top -= static_cast<float>(top) > y;
    const float u = x - static_cast<float>(left);
    const float v = y - static_cast<float>(top);
    if (left >= 0 && top >= 0 && left + 1 < width_ && top + 1 < height_) {
      const T* a = pixels_ + static_cast<std::size_t>(top * width_ + left) * count;
      const T* b = a + static_cast<std::size_t>(width_) * count;
      for (std::size_t c = 0; c < count; ++c) {
        mix(static_cast<float>(a[c]), static_cast<float>(a[c + count]), static_cast<float>(b[c]),
            static_cast<float>(b[c + count]), u, v, out[c]);
      }
      return;
    }
    const T* corner[4];
    for (int k = 0; k < 4; ++k) {
      const std::ptrdiff_t i = inside(left + (k & 1), width_, border_);
      const std::ptrdiff_t j = inside(top + (k >> 1), height_, border_);
      corner[k] =
          i < 0 || j < 0 ? nullptr : pixels_ + static_cast<std::size_t>(j * width_ + i) * count;
    }
    const auto colour = [&](int k, std::size_t c) {
      return corner[k] == nullptr ? 0.0f : static_cast<float>(corner[k][c]);
    };
    for (std::size_t c = 0; c < count; ++c) {
      mix(colour(0, c), colour(1, c), colour(2, c), colour(3, c), u, v, out[c]);
    }
  }

  static void mix(float a, float b, float c, float d, float u, float v, T& out) noexcept {
    const float upper = a + (b - a) * u;
    const float lower = c + (d - c) * u;
    put(upper + (lower - upper) * v, out);
  }

  const T* pixels_;
  std::ptrdiff_t width_;
  std::ptrdiff_t height_;
  std::size_t channels_;
  Border border_;
};

inline std::ptrdiff_t nearest(float x) noexcept {
  const float held = x < -1e6f ? -1e6f : (x > 1e6f ? 1e6f : x);
  return static_cast<std::ptrdiff_t>(std::floor(held + 0.5f));
}

// Fills the image, and the mask if there is one, from places that `place(column, row, x, y)` names.
template <class Place>
void warp(const ImageWork& work, Border border, const Place& place) {
  const std::size_t height = work.to.height;
  const std::size_t width = work.to.width;
  with_pixels(work, [&]<class T>(const T* in, T* out) {
    const Sampler<T> sampler(in, work.from, border);
    for (std::size_t j = 0; j < height; ++j) {
      T* row = out + j * width * work.to.channels;
      for (std::size_t i = 0; i < width; ++i) {
        float x = 0.0f;
        float y = 0.0f;
        place(i, j, x, y);
        sampler.at(x, y, row + i * work.to.channels);
      }
    }
  });
  if (work.notes == nullptr || work.notes->mask.empty()) return;
  const auto w = static_cast<std::ptrdiff_t>(work.from.width);
  const auto h = static_cast<std::ptrdiff_t>(work.from.height);
  std::vector<std::uint8_t> mask(height * width);
  for (std::size_t j = 0; j < height; ++j) {
    for (std::size_t i = 0; i < width; ++i) {
      float x = 0.0f;
      float y = 0.0f;
      place(i, j, x, y);
      const std::ptrdiff_t a = inside(nearest(x), w, border);
      const std::ptrdiff_t b = inside(nearest(y), h, border);
      mask[j * width + i] =
          a < 0 || b < 0 ? std::uint8_t{0} : work.notes->mask[static_cast<std::size_t>(b * w + a)];
    }
  }
  work.notes->mask = std::move(mask);
}

// Points move by `move`, boxes become those around their moved corners, held inside the image.
template <class Move>
void move_notes(const ImageWork& work, const Move& move) {
  if (work.notes == nullptr) return;
  for (auto& point : work.notes->points) point = move(point);
  const double right = static_cast<double>(work.to.width) - 0.5;
  const double bottom = static_cast<double>(work.to.height) - 0.5;
  for (auto& box : work.notes->boxes) {
    std::array<double, 4> around{1e300, 1e300, -1e300, -1e300};
    for (const auto& corner : {std::array{box[0], box[1]}, std::array{box[2], box[1]},
                               std::array{box[0], box[3]}, std::array{box[2], box[3]}}) {
      const std::array<double, 2> moved = move(corner);
      around[0] = std::min(around[0], moved[0]);
      around[1] = std::min(around[1], moved[1]);
      around[2] = std::max(around[2], moved[0]);
      around[3] = std::max(around[3], moved[1]);
    }
    box = {std::clamp(around[0], -0.5, right), std::clamp(around[1], -0.5, bottom),
           std::clamp(around[2], -0.5, right), std::clamp(around[3], -0.5, bottom)};
  }
}

}  // namespace zeroskew::image
