#pragma once
/// What a step on images is made of.

#include <algorithm>
#include <cmath>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

#include "transform/draws.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/transform/image.hpp"

namespace zeroskew {

using ImageDraws = std::vector<std::pair<std::string, double>>;

/// One image on its way through a step. `draws` is the step's stream for the image's key.
struct ImageWork {
  ImageShape from;
  ImageShape to;
  const void* in = nullptr;
  void* out = nullptr;
  Stream draws;
  ImageNotes* notes = nullptr;
  std::vector<float>* scratch = nullptr;

  template <class T>
  [[nodiscard]] const T* source() const noexcept {
    return static_cast<const T*>(in);
  }
  template <class T>
  [[nodiscard]] T* target() const noexcept {
    return static_cast<T*>(out);
  }
};

class ImageOperation {
 public:
  virtual ~ImageOperation() = default;
  /// @throws Error transform.image
  [[nodiscard]] virtual ImageShape after(const ImageShape& shape) const { return shape; }
  virtual void apply(const ImageWork& work) const = 0;
  /// What it draws for an image, by name.
  virtual void drawn(const ImageShape& /*shape*/, const Stream& /*draws*/,
                     ImageDraws& /*values*/) const {}
};

namespace image {

/// Calls f(in, out) with pointers to the pixels' type.
template <class F>
void with_pixels(const ImageWork& work, F&& f) {
  if (work.from.floating) {
    f(work.source<float>(), work.target<float>());
  } else {
    f(work.source<std::uint8_t>(), work.target<std::uint8_t>());
  }
}

/// A value of an image of this type: rounded and held in its range.
inline void put(float x, std::uint8_t& out) noexcept {
  const float held = x < 0.0f ? 0.0f : (x > 255.0f ? 255.0f : x);
  out = static_cast<std::uint8_t>(static_cast<int>(held + 0.5f));
}
inline void put(float x, float& out) noexcept {
  out = x;
}

/// 255 for bytes, 1 for floats.
[[nodiscard]] inline float white(const ImageShape& shape) noexcept {
  return shape.floating ? 1.0f : 255.0f;
}

[[nodiscard]] inline Parameter number(std::string name, std::string doc, Setting fallback,
                                      double lo, double hi) {
  return {.name = std::move(name),
          .doc = std::move(doc) + ", or a range to draw it from",
          .fallback = std::move(fallback),
          .lo = lo,
          .hi = hi,
          .ranged = true};
}
[[nodiscard]] inline Parameter whole(std::string name, std::string doc, std::int64_t fallback,
                                     double lo, double hi) {
  return {.name = std::move(name),
          .kind = SettingKind::integer,
          .doc = std::move(doc),
          .fallback = fallback,
          .lo = lo,
          .hi = hi};
}
[[nodiscard]] inline std::vector<double> range(double low, double high) {
  return {low, high};
}

/// Gaussian blur of one plane or of interleaved channels, edges repeated; in place is allowed.
void blur(const float* in, std::size_t height, std::size_t width, std::size_t channels,
          double sigma, float* out);

/// What the registry makes of a step's settings, or of constants.
template <class Operation, auto... arguments>
std::shared_ptr<const ImageOperation> make(const Settings& settings) {
  if constexpr (std::is_constructible_v<Operation, const Settings&, decltype(arguments)...>) {
    return std::make_shared<const Operation>(settings, arguments...);
  } else {
    return std::make_shared<const Operation>(arguments...);
  }
}

ImageStepInfo flip_horizontal();
ImageStepInfo flip_vertical();
ImageStepInfo rotate();
ImageStepInfo affine();
ImageStepInfo crop();
ImageStepInfo resize();
ImageStepInfo elastic();
ImageStepInfo brightness();
ImageStepInfo contrast();
ImageStepInfo gamma();
ImageStepInfo blur_step();
ImageStepInfo noise();
ImageStepInfo cutout();
ImageStepInfo fog();
ImageStepInfo rain();
ImageStepInfo snow();

}  // namespace image
}  // namespace zeroskew
