// Canonical form of text statistics, columns and whole profiles.

#include <algorithm>

#include "detail/cbor_reader.hpp"
#include "stats/state.hpp"
#include "zeroskew/detail/file.hpp"
#include "zeroskew/detail/sha256.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew {
namespace {

namespace cbor = detail::cbor;

constexpr const char* format_name = "zeroskew.profile";
// Version 2 added weights, slices and pairs, version 3 limits of what is counted exactly; a profile
// without them is still of version 1 or 2.
constexpr std::uint64_t format_version = 3;

bool is_limited(const ColumnProfile& column) {
  const auto lower = [](const ValueCounts& values) {
    return values.limit() != ValueCounts::exact_limit;
  };
  return (column.values() != nullptr && lower(*column.values())) ||
         (column.length() != nullptr && lower(column.length()->values())) ||
         std::any_of(column.children().begin(), column.children().end(),
                     [](const auto& child) { return is_limited(child.profile); });
}

cbor::Bytes write_candidates(const CountTable& candidates) {
  std::vector<cbor::Bytes> list;
  for (const CountTable::Entry& entry : candidates.sorted()) {
    list.push_back(cbor::array({cbor::number(entry.code), cbor::number(entry.count)}));
  }
  return cbor::array(list);
}

void read_candidates(const StateReader& in, ValueCounts& values) {
  if (!in.has("candidates")) return;
  in.require(!values.exact(), "candidates beside exact counts");
  std::vector<std::uint64_t> seen_in(ValueCounts::bucket_count);
  for (const nlohmann::json& pair : in.tree()["candidates"]) {
    in.require(pair.is_array() && pair.size() == 2 && pair[0].is_number_unsigned() &&
                   pair[1].is_number_unsigned(),
               "a candidate without its count");
    const auto code = pair[0].get<std::uint64_t>();
    const auto seen = pair[1].get<std::uint64_t>();
    std::uint64_t& sum = seen_in[ValueCounts::bucket_of(code)];
    in.require(
        values.candidates().count(code) == 0 && seen != 0 && seen <= values.at_most(code) - sum,
        "a candidate that was seen more often than it can have been");
    sum += seen;
    values.add_candidate(code, seen);
  }
}

cbor::Bytes write_type(const Type& type) {
  cbor::Map map;
  map.add("kind", cbor::text(to_string(type.kind)));
  if (type.unit != TimeUnit::none) map.add("unit", cbor::text(to_string(type.unit)));
  if (type.is_unsigned) map.add("unsigned", cbor::number(1));
  if (type.scale != 0) map.add("scale", cbor::signed_number(type.scale));
  if (!type.timezone.empty()) map.add("timezone", cbor::text(type.timezone));
  return map.finish();
}

Type read_type(const StateReader& in) {
  Type type;
  const std::string kind = in.text("kind");
  bool known = false;
  for (int k = 0; k <= static_cast<int>(Kind::structure); ++k) {
    if (to_string(static_cast<Kind>(k)) != kind) continue;
    type.kind = static_cast<Kind>(k);
    known = true;
  }
  in.require(known, "a kind of column that this version does not know");
  if (in.has("unit")) {
    const std::string unit = in.text("unit");
    for (int u = 1; u <= static_cast<int>(TimeUnit::nanosecond); ++u) {
      if (to_string(static_cast<TimeUnit>(u)) == unit) type.unit = static_cast<TimeUnit>(u);
    }
    in.require(type.unit != TimeUnit::none, "a unit of time that this version does not know");
  }
  type.is_unsigned = in.has("unsigned");
  if (in.has("scale")) {
    const std::int64_t scale = in.signed_number("scale");
    in.require(scale >= -76 && scale <= 76, "a scale out of range");
    type.scale = static_cast<std::int32_t>(scale);
  }
  if (in.has("timezone")) type.timezone = in.text("timezone");
  return type;
}

}  // namespace

cbor::Bytes TextState::write(const TextStats& stats) {
  return cbor::Map()
      .add("invalid_utf8", cbor::number(stats.invalid_utf8_))
      .add("values", ValueState::write(stats.values_))
      .add("lengths", NumberState::write(stats.lengths_))
      .finish();
}

