#include "csv_rows.hpp"

#include <algorithm>

#include <zeroskew/error.hpp>

namespace server {
namespace {

[[noreturn]] void fail_csv(std::size_t row, std::string_view why) {
  zeroskew::fail_value("server.csv", "line " + std::to_string(row + 1), why);
}

}  // namespace

void CsvRows::split(std::string_view body, std::size_t most_rows) {
  text_.clear();
  fields_.clear();
  rows_.assign(1, 0);
  std::size_t i = 0;
  while (i < body.size()) {
    Field field{text_.size(), 0, body[i] == '"'};
    if (field.quoted) {
      for (++i;; ++i) {
        if (i >= body.size()) fail_csv(rows_.size() - 1, "a quoted field does not end");
        if (body[i] != '"') {
          text_.push_back(body[i]);
        } else if (i + 1 < body.size() && body[i + 1] == '"') {
          text_.push_back('"');
          ++i;
        } else {
          ++i;
          break;
        }
      }
    } else {
      const std::size_t end = std::min(body.find_first_of(",\r\n", i), body.size());
      text_.append(body.substr(i, end - i));
      i = end;
    }
    field.size = text_.size() - field.begin;
    fields_.push_back(field);
    if (i < body.size() && body[i] == ',') {
      // A comma at the very end is followed by an empty field.
      if (++i == body.size() || body[i] == '\n' || body[i] == '\r') {
        fields_.push_back({text_.size(), 0, false});
      } else {
        continue;
      }
    }
    if (i < body.size() && body[i] == '\r') ++i;
    if (i < body.size() && body[i] != '\n') fail_csv(rows_.size() - 1, "text after a quoted field");
    ++i;
    rows_.push_back(fields_.size());
    if (rows_.size() > most_rows + 2) {
      zeroskew::fail_value("server.rows", "body",
                           "more than " + std::to_string(most_rows) + " rows in a request");
    }
  }
}

void CsvRows::parse(std::string_view body, std::string_view content_type, std::size_t most_rows,
                    const Model& model) {
  split(body, most_rows);
  names_.clear();
  header_ = content_type.find("header=present") != std::string_view::npos;
  if (!header_ && content_type.find("header=absent") == std::string_view::npos &&
      rows_.size() > 1) {
    header_ =
        std::all_of(fields_.begin(), fields_.begin() + static_cast<std::ptrdiff_t>(rows_[1]),
                    [&](const Field& field) {
                      return model.find(text(field), model.columns.size()) < model.columns.size();
                    });
  }
  if (header_ && rows_.size() > 1) {
    for (std::size_t f = 0; f < rows_[1]; ++f) names_.emplace_back(text(fields_[f]));
    rows_.erase(rows_.begin());
  } else {
    for (const auto& field : model.policy.pipeline().inputs()) names_.push_back(field.name);
  }
  if (size() > most_rows) {
    zeroskew::fail_value("server.rows", "body",
                         "more than " + std::to_string(most_rows) + " rows in a request");
  }
}

std::size_t CsvRows::size() const noexcept {
  return rows_.empty() ? 0 : rows_.size() - 1;
}

void CsvRows::read(std::size_t i, const Model& model, Cells& out) {
  out.start(model.columns.size());
  if (rows_[i + 1] - rows_[i] != names_.size()) {
    zeroskew::fail_value("server.csv", "",
                         std::to_string(rows_[i + 1] - rows_[i]) + " fields for " +
                             std::to_string(names_.size()) + " columns");
  }
  std::size_t last = static_cast<std::size_t>(-1);
  for (std::size_t f = 0; f < names_.size(); ++f) {
    const std::size_t at = model.find(names_[f], last);
    if (at == model.columns.size()) {
      ++out.unknown;
      continue;
    }
    last = at;
    const Field& field = fields_[rows_[i] + f];
    out.cells[at] = cell_of_text(text(field), field.quoted, model.columns[at]);
    out.present[at] = 1;
  }
}

}  // namespace server
