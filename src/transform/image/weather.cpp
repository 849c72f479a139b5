// Weather: fog, rain and snow, each a weight for every pixel with which it goes towards a colour.

#include <cstring>
#include <type_traits>

#include "transform/image/operation.hpp"
#include "zeroskew/kernel/image.hpp"

namespace zeroskew::image {
namespace {

// Draws beyond the parameters' own.
constexpr std::uint64_t first_draw = 16;

// Banks of fog: uniform draws on a coarse grid, made smooth by cubic B-splines.
class Banks {
 public:
  Banks(const ImageShape& shape, const Stream& draws)
      : spacing_(static_cast<float>(std::max(shape.height, shape.width)) / 6.0f + 1.0f),
        columns_(static_cast<std::size_t>(static_cast<float>(shape.width) / spacing_) + 5),
        rows_(static_cast<std::size_t>(static_cast<float>(shape.height) / spacing_) + 5) {
    for (std::size_t k = 0; k < columns_ * rows_; ++k) {
      knots_.push_back(static_cast<float>(draws.uniform(first_draw + k)));
    }
    mixed_.resize(columns_);
    for (std::size_t i = 0; i < shape.width; ++i) {
      float w[4];
      place_.push_back(split(static_cast<float>(i), w));
      weight_.insert(weight_.end(), w, w + 4);
    }
  }

  // out = low + width field
  void row(std::size_t j, float low, float width, float* out) {
    float v[4];
    const std::size_t top = split(static_cast<float>(j), v);
    for (std::size_t k = 0; k < columns_; ++k) {
      float sum = 0.0f;
      for (std::size_t r = 0; r < 4; ++r) sum += v[r] * knots_[(top + r) * columns_ + k];
      mixed_[k] = low + width * sum;
    }
    for (std::size_t i = 0; i < place_.size(); ++i) {
      const float* w = &weight_[4 * i];
      const float* m = &mixed_[place_[i]];
      out[i] = w[0] * m[0] + w[1] * m[1] + w[2] * m[2] + w[3] * m[3];
    }
  }

 private:
  std::size_t split(float z, float (&w)[4]) const noexcept {
    const float at = z / spacing_;
    const auto cell = static_cast<std::size_t>(at);
    const float t = at - static_cast<float>(cell);
    const float s = 1.0f - t;
    w[0] = s * s * s / 6.0f;
    w[1] = (3.0f * t * t * t - 6.0f * t * t + 4.0f) / 6.0f;
    w[2] = (3.0f * s * s * s - 6.0f * s * s + 4.0f) / 6.0f;
    w[3] = t * t * t / 6.0f;
    return cell;
  }

  float spacing_;
  std::size_t columns_;
  std::size_t rows_;
  std::vector<float> knots_;
  std::vector<float> mixed_;
  std::vector<std::size_t> place_;
  std::vector<float> weight_;
};

class Fog final : public ImageOperation {
 public:
  explicit Fog(const Settings& settings) : intensity_(settings, "intensity") {}
  void apply(const ImageWork& work) const override {
    const auto most = static_cast<float>(intensity_.at(work.draws));
    const std::size_t width = work.from.width;
    Banks banks(work.from, work.draws);
    std::vector<float> weight(width);
    with_pixels(work, [&](const auto* in, auto* out) {
      for (std::size_t j = 0; j < work.from.height; ++j) {
        banks.row(j, 0.5f * most, 0.5f * most, weight.data());
        const std::size_t at = j * width * work.from.channels;
        kernel::blend(in + at, weight.data(), 0.94f * white(work.from), width, work.from.channels,
                      out + at);
      }
    });
  }
  void drawn(const ImageShape&, const Stream& draws, ImageDraws& values) const override {
    values.emplace_back("intensity", intensity_.at(draws));
  }