TextStats TextState::read(const StateReader& in, bool check_utf8) {
  TextStats stats(check_utf8);
  stats.invalid_utf8_ = in.number("invalid_utf8");
  stats.values_ = ValueState::read(in.map("values"));
  stats.lengths_ = NumberState::read(in.map("lengths"), KeyKind::integer, 0);
  in.require(stats.values_.total() == stats.lengths_.count() &&
                 stats.invalid_utf8_ <= stats.values_.total() && stats.lengths_.nan() == 0,
             "counts of values, lengths and encodings that do not fit each other");
  return stats;
}

cbor::Bytes TextState::write_names(const TextStats& stats) {
  std::vector<cbor::Bytes> list;
  for (const auto& [code, name] : stats.names_.sorted()) {
    list.push_back(cbor::array({cbor::number(code), cbor::bytes(detail::as_bytes(name))}));
  }
  return cbor::array(list);
}

void TextState::read_names(TextStats& stats, const StateReader& in) {
  if (!in.has("names")) {
    stats.redact();
    return;
  }
  for (const nlohmann::json& pair : in.tree()["names"]) {
    in.require(
        pair.is_array() && pair.size() == 2 && pair[0].is_number_unsigned() && pair[1].is_binary(),
        "a name without its code");
    const auto code = pair[0].get<std::uint64_t>();
    const auto& bytes = pair[1].get_binary();
    const std::string name(bytes.begin(), bytes.end());
    in.require(name.size() <= TextStats::longest_name, "a name longer than names are");
    in.require(name.size() == TextStats::longest_name || text_code(name) == code ||
                   name.size() > TextStats::longest_name - 24,
               "a name that is not its code's");
    in.require(stats.values_.at_most(code) != 0, "a name of a value that never occurred");
    stats.names_.add(code, name);
  }
}

cbor::Bytes ColumnState::write(const ColumnProfile& column) {
  cbor::Map map;
  map.add("type", write_type(column.type_))
      .add("count", cbor::number(column.count_))
      .add("missing", cbor::number(column.missing_));
  if (column.numbers_) map.add("numbers", NumberState::write(*column.numbers_));
  if (column.text_) map.add("text", TextState::write(*column.text_));
  if (column.list_lengths_) map.add("lengths", NumberState::write(*column.list_lengths_));
  if (!column.children_.empty()) {
    cbor::Map children;
    for (const auto& child : column.children_) children.add(child.name, write(child.profile));
    map.add("children", children.finish());
  }
  return map.finish();
}

ColumnProfile ColumnState::read(const StateReader& in) {
  ColumnProfile column(read_type(in.map("type")));
  column.count_ = in.number("count");
  column.missing_ = in.number("missing");
  in.require(column.count_ + column.missing_ >= column.count_, "counts past 2^64");
  if (column.numbers_) {
    *column.numbers_ =
        NumberState::read(in.map("numbers"), column.numbers_->key_kind(), column.numbers_->scale());
    in.require(column.numbers_->count() == column.count_, "another number of values than cells");
  }
  if (column.text_) {
    *column.text_ = TextState::read(in.map("text"), column.text_->checks_utf8());
    in.require(column.text_->values().total() == column.count_,
               "another number of values than cells");
  }
  if (column.list_lengths_) {
    *column.list_lengths_ = NumberState::read(in.map("lengths"), KeyKind::integer, 0);
    in.require(column.list_lengths_->count() == column.count_,
               "another number of lists than cells");
  }
  if (in.has("children")) {
    const StateReader children = in.map("children");
    in.require(column.type_.kind == Kind::list || column.type_.kind == Kind::structure,
               "children of a column that has none");
    column.children_.clear();
    for (const auto& [name, tree] : children.tree().items()) {
      column.children_.push_back({name, read(StateReader(tree, children.where() + "." + name))});
    }
    if (column.type_.kind == Kind::list) {
      in.require(column.children_.size() == 1 && column.children_[0].name == "item",
                 "a list without its items");
    }
    column.sort_children();
  }
  in.require(column.type_.kind != Kind::null || column.count_ == 0, "values of no type");
  return column;
}

cbor::Bytes ColumnState::write_beside(const ColumnProfile& column) {
  cbor::Map map;
  if (column.text_ && column.text_->keeps_names()) {
    map.add("names", TextState::write_names(*column.text_));
  }
  if (column.values() != nullptr && !column.values()->exact()) {
    map.add("candidates", write_candidates(column.values()->candidates()));
  }
  if (!column.children_.empty()) {
    cbor::Map children;
    for (const auto& child : column.children_) {
      children.add(child.name, write_beside(child.profile));
    }
    map.add("children", children.finish());
  }
  return map.finish();
}

