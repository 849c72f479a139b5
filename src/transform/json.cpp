#include "transform/json.hpp"

#include <charconv>

#include "detail/canonical_json.hpp"
#include "zeroskew/detail/nearest.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/transform/pipeline.hpp"

namespace zeroskew {
namespace {

using Json = nlohmann::json;

constexpr std::int64_t format_version = 1;
constexpr std::int64_t largest_exact = std::int64_t{1} << 53;

Json integer_to_json(std::int64_t value) {
  // Above 2^53 a reader of JSON may round: such integers are texts.
  if (value > largest_exact || value < -largest_exact) return std::to_string(value);
  return value;
}

std::int64_t integer_from_json(const Json& value, const std::string& where) {
  if (value.is_number_integer()) return value.get<std::int64_t>();
  if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    std::int64_t result = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), result);
    if (error == std::errc{} && end == text.data() + text.size()) return result;
  }
  transform_json.fail(where, value.dump() + " is not a whole number");
}

Setting plain_setting(const Json& value, const std::string& where) {
  if (value.is_null()) return {};
  if (value.is_boolean()) return value.get<bool>();
  if (value.is_number_integer()) return value.get<std::int64_t>();
  if (value.is_number_float()) return value.get<double>();
  if (value.is_string()) return value.get<std::string>();
  if (!value.is_array()) transform_json.fail(where, value.dump() + " is no setting");
  const auto all = [&](auto&& is) { return std::all_of(value.begin(), value.end(), is); };
  if (all([](const Json& item) { return item.is_number_integer(); })) {
    return value.get<std::vector<std::int64_t>>();
  }
  if (all([](const Json& item) { return item.is_number(); })) {
    return value.get<std::vector<double>>();
  }
  if (all([](const Json& item) { return item.is_string(); })) {
    return value.get<std::vector<std::string>>();
  }
  transform_json.fail(where, value.dump() + " is neither a list of numbers nor a list of texts");
}

Json field_to_json(const Field& field) {
  return {{"name", field.name}, {"type", type_to_json(field.type)}};
}

Field field_from_json(const Json& value, const std::string& where) {
  std::string name = transform_json.text(value, "name", where);
  Type type = type_from_json(transform_json.any(value, "type", where), name);
  return {std::move(name), std::move(type), {}};
}

void must_be_savable(const Step& step) {
  if (step.info().unsaved.empty()) return;
  fail_value(
      "transform.not_savable", step.name(),
      "the step on '" + step.columns().front() + "' cannot be saved: " + step.info().unsaved);
}

}  // namespace

Json parse_json(std::string_view text) {
  try {
    return Json::parse(text);
  } catch (const Json::exception& error) {
    transform_json.fail("", error.what());
  }
}

Json word_to_json(std::uint64_t word) {
  if (word > static_cast<std::uint64_t>(largest_exact)) return std::to_string(word);
  return word;
}

std::uint64_t word_from_json(const Json& value, const std::string& where) {
  if (value.is_number_unsigned()) return value.get<std::uint64_t>();
  if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    std::uint64_t word = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), word);
    if (error == std::errc{} && end == text.data() + text.size()) return word;
  }
  transform_json.fail(where, value.dump() + " is not a whole number from 0 to 2^64 - 1");
}

Json setting_to_json(const Setting& setting) {
  struct Writer {
    Json operator()(std::monostate) const { return nullptr; }
    Json operator()(std::int64_t i) const { return integer_to_json(i); }
    Json operator()(const std::vector<std::int64_t>& list) const {
      Json items = Json::array();
      for (const std::int64_t i : list) items.push_back(integer_to_json(i));
      return items;
    }
    Json operator()(bool b) const { return b; }
    Json operator()(double d) const { return d; }
    Json operator()(const std::string& s) const { return s; }
    Json operator()(const std::vector<double>& list) const { return list; }
    Json operator()(const std::vector<std::string>& list) const { return list; }
  };
  return std::visit(Writer{}, setting);
}

