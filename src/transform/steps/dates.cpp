// Steps on dates, times and cycles.

#include "transform/steps/common.hpp"
#include "transform/steps/steps.hpp"
#include "zeroskew/detail/math.hpp"

namespace zeroskew::steps {
namespace {

std::int64_t per_day(TimeUnit unit) noexcept {
  switch (unit) {
    case TimeUnit::second:
      return 86400;
    case TimeUnit::millisecond:
      return 86400000;
    case TimeUnit::microsecond:
      return 86400000000;
    case TimeUnit::nanosecond:
      return 86400000000000;
    default:
      return 1;
  }
}

struct Floor {
  std::int64_t quotient;
  std::int64_t rest;
};
Floor floor_divide(std::int64_t a, std::int64_t b) noexcept {
  const std::int64_t rest = a % b;
  return rest < 0 ? Floor{a / b - 1, rest + b} : Floor{a / b, rest};
}

struct Civil {
  std::int64_t year;
  std::int64_t month;
  std::int64_t day;
  std::int64_t day_of_year;
};

// Proleptic Gregorian calendar from days since 1970-01-01, by eras of 400 years that begin in March
// (H. Hinnant, "chrono-compatible low-level date algorithms").
Civil civil(std::int64_t days) noexcept {
  const auto [era, day_of_era] = floor_divide(days + 719468, 146097);
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t from_march =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t m = (5 * from_march + 2) / 153;
  const std::int64_t month = m < 10 ? m + 3 : m - 9;
  const std::int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  const std::int64_t before_march = leap ? 60 : 59;
  const std::int64_t day_of_year =
      from_march < 306 ? from_march + before_march + 1 : from_march - 305;
  return {year, month, from_march - (153 * m + 2) / 5 + 1, day_of_year};
}

const std::vector<std::string> part_names{"year",    "quarter", "month",  "day",    "day_of_year",
                                          "weekday", "hour",    "minute", "second", "is_weekend"};

std::int64_t part_of(std::size_t part, const Civil& date, std::int64_t days,
                     std::int64_t second_of_day) noexcept {
  const std::int64_t weekday = floor_divide(days + 3, 7).rest;  // 1970-01-01 was a Thursday
  switch (part) {
    case 0:
      return date.year;
    case 1:
      return (date.month + 2) / 3;
    case 2:
      return date.month;
    case 3:
      return date.day;
    case 4:
      return date.day_of_year;
    case 5:
      return weekday;
    case 6:
      return second_of_day / 3600;
    case 7:
      return second_of_day / 60 % 60;
    case 8:
      return second_of_day % 60;
    default:
      return weekday >= 5;
  }
}

class DateParts final : public Operation {
 public:
  DateParts(std::int64_t day, std::vector<std::size_t> parts)
      : day_(day), parts_(std::move(parts)) {}
  void apply(Block& block, std::span<const Slot> in, std::span<const Slot> out,
             const RowContext&) const override {
    const std::int64_t* x = block.integers(in[0]);
    for (std::size_t i = 0; i < block.rows(); ++i) {
      const auto [days, rest] = floor_divide(x[i], day_);
      const Civil date = civil(days);
      const std::int64_t second = day_ == 1 ? 0 : rest / (day_ / 86400);
      for (std::size_t k = 0; k < parts_.size(); ++k) {
        block.integers(out[k])[i] = part_of(parts_[k], date, days, second);
      }
    }
    for (const Slot slot : out) copy_valid(block, in[0], slot);
  }

 private:
  std::int64_t day_;
  std::vector<std::size_t> parts_;
};

Prepared prepare_parts(std::span<const Field> inputs, const Settings& settings, const Settings&) {
  std::vector<std::size_t> parts;
  Prepared prepared;
  for (const std::string& name : std::get<std::vector<std::string>>(settings.at("parts"))) {
    const auto found = std::find(part_names.begin(), part_names.end(), name);
    if (found == part_names.end()) {
      std::string all;
      for (const std::string& each : part_names) all += (all.empty() ? "" : ", ") + each;
      fail_value("transform.bad_parameter", "date_parts",
                 "parts has '" + name + "'; there are " + all);
    }
    parts.push_back(static_cast<std::size_t>(found - part_names.begin()));
    prepared.outputs.push_back({inputs[0].name + "_" + name, integer(), {}});
  }
  prepared.keeps_inputs = flag_of(settings, "keep");
  const std::int64_t day = per_day(inputs[0].type.unit);
  prepared.operation = std::make_shared<const DateParts>(day, std::move(parts));
  return prepared;
}

Settings fit_cycle(const FitInput& input) {
  if (is_set(input.settings, "period")) return {{"period", number_of(input.settings, "period")}};
  const double period = finite(numbers_in(input).max(), input, "maximum");
  if (!(period > 0.0)) {
    fail_value("transform.bad_parameter", input.fields[0].name,
               "its maximum is " + detail::shortest(period) +
                   ", which is no period; give period, a number above 0");
  }
  return {{"period", period}};
}

class Cycle final : public Operation {
 public:
  explicit Cycle(double period) : period_(period) {}
  void apply(Block& block, std::span<const Slot> in, std::span<const Slot> out,
             const RowContext&) const override {
    constexpr double turn = 6.283185307179586;
    double* sine = as_numbers(block, in[0], out[0]);
    copy_valid(block, in[0], out[1]);
    double* cosine = block.numbers(out[1]);
    for (std::size_t i = 0; i < block.rows(); ++i) {
      const double angle = turn * sine[i] / period_;
      sine[i] = detail::math::sin(angle);
      cosine[i] = detail::math::cos(angle);
    }
  }

 private:
  double period_;
};

Prepared prepare_cycle(std::span<const Field> inputs, const Settings& settings,
                       const Settings& learned) {
  const std::string& name = inputs[0].name;
  Prepared prepared;
  prepared.outputs = {{name + "_sin", floating(), {}}, {name + "_cos", floating(), {}}};
  prepared.keeps_inputs = flag_of(settings, "keep");
  prepared.operation = std::make_shared<const Cycle>(number_of(learned, "period"));
  return prepared;
}

Parameter keep() {
  return {.name = "keep",
          .kind = SettingKind::boolean,
          .doc = "the column itself stays too",
          .fallback = false};
}

}  // namespace

StepInfo date_parts() {
  return {.name = "date_parts",
          .doc =
              "Columns <name>_<part> of a date or time stamp: year, quarter, month, day, "
              "day_of_year (from 1), weekday (Monday 0), hour, minute, second, is_weekend. "
              "Time stamps with a zone are taken apart in UTC. Proleptic Gregorian calendar.",
          .accepts = instant_kinds,
          .on_overflow = OnOverflow::none,
          .parameters = {{.name = "parts",
                          .kind = SettingKind::texts,
                          .doc = "which parts",
                          .fallback =
                              std::vector<std::string>{"year", "month", "day", "weekday", "hour"}},
                         keep()},
          .prepare = prepare_parts};
}

StepInfo cyclical() {
  return {.name = "cyclical",
          .doc =
              "Columns <name>_sin and <name>_cos: sine and cosine of 2 pi x / period, so that "
              "the last hour is near the first.",
          .role = StepRole::fitted,
          .accepts = number_kinds,
          .parameters = {{.name = "period",
                          .doc = "length of the cycle; none: the largest value",
                          .optional = true,
                          .lo = 0.0,
                          .lo_open = true},
                         keep()},
          .learned = {learned_number("period", "length of the cycle")},
          .fit = fit_cycle,
          .prepare = prepare_cycle};
}

}  // namespace zeroskew::steps