 private:
  Ranged intensity_;
};

// Adds to the weight of one pixel, if it is one.
void dab(std::vector<float>& plane, const ImageShape& shape, double x, double y, float weight) {
  if (!(x > -0.5 && y > -0.5)) return;
  const auto i = static_cast<std::size_t>(x + 0.5);
  const auto j = static_cast<std::size_t>(y + 0.5);
  if (i >= shape.width || j >= shape.height) return;
  float& cell = plane[j * shape.width + i];
  cell = cell + weight < 1.0f ? cell + weight : 1.0f;
}

void blend_plane(const ImageWork& work, const std::vector<float>& plane, float colour) {
  with_pixels(work, [&](const auto* in, auto* out) {
    kernel::blend(in, plane.data(), colour, plane.size(), work.from.channels, out);
  });
}

// Moves a value a share of the way to a colour; shares are of 256.
inline void stain(std::uint8_t& x, std::uint32_t share, std::uint32_t colour) noexcept {
  x = static_cast<std::uint8_t>((x * (256 - share) + colour * share + 128) >> 8);
}
inline void stain(float& x, std::uint32_t share, float colour) noexcept {
  x += (colour - x) * (static_cast<float>(share) * 0x1p-8f);
}

// Less light, then streaks of one slant.
class Rain final : public ImageOperation {
 public:
  explicit Rain(const Settings& settings)
      : drops_(settings, "drops"),
        length_(settings, "length", 1),
        slant_(settings, "slant", 2),
        light_(1.0 - number_of(settings, "darken")) {}

  void apply(const ImageWork& work) const override {
    const std::size_t count = work.from.values();
    with_pixels(work, [&]<class T>(const T* in, T* out) {
      kernel::scale(in, static_cast<float>(light_), count, out);
      // The light that a streak catches, as the picture's.
      const auto colour = static_cast<float>(0.8 * light_) * white(work.from);
      if (work.from.channels == 3) {
        streaks<3>(work, out, colour);
      } else if (work.from.channels == 1) {
        streaks<1>(work, out, colour);
      } else {
        streaks<0>(work, out, colour);
      }
    });
  }
  void drawn(const ImageShape&, const Stream& draws, ImageDraws& values) const override {
    values.emplace_back("drops", drops_.at(draws));
    values.emplace_back("length", length_.at(draws));
    values.emplace_back("slant", slant_.at(draws));
  }

 private:
  // Places are counted in parts of 2^-16 of a pixel: whole numbers, the same everywhere.
  template <std::size_t fixed, class T>
  void streaks(const ImageWork& work, T* out, float grey) const {
    const ImageShape& shape = work.from;
    const std::size_t channels = fixed != 0 ? fixed : shape.channels;
    const auto width = static_cast<std::int64_t>(shape.width);
    const auto height = static_cast<std::int64_t>(shape.height);
    const auto colour =
        static_cast<std::conditional_t<std::is_same_v<T, float>, float, std::uint32_t>>(grey);
    const auto step = static_cast<std::int64_t>(slant_.at(work.draws) * 65536.0);
    const double size = length_.at(work.draws) * static_cast<double>(height);
    const auto count = static_cast<std::uint64_t>(
        drops_.at(work.draws) * static_cast<double>(shape.width * shape.height) / 1000.0);
    for (std::uint64_t k = 0; k < count; ++k) {
      const std::uint64_t draw = first_draw + 3 * k;
      auto x = static_cast<std::int64_t>(work.draws.uniform(draw) * static_cast<double>(width) *
                                         65536.0);
      const auto top =
          static_cast<std::int64_t>(work.draws.uniform(draw + 1) * static_cast<double>(height));
      const auto bottom =
          top + 1 + static_cast<std::int64_t>(size * (0.5 + 0.5 * work.draws.uniform(draw + 2)));
      for (std::int64_t y = top; y < std::min(bottom, height); ++y, x += step) {
        const std::int64_t left = x >> 16;
        const auto side = static_cast<std::uint32_t>(x & 0xffff);
        const std::uint32_t share = (side * 115) >> 16;  // of 0.45
        T* row = out + static_cast<std::size_t>(y * width) * channels;
        if (left >= 0 && left < width) {
          T* pixel = row + static_cast<std::size_t>(left) * channels;
          for (std::size_t c = 0; c < channels; ++c) stain(pixel[c], 115 - share, colour);
        }
        if (left + 1 >= 0 && left + 1 < width) {
          T* pixel = row + static_cast<std::size_t>(left + 1) * channels;
          for (std::size_t c = 0; c < channels; ++c) stain(pixel[c], share, colour);
        }
      }
    }
  }

