// Augmenting steps that respect how columns go together: correlated noise, mixup, ordered times.

#include <map>

#include "transform/steps/augment_steps.hpp"
#include "transform/steps/together.hpp"
#include "zeroskew/detail/hash.hpp"

namespace zeroskew::steps {
namespace {

Settings fit_factor(const FitInput& input) {
  return {{"factor", cholesky(joint_of(input).covariance).cells}};
}

Prepared prepare_correlated(std::span<const Field> inputs, const Settings& settings,
                            const Settings& learned) {
  const std::vector<double>& factor = numbers_of(learned, "factor");
  if (factor.size() != inputs.size() * inputs.size()) {
    malformed("correlated_noise", "the factor does not fit the columns");
  }
  return vector_draw(
      inputs, [factor, scale = Ranged(settings, "scale")](
                  std::span<double> row, const Stream& stream, const Stream& parameters) noexcept {
        const double size = scale.at(parameters);
        const std::size_t n = row.size();
        // Row i of the factor ends at its diagonal; draw k is made when the first row needs it.
        for (std::size_t i = n; i-- > 0;) {
          double sum = 0.0;
          for (std::size_t k = 0; k <= i; ++k) sum += factor[i * n + k] * stream.normal(k);
          row[i] += size * sum;
        }
      });
}

// The rows whose keys have the smallest hashes: a sample that does not depend on their order.
Settings fit_bank(const FitInput& input) {
  const auto most = static_cast<std::size_t>(integer_of(input.settings, "bank"));
  std::vector<std::string> names;
  for (const Field& field : input.fields) names.push_back(field.name);
  std::map<std::pair<std::uint64_t, std::uint64_t>, std::vector<double>> kept;
  input.blocks(names, [&](Block& block, std::span<const Slot> slots, std::span<const Field>,
                          const std::uint64_t* keys) {
    for (std::size_t i = 0; i < block.rows(); ++i) {
      const std::pair place{detail::mix(keys[i] ^ 0x6a09e667f3bcc908u), keys[i]};
      if (kept.size() == most && kept.rbegin()->first < place) continue;
      std::vector<double> row;
      for (const Slot slot : slots) {
        const double x = number_at(block, slot, i);
        if (block.valid(slot)[i] != 0 && std::isfinite(x)) row.push_back(x + 0.0);
      }
      if (row.size() != slots.size()) continue;
      kept[place] = std::move(row);
      if (kept.size() > most) kept.erase(std::prev(kept.end()));
    }
  });
  if (kept.empty()) {
    fail_value("transform.no_values", input.fields[0].name,
               "no row has a finite number in every column");
  }
  std::vector<double> cells;
  for (const auto& [place, row] : kept) cells.insert(cells.end(), row.begin(), row.end());
  return {{"rows", std::move(cells)}};
}

// A draw from the beta distribution with both parameters alpha, for alpha = 1 / m or a whole m; by
// Johnk's method without rejection for 1 the uniform distribution itself.
Prepared prepare_mixup(std::span<const Field> inputs, const Settings& settings,
                       const Settings& learned) {
  const std::vector<double>& cells = numbers_of(learned, "rows");
  const std::size_t n = inputs.size();
  if (cells.empty() || cells.size() % n != 0) malformed("mixup", "the rows do not fit the columns");
  return vector_draw(
      inputs, [cells, n, share = Ranged(settings, "share", 1)](
                  std::span<double> row, const Stream& stream, const Stream& parameters) noexcept {
        const auto other = static_cast<std::size_t>(stream.below(0, cells.size() / n));
        const double part = share.at(parameters);
        for (std::size_t c = 0; c < n; ++c) {
          row[c] = (1.0 - part) * row[c] + part * cells[other * n + c];
        }
      });
}

// A cell becomes one of the column's extremes.
class Salt final : public Operation {
 public:
  Salt(double low, double high) : low_(low), high_(high) {}
  void apply(Block& block, std::span<const Slot> in, std::span<const Slot> out,
             const RowContext& rows) const override {
    double* x = as_numbers(block, in[0], out[0]);
    if (!rows.active) return;
    for_acting(rows, block.rows(), [&](std::size_t i, const Stream& stream) {
      if (block.valid(out[0])[i] != 0) x[i] = stream.uniform(0) < 0.5 ? low_ : high_;
    });
  }

 private:
  double low_;
  double high_;
};

Settings fit_salt(const FitInput& input) {
  const NumberStats& numbers = numbers_in(input);
  return {{"low", finite(numbers.min(), input, "minimum")},
          {"high", finite(numbers.max(), input, "maximum")}};
}

Prepared prepare_salt(std::span<const Field> inputs, const Settings& settings,
                      const Settings& learned) {
  return one_output(
      inputs, settings, floating(),
      std::make_shared<const Salt>(number_of(learned, "low"), number_of(learned, "high")));
}

// Times move by at most half the way to their neighbours in the row, so their order stays.
class OrderedJitter final : public Operation {
 public:
  explicit OrderedJitter(std::int64_t most) : most_(most) {}
  void apply(Block& block, std::span<const Slot> in, std::span<const Slot> out,
             const RowContext& rows) const override {
    for (std::size_t c = 0; c < in.size(); ++c) copy_cells(block, in[c], out[c]);
    if (!rows.active) return;
    for_acting(rows, block.rows(), [&](std::size_t i, const Stream& stream) {
      // Distances are those before the step: the cell to the left may have moved already.
      std::int64_t before = 0;
      std::size_t last = out.size();
      for (std::size_t c = 0; c < out.size(); ++c) {
        if (block.valid(out[c])[i] == 0) continue;
        const std::int64_t x = block.integers(out[c])[i];
        std::int64_t down = most_;
        std::int64_t up = most_;
        if (last < out.size()) limit(before, x, down, up);
        for (std::size_t k = c + 1; k < out.size(); ++k) {
          if (block.valid(out[k])[i] == 0) continue;
          const std::int64_t next = block.integers(out[k])[i];
          limit(next, x, down, up);
          break;
        }
        const auto width = static_cast<std::uint64_t>(down) + static_cast<std::uint64_t>(up) + 1;
        const auto move = static_cast<std::int64_t>(stream.below(c, width)) - down;
        before = x;
        last = c;
        block.integers(out[c])[i] = held(x, move);
      }
    });
  }

