// Steps that change colours where they are: brightness, contrast, gamma, blur, noise, cutout.

#include <cstring>

#include "transform/image/operation.hpp"
#include "zeroskew/detail/math.hpp"
#include "zeroskew/kernel/image.hpp"

namespace zeroskew::image {

void blur(const float* in, std::size_t height, std::size_t width, std::size_t channels,
          double sigma, float* out) {
  // Weights to four standard deviations, made to sum to one.
  const auto radius = static_cast<std::size_t>(4.0 * sigma + 0.5);
  std::vector<double> weights(2 * radius + 1);
  double total = 0.0;
  for (std::size_t k = 0; k <= 2 * radius; ++k) {
    const double x = (static_cast<double>(k) - static_cast<double>(radius)) / sigma;
    weights[k] = detail::math::exp(-0.5 * x * x);
    total += weights[k];
  }
  const std::size_t row = width * channels;
  std::vector<float> upright(height * row);
  const auto held = [](std::size_t at, std::size_t k, std::size_t radius_, std::size_t n) {
    const std::size_t i = at + k < radius_ ? 0 : at + k - radius_;
    return std::min(i, n - 1);
  };
  for (std::size_t j = 0; j < height; ++j) {
    for (std::size_t k = 0; k <= 2 * radius; ++k) {
      kernel::add_scaled(in + held(j, k, radius, height) * row,
                         static_cast<float>(weights[k] / total), row, upright.data() + j * row);
    }
  }
  std::vector<float> padded((width + 2 * radius) * channels);
  for (std::size_t j = 0; j < height; ++j) {
    for (std::size_t i = 0; i < width + 2 * radius; ++i) {
      std::copy_n(upright.data() + j * row + held(i, 0, radius, width) * channels, channels,
                  padded.data() + i * channels);
    }
    std::fill_n(out + j * row, row, 0.0f);
    for (std::size_t k = 0; k <= 2 * radius; ++k) {
      kernel::add_scaled(padded.data() + k * channels, static_cast<float>(weights[k] / total), row,
                         out + j * row);
    }
  }
}

namespace {

// out = f(x) for every value, x and f(x) in units of white. Bytes go through a table of 256.
class Curve : public ImageOperation {
 public:
  void apply(const ImageWork& work) const final {
    const std::size_t count = work.from.values();
    const double size = value_of(work.draws);
    if (work.from.floating) {
      const float* in = work.source<float>();
      float* out = work.target<float>();
      for (std::size_t i = 0; i < count; ++i) {
        const double y = curve(static_cast<double>(in[i]), size);
        out[i] = static_cast<float>(y < 0.0 ? 0.0 : (y > 1.0 ? 1.0 : y));
      }
      return;
    }
    std::uint8_t table[256];
    for (int k = 0; k < 256; ++k) {
      put(static_cast<float>(255.0 * curve(static_cast<double>(k) / 255.0, size)), table[k]);
    }
    const auto* in = work.source<std::uint8_t>();
    auto* out = work.target<std::uint8_t>();
    for (std::size_t i = 0; i < count; ++i) out[i] = table[in[i]];
  }
  void drawn(const ImageShape&, const Stream& draws, ImageDraws& values) const final {
    values.emplace_back(name(), value_of(draws));
  }

 protected:
  Curve(const Settings& settings, const char* name) : size_(settings, name), name_(name) {}
  [[nodiscard]] virtual double curve(double x, double size) const = 0;

 private:
  [[nodiscard]] double value_of(const Stream& draws) const { return size_.at(draws); }
  [[nodiscard]] const char* name() const { return name_; }

  Ranged size_;
  const char* name_;
};

class Brightness final : public Curve {
 public:
  explicit Brightness(const Settings& settings) : Curve(settings, "delta") {}

 private:
  [[nodiscard]] double curve(double x, double delta) const override { return x + delta; }
};

class Contrast final : public Curve {
 public:
  explicit Contrast(const Settings& settings) : Curve(settings, "factor") {}

 private:
  [[nodiscard]] double curve(double x, double factor) const override {
    return 0.5 + (x - 0.5) * factor;
  }
};

class Gamma final : public Curve {
 public:
  explicit Gamma(const Settings& settings) : Curve(settings, "exponent") {}

 private:
  [[nodiscard]] double curve(double x, double exponent) const override {
    return x > 0.0 ? detail::math::pow(x, exponent) : 0.0;
  }
};

class Blur final : public ImageOperation {
 public:
  explicit Blur(const Settings& settings) : sigma_(settings, "sigma") {}
  void apply(const ImageWork& work) const override {
    const double sigma = sigma_.at(work.draws);
    const std::size_t count = work.from.values();
    std::vector<float>& plane = *work.scratch;
    plane.resize(count);
    with_pixels(work, [&]<class T>(const T* in, T* out) {
      for (std::size_t i = 0; i < count; ++i) plane[i] = static_cast<float>(in[i]);
      blur(plane.data(), work.from.height, work.from.width, work.from.channels, sigma,
           plane.data());
      for (std::size_t i = 0; i < count; ++i) put(plane[i], out[i]);
    });
  }
  void drawn(const ImageShape&, const Stream& draws, ImageDraws& values) const override {
    values.emplace_back("sigma", sigma_.at(draws));
  }

