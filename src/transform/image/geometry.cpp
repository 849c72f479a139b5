// Steps that move whole pixels, and other sizes: flips, crops, resizing.

#include "transform/image/warp.hpp"
#include "zeroskew/kernel/image.hpp"

namespace zeroskew::image {
namespace {

class Flip final : public ImageOperation {
 public:
  explicit Flip(bool horizontal) : horizontal_(horizontal) {}
  void apply(const ImageWork& work) const override {
    const std::size_t pixel = work.from.channels * (work.from.floating ? 4 : 1);
    turn(static_cast<const std::uint8_t*>(work.in), work.from, pixel,
         static_cast<std::uint8_t*>(work.out));
    if (work.notes != nullptr && !work.notes->mask.empty()) {
      std::vector<std::uint8_t> mask(work.notes->mask.size());
      turn(work.notes->mask.data(), work.from, 1, mask.data());
      work.notes->mask = std::move(mask);
    }
    const double last = static_cast<double>(horizontal_ ? work.from.width : work.from.height) - 1.0;
    move_notes(work, [&](std::array<double, 2> p) {
      p[horizontal_ ? 0 : 1] = last - p[horizontal_ ? 0 : 1];
      return p;
    });
  }

 private:
  void turn(const std::uint8_t* in, const ImageShape& shape, std::size_t pixel,
            std::uint8_t* out) const {
    const std::size_t row = shape.width * pixel;
    if (horizontal_) {
      kernel::mirror_rows(in, shape.height, shape.width, pixel, out);
    } else {
      kernel::copy_rows(in + (shape.height - 1) * row, -static_cast<std::ptrdiff_t>(row),
                        shape.height, row, out);
    }
  }

  bool horizontal_;
};

class Crop final : public ImageOperation {
 public:
  explicit Crop(const Settings& settings)
      : height_(static_cast<std::size_t>(integer_of(settings, "height"))),
        width_(static_cast<std::size_t>(integer_of(settings, "width"))),
        centre_(text_of(settings, "place") == "centre") {}

  [[nodiscard]] ImageShape after(const ImageShape& shape) const override {
    if (height_ > shape.height || width_ > shape.width) {
      fail_value("transform.image", "crop",
                 "a window of " + std::to_string(height_) + " x " + std::to_string(width_) +
                     " does not fit an image of " + std::to_string(shape.height) + " x " +
                     std::to_string(shape.width));
    }
    ImageShape cut = shape;
    cut.height = height_;
    cut.width = width_;
    return cut;
  }

  void apply(const ImageWork& work) const override {
    const auto [top, left] = corner(work.from, work.draws);
    const std::size_t pixel = work.from.channels * (work.from.floating ? 4 : 1);
    const auto* in = static_cast<const std::uint8_t*>(work.in);
    auto* out = static_cast<std::uint8_t*>(work.out);
    kernel::copy_rows(in + (top * work.from.width + left) * pixel,
                      static_cast<std::ptrdiff_t>(work.from.width * pixel), height_, width_ * pixel,
                      out);
    if (work.notes != nullptr && !work.notes->mask.empty()) {
      std::vector<std::uint8_t> mask(height_ * width_);
      kernel::copy_rows(work.notes->mask.data() + top * work.from.width + left,
                        static_cast<std::ptrdiff_t>(work.from.width), height_, width_, mask.data());
      work.notes->mask = std::move(mask);
    }
    move_notes(work, [&, top = top, left = left](std::array<double, 2> p) {
      return std::array{p[0] - static_cast<double>(left), p[1] - static_cast<double>(top)};
    });
  }

  void drawn(const ImageShape& shape, const Stream& draws, ImageDraws& values) const override {
    const auto [top, left] = corner(shape, draws);
    values.emplace_back("top", static_cast<double>(top));
    values.emplace_back("left", static_cast<double>(left));
  }

 private:
  [[nodiscard]] std::pair<std::size_t, std::size_t> corner(const ImageShape& shape,
                                                           const Stream& draws) const {
    const std::size_t down = shape.height - height_;
    const std::size_t across = shape.width - width_;
    if (centre_) return {down / 2, across / 2};
    return {static_cast<std::size_t>(draws.below(0, down + 1)),
            static_cast<std::size_t>(draws.below(1, across + 1))};
  }

  std::size_t height_;
  std::size_t width_;
  bool centre_;
};

// Both images cover the same field: their outer edges meet.
class Resize final : public ImageOperation {
 public:
  explicit Resize(const Settings& settings)
      : height_(static_cast<std::size_t>(integer_of(settings, "height"))),
        width_(static_cast<std::size_t>(integer_of(settings, "width"))) {}

  [[nodiscard]] ImageShape after(const ImageShape& shape) const override {
    ImageShape made = shape;
    made.height = height_;
    made.width = width_;
    return made;
  }

  void apply(const ImageWork& work) const override {
    const double across = static_cast<double>(work.from.width) / static_cast<double>(width_);
    const double down = static_cast<double>(work.from.height) / static_cast<double>(height_);
    warp(work, Border::edge, [&](std::size_t i, std::size_t j, float& x, float& y) {
      x = static_cast<float>((static_cast<double>(i) + 0.5) * across - 0.5);
      y = static_cast<float>((static_cast<double>(j) + 0.5) * down - 0.5);
    });
    move_notes(work, [&](std::array<double, 2> p) {
      return std::array{(p[0] + 0.5) / across - 0.5, (p[1] + 0.5) / down - 0.5};
    });
  }

 private:
  std::size_t height_;
  std::size_t width_;
};

}  // namespace

ImageStepInfo flip_horizontal() {
  return {"flip_horizontal", "Left becomes right.", {}, make<Flip, true>};
}
ImageStepInfo flip_vertical() {
  return {"flip_vertical", "Top becomes bottom.", {}, make<Flip, false>};
}
ImageStepInfo crop() {
  return {"crop",
          "A window of the image; a larger one than the image is an error.",
          {{.name = "height", .kind = SettingKind::integer, .doc = "in pixels", .lo = 1},
           {.name = "width", .kind = SettingKind::integer, .doc = "in pixels", .lo = 1},
           {.name = "place",
            .kind = SettingKind::choice,
            .doc = "where it is",
            .fallback = "random",
            .choices = {"random", "centre"}}},
          make<Crop>};
}
ImageStepInfo resize() {
  return {
      "resize",
      "Another size, by linear interpolation between pixel centres, the outer edges in place.",
      {{.name = "height", .kind = SettingKind::integer, .doc = "in pixels", .lo = 1, .hi = 65536},
       {.name = "width", .kind = SettingKind::integer, .doc = "in pixels", .lo = 1, .hi = 65536}},
      make<Resize>};
}

}  // namespace zeroskew::image
