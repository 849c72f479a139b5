#include "lane.hpp"

#include <utility>

#include <zeroskew/error.hpp>
#include "json_text.hpp"

namespace server {
namespace {

std::vector<std::string> names_of(const Model& model) {
  std::vector<std::string> names;
  for (const zeroskew::Field& column : model.columns) names.push_back(column.name);
  return names;
}

}  // namespace

Lane::Lane(std::shared_ptr<Model> model, std::size_t cached)
    : model_(std::move(model)),
      row_(model_->plan.row()),
      writer_(model_->monitor.writer(names_of(*model_))),
      traffic_(model_->traffic.writer()),
      cache_(cached) {}

void Lane::read(Rows& rows, std::size_t i) {
  try {
    rows.read(i, *model_, cells_);
  } catch (const zeroskew::Error&) {
    writer_.failed();
    throw;
  }
  record();
}

void Lane::record() {
  writer_.record(cells_.cells);
  traffic_->record(cells_.cells);
}

void Lane::transform(std::uint64_t key, std::uint64_t epoch) {
  try {
    model_->plan.apply(std::span<const zeroskew::RowCell>(cells_.cells), row_, key, epoch);
  } catch (const zeroskew::Error&) {
    writer_.failed();
    throw;
  }
}

void Lane::write_json(std::string& out) const {
  char separator = '{';
  for (std::size_t i = 0; i < model_->outputs.size(); ++i) {
    const Model::Output& output = model_->outputs[i];
    if (output.passes && cells_.present[output.source] == 0) continue;
    out.push_back(separator);
    out.append(output.member);
    append_json(out, row_[i]);
    separator = ',';
  }
  if (separator == '{') out.push_back('{');
  out.push_back('}');
}

void Lane::write_csv(std::string& out) const {
  bool first = true;
  for (std::size_t i = 0; i < model_->outputs.size(); ++i) {
    if (model_->outputs[i].passes) continue;
    if (!std::exchange(first, false)) out.push_back(',');
    append_csv(out, row_[i]);
  }
  out.push_back('\n');
}

void Lane::write_csv_header(std::string& out, bool of_input) const {
  bool first = true;
  for (std::size_t i = 0; of_input && i < model_->columns.size(); ++i) {
    if (cells_.present[i] == 0) continue;
    if (!std::exchange(first, false)) out.push_back(',');
    append_csv(out, std::string_view(model_->columns[i].name));
  }
  for (const Model::Output& output : model_->outputs) {
    if (of_input || output.passes) continue;
    if (!std::exchange(first, false)) out.push_back(',');
    append_csv(out, std::string_view(output.name));
  }
  out.push_back('\n');
}

void Lane::write_input_json(std::string& out) const {
  char separator = '{';
  for (std::size_t i = 0; i < model_->columns.size(); ++i) {
    if (cells_.present[i] == 0) continue;
    out.push_back(separator);
    append_json(out, std::string_view(model_->columns[i].name));
    out.push_back(':');
    append_json(out, cells_.cells[i]);
    separator = ',';
  }
  if (separator == '{') out.push_back('{');
  out.push_back('}');
}

void Lane::write_input_csv(std::string& out) const {
  bool first = true;
  for (std::size_t i = 0; i < model_->columns.size(); ++i) {
    if (cells_.present[i] == 0) continue;
    if (!std::exchange(first, false)) out.push_back(',');
    append_csv(out, cells_.cells[i]);
  }
  out.push_back('\n');
}

void Lane::remember(std::string_view body, const std::string& answer) {
  std::vector<zeroskew::Value> values;
  values.reserve(cells_.cells.size());
  for (const zeroskew::RowCell& cell : cells_.cells) values.push_back(cell.value());
  cache_.put(body, {answer, std::move(values)});
}

void Lane::record(const CachedAnswer& answer) {
  cells_.start(answer.cells.size());
  for (std::size_t i = 0; i < answer.cells.size(); ++i) {
    cells_.cells[i] = zeroskew::RowCell(answer.cells[i]);
  }
  record();
}

}  // namespace server
