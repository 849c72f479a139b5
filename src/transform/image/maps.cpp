// Steps that bend an image: affine maps, elastic deformation.

#include "transform/image/warp.hpp"
#include "zeroskew/detail/math.hpp"

namespace zeroskew::image {
namespace {

namespace math = detail::math;

// About the image's centre: shear, scale, turn (to the left, as it is seen), shift.
class Affine final : public ImageOperation {
 public:
  Affine(const Settings& settings, bool turn_only)
      : degrees_(settings, "degrees", 0), border_(border_of(settings)), turn_only_(turn_only) {
    if (turn_only) return;
    scale_ = Ranged(settings, "scale", 1);
    shear_ = Ranged(settings, "shear", 2);
    shift_x_ = Ranged(settings, "shift_x", 3);
    shift_y_ = Ranged(settings, "shift_y", 4);
  }

  void apply(const ImageWork& work) const override {
    const double degree = 0.017453292519943295;
    const double angle = degrees_.at(work.draws) * degree;
    const double scale = turn_only_ ? 1.0 : scale_.at(work.draws);
    const double lean = turn_only_ ? 0.0 : math::tan(shear_.at(work.draws) * degree);
    const double c = math::cos(angle);
    const double s = math::sin(angle);
    // forward: p - centre -> R S H (p - centre) + centre + shift; y points down
    const double a = scale * c;
    const double b = scale * (c * lean + s);
    const double d = -scale * s;
    const double e = scale * (c - s * lean);
    const double x0 = 0.5 * (static_cast<double>(work.from.width) - 1.0);
    const double y0 = 0.5 * (static_cast<double>(work.from.height) - 1.0);
    const double dx =
        turn_only_ ? 0.0 : shift_x_.at(work.draws) * static_cast<double>(work.from.width);
    const double dy =
        turn_only_ ? 0.0 : shift_y_.at(work.draws) * static_cast<double>(work.from.height);
    const double determinant = a * e - b * d;
    const double ia = e / determinant;
    const double ib = -b / determinant;
    const double id = -d / determinant;
    const double ie = a / determinant;
    warp(work, border_, [&](std::size_t i, std::size_t j, float& x, float& y) {
      const double u = static_cast<double>(i) - x0 - dx;
      const double v = static_cast<double>(j) - y0 - dy;
      x = static_cast<float>(ia * u + ib * v + x0);
      y = static_cast<float>(id * u + ie * v + y0);
    });
    move_notes(work, [&](std::array<double, 2> p) {
      const double u = p[0] - x0;
      const double v = p[1] - y0;
      return std::array{a * u + b * v + x0 + dx, d * u + e * v + y0 + dy};
    });
  }

  void drawn(const ImageShape&, const Stream& draws, ImageDraws& values) const override {
    values.emplace_back("degrees", degrees_.at(draws));
    if (turn_only_) return;
    values.emplace_back("scale", scale_.at(draws));
    values.emplace_back("shear", shear_.at(draws));
    values.emplace_back("shift_x", shift_x_.at(draws));
    values.emplace_back("shift_y", shift_y_.at(draws));
  }

 private:
  Ranged degrees_;
  Ranged scale_;
  Ranged shear_;
  Ranged shift_x_;
  Ranged shift_y_;
  Border border_;
  bool turn_only_;
};

// Displacements from a coarse grid of normal draws, made smooth by cubic B-splines.
class Elastic final : public ImageOperation {
 public:
  explicit Elastic(const Settings& settings)
      : alpha_(settings, "alpha", std::uint64_t{1} << 40),
        spacing_(number_of(settings, "sigma")),
        border_(border_of(settings)) {}

  void apply(const ImageWork& work) const override {
    const Field field(work, spacing_, static_cast<float>(alpha_.at(work.draws)));
    // A row of displacements at a time: the grid's rows are mixed once for each.
    std::vector<float> moves(2 * work.to.width);
    std::size_t current = work.to.height;
    warp(work, border_, [&](std::size_t i, std::size_t j, float& x, float& y) {
      if (j != current) {
        field.row(j, moves.data());
        current = j;
      }
      x = static_cast<float>(i) + moves[2 * i];
      y = static_cast<float>(j) + moves[2 * i + 1];
    });
    // A place q of the new image shows place q + d(q) of the old one: found by iteration.
    move_notes(work, [&](std::array<double, 2> p) {
      std::array<double, 2> q = p;
      for (int step = 0; step < 8; ++step) {
        const std::array<double, 2> d = field.at(q[0], q[1]);
        q = {p[0] - d[0], p[1] - d[1]};
      }
      return q;
    });
  }

  void drawn(const ImageShape&, const Stream& draws, ImageDraws& values) const override {
    values.emplace_back("alpha", alpha_.at(draws));
  }