  Ranged drops_;
  Ranged length_;
  Ranged slant_;
  double light_;
};

// Round flakes with soft edges, behind a thin veil.
class Snow final : public ImageOperation {
 public:
  explicit Snow(const Settings& settings)
      : flakes_(settings, "flakes"),
        radius_(settings, "radius", 1),
        veil_(static_cast<float>(number_of(settings, "veil"))) {}

  void apply(const ImageWork& work) const override {
    const ImageShape& shape = work.from;
    std::vector<float>& plane = *work.scratch;
    plane.assign(shape.height * shape.width, veil_);
    const double largest = radius_.at(work.draws);
    const auto count = static_cast<std::uint64_t>(flakes_.at(work.draws) *
                                                  static_cast<double>(plane.size()) / 1000.0);
    for (std::uint64_t k = 0; k < count; ++k) {
      const std::uint64_t draw = first_draw + 3 * k;
      const double x = work.draws.uniform(draw) * static_cast<double>(shape.width);
      const double y = work.draws.uniform(draw + 1) * static_cast<double>(shape.height);
      const double radius = largest * (0.3 + 0.7 * work.draws.uniform(draw + 2));
      for (double v = std::floor(y - radius); v <= y + radius; v += 1.0) {
        for (double u = std::floor(x - radius); u <= x + radius; u += 1.0) {
          const double far = ((u - x) * (u - x) + (v - y) * (v - y)) / (radius * radius);
          if (far < 1.0) dab(plane, shape, u, v, static_cast<float>(1.0 - far * far));
        }
      }
    }
    blend_plane(work, plane, white(shape));
  }
  void drawn(const ImageShape&, const Stream& draws, ImageDraws& values) const override {
    values.emplace_back("flakes", flakes_.at(draws));
    values.emplace_back("radius", radius_.at(draws));
  }

 private:
  Ranged flakes_;
  Ranged radius_;
  float veil_;
};

}  // namespace

ImageStepInfo fog() {
  return {"fog",
          "Banks of fog: every pixel goes towards light grey, here more and there less.",
          {number("intensity", "where the fog is thickest", range(0.3, 0.8), 0.0, 1.0)},
          make<Fog>};
}
ImageStepInfo rain() {
  return {"rain",
          "Streaks of rain of one slant, and less light.",
          {number("drops", "in a thousand pixels", range(1.0, 3.0), 0.0, 100.0),
           number("length", "of the longest streak, in heights of the image", 0.08, 0.0, 1.0),
           number("slant", "pixels to the right for one down", range(-0.3, 0.3), -3.0, 3.0),
           {.name = "darken",
            .doc = "share of the light that is lost",
            .fallback = 0.15,
            .lo = 0.0,
            .hi = 1.0}},
          make<Rain>};
}
ImageStepInfo snow() {
  return {"snow",
          "Snow flakes with soft edges, behind a thin veil.",
          {number("flakes", "in a thousand pixels", range(2.0, 6.0), 0.0, 100.0),
           number("radius", "of the largest flake in pixels", range(1.5, 3.0), 0.5, 100.0),
           {.name = "veil",
            .doc = "how far everything goes towards white",
            .fallback = 0.1,
            .lo = 0.0,
            .hi = 1.0}},
          make<Snow>};
}

}  // namespace zeroskew::image
