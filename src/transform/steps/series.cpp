// Augmenting steps on time series that lie in a row: one column a point in time, equally spaced.

#include "transform/steps/augment_steps.hpp"
#include "transform/steps/together.hpp"

namespace zeroskew::steps {
namespace {

// Draws of one row are numbered from here, so that no two uses share one.
constexpr std::uint64_t whole_row = std::uint64_t{1} << 32;

double spread_of(std::span<const double> row) noexcept {
  double low = row[0];
  double high = row[0];
  for (const double x : row) {
    low = x < low ? x : low;
    high = x > high ? x : high;
  }
  return high - low;
}

// Linear interpolation at place t of 0 ... n - 1, held at the ends.
double at(std::span<const double> row, double t) noexcept {
  const double last = static_cast<double>(row.size() - 1);
  if (!(t > 0.0)) return row[0];
  if (t >= last) return row[row.size() - 1];
  const auto below = static_cast<std::size_t>(t);
  const double part = t - static_cast<double>(below);
  return row[below] + part * (row[below + 1] - row[below]);
}

constexpr std::size_t most_points = 512;

Prepared checked(std::span<const Field> inputs, const char* step, Prepared prepared) {
  if (inputs.size() < 2 || inputs.size() > most_points) {
    fail_value("transform.no_column", step,
               "a series has from 2 to 512 columns, not " + std::to_string(inputs.size()));
  }
  return prepared;
}

Prepared prepare_series_jitter(std::span<const Field> inputs, const Settings& settings,
                               const Settings&) {
  return checked(inputs, "series_jitter",
                 vector_draw(inputs, [std = Ranged(settings, "std")](
                                         std::span<double> row, const Stream& stream,
                                         const Stream& parameters) noexcept {
                   const double size = std.at(parameters) * spread_of(row);
                   for (std::size_t c = 0; c < row.size(); ++c) row[c] += size * stream.normal(c);
                 }));
}

Prepared prepare_series_scale(std::span<const Field> inputs, const Settings& settings,
                              const Settings&) {
  return checked(inputs, "series_scale",
                 vector_draw(inputs, [factor = Ranged(settings, "factor")](
                                         std::span<double> row, const Stream&,
                                         const Stream& parameters) noexcept {
                   const double by = factor.at(parameters);
                   for (double& x : row) x *= by;
                 }));
}

// A broken line through `points` random knots, zero at the start.
Prepared prepare_drift(std::span<const Field> inputs, const Settings& settings, const Settings&) {
  const auto points = static_cast<std::size_t>(integer_of(settings, "points"));
  return checked(
      inputs, "series_drift",
      vector_draw(inputs, [most = Ranged(settings, "most"), points](
                              std::span<double> row, const Stream& stream,
                              const Stream& parameters) noexcept {
        const double size = most.at(parameters) * spread_of(row);
        double knots[65] = {};
        double largest = 0.0;
        for (std::size_t k = 1; k <= points; ++k) {
          knots[k] = knots[k - 1] + stream.normal(k);
          largest = std::fabs(knots[k]) > largest ? std::fabs(knots[k]) : largest;
        }
        if (!(largest > 0.0)) return;
        const double step = static_cast<double>(points) / static_cast<double>(row.size() - 1);
        for (std::size_t c = 0; c < row.size(); ++c) {
          row[c] += size / largest *
                    at(std::span<const double>(knots, points + 1), step * static_cast<double>(c));
        }
      }));
}

// Time runs faster here and slower there; both ends stay.
Prepared prepare_warp(std::span<const Field> inputs, const Settings& settings, const Settings&) {
  const auto points = static_cast<std::size_t>(integer_of(settings, "points"));
  return checked(
      inputs, "series_warp",
      vector_draw(inputs, [ratio = Ranged(settings, "ratio"), points](
                              std::span<double> row, const Stream& stream,
                              const Stream& parameters) noexcept {
        const double most = ratio.at(parameters);
        double knots[66] = {};
        for (std::size_t k = 1; k <= points + 1; ++k) {
          // speeds from 1 / most to most, evenly in their range
          const double speed = 1.0 / most + (most - 1.0 / most) * stream.uniform(k);
          knots[k] = knots[k - 1] + speed;
        }
        double before[most_points];
        std::copy(row.begin(), row.end(), before);
        const double last = static_cast<double>(row.size() - 1);
        const double step = static_cast<double>(points + 1) / last;
        for (std::size_t c = 0; c < row.size(); ++c) {
          const double t =
              at(std::span<const double>(knots, points + 2), step * static_cast<double>(c));
          row[c] = at(std::span<const double>(before, row.size()), t / knots[points + 1] * last);
        }
      }));
}

// A window of the series, stretched to its whole length.
Prepared prepare_crop(std::span<const Field> inputs, const Settings& settings, const Settings&) {
  return checked(inputs, "series_crop",
                 vector_draw(inputs, [share = Ranged(settings, "share")](
                                         std::span<double> row, const Stream& stream,
                                         const Stream& parameters) noexcept {
                   const double last = static_cast<double>(row.size() - 1);
                   const double width = share.at(parameters) * last;
                   const double first = stream.uniform(whole_row) * (last - width);
                   double before[most_points];
                   std::copy(row.begin(), row.end(), before);
                   for (std::size_t c = 0; c < row.size(); ++c) {
                     row[c] = at(std::span<const double>(before, row.size()),
                                 first + width * (static_cast<double>(c) / last));
                   }
                 }));
}

// Points are missing, or repeat the one before.
class Dropout final : public Operation {
 public:
  Dropout(Ranged share, bool repeat) : share_(share), repeat_(repeat) {}
  void apply(Block& block, std::span<const Slot> in, std::span<const Slot> out,
             const RowContext& rows) const override {
    for (std::size_t c = 0; c < in.size(); ++c) as_numbers(block, in[c], out[c]);
    if (!rows.active) return;
    const Stream parameters = stream_of(rows, Purpose::parameters);
    for_acting(rows, block.rows(), [&](std::size_t i, const Stream& stream) {
      const double p = share_.at(parameters.with_row(rows.keys[i]));
      for (std::size_t c = 0; c < out.size(); ++c) {
        if (!stream.bernoulli(c, p)) continue;
        if (!repeat_) {
          block.valid(out[c])[i] = 0;
        } else if (c > 0) {
          block.numbers(out[c])[i] = block.numbers(out[c - 1])[i];
          block.valid(out[c])[i] = block.valid(out[c - 1])[i];
        }
      }
    });
  }