 private:
  // Half the distance to a neighbour, on the side where it lies.
  static void limit(std::int64_t other, std::int64_t x, std::int64_t& down, std::int64_t& up) {
    const auto gap = other > x ? static_cast<std::uint64_t>(other) - static_cast<std::uint64_t>(x)
                               : static_cast<std::uint64_t>(x) - static_cast<std::uint64_t>(other);
    const auto half = static_cast<std::int64_t>(gap / 2);
    if (other >= x) up = std::min(up, gap % 2 == 0 && half > 0 ? half - 1 : half);
    if (other <= x) down = std::min(down, half);
  }
  static std::int64_t held(std::int64_t x, std::int64_t move) noexcept {
    constexpr std::int64_t top = std::numeric_limits<std::int64_t>::max();
    constexpr std::int64_t bottom = std::numeric_limits<std::int64_t>::min();
    if (move > 0 && x > top - move) return top;
    if (move < 0 && x < bottom - move) return bottom;
    return x + move;
  }

  std::int64_t most_;
};

double per_second(TimeUnit unit) noexcept {
  switch (unit) {
    case TimeUnit::millisecond:
      return 1e3;
    case TimeUnit::microsecond:
      return 1e6;
    case TimeUnit::nanosecond:
      return 1e9;
    default:
      return 1.0;
  }
}

Prepared prepare_ordered(std::span<const Field> inputs, const Settings& settings, const Settings&) {
  Prepared prepared;
  for (const Field& field : inputs) {
    if (field.type != inputs[0].type) {
      fail_type("transform.wrong_type", field.name,
                "is " + to_string(field.type) + "; times of one type are moved together, and '" +
                    inputs[0].name + "' is " + to_string(inputs[0].type));
    }
    prepared.outputs.push_back({field.name, field.type, {}});
  }
  const double most = std::floor(number_of(settings, "seconds") * per_second(inputs[0].type.unit));
  if (most > 0x1p61) {
    fail_value("transform.bad_parameter", "ordered_jitter",
               "seconds is too large for the unit of the columns");
  }
  prepared.operation = std::make_shared<const OrderedJitter>(static_cast<std::int64_t>(most));
  return prepared;
}

}  // namespace

StepInfo correlated_noise() {
  return {.name = "correlated_noise",
          .doc =
              "Adds scale times a normal draw with the columns' covariance when fitting, so that "
              "what goes together moves together (by Cholesky's factor). Rows with a missing cell "
              "stay as they are.",
          .role = StepRole::augmenting,
          .shape = StepShape::together,
          .accepts = number_kinds,
          .parameters = {{.name = "scale",
                          .doc = "in units of the columns' spread, or a range to draw it from",
                          .fallback = 0.1,
                          .lo = 0.0,
                          .ranged = true}},
          .learned = {{.name = "factor",
                       .kind = SettingKind::numbers,
                       .doc = "Cholesky's lower factor of the covariance, row by row"}},
          .needs_rows = true,
          .fit = fit_factor,
          .prepare = prepare_correlated};
}

StepInfo mixup() {
  return {
      .name = "mixup",
      .doc =
          "Moves a row's numbers the given part of the way to another row, one of a sample "
          "kept when fitting. Rows with a missing cell stay as they are. Name the target "
          "among the columns to mix it too.",
      .role = StepRole::augmenting,
      .shape = StepShape::together,
      .accepts = number_kinds,
      .parameters = {{.name = "share",
                      .doc = "how far, or a range to draw it from",
                      .fallback = std::vector<double>{0.0, 0.5},
                      .lo = 0.0,
                      .hi = 1.0,
                      .ranged = true},
                     {.name = "bank",
                      .kind = SettingKind::integer,
                      .doc = "rows that are kept to mix with",
                      .fallback = std::int64_t{256},
                      .lo = 1,
                      .hi = 65536}},
      .learned = {{.name = "rows", .kind = SettingKind::numbers, .doc = "the sample, row by row"}},
      .needs_rows = true,
      .fit = fit_bank,
      .prepare = prepare_mixup};
}

StepInfo salt_noise() {
  return {
      .name = "salt_noise",
      .doc = "Replaces a number by the smallest or the largest one seen when fitting.",
      .role = StepRole::augmenting,
      .accepts = number_kinds,
      .parameters = {{.name = "p",
                      .doc = "share of the rows on which the step acts",
                      .fallback = 0.01,
                      .lo = 0.0,
                      .hi = 1.0}},
      .learned = {learned_number("low", "smallest value"), learned_number("high", "largest value")},
      .one_output = true,
      .fit = fit_salt,
      .prepare = prepare_salt};
}

StepInfo ordered_jitter() {
  return {.name = "ordered_jitter",
          .doc =
              "Moves several times of a row by whole units, uniform in [-seconds, seconds] but "
              "less than half the way to the next one, so that earlier stays earlier.",
          .role = StepRole::augmenting,
          .shape = StepShape::together,
          .accepts = {Kind::timestamp, Kind::time, Kind::duration},
          .on_overflow = OnOverflow::bounded,
          .parameters = {{.name = "seconds", .doc = "largest move", .lo = 0.0}},
          .prepare = prepare_ordered};
}

}  // namespace zeroskew::steps
