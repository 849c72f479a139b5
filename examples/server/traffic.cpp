#include "traffic.hpp"

#include <cmath>
#include <cstdint>
#include <string>
#include <utility>

namespace server {
namespace {

using zeroskew::ColumnBuilder;
using zeroskew::Field;
using zeroskew::Kind;
using zeroskew::Profile;
using zeroskew::RowCell;

// Few enough that adding them up is no pause for the requests behind.
constexpr std::int64_t block_rows = 512;

bool has_cells(Kind kind) noexcept {
  return kind != Kind::null && kind != Kind::decimal && kind != Kind::list &&
         kind != Kind::structure;
}

// Whole numbers, and floats that are whole, as the column holds them.
bool append_integer(ColumnBuilder& to, std::int64_t value, bool from_unsigned) {
  const zeroskew::Type& type = to.field().type;
  const bool above = from_unsigned && value < 0;  // 2^63 and more
  if (type.kind == Kind::floating) {
    const double x = from_unsigned ? static_cast<double>(static_cast<std::uint64_t>(value))
                                   : static_cast<double>(value);
    to.append(x);
    return true;
  }
  if (type.kind == Kind::boolean || zeroskew::is_text(type.kind)) return false;
  if (type.is_unsigned ? !from_unsigned && value < 0 : above) return false;
  type.is_unsigned ? to.append(static_cast<std::uint64_t>(value)) : to.append(value);
  return true;
}

bool append_number(ColumnBuilder& to, double value) {
  if (to.field().type.kind == Kind::floating) {
    to.append(value);
    return true;
  }
  if (!(std::fabs(value) < 0x1p63) || std::trunc(value) != value) return false;
  return append_integer(to, static_cast<std::int64_t>(value), false);
}

bool append_cell(ColumnBuilder& to, const RowCell& cell) {
  switch (cell.form) {
    case RowCell::Form::missing:
      return false;
    case RowCell::Form::boolean:
      if (to.field().type.kind != Kind::boolean) return false;
      to.append(cell.integer != 0);
      return true;
    case RowCell::Form::integer:
      return append_integer(to, cell.integer, false);
    case RowCell::Form::unsigned_integer:
      return append_integer(to, cell.integer, true);
    case RowCell::Form::number:
      return append_number(to, cell.number);
    case RowCell::Form::text:
      if (!zeroskew::is_text(to.field().type.kind)) return false;
      to.append(cell.text);
      return true;
    case RowCell::Form::list:
      return false;
  }
  return false;
}

}  // namespace

Traffic::Traffic(std::vector<Field> fields) : fields_(std::move(fields)) {}

Traffic::Writer::Writer(const std::vector<Field>& fields) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (has_cells(fields[i].type.kind)) {
      columns_.push_back({fields[i], i, ColumnBuilder(fields[i])});
    }
  }
}

void Traffic::Writer::record(std::span<const RowCell> row) {
  const std::lock_guard lock(mutex_);
  for (Column& column : columns_) {
    if (column.cell >= row.size() || !append_cell(column.values, row[column.cell])) {
      column.values.append_null();
    }
  }
  if (++rows_ == block_rows) flush();
}

void Traffic::Writer::flush() {
  if (rows_ == 0) return;
  std::vector<ColumnBuilder> block;
  for (Column& column : columns_) {
    block.push_back(std::exchange(column.values, ColumnBuilder(column.field)));
  }
  rows_ = 0;
  zeroskew::ProfileOptions options;
  options.threads = 1;
  profile_.update(zeroskew::make_batch(std::move(block)), options);
}

Profile Traffic::Writer::profile() {
  const std::lock_guard lock(mutex_);
  flush();
  return profile_;
}

std::shared_ptr<Traffic::Writer> Traffic::writer() {
  const std::lock_guard lock(mutex_);
  fold();
  return writers_.emplace_back(std::make_shared<Writer>(fields_));
}

void Traffic::fold() {
  std::erase_if(writers_, [this](const std::shared_ptr<Writer>& writer) {
    if (writer.use_count() > 1) return false;
    gone_ += writer->profile();
    return true;
  });
}

Profile Traffic::profile() {
  const std::lock_guard lock(mutex_);
  fold();
  Profile sum = gone_;
  for (const std::shared_ptr<Writer>& writer : writers_) sum += writer->profile();
  return sum;
}

}  // namespace server
