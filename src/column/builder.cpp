#include "zeroskew/column/builder.hpp"

#include <bit>
#include <cmath>
#include <set>

#include "zeroskew/error.hpp"

namespace zeroskew {
namespace {

void put_bit(std::vector<std::uint8_t>& bits, std::int64_t index, bool value) {
  if (static_cast<std::size_t>(index / 8) >= bits.size()) bits.push_back(0);
  if (value) {
    std::uint8_t& byte = bits[static_cast<std::size_t>(index / 8)];
    byte = static_cast<std::uint8_t>(byte | 1u << (index % 8));
  }
}

bool holds_integers(Kind kind) noexcept {
  return kind == Kind::integer || kind == Kind::date || kind == Kind::time ||
         kind == Kind::timestamp || kind == Kind::duration;
}

void check_names(const std::vector<std::string>& names) {
  std::set<std::string_view> seen;
  for (const std::string& name : names) {
    if (!seen.insert(name).second) {
      fail_value("column.duplicate_name", name, "two columns have this name; rename one");
    }
  }
}

}  // namespace

ColumnBuilder::ColumnBuilder(Field field) : field_(std::move(field)) {
  if (field_.type.kind == Kind::decimal) {
    fail_type("column.unsupported_type", field_.name,
              "decimals cannot be built value by value; hand them in as Arrow");
  }
  for (const Field& child : field_.children) children_.emplace_back(child);
  offsets_.push_back(0);
}

void ColumnBuilder::mark(bool valid) {
  put_bit(validity_, length_, valid);
  if (!valid) ++nulls_;
  ++length_;
}

void ColumnBuilder::wrong_type(std::string_view found) const {
  fail_type("column.wrong_type", field_.name,
            "a value of type " + std::string(found) + " does not go into a column of type " +
                to_string(field_.type));
}

void ColumnBuilder::append_null() {
  const Kind kind = field_.type.kind;
  if (kind == Kind::boolean) put_bit(bits_, length_, false);
  if (holds_integers(kind) || kind == Kind::floating) words_.push_back(0);
  if (is_text(kind) || kind == Kind::list) offsets_.push_back(offsets_.back());
  if (kind == Kind::structure) {
    for (ColumnBuilder& child : children_) child.append_null();
  }
  mark(false);
}

void ColumnBuilder::append(bool value) {
  if (field_.type.kind != Kind::boolean) wrong_type("bool");
  put_bit(bits_, length_, value);
  mark(true);
}

void ColumnBuilder::append(std::int64_t value) {
  if (!holds_integers(field_.type.kind)) wrong_type("int");
  if (field_.type.is_unsigned && value < 0) wrong_type("negative int");
  words_.push_back(value);
  mark(true);
}

void ColumnBuilder::append(std::uint64_t value) {
  if (!holds_integers(field_.type.kind)) wrong_type("int");
  if (!field_.type.is_unsigned && value > std::uint64_t{INT64_MAX}) wrong_type("int above 2^63");
  words_.push_back(static_cast<std::int64_t>(value));
  mark(true);
}

void ColumnBuilder::append(double value) {
  if (field_.type.kind != Kind::floating) wrong_type("float");
  words_.push_back(std::bit_cast<std::int64_t>(value));
  mark(true);
}

void ColumnBuilder::append(std::string_view value) {
  if (!is_text(field_.type.kind)) wrong_type("string");
  text_.append(value);
  offsets_.push_back(static_cast<std::int64_t>(text_.size()));
  mark(true);
}

void ColumnBuilder::check(const Value& value) const {
  struct Checker {
    const ColumnBuilder& to;
    void operator()(std::monostate) const {}
    void operator()(bool) const {
      if (to.field_.type.kind != Kind::boolean) to.wrong_type("bool");
    }
    void operator()(std::int64_t i) const {
      if (to.field_.type.kind == Kind::floating) {
        const auto d = static_cast<double>(i);
        if (d >= 0x1p63 || static_cast<std::int64_t>(d) != i) to.wrong_type("int above 2^53");
      } else if (!holds_integers(to.field_.type.kind)) {
        to.wrong_type("int");
      } else if (to.field_.type.is_unsigned && i < 0) {
        to.wrong_type("negative int");
      }
    }
    void operator()(std::uint64_t i) const {
      if (!holds_integers(to.field_.type.kind)) to.wrong_type("int");
      if (!to.field_.type.is_unsigned && i > std::uint64_t{INT64_MAX}) {
        to.wrong_type("int above 2^63");
      }
    }
    void operator()(double) const {
      if (to.field_.type.kind != Kind::floating) to.wrong_type("float");
    }
    void operator()(const std::string&) const {
      if (!is_text(to.field_.type.kind)) to.wrong_type("string");
    }
  };
  std::visit(Checker{*this}, value);
}

void ColumnBuilder::append(const Value& value) {
  struct Appender {
    ColumnBuilder& to;
    void operator()(std::monostate) const { to.append_null(); }
    void operator()(std::int64_t i) const {
      if (to.field_.type.kind == Kind::floating) {
        to.append(static_cast<double>(i));
      } else {
        to.append(i);
      }
    }
    void operator()(const std::string& s) const { to.append(std::string_view(s)); }
    void operator()(bool b) const { to.append(b); }
    void operator()(std::uint64_t i) const { to.append(i); }
    void operator()(double d) const { to.append(d); }
  };
  check(value);
  std::visit(Appender{*this}, value);
}

void ColumnBuilder::append_list(std::int64_t count) {
  offsets_.push_back(offsets_.back() + count);
  mark(true);
}

void ColumnBuilder::append_structure() { mark(true); }

ColumnView ColumnBuilder::view() const {
  ColumnView column;
  column.type = field_.type;
  column.length = length_;
  column.validity = nulls_ == 0 ? nullptr : validity_.data();
  switch (field_.type.kind) {
    case Kind::null: return column;
    case Kind::boolean:
      column.layout = Layout::bits;
      column.values = bits_.data();
      break;
    case Kind::floating:
      column.layout = Layout::float64;
      column.values = words_.data();
      break;
    case Kind::string:
    case Kind::bytes:
      column.layout = Layout::binary64;
      column.values = text_.data();
      column.offsets = offsets_.data();
      break;
    case Kind::list:
      column.layout = Layout::list64;
      column.offsets = offsets_.data();
      break;
    case Kind::structure: column.layout = Layout::structure; break;
    default:
      column.layout = field_.type.is_unsigned ? Layout::uint64 : Layout::int64;
      column.values = words_.data();
      break;
  }
  for (const ColumnBuilder& child : children_) {
    column.children.push_back(child.view());
    column.child_names.push_back(child.field_.name);
  }
  return column;
}

Batch make_batch(std::vector<ColumnBuilder> columns) {
  const auto owned = std::make_shared<const std::vector<ColumnBuilder>>(std::move(columns));
  Batch batch;
  batch.rows = owned->empty() ? 0 : owned->front().size();
  for (const ColumnBuilder& column : *owned) {
    if (column.size() != batch.rows) {
      fail_value("column.ragged", column.field().name,
                 "has " + std::to_string(column.size()) + " cells where the first column has " +
                     std::to_string(batch.rows));
    }
    batch.names.push_back(column.field().name);
    batch.columns.push_back(column.view());
  }
  check_names(batch.names);
  batch.owner = owned;
  return batch;
}

RowBuilder::RowBuilder(std::vector<Field> fields) : fields_(std::move(fields)) {
  std::vector<std::string> names;
  for (const Field& field : fields_) names.push_back(field.name);
  check_names(names);
  columns_ = std::vector<ColumnBuilder>(fields_.begin(), fields_.end());
}

void RowBuilder::append(std::span<const Value> row) {
  if (row.size() != fields_.size()) {
    fail_value("column.ragged", "row " + std::to_string(rows_),
               "has " + std::to_string(row.size()) + " values for " +
                   std::to_string(fields_.size()) + " columns");
  }
  // A row that fails half-way must leave no cells behind.
  for (std::size_t i = 0; i < row.size(); ++i) columns_[i].check(row[i]);
  for (std::size_t i = 0; i < row.size(); ++i) columns_[i].append(row[i]);
  ++rows_;
}

Batch RowBuilder::finish() {
  Batch batch = make_batch(std::move(columns_));
  batch.rows = rows_;
  columns_ = std::vector<ColumnBuilder>(fields_.begin(), fields_.end());
  rows_ = 0;
  return batch;
}

}  // namespace zeroskew