Setting setting_from_json(const Json& value, const Parameter& parameter, const std::string& where) {
  if (parameter.kind == SettingKind::integer && value.is_string()) {
    return checked(parameter, integer_from_json(value, where), where);
  }
  if (parameter.kind == SettingKind::integers && value.is_array()) {
    std::vector<std::int64_t> list;
    for (const Json& item : value) list.push_back(integer_from_json(item, where));
    return list;
  }
  return checked(parameter, plain_setting(value, where), where);
}

Json type_to_json(const Type& type) {
  Json value = {{"kind", to_string(type.kind)}};
  if (type.unit != TimeUnit::none) value["unit"] = to_string(type.unit);
  if (type.is_unsigned) value["unsigned"] = true;
  if (type.scale != 0) value["scale"] = type.scale;
  if (!type.timezone.empty()) value["timezone"] = type.timezone;
  return value;
}

Type type_from_json(const Json& value, const std::string& where) {
  Type type;
  const std::string kind = transform_json.text(value, "kind", where);
  bool known = false;
  for (int k = 0; k <= static_cast<int>(Kind::structure); ++k) {
    if (to_string(static_cast<Kind>(k)) == kind) {
      type.kind = static_cast<Kind>(k);
      known = true;
    }
  }
  if (!known) transform_json.fail(where, "'" + kind + "' is no type");
  if (value.contains("unit")) {
    const std::string unit = transform_json.text(value, "unit", where);
    for (int u = 1; u <= static_cast<int>(TimeUnit::nanosecond); ++u) {
      if (to_string(static_cast<TimeUnit>(u)) == unit) type.unit = static_cast<TimeUnit>(u);
    }
    if (type.unit == TimeUnit::none)
      transform_json.fail(where, "'" + unit + "' is no unit of time");
  }
  if (value.contains("unsigned")) {
    if (!value["unsigned"].is_boolean())
      transform_json.fail(where, "\"unsigned\" is neither true nor false");
    type.is_unsigned = value["unsigned"].get<bool>();
  }
  if (value.contains("scale")) {
    type.scale = static_cast<std::int32_t>(integer_from_json(value["scale"], where));
  }
  if (value.contains("timezone")) type.timezone = transform_json.text(value, "timezone", where);
  return type;
}

Json step_to_json(const Step& step) {
  Json value = {{"step", step.name()}, {"columns", step.columns()}};
  for (const auto& [name, setting] : step.settings()) {
    if (!std::holds_alternative<std::monostate>(setting)) value[name] = setting_to_json(setting);
  }
  return value;
}

Step step_from_json(const Json& value) {
  if (!value.is_object())
    transform_json.fail("", value.dump() + " is no step; write {\"step\": ...}");
  const StepInfo& info = step_info(transform_json.text(value, "step", ""));
  std::vector<std::string> columns;
  Settings settings;
  for (const auto& [name, item] : value.items()) {
    if (name == "step") continue;
    if (name == "column" || name == "columns") {
      const Json list = item.is_array() ? item : Json::array({item});
      for (const Json& column : list) {
        if (!column.is_string())
          transform_json.fail(info.name, "\"" + name + "\" holds no column name");
        columns.push_back(column.get<std::string>());
      }
      continue;
    }
    const Parameter* parameter = info.find(name);
    // An unknown name goes on as it is: making the step says which ones there are.
    settings[name] =
        parameter != nullptr ? setting_from_json(item, *parameter, info.name) : Setting();
  }
  return Step(info.name, std::move(columns), settings);
}

std::string Step::to_json() const {
  return detail::canonical_json(step_to_json(*this));
}

Step Step::from_json(std::string_view text) {
  return step_from_json(parse_json(text));
}

std::string Pipeline::to_json() const {
  for (const Step& step : steps_) must_be_savable(step);
  return specification();
}

std::string Pipeline::specification() const {
  Json steps = stages_to_json(*this, 0, steps_.size(), 0);
  return detail::canonical_json({{"seed", word_to_json(seed_)}, {"steps", std::move(steps)}});
}

