#include "zeroskew/stats/column_profile.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "stats/cell_feed.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew {
namespace {

constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

KeyKind key_kind_of(const Type& type) noexcept {
  switch (type.kind) {
    case Kind::floating:
    case Kind::decimal: return KeyKind::floating;
    default: return type.is_unsigned ? KeyKind::unsigned_integer : KeyKind::integer;
  }
}

[[noreturn]] void type_changed(const Type& from, const Type& to, const std::string& where) {
  fail_type("column.type_changed", where,
            "was " + to_string(from) + " so far and is " + to_string(to) +
                " now; cast the column to one type in every batch");
}

// The one cell `row` of a dictionary, `count` times.
ColumnView cell_of(const ColumnView& dictionary, std::int64_t row) {
  return dictionary.slice(row, 1);
}

}  // namespace

ColumnProfile::ColumnProfile(Type type) : type_(std::move(type)) {
  if (is_numeric(type_.kind)) numbers_.emplace(key_kind_of(type_), type_.scale);
  if (is_text(type_.kind)) text_.emplace(type_.kind == Kind::string);
  if (type_.kind == Kind::list) {
    list_lengths_.emplace(KeyKind::integer);
    children_.push_back({"item", ColumnProfile()});
  }
}

const NumberStats* ColumnProfile::length() const noexcept {
  return text_ ? &text_->lengths() : list_lengths_.get();
}

void ColumnProfile::adopt(const Type& type, const std::string& where) {
  if (type.kind == Kind::null || type == type_) return;
  if (type_.kind != Kind::null) type_changed(type_, type, where);
  const std::uint64_t missing = missing_;
  *this = ColumnProfile(type);
  missing_ = missing;
}

void ColumnProfile::check(const ColumnView& column, const std::string& where) const {
  const Kind kind = column.type.kind;
  if (kind == Kind::null || type_.kind == Kind::null) return;
  if (column.type != type_) type_changed(type_, column.type, where);
  if (kind == Kind::list) return children_[0].profile.check(column.children[0], where + "[]");
  if (kind != Kind::structure) return;
  for (std::size_t f = 0; f < column.children.size(); ++f) {
    for (const Child& child : children_) {
      if (child.name != column.child_names[f]) continue;
      child.profile.check(column.children[f], where + "." + child.name);
    }
  }
}

void ColumnProfile::update(const ColumnView& column, const std::string& where,
                           std::size_t exact_values) {
  adopt(column.type, where);
  if (numbers_) numbers_->limit_values(exact_values);
  if (text_) text_->limit_values(exact_values);
  if (list_lengths_) list_lengths_->limit_values(exact_values);
  if (column.layout == Layout::dictionary) return update_dictionary(column, where, exact_values);
  const auto valid = static_cast<std::uint64_t>(column.valid_count());
  count_ += valid;
  missing_ += static_cast<std::uint64_t>(column.length) - valid;
  if (valid == 0) return;
  if (numbers_) {
    add_numbers(*numbers_, column);
  } else if (text_) {
    add_text(*text_, column);
    text_->settle();
  } else if (type_.kind == Kind::list) {
    update_list(column, where, exact_values);
  } else if (type_.kind == Kind::structure) {
    update_structure(column, where, exact_values);
  }
}

void ColumnProfile::update_dictionary(const ColumnView& column, const std::string& where,
                                      std::size_t limit) {
  const ColumnView& values = column.children[0];
  std::vector<std::uint64_t> counts(static_cast<std::size_t>(values.length));
  std::uint64_t missing = 0;
  for (std::int64_t i = 0; i < column.length; ++i) {
    if (column.is_valid(i)) {
      ++counts[static_cast<std::size_t>(column.index(i))];
    } else {
      ++missing;
    }
  }
  missing_ += missing;
  for (std::int64_t k = 0; k < values.length; ++k) {
    const std::uint64_t n = counts[static_cast<std::size_t>(k)];
    if (n == 0) continue;
    if (!values.is_valid(k)) {
      missing_ += n;
    } else if (text_) {
      text_->add(values.text(k), n);
      count_ += n;
    } else {
      // A dictionary of numbers is rare: each occurrence goes the numbers' way.
      for (std::uint64_t repeat = 0; repeat < n; ++repeat) update(cell_of(values, k), where, limit);
    }
  }
}

void ColumnProfile::update_list(const ColumnView& column, const std::string& where,
                                std::size_t limit) {
  ColumnProfile& item = children_[0].profile;
  const ColumnView& items = column.children[0];
  // Neighbouring lists are neighbours in the items: one slice for each run of them.
  std::int64_t start = 0;
  std::int64_t end = 0;
  const auto flush = [&] {
    if (end > start) item.update(items.slice(start, end - start), where + "[]", limit);
  };
  item.adopt(items.type, where + "[]");
  for (std::int64_t i = 0; i < column.length; ++i) {
    if (!column.is_valid(i)) continue;
    const ColumnView::Extent extent = column.list_extent(i);
    list_lengths_->add(extent.count);
    if (extent.start != end) {
      flush();
      start = extent.start;
    }
    end = extent.start + extent.count;
  }
  flush();
}