void ColumnState::read_beside(ColumnProfile& column, const StateReader& in) {
  if (column.text_) {
    read_candidates(in, column.text_->values_);
    TextState::read_names(*column.text_, in);
  }
  if (column.numbers_) read_candidates(in, column.numbers_->values_);
  for (auto& child : column.children_) {
    in.require(in.has("children"), "children without what stands beside them");
    read_beside(child.profile, in.map("children").map(child.name.c_str()));
  }
}

std::uint64_t ProfileState::version(const Profile& profile) {
  const bool limited = std::any_of(profile.columns_.begin(), profile.columns_.end(),
                                   [](const auto& named) { return is_limited(named.profile); });
  if (limited) return format_version;
  return profile.extras_ ? 2 : 1;
}

cbor::Bytes ProfileState::write(const Profile& profile) {
  cbor::Map columns;
  for (const auto* named : profile.by_name()) {
    columns.add(named->name, ColumnState::write(named->profile));
  }
  cbor::Map map;
  map.add("rows", cbor::number(profile.rows_)).add("columns", columns.finish());
  if (profile.extras_) map.add("extras", write_extras(profile));
  return map.finish();
}

cbor::Bytes ProfileState::write_beside(const Profile& profile) {
  std::vector<cbor::Bytes> order;
  cbor::Map columns;
  for (const auto& named : profile.columns_) {
    order.push_back(cbor::text(named.name));
    columns.add(named.name, ColumnState::write_beside(named.profile));
  }
  cbor::Map map;
  map.add("order", cbor::array(order)).add("columns", columns.finish());
  if (profile.extras_) map.add("slices", write_extras_beside(profile));
  return map.finish();
}

Profile ProfileState::read(const StateReader& state, const StateReader& beside) {
  const StateReader columns = state.map("columns");
  const StateReader notes = beside.map("columns");
  Profile profile;
  profile.rows_ = state.number("rows");
  beside.require(beside.has("order") && beside.tree()["order"].is_array(), "no order of columns");
  for (const nlohmann::json& entry : beside.tree()["order"]) {
    beside.require(entry.is_string(), "an order of columns with something else in it");
    const auto name = entry.get<std::string>();
    beside.require(profile.find_named(name) == nullptr, "a column twice in the order");
    ColumnProfile column = ColumnState::read(columns.map(name.c_str()));
    columns.require(column.rows() == profile.rows_, "a column of another number of rows");
    ColumnState::read_beside(column, notes.map(name.c_str()));
    profile.columns_.push_back({name, std::move(column)});
  }
  state.require(columns.tree().size() == profile.columns_.size(), "columns without a place");
  if (state.has("extras")) read_extras(profile, state.map("extras"), beside);
  return profile;
}

std::string Profile::digest() const {
  return detail::sha256_hex(ProfileState::write(*this));
}

std::vector<std::uint8_t> Profile::to_bytes() const {
  return cbor::Map()
      .add("format", cbor::text(format_name))
      .add("version", cbor::number(ProfileState::version(*this)))
      .add("state", ProfileState::write(*this))
      .add("beside", ProfileState::write_beside(*this))
      .finish();
}

Profile Profile::from_bytes(std::span<const std::uint8_t> bytes) {
  const nlohmann::json tree = cbor::parse(bytes, "profile.malformed");
  const StateReader in(tree, "");
  in.require(in.has("format") && in.text("format") == format_name, "this is not a profile");
  if (in.number("version") > format_version) {
    fail_value("profile.version", "",
               "written by a newer version of zeroskew (format " +
                   std::to_string(in.number("version")) + "); this one reads up to " +
                   std::to_string(format_version));
  }
  Profile profile = ProfileState::read(in.map("state"), in.map("beside"));
  // There is one way to write a profile: what reads otherwise was not written by zeroskew.
  const std::vector<std::uint8_t> again = profile.to_bytes();
  in.require(std::equal(again.begin(), again.end(), bytes.begin(), bytes.end()),
             "its bytes are not canonical");
  return profile;
}

}  // namespace zeroskew