Pipeline Pipeline::from_json(std::string_view text) {
  const Json value = parse_json(text);
  std::uint64_t seed = 0;
  const bool bare = value.is_array();
  if (!bare && value.is_object()) {
    for (const auto& item : value.items()) {
      if (item.key() != "seed" && item.key() != "steps") {
        transform_json.fail(item.key(), "a pipeline has \"seed\" and \"steps\"" +
                                            detail::suggestion(item.key(), std::vector<std::string>{
                                                                               "seed", "steps"}));
      }
    }
    if (value.contains("seed")) seed = word_from_json(value["seed"], "seed");
  }
  std::vector<Stage> stages;
  for (const Json& stage : bare ? value : transform_json.list(value, "steps", "")) {
    stages.push_back(stage_from_json(stage));
  }
  return Pipeline::of(stages, seed);
}

std::string FittedPipeline::to_json() const {
  for (const FittedStep& fitted : steps_) must_be_savable(fitted.step);
  Json inputs = Json::array();
  for (const Field& field : inputs_) inputs.push_back(field_to_json(field));
  Json steps = Json::array();
  for (const FittedStep& step : steps_) {
    Json columns = Json::array();
    for (const Field& field : step.inputs) columns.push_back(field_to_json(field));
    Json learned = Json::object();
    for (const auto& [name, setting] : step.learned) learned[name] = setting_to_json(setting);
    Json entry = {{"specification", step_to_json(step.step)},
                  {"inputs", std::move(columns)},
                  {"learned", std::move(learned)}};
    for (const Membership& each : step.within) entry["within"].push_back(membership_to_json(each));
    for (const Field& field : step.reads) entry["reads"].push_back(field_to_json(field));
    steps.push_back(std::move(entry));
  }
  return detail::canonical_json({{"format", "zeroskew.pipeline"},
                                 {"version", format_version},
                                 {"seed", word_to_json(seed_)},
                                 {"inputs", std::move(inputs)},
                                 {"steps", std::move(steps)}});
}

FittedPipeline FittedPipeline::from_json(std::string_view text) {
  const Json value = parse_json(text);
  if (transform_json.text(value, "format", "") != "zeroskew.pipeline") {
    transform_json.fail("format", "this is no fitted pipeline");
  }
  const std::int64_t version =
      integer_from_json(transform_json.any(value, "version", ""), "version");
  if (version < 1 || version > format_version) {
    fail_value("transform.version", "version",
               "written as version " + std::to_string(version) + "; this library reads 1 to " +
                   std::to_string(format_version));
  }
  std::vector<Field> inputs;
  for (const Json& field : transform_json.list(value, "inputs", "")) {
    inputs.push_back(field_from_json(field, "inputs"));
  }
  std::vector<FittedStep> steps;
  for (const Json& item : transform_json.list(value, "steps", "")) {
    FittedStep step{
        step_from_json(transform_json.any(item, "specification", "steps")), {}, {}, {}, 0, {}, {}};
    const StepInfo& info = step.step.info();
    for (const Json& field : transform_json.list(item, "inputs", info.name)) {
      step.inputs.push_back(field_from_json(field, info.name));
    }
    if (step.inputs.empty()) transform_json.fail(info.name, "the step has no input");
    if (item.contains("reads")) {
      for (const Json& field : transform_json.list(item, "reads", info.name)) {
        step.reads.push_back(field_from_json(field, info.name));
      }
    }
    if (item.contains("within")) {
      for (const Json& each : transform_json.list(item, "within", info.name)) {
        step.within.push_back(membership_from_json(each));
      }
    }
    const Json& learned = transform_json.any(item, "learned", info.name);
    for (const Parameter& parameter : info.learned) {
      Parameter optional = parameter;
      optional.optional = true;
      const Setting setting =
          learned.contains(parameter.name)
              ? setting_from_json(learned.at(parameter.name), optional, info.name)
              : Setting();
      if (!std::holds_alternative<std::monostate>(setting)) {
        step.learned[parameter.name] = setting;
      } else if (!parameter.optional) {
        transform_json.fail(info.name, "\"" + parameter.name + "\" was not learned");
      }
    }
    steps.push_back(std::move(step));
  }
  return FittedPipeline(std::move(inputs), std::move(steps),
                        word_from_json(transform_json.any(value, "seed", ""), "seed"));
}

}  // namespace zeroskew
