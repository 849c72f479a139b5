// One number of each list.

#include "drift/sum.hpp"
#include "transform/steps/common.hpp"
#include "transform/steps/learned_steps.hpp"
#include "zeroskew/transform/list_cell.hpp"

namespace zeroskew::steps {
namespace {

enum class Statistic : std::uint8_t { count, sum, mean, min, max, first, last };
constexpr const char* statistic_words[] = {"count", "sum", "mean", "min", "max", "first", "last"};

// The items in their order: sums keep what rounding drops, so a list has one sum everywhere.
class Aggregate {
 public:
  void add(double x) noexcept {
    if (count_ == 0) first_ = min_ = max_ = x;
    last_ = x;
    min_ = x < min_ ? x : min_;
    max_ = x > max_ ? x : max_;
    any_nan_ = any_nan_ || x != x;
    any_infinite_ = any_infinite_ || x - x != 0.0;
    plain_ += x;
    sum_.add(x);
    ++count_;
  }

  // NaN is in every number but the count, and a list without items has a count and a sum only.
  [[nodiscard]] bool value(Statistic statistic, double& value) const noexcept {
    const auto count = static_cast<double>(count_);
    const double sum = any_infinite_ ? plain_ : sum_.value();
    switch (statistic) {
      case Statistic::count:
        value = count;
        return true;
      case Statistic::sum:
        value = sum;
        return true;
      case Statistic::mean:
        value = sum / count;
        break;
      case Statistic::min:
        value = any_nan_ ? nan : min_;
        break;
      case Statistic::max:
        value = any_nan_ ? nan : max_;
        break;
      case Statistic::first:
        value = first_;
        break;
      case Statistic::last:
        value = last_;
        break;
    }
    return count_ > 0;
  }

 private:
  std::uint64_t count_ = 0;
  bool any_nan_ = false;
  bool any_infinite_ = false;
  double first_ = 0.0;
  double last_ = 0.0;
  double min_ = 0.0;
  double max_ = 0.0;
  double plain_ = 0.0;
  detail::Sum sum_;
};

class ListAggregate final : public Operation {
 public:
  ListAggregate(Statistic statistic, std::string column)
      : statistic_(statistic), column_(std::move(column)) {}

  void apply(Block& block, std::span<const Slot> in, std::span<const Slot> out,
             const RowContext&) const override {
    const std::uint8_t* valid = block.valid(in[0]);
    for (std::size_t i = 0; i < block.rows(); ++i) {
      double value = 0.0;
      bool known = false;
      if (valid[i] != 0) {
        Aggregate items;
        for (std::string_view rest = block.texts(in[0])[i]; !rest.empty();) {
          const RowCell item = take_item(rest);
          if (item.form != RowCell::Form::missing) items.add(number_in(item));
        }
        known = items.value(statistic_, value);
      }
      block.valid(out[0])[i] = known;
      block.numbers(out[0])[i] = known ? value : 0.0;
    }
  }

 private:
  [[nodiscard]] double number_in(const RowCell& item) const {
    switch (item.form) {
      case RowCell::Form::number:
        return item.number;
      case RowCell::Form::unsigned_integer:
        return static_cast<double>(static_cast<std::uint64_t>(item.integer));
      case RowCell::Form::text:
        // How many texts there are is known; what they add up to is not.
        if (statistic_ == Statistic::count) return 0.0;
        fail_type("transform.wrong_type", column_,
                  "has items that are texts; of those there is a count only");
      default:
        return static_cast<double>(item.integer);
    }
  }

  Statistic statistic_;
  std::string column_;
};

Prepared prepare_aggregate(std::span<const Field> inputs, const Settings& settings,
                           const Settings&) {
  const auto at = std::find(std::begin(statistic_words), std::end(statistic_words),
                            text_of(settings, "statistic"));
  return one_output(inputs, settings, floating(),
                    std::make_shared<const ListAggregate>(
                        static_cast<Statistic>(at - std::begin(statistic_words)), inputs[0].name));
}

}  // namespace

StepInfo list_aggregate() {
  return {.name = "list_aggregate",
          .doc =
              "One number of each list: how many items it has, their sum, mean, smallest, largest, "
              "first or last one. Missing items are none; a list without items has the count and "
              "the sum 0, and the other numbers are missing.",
          .accepts = {Kind::list},
          .parameters = {{.name = "statistic",
                          .kind = SettingKind::choice,
                          .doc = "which number",
                          .fallback = "mean",
                          .choices = {std::begin(statistic_words), std::end(statistic_words)}}},
          .one_output = true,
          .prepare = prepare_aggregate};
}

}  // namespace zeroskew::steps