 private:
  static void weights(float t, float (&w)[4]) noexcept {
    const float s = 1.0f - t;
    w[0] = s * s * s / 6.0f;
    w[1] = (3.0f * t * t * t - 6.0f * t * t + 4.0f) / 6.0f;
    w[2] = (3.0f * s * s * s - 6.0f * s * s + 4.0f) / 6.0f;
    w[3] = t * t * t / 6.0f;
  }

  class Field {
   public:
    Field(const ImageWork& work, double spacing, float alpha)
        : spacing_(static_cast<float>(spacing)),
          columns_(static_cast<std::size_t>(static_cast<double>(work.to.width) / spacing) + 5),
          rows_(static_cast<std::size_t>(static_cast<double>(work.to.height) / spacing) + 5) {
      knots_.resize(2 * columns_ * rows_);
      // The spline of independent draws has about two thirds of their spread; alpha is that of the
      // displacements, in pixels.
      for (std::size_t k = 0; k < knots_.size(); ++k) {
        knots_[k] = 2.1f * alpha * static_cast<float>(work.draws.normal(k));
      }
      place_.resize(work.to.width);
      weight_.resize(4 * work.to.width);
      for (std::size_t i = 0; i < work.to.width; ++i) {
        float w[4];
        place_[i] = split(static_cast<float>(i), w);
        std::copy(w, w + 4, weight_.begin() + static_cast<std::ptrdiff_t>(4 * i));
      }
      mixed_.resize(2 * columns_);
    }

    void row(std::size_t j, float* moves) const {
      float v[4];
      const std::size_t top = split(static_cast<float>(j), v);
      for (std::size_t k = 0; k < 2 * columns_; ++k) {
        float sum = 0.0f;
        for (std::size_t r = 0; r < 4; ++r) sum += v[r] * knots_[(top + r) * 2 * columns_ + k];
        mixed_[k] = sum;
      }
      for (std::size_t i = 0; i < place_.size(); ++i) {
        const float* w = &weight_[4 * i];
        const float* m = &mixed_[2 * place_[i]];
        moves[2 * i] = w[0] * m[0] + w[1] * m[2] + w[2] * m[4] + w[3] * m[6];
        moves[2 * i + 1] = w[0] * m[1] + w[1] * m[3] + w[2] * m[5] + w[3] * m[7];
      }
    }

    [[nodiscard]] std::array<double, 2> at(double x, double y) const {
      const auto held = [&](double z, std::size_t n) {
        const double most = static_cast<double>(spacing_) * static_cast<double>(n - 4) - 0.01;
        return static_cast<float>(std::clamp(z, 0.0, most));
      };
      float u[4];
      float v[4];
      const std::size_t left = split(held(x, columns_), u);
      const std::size_t top = split(held(y, rows_), v);
      std::array<double, 2> sum{};
      for (std::size_t r = 0; r < 4; ++r) {
        for (std::size_t c = 0; c < 4; ++c) {
          const std::size_t k = 2 * ((top + r) * columns_ + left + c);
          const double w = static_cast<double>(v[r] * u[c]);
          sum[0] += w * static_cast<double>(knots_[k]);
          sum[1] += w * static_cast<double>(knots_[k + 1]);
        }
      }
      return sum;
    }

   private:
    std::size_t split(float z, float (&w)[4]) const noexcept {
      const float t = z / spacing_;
      const auto cell = static_cast<std::size_t>(t);
      weights(t - static_cast<float>(cell), w);
      return cell;
    }

    float spacing_;
    std::size_t columns_;
    std::size_t rows_;
    std::vector<float> knots_;
    std::vector<std::size_t> place_;
    std::vector<float> weight_;
    mutable std::vector<float> mixed_;
  };

  Ranged alpha_;
  double spacing_;
  Border border_;
};

}  // namespace

ImageStepInfo rotate() {
  return {"rotate",
          "Turns the image about its centre, to the left as it is seen.",
          {number("degrees", "the angle", range(-15.0, 15.0), -3600.0, 3600.0), border()},
          make<Affine, true>};
}
ImageStepInfo affine() {
  return {"affine",
          "Leans, scales, turns and shifts the image about its centre.",
          {number("degrees", "the angle", range(-15.0, 15.0), -3600.0, 3600.0),
           number("scale", "the factor", range(0.9, 1.1), 0.01, 100.0),
           number("shear", "how far upright lines lean, in degrees", 0.0, -80.0, 80.0),
           number("shift_x", "to the right, in widths of the image", 0.0, -10.0, 10.0),
           number("shift_y", "down, in heights of the image", 0.0, -10.0, 10.0), border()},
          make<Affine, false>};
}
ImageStepInfo elastic() {
  return {"elastic",
          "Moves every place smoothly at random (Simard 2003), with cubic splines in place of a "
          "blur.",
          {number("alpha", "standard deviation of the moves, in pixels", 3.0, 0.0, 1000.0),
           {.name = "sigma",
            .doc = "distance in pixels over which the moves change",
            .fallback = 24.0,
            .lo = 2.0,
            .hi = 10000.0},
           border()},
          make<Elastic>};
}

}  // namespace zeroskew::image