 private:
  Ranged sigma_;
};

class Noise final : public ImageOperation {
 public:
  explicit Noise(const Settings& settings) : std_(settings, "std") {}
  void apply(const ImageWork& work) const override {
    constexpr std::size_t chunk = 4096;
    float noise[chunk];
    const float scale = static_cast<float>(std_.at(work.draws)) * white(work.from);
    const std::uint64_t key = work.draws.bits64(2);
    const std::uint64_t row = work.draws.bits64(3);
    const std::size_t count = work.from.values();
    with_pixels(work, [&](const auto* in, auto* out) {
      for (std::size_t first = 0; first < count; first += chunk) {
        const std::size_t size = std::min(chunk, count - first);
        kernel::float_normals(key, row, first, (size + 1023) / 1024 * 1024, noise);
        kernel::add_noise(in + first, noise, scale, size, out + first);
      }
    });
  }
  void drawn(const ImageShape&, const Stream& draws, ImageDraws& values) const override {
    values.emplace_back("std", std_.at(draws));
  }

 private:
  Ranged std_;
};

class Cutout final : public ImageOperation {
 public:
  explicit Cutout(const Settings& settings)
      : count_(static_cast<std::uint64_t>(integer_of(settings, "count"))),
        size_(settings, "size", 1000),
        fill_(number_of(settings, "fill")) {}

  void apply(const ImageWork& work) const override {
    std::memcpy(work.out, work.in, work.from.bytes());
    const std::size_t c = work.from.channels;
    with_pixels(work, [&]<class T>(const T*, T* out) {
      T colour;
      put(static_cast<float>(fill_) * white(work.from), colour);
      for (std::uint64_t k = 0; k < count_; ++k) {
        const Hole hole = hole_at(work.from, work.draws, k);
        for (std::size_t j = 0; j < hole.height; ++j) {
          std::fill_n(out + ((hole.top + j) * work.from.width + hole.left) * c, hole.width * c,
                      colour);
        }
      }
    });
  }
  void drawn(const ImageShape& shape, const Stream& draws, ImageDraws& values) const override {
    for (std::uint64_t k = 0; k < count_; ++k) {
      const Hole hole = hole_at(shape, draws, k);
      values.emplace_back("top", static_cast<double>(hole.top));
      values.emplace_back("left", static_cast<double>(hole.left));
      values.emplace_back("height", static_cast<double>(hole.height));
      values.emplace_back("width", static_cast<double>(hole.width));
    }
  }

 private:
  struct Hole {
    std::size_t top;
    std::size_t left;
    std::size_t height;
    std::size_t width;
  };
  [[nodiscard]] Hole hole_at(const ImageShape& shape, const Stream& draws, std::uint64_t k) const {
    const double size = size_.at(draws);
    const auto part = [&](std::size_t n) {
      const auto cells = static_cast<std::size_t>(size * static_cast<double>(n) + 0.5);
      return std::clamp<std::size_t>(cells, 1, n);
    };
    const std::size_t height = part(shape.height);
    const std::size_t width = part(shape.width);
    return {static_cast<std::size_t>(draws.below(2 * k, shape.height - height + 1)),
            static_cast<std::size_t>(draws.below(2 * k + 1, shape.width - width + 1)), height,
            width};
  }

  std::uint64_t count_;
  Ranged size_;
  double fill_;
};

}  // namespace

ImageStepInfo brightness() {
  return {"brightness",
          "Adds to every value, and holds it between black and white.",
          {number("delta", "in units of white", range(-0.2, 0.2), -1.0, 1.0)},
          make<Brightness>};
}
ImageStepInfo contrast() {
  return {"contrast",
          "Stretches values about middle grey.",
          {number("factor", "the factor", range(0.8, 1.2), 0.0, 100.0)},
          make<Contrast>};
}
ImageStepInfo gamma() {
  return {"gamma",
          "Raises values, in units of white, to a power.",
          {number("exponent", "the power", range(0.8, 1.25), 0.01, 100.0)},
          make<Gamma>};
}
ImageStepInfo blur_step() {
  return {"blur",
          "Gaussian blur to four standard deviations, edges repeated: scipy.ndimage's "
          "gaussian_filter(mode='nearest').",
          {number("sigma", "standard deviation in pixels", range(0.3, 2.0), 0.1, 1000.0)},
          make<Blur>};
}
ImageStepInfo noise() {
  return {"noise",
          "Adds a normal draw to every value of every channel.",
          {number("std", "standard deviation in units of white", 0.05, 0.0, 10.0)},
          make<Noise>};
}
ImageStepInfo cutout() {
  return {"cutout",
          "Paints rectangles of one colour over the image; the mask keeps what is behind.",
          {whole("count", "how many", 1, 1, 400),
           number("size", "of their sides, as a share of the image's", range(0.1, 0.3), 0.0, 1.0),
           {.name = "fill",
            .doc = "their colour in units of white",
            .fallback = 0.0,
            .lo = 0.0,
            .hi = 1.0}},
          make<Cutout>};
}

}  // namespace zeroskew::image
