#include <filesystem>
#include <string>

#include "schema/convert.hpp"
#include "schema/freeze.hpp"
#include "schema/proto/json_codec.hpp"
#include "schema/proto/pbtxt.hpp"
#include "zeroskew/detail/file.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/schema/schema.hpp"

namespace zeroskew {
namespace {

const detail::MessageDescriptor& schema_message() {
  return *detail::find_message("tensorflow.metadata.v0.Schema");
}

enum class Form { json, text };

Form form_of(const std::filesystem::path& path) {
  const std::string suffix = path.extension().string();
  if (suffix == ".json") return Form::json;
  if (suffix == ".pbtxt") return Form::text;
  fail_value("schema.suffix", path.string(), "a schema file ends in .json or .pbtxt");
}

}  // namespace

std::string Schema::to_json() const {
  return detail::write_json(schema_message(), detail::to_tree(*this));
}

Schema Schema::from_json(std::string_view text) {
  Schema schema = detail::schema_from_tree(detail::read_json(schema_message(), text));
  detail::check_frozen(schema);
  return schema;
}

std::string Schema::to_text() const {
  return detail::write_pbtxt(schema_message(), detail::to_tree(*this));
}

Schema Schema::from_text(std::string_view text) {
  Schema schema = detail::schema_from_tree(detail::read_pbtxt(schema_message(), text));
  detail::check_frozen(schema);
  return schema;
}

void Schema::save(const std::filesystem::path& path) const {
  const Form form = form_of(path);
  detail::check_frozen(*this);
  detail::write_file(path.string(), form == Form::json ? to_json() : to_text());
}

Schema Schema::load(const std::filesystem::path& path) {
  const Form form = form_of(path);
  const std::string text = detail::read_file(path.string());
  try {
    return form == Form::json ? from_json(text) : from_text(text);
  } catch (const Error& error) {
    // The same error, with the file in front of the place in it.
    const std::string_view what = error.what();
    const std::string head =
        "[" + error.id() + "] " + (error.where().empty() ? "" : error.where() + ": ");
    throw Error(error.kind(), error.id(),
                path.string() + (error.where().empty() ? "" : ", " + error.where()),
                what.substr(head.size()));
  }
}

}  // namespace zeroskew