 private:
  Ranged share_;
  bool repeat_;
};

Prepared prepare_dropout(std::span<const Field> inputs, const Settings& settings, const Settings&) {
  return checked(
      inputs, "series_dropout",
      vector_step(inputs, std::make_shared<const Dropout>(
                              Ranged(settings, "share"), text_of(settings, "fill") == "previous")));
}

Parameter ranged(std::string name, std::string doc, Setting fallback, double lo, double hi) {
  return {.name = std::move(name),
          .doc = std::move(doc) + ", or a range to draw it from",
          .fallback = std::move(fallback),
          .lo = lo,
          .hi = hi,
          .ranged = true};
}
Parameter points(std::string doc) {
  return {.name = "points",
          .kind = SettingKind::integer,
          .doc = std::move(doc),
          .fallback = std::int64_t{3},
          .lo = 1,
          .hi = 64};
}

StepInfo series(std::string name, std::string doc, std::vector<Parameter> parameters) {
  return {.name = std::move(name),
          .doc = std::move(doc) + " The columns are the series' points in their order.",
          .role = StepRole::augmenting,
          .shape = StepShape::together,
          .accepts = number_kinds,
          .parameters = std::move(parameters)};
}

constexpr double unbounded = std::numeric_limits<double>::infinity();

}  // namespace

StepInfo series_jitter() {
  StepInfo info = series("series_jitter", "Adds normal noise to every point of a series.",
                         {ranged("std", "in units of the series' range", 0.05, 0.0, unbounded)});
  info.prepare = prepare_series_jitter;
  return info;
}

StepInfo series_scale() {
  StepInfo info = series(
      "series_scale", "Multiplies a series by one factor.",
      {ranged("factor", "the factor", std::vector<double>{0.8, 1.25}, -unbounded, unbounded)});
  info.prepare = prepare_series_scale;
  return info;
}

StepInfo series_drift() {
  StepInfo info = series(
      "series_drift", "Adds a broken line that starts at zero and wanders at random.",
      {ranged("most", "its largest distance, in units of the series' range", 0.5, 0.0, unbounded),
       points("knots of the line")});
  info.prepare = prepare_drift;
  return info;
}

StepInfo series_warp() {
  StepInfo info =
      series("series_warp", "Lets time run faster here and slower there; both ends stay.",
             {ranged("ratio", "largest speed, and one over the smallest", 2.0, 1.0, 1000.0),
              points("where the speed changes")});
  info.prepare = prepare_warp;
  return info;
}

StepInfo series_crop() {
  StepInfo info =
      series("series_crop", "Stretches a random window to the whole series.",
             {ranged("share", "of the series' length", std::vector<double>{0.5, 1.0}, 0.0, 1.0)});
  info.prepare = prepare_crop;
  return info;
}

StepInfo series_dropout() {
  StepInfo info = series("series_dropout", "Loses points of a series at random.",
                         {ranged("share", "of the points", 0.05, 0.0, 1.0),
                          {.name = "fill",
                           .kind = SettingKind::choice,
                           .doc = "lost points are missing, or repeat the previous one",
                           .fallback = "missing",
                           .choices = {"missing", "previous"}}});
  info.prepare = prepare_dropout;
  return info;
}

}  // namespace zeroskew::steps
