#include "zeroskew/column/json_lines.hpp"

#include <nlohmann/json.hpp>

#include "zeroskew/error.hpp"

namespace zeroskew {
namespace {

using Json = nlohmann::ordered_json;

constexpr int max_json_depth = 64;

std::string place(std::size_t line, const std::string& key) {
  return "line " + std::to_string(line) + (key.empty() ? "" : ", '" + key + "'");
}

[[noreturn]] void conflict(std::size_t line, const std::string& key, std::string_view found,
                           const Type& type) {
  fail_type("json.type_conflict", place(line, key),
            "a value of type " + std::string(found) + " in a column of type " + to_string(type));
}

// Calls f(object, line) for each line that is not blank.
template <class F>
void each_line(std::string_view text, std::size_t line, F&& f) {
  for (; !text.empty(); ++line) {
    const auto end = text.find('\n');
    std::string_view row = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    if (row.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    int depth = 0;
    const auto bounded = [&](int level, Json::parse_event_t, Json&) {
      depth = std::max(depth, level);
      return depth <= max_json_depth;
    };
    Json object;
    try {
      object = Json::parse(row.begin(), row.end(), bounded);
    } catch (const Json::exception& error) {
      const std::string_view what = error.what();
      fail_value("json.malformed", place(line, ""),
                 "not JSON: " + std::string(what.substr(what.find("] ") + 2)));
    }
    if (depth > max_json_depth) {
      fail_value("json.malformed", place(line, ""), "nested more than 64 levels deep");
    }
    if (!object.is_object()) {
      fail_value("json.malformed", place(line, ""),
                 "each line must be an object, {\"column\": value, ...}");
    }
    f(object, line);
  }
}

Field& field_named(std::vector<Field>& fields, const std::string& name) {
  for (Field& field : fields) {
    if (field.name == name) return field;
  }
  return fields.emplace_back(Field{name, {}, {}});
}

Type plain(Kind kind) { return {kind, TimeUnit::none, false, 0, {}}; }

Type type_of(const Json& value) {
  switch (value.type()) {
    case Json::value_t::boolean: return plain(Kind::boolean);
    case Json::value_t::number_integer: return plain(Kind::integer);
    case Json::value_t::number_unsigned: {
      Type type = plain(Kind::integer);
      type.is_unsigned = value.get<std::uint64_t>() > std::uint64_t{INT64_MAX};
      return type;
    }
    case Json::value_t::number_float: return plain(Kind::floating);
    case Json::value_t::string: return plain(Kind::string);
    case Json::value_t::array: return plain(Kind::list);
    case Json::value_t::object: return plain(Kind::structure);
    default: return plain(Kind::null);
  }
}

void learn(Field& field, const Json& value, std::size_t line, const std::string& key) {
  const Type found = type_of(value);
  if (found.kind == Kind::null) return;
  Type& known = field.type;
  const bool numbers = (known.kind == Kind::integer || known.kind == Kind::floating) &&
                       (found.kind == Kind::integer || found.kind == Kind::floating);
  if (known.kind == Kind::null) {
    known = found;
  } else if (numbers) {
    const bool integral = known.kind == Kind::integer && found.kind == Kind::integer;
    known = integral ? (known.is_unsigned ? known : found) : plain(Kind::floating);
  } else if (known.kind != found.kind) {
    conflict(line, key, to_string(found), known);
  }
  if (found.kind == Kind::list) {
    if (field.children.empty()) field.children.push_back({"item", {}, {}});
    for (const Json& item : value) learn(field.children[0], item, line, key + "[]");
  } else if (found.kind == Kind::structure) {
    for (const auto& [name, member] : value.items()) {
      learn(field_named(field.children, name), member, line, key + "." + name);
    }
  }
}

void put(ColumnBuilder& column, const Json& value, std::size_t line, const std::string& key) {
  const Field& field = column.field();
  const Kind kind = field.type.kind;
  if (value.is_null()) return column.append_null();
  if (kind == Kind::boolean && value.is_boolean()) return column.append(value.get<bool>());
  if (kind == Kind::floating && value.is_number()) return column.append(value.get<double>());
  if (is_text(kind) && value.is_string()) {
    return column.append(std::string_view(value.get_ref<const std::string&>()));
  }
  if (kind == Kind::list && value.is_array()) {
    for (const Json& item : value) put(column.child(0), item, line, key + "[]");
    return column.append_list(static_cast<std::int64_t>(value.size()));
  }
  if (kind == Kind::structure && value.is_object()) {
    for (std::size_t i = 0; i < field.children.size(); ++i) {
      const auto member = value.find(field.children[i].name);
      const std::string path = key + "." + field.children[i].name;
      put(column.child(i), member == value.end() ? Json() : *member, line, path);
    }
    return column.append_structure();
  }
  const bool wide = value.is_number_unsigned() &&
                    value.get<std::uint64_t>() > std::uint64_t{INT64_MAX};
  if (value.is_number_integer() && is_numeric(kind) && kind != Kind::boolean) {
    if (wide && field.type.is_unsigned) return column.append(value.get<std::uint64_t>());
    const bool negative = !value.is_number_unsigned() && value.get<std::int64_t>() < 0;
    if (!wide && !(field.type.is_unsigned && negative)) {
      return column.append(value.get<std::int64_t>());
    }
  }
  conflict(line, key, wide ? "int above 2^63" : to_string(type_of(value)), field.type);
}

}  // namespace

std::vector<Field> infer_json_lines(std::string_view text, std::vector<Field> known,
                                    std::size_t first_line) {
  each_line(text, first_line, [&](const Json& object, std::size_t line) {
    for (const auto& [name, value] : object.items()) {
      learn(field_named(known, name), value, line, name);
    }
  });
  return known;
}

Batch read_json_lines(std::string_view text, const std::vector<Field>& fields,
                      std::size_t first_line) {
  std::vector<ColumnBuilder> columns(fields.begin(), fields.end());
  std::int64_t rows = 0;
  const Json absent;
  each_line(text, first_line, [&](const Json& object, std::size_t line) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const auto member = object.find(fields[i].name);
      put(columns[i], member == object.end() ? absent : *member, line, fields[i].name);
    }
    ++rows;
  });
  Batch batch = make_batch(std::move(columns));
  batch.rows = rows;
  return batch;
}

}  // namespace zeroskew
