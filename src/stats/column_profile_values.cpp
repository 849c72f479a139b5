// Values by their counts, for those who know what a step makes of each value.

#include "zeroskew/stats/column_profile.hpp"

namespace zeroskew {

void ColumnProfile::add(const Value& value, std::uint64_t count) {
  if (value.index() == 0) {
    missing_ += count;
    return;
  }
  count_ += count;
  if (const auto* flag = std::get_if<bool>(&value)) {
    numbers_->add(std::int64_t{*flag}, count);
  } else if (const auto* whole = std::get_if<std::int64_t>(&value)) {
    numbers_->add(*whole, count);
  } else if (const auto* big = std::get_if<std::uint64_t>(&value)) {
    numbers_->add(*big, count);
  } else if (const auto* number = std::get_if<double>(&value)) {
    numbers_->add(*number, count);
  } else {
    text_->add(std::get<std::string>(value), count);
  }
}

void ColumnProfile::fill_missing(const Value& value, bool nan_too) {
  const std::uint64_t nan = nan_too && numbers_ ? numbers_->remove_nan() : 0;
  const std::uint64_t filled = missing_ + nan;
  count_ -= nan;
  missing_ = 0;
  if (filled != 0) add(value, filled);
}

}  // namespace zeroskew
