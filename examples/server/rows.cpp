#include "rows.hpp"

#include <string>

#include <zeroskew/error.hpp>
#include "csv_rows.hpp"
#include "json_rows.hpp"

namespace server {
namespace {

bool starts(std::string_view text, std::string_view with) noexcept {
  return text.substr(0, with.size()) == with;
}

}  // namespace

struct RowsReader::State {
  JsonRows json;
  CsvRows csv;
};

RowsReader::RowsReader() : state_(std::make_unique<State>()) {}
RowsReader::~RowsReader() = default;
RowsReader::RowsReader(RowsReader&&) noexcept = default;

Rows& RowsReader::read(std::string_view body, std::string_view content_type, bool enveloped,
                       std::size_t most_rows, const Model& model) {
  if (starts(content_type, "text/csv")) {
    state_->csv.parse(body, content_type, most_rows, model);
    return state_->csv;
  }
  if (starts(content_type, "application/jsonl") || starts(content_type, "application/x-ndjson")) {
    state_->json.parse_lines(body, most_rows);
    return state_->json;
  }
  if (content_type.empty() || starts(content_type, "application/json")) {
    state_->json.parse(body, enveloped, most_rows);
    return state_->json;
  }
  zeroskew::fail_value("server.content_type", std::string(content_type),
                       "rows come as application/json, application/jsonlines or text/csv");
}

}  // namespace server