void ColumnProfile::update_structure(const ColumnView& column, const std::string& where,
                                     std::size_t limit) {
  const auto field_of = [&](const std::string& name) -> ColumnProfile& {
    for (Child& child : children_) {
      if (child.name == name) return child.profile;
    }
    children_.push_back({name, ColumnProfile()});
    children_.back().profile.add_missing(count_ - static_cast<std::uint64_t>(column.valid_count()));
    return children_.back().profile;
  };
  for (std::size_t f = 0; f < column.children.size(); ++f) {
    const std::string path = where + "." + column.child_names[f];
    ColumnProfile& profile = field_of(column.child_names[f]);
    const ColumnView field = column.field(f);
    profile.adopt(field.type, path);
    // Fields of an absent structure are not missing: they are not there at all.
    for (std::int64_t i = 0; i < column.length;) {
      while (i < column.length && !column.is_valid(i)) ++i;
      const std::int64_t start = i;
      while (i < column.length && column.is_valid(i)) ++i;
      if (i > start) profile.update(field.slice(start, i - start), path, limit);
    }
  }
  for (Child& child : children_) {
    if (child.profile.rows() < count_) child.profile.add_missing(count_ - child.profile.rows());
  }
  sort_children();
}

void ColumnProfile::sort_children() {
  if (type_.kind != Kind::structure) return;
  std::sort(children_.begin(), children_.end(),
            [](const Child& a, const Child& b) { return a.name < b.name; });
}

void ColumnProfile::merge(const ColumnProfile& other, const std::string& where) {
  adopt(other.type_, where);
  if (numbers_ && other.numbers_) *numbers_ += *other.numbers_;
  if (text_ && other.text_) *text_ += *other.text_;
  if (list_lengths_ && other.list_lengths_) *list_lengths_ += *other.list_lengths_;
  for (const Child& theirs : other.children_) {
    const std::string path = where + (type_.kind == Kind::list ? "[]" : "." + theirs.name);
    Child* mine = nullptr;
    for (Child& child : children_) {
      if (child.name == theirs.name) mine = &child;
    }
    if (mine == nullptr) {
      children_.push_back({theirs.name, ColumnProfile()});
      mine = &children_.back();
      mine->profile.add_missing(count_);
    }
    mine->profile.merge(theirs.profile, path);
  }
  count_ += other.count_;
  missing_ += other.missing_;
  if (type_.kind == Kind::structure) {
    for (Child& child : children_) {
      if (child.profile.rows() < count_) child.profile.add_missing(count_ - child.profile.rows());
    }
    sort_children();
  }
}

double ColumnProfile::sum() const { return numbers_ ? numbers_->sum() : no_number; }
double ColumnProfile::mean() const { return numbers_ ? numbers_->mean() : no_number; }
double ColumnProfile::variance() const { return numbers_ ? numbers_->variance() : no_number; }
double ColumnProfile::std() const { return numbers_ ? numbers_->std() : no_number; }
double ColumnProfile::min() const { return numbers_ ? numbers_->min() : no_number; }
double ColumnProfile::max() const { return numbers_ ? numbers_->max() : no_number; }

double ColumnProfile::quantile(double q) const {
  check_share(q);
  return numbers_ ? numbers_->spread().quantile(q) : no_number;
}

Bounds ColumnProfile::quantile_bounds(double q) const {
  check_share(q);
  return numbers_ ? numbers_->spread().quantile_bounds(q) : Bounds{no_number, no_number};
}

Bounds ColumnProfile::cdf_bounds(double x) const {
  return numbers_ ? numbers_->spread().cdf_bounds(x) : Bounds{no_number, no_number};
}

void ColumnProfile::check_share(double q) {
  if (!(q >= 0.0 && q <= 1.0)) {
    fail_value("stats.bad_quantile", "", "a quantile is asked for by a share between 0 and 1");
  }
}

const ValueCounts* ColumnProfile::values() const noexcept {
  return numbers_ ? &numbers_->values() : text_ ? &text_->values() : nullptr;
}

Estimate ColumnProfile::distinct() const {
  return values() != nullptr ? values()->distinct() : Estimate{};
}

bool ColumnProfile::values_exact() const noexcept {
  return values() != nullptr && values()->exact();
}

Value ColumnProfile::value_of(std::uint64_t code) const {
  if (text_) return text_->name(code);
  switch (numbers_->key_kind()) {
    case KeyKind::floating: return double_of_key(code);
    case KeyKind::unsigned_integer: return code;
    default: break;
  }
  if (type_.kind == Kind::boolean) return int_of_key(code) != 0;
  return int_of_key(code);
}

Value ColumnProfile::min_value() const {
  return numbers_ && numbers_->any() ? value_of(numbers_->min_key()) : Value{};
}
Value ColumnProfile::max_value() const {
  return numbers_ && numbers_->any() ? value_of(numbers_->max_key()) : Value{};
}

std::vector<ValueCount> ColumnProfile::top(std::size_t k) const {
  if (values() == nullptr) return {};
  std::vector<ValueCount> result;
  for (const ValueCounts::Frequent& f : values()->frequent()) {
    result.push_back({value_of(f.code), f.count});
  }
  if (text_) {
    // Codes are hashes here: the order among equals is that of the names.
    std::sort(result.begin(), result.end(), [](const ValueCount& a, const ValueCount& b) {
      return a.count.value != b.count.value ? a.count.value > b.count.value : a.value > b.value;
    });
  }
  if (result.size() > k) result.resize(k);
  return result;
}

void ColumnProfile::redact() noexcept {
  if (text_) text_->redact();
  for (Child& child : children_) child.profile.redact();
}

bool ColumnProfile::operator==(const ColumnProfile& other) const {
  return type_ == other.type_ && count_ == other.count_ && missing_ == other.missing_ &&
         numbers_ == other.numbers_ && text_ == other.text_ &&
         list_lengths_ == other.list_lengths_ && children_ == other.children_;
}

}  // namespace zeroskew
