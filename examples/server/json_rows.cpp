#include "json_rows.hpp"

#include <simdjson.h>

#include <string>
#include <utility>
#include <vector>

#include <zeroskew/error.hpp>
#include <zeroskew/random/row_key.hpp>

namespace server {
namespace {

namespace dom = simdjson::dom;
using zeroskew::RowCell;
using Type = dom::element_type;

[[noreturn]] void fail_json(std::string_view why) {
  zeroskew::fail_value("server.json", "body", why);
}

std::uint64_t word(const dom::element& value, const char* name) {
  std::uint64_t number = 0;
  if (value.get(number) == simdjson::SUCCESS) return number;
  zeroskew::fail_value("server.json", name, "is a whole number from 0 to 2^64 - 1");
}

std::uint64_t key_of(const dom::element& value) {
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) return zeroskew::row_key(text);
  return word(value, "key");
}

RowCell cell_of(const dom::element& value, const zeroskew::Field& column) {
  switch (value.type()) {
    case Type::NULL_VALUE:
      return {};
    case Type::BOOL:
      return RowCell(bool{value.get_bool().value_unsafe()});
    case Type::INT64:
      return RowCell(std::int64_t{value.get_int64().value_unsafe()});
    case Type::UINT64:
      return RowCell(std::uint64_t{value.get_uint64().value_unsafe()});
    case Type::DOUBLE:
      return RowCell(double{value.get_double().value_unsafe()});
    case Type::STRING:
      return number_or_text(value.get_string().value_unsafe(), column.type.kind);
    default:
      break;
  }
  zeroskew::fail_type("server.cell", column.name, "a cell is null, a bool, a number or a text");
}

RowCell list_of(const dom::element& value, const zeroskew::Field& column,
                zeroskew::ListCell& list) {
  const zeroskew::Field item{column.name, {}, {}};
  list.clear();
  const dom::array items = value.get_array().value_unsafe();  // the result is a temporary
  for (const dom::element each : items) list.add(cell_of(each, item));
  return list;
}

}  // namespace

struct JsonRows::State {
  dom::parser parser;
  std::vector<char> padded;
  std::vector<dom::element> rows;
  std::vector<std::uint64_t> keys;
  bool keyed = false;

  dom::element parse(std::string_view body) {
    padded.resize(body.size() + simdjson::SIMDJSON_PADDING);
    body.copy(padded.data(), body.size());
    dom::element root;
    if (const auto code = parser.parse(padded.data(), body.size(), false).get(root)) {
      fail_json(std::string("is not JSON: ") + simdjson::error_message(code));
    }
    return root;
  }
  void add(const dom::element& rows_given, std::size_t most) {
    dom::array list;
    if (rows_given.get(list) != simdjson::SUCCESS) fail_json("the rows are a list of objects");
    for (const dom::element row : list) {
      if (rows.size() == most) {
        zeroskew::fail_value("server.rows", "body",
                             "more than " + std::to_string(most) + " rows in a request");
      }
      rows.push_back(row);
    }
  }
};

JsonRows::JsonRows() : state_(std::make_unique<State>()) {}
JsonRows::~JsonRows() = default;

void JsonRows::parse(std::string_view body, bool enveloped, std::size_t most_rows) {
  State& state = *state_;
  state.rows.clear();
  state.keys.clear();
  state.keyed = false;
  epoch_ = 0;
  const dom::element root = state.parse(body);
  dom::object object;
  if (root.get(object) != simdjson::SUCCESS) {
    if (enveloped) fail_json(R"(a request is {"row": {...}} or {"rows": [...]})");
    shape_ = Shape::list;
    return state.add(root, most_rows);
  }
  dom::element value;
  if (!enveloped) {
    if (object.at_key("instances").get(value) == simdjson::SUCCESS) {
      shape_ = Shape::instances;
      return state.add(value, most_rows);
    }
    shape_ = Shape::plain;
    state.rows.push_back(root);
    return;
  }
  bool found = false;
  for (const auto& [name, member] : object) {
    if (name == "row" || name == "rows") {
      if (found) fail_json(R"("row" or "rows" is there twice)");
      found = true;
      shape_ = name == "row" ? Shape::row : Shape::rows;
      name == "row" ? state.rows.push_back(member) : state.add(member, most_rows);
    } else if (name == "key") {
      state.keys.push_back(key_of(member));
    } else if (name == "keys") {
      dom::array list;
      if (member.get(list) != simdjson::SUCCESS) fail_json("\"keys\" is no list");
      for (const dom::element key : list) state.keys.push_back(key_of(key));
      state.keyed = true;
    } else if (name == "epoch") {
      epoch_ = word(member, "epoch");
    } else {
      zeroskew::fail_key("server.json", std::string(name),
                         "a request has row, rows, key, keys and epoch");
    }
  }
  if (!found) fail_json(R"(a request is {"row": {...}} or {"rows": [...]})");
  state.keyed = state.keyed || !state.keys.empty();
  if (state.keyed && state.keys.size() != state.rows.size()) {
    zeroskew::fail_value("server.rows", "keys",
                         std::to_string(state.keys.size()) + " keys for " +
                             std::to_string(state.rows.size()) + " rows");
  }
}

void JsonRows::parse_lines(std::string_view body, std::size_t most_rows) {
  // One document at a time lives in the parser, so the lines become one list.
  std::string list = "[";
  while (!body.empty()) {
    const std::string_view line = body.substr(0, body.find('\n'));
    body.remove_prefix(line.size() < body.size() ? line.size() + 1 : body.size());
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    if (list.size() > 1) list += ',';
    list += line;
  }
  list += ']';
  parse(list, false, most_rows);
  shape_ = Shape::lines;
}

std::size_t JsonRows::size() const noexcept {
  return state_->rows.size();
}

void JsonRows::read(std::size_t i, const Model& model, Cells& out) {
  out.start(model.columns.size());
  dom::object object;
  if (state_->rows[i].get(object) != simdjson::SUCCESS) {
    zeroskew::fail_type("server.cell", "", "a row is an object, {\"column\": value, ...}");
  }
  std::size_t last = static_cast<std::size_t>(-1);
  for (const auto& [name, value] : object) {
    const std::size_t at = model.find(name, last);
    if (at == model.columns.size()) {
      ++out.unknown;
      continue;
    }
    last = at;
    const zeroskew::Field& column = model.columns[at];
    const bool list = column.type.kind == zeroskew::Kind::list && value.type() == Type::ARRAY;
    out.cells[at] = list ? list_of(value, column, out.lists[at]) : cell_of(value, column);
    out.present[at] = 1;
  }
}

std::uint64_t JsonRows::key(std::size_t i) const {
  return state_->keyed ? state_->keys[i] : i;
}

bool JsonRows::has_keys() const noexcept {
  return state_->keyed;
}

}  // namespace server
