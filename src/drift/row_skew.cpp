#include "zeroskew/drift/row_skew.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <unordered_map>
#include <utility>
#include <variant>

#include "drift/cell_value.hpp"
#include "zeroskew/detail/nearest.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew {
namespace {

constexpr std::size_t many = static_cast<std::size_t>(-1);

struct Place {
  std::size_t batch = 0;  // `many` if the key is there more than once
  std::int64_t row = 0;
};

using Rows = std::unordered_map<std::string, Place>;  // only looked up, or sorted afterwards

// A column over all batches of a side.
struct Column {
  std::vector<const ColumnView*> parts;
  Type type;

  [[nodiscard]] Value at(const Place& place) const {
    return detail::cell_value(*parts[place.batch], place.row);
  }
};

std::optional<Column> column_of(std::span<const Batch> side, const std::string& name) {
  Column column;
  for (const Batch& batch : side) {
    const auto position = batch.find(name);
    if (!position) return std::nullopt;
    const ColumnView& view = batch.columns[*position];
    column.parts.push_back(&view);
    if (column.type.kind == Kind::null) column.type = view.type;
  }
  if (column.parts.empty()) return std::nullopt;
  return column;
}

bool is_missing(const Value& value) noexcept {
  return std::holds_alternative<std::monostate>(value);
}

std::vector<Column> key_columns(std::span<const Batch> side, const std::vector<std::string>& keys,
                                const char* which) {
  std::vector<Column> columns;
  for (const std::string& key : keys) {
    auto column = column_of(side, key);
    if (!column) {
      fail_key("drift.unknown_column", key,
               std::string(which) + " has no such key column" +
                   (side.empty() ? "" : detail::suggestion(key, side.front().names)));
    }
    if (!detail::has_cells(column->type) || column->type.kind == Kind::floating) {
      fail_type("drift.key_type", key,
                "a key is a string, an integer, a bool or a time, not " + to_string(column->type));
    }
    columns.push_back(std::move(*column));
  }
  return columns;
}

// The key as text; several columns are told apart by their lengths. Nothing if a part is missing.
std::optional<std::string> key_of(const std::vector<Column>& columns, const Place& place) {
  std::string key;
  for (const Column& column : columns) {
    const Value value = column.at(place);
    if (is_missing(value)) return std::nullopt;
    const std::string part = to_string(value);
    if (columns.size() == 1) return part;
    if (!key.empty()) key += ", ";
    if (part.find(',') != std::string::npos) key += std::to_string(part.size()) + ":";
    key += part;
  }
  return key;
}

Rows rows_of(std::span<const Batch> side, const std::vector<Column>& keys,
             std::uint64_t& without_key) {
  Rows rows;
  for (std::size_t b = 0; b < side.size(); ++b) {
    for (std::int64_t i = 0; i < side[b].rows; ++i) {
      auto key = key_of(keys, {b, i});
      if (!key) {
        ++without_key;
        continue;
      }
      const auto [found, fresh] = rows.try_emplace(std::move(*key), Place{b, i});
      if (!fresh) found->second.batch = many;
    }
  }
  return rows;
}

std::optional<double> number(const Value& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? 1.0 : 0.0;
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
  if (const auto* large = std::get_if<std::uint64_t>(&value)) return static_cast<double>(*large);
  if (const auto* real = std::get_if<double>(&value)) return *real;
  return std::nullopt;
}

std::string why_not(const std::optional<Column>& training, const std::optional<Column>& serving) {
  if (!training || !serving) {
    return std::string("cannot compare, because ") + (training ? "serving" : "training") +
           " has no such column";
  }
  const Type& a = training->type;
  const Type& b = serving->type;
  for (const Type& type : {a, b}) {
    if (!detail::has_cells(type)) {
      return "cannot compare, because cells of type " + to_string(type) + " are no single values";
    }
  }
  if (a.kind == Kind::null || b.kind == Kind::null || a == b) return {};
  const auto plain = [](Kind kind) {
    return kind == Kind::integer || kind == Kind::floating || kind == Kind::boolean;
  };
  if (plain(a.kind) && plain(b.kind)) return {};
  if (is_text(a.kind) && is_text(b.kind)) return {};
  return "cannot compare, because the type is " + to_string(a) + " in training and " +
         to_string(b) + " in serving";
}

// A pair of rows, by the key that they share.
struct Joined {
  const std::string* key = nullptr;
  Place training;
  Place serving;
};

FeatureSkew compare_cells(const std::string& name, const Column& training, const Column& serving,
                          const std::vector<Joined>& joined, const RowSkewOptions& options) {
  FeatureSkew skew;
  skew.name = name;
  for (const Joined& pair : joined) {
    const Value a = training.at(pair.training);
    const Value b = serving.at(pair.serving);
    const bool no_a = is_missing(a);
    const bool no_b = is_missing(b);
    bool matches = no_a && no_b;
    if (no_a != no_b) {
      ++(no_a ? skew.missing_in_training : skew.missing_in_serving);
    } else if (!no_a) {
      matches = a == b;
      const auto x = number(a);
      const auto y = number(b);
      if (!matches && x && y) {
        const double difference = std::fabs(*x - *y);
        // Equal infinities differ by NaN; integers beyond 2^53 may differ though their doubles
        // don't.
        const bool both_whole = !std::holds_alternative<double>(a) &&
                                !std::holds_alternative<double>(b) && a.index() == b.index();
        const double allowed = options.absolute + options.relative * std::fabs(*x);
        matches = *x == *y ? !both_whole || allowed > 0.0 : difference <= allowed;
        if (difference > skew.largest_difference) skew.largest_difference = difference;
      }
      if (!matches) ++skew.mismatched;
    }
    if (matches) {
      ++skew.matched;
    } else if (skew.samples.size() < options.samples) {
      skew.samples.push_back({*pair.key, no_a ? "" : to_string(a), no_b ? "" : to_string(b)});
    }
  }
  return skew;
}

std::vector<std::string> chosen(std::span<const Batch> training, std::span<const Batch> serving,
                                const RowSkewOptions& options) {
  std::vector<std::string> names;
  for (const auto& side : {training, serving}) {
    if (side.empty()) continue;
    for (const std::string& name : side.front().names) {
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
  }
  for (const std::string& name : options.columns) {
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      fail_key("drift.unknown_column", name,
               "neither side has such a column" + detail::suggestion(name, names));
    }
  }
  std::erase_if(names, [&](const std::string& name) {
    const auto in = [&](const std::vector<std::string>& list) {
      return std::find(list.begin(), list.end(), name) != list.end();
    };
    return in(options.keys) || (!options.columns.empty() && !in(options.columns));
  });
  return names;
}

}  // namespace

bool RowSkew::skewed() const noexcept {
  return std::any_of(features.begin(), features.end(),
                     [](const FeatureSkew& feature) { return feature.skewed_rows() > 0; });
}

const FeatureSkew& RowSkew::feature(std::string_view name) const {
  std::vector<std::string> names;
  for (const FeatureSkew& feature : features) {
    if (feature.name == name) return feature;
    names.push_back(feature.name);
  }
  fail_key("drift.unknown_column", std::string(name),
           "no such feature was compared" + detail::suggestion(name, names));
}

RowSkew row_skew(std::span<const Batch> training, std::span<const Batch> serving,
                 const RowSkewOptions& options) {
  if (options.keys.empty()) {
    fail_value("drift.keys", "row_skew", "name at least one column that tells rows apart");
  }
  for (const double tolerance : {options.absolute, options.relative}) {
    if (!(tolerance >= 0.0) || !std::isfinite(tolerance)) {
      fail_value("drift.tolerance", "row_skew", "a tolerance is finite and not negative");
    }
  }
  const auto training_keys = key_columns(training, options.keys, "training");
  const auto serving_keys = key_columns(serving, options.keys, "serving");
  for (std::size_t i = 0; i < options.keys.size(); ++i) {
    const Type& a = training_keys[i].type;
    const Type& b = serving_keys[i].type;
    if (a.kind != Kind::null && b.kind != Kind::null && (a.kind != b.kind || a.unit != b.unit)) {
      fail_type("drift.key_type", options.keys[i],
                "the key is " + to_string(a) + " in training and " + to_string(b) + " in serving");
    }
  }
  RowSkew skew;
  const Rows before = rows_of(training, training_keys, skew.without_key);
  const Rows after = rows_of(serving, serving_keys, skew.without_key);
  std::vector<Joined> joined;
  for (const auto& [key, place] : before) {
    const auto found = after.find(key);
    const bool there = found != after.end();
    if (place.batch == many || (there && found->second.batch == many)) {
      ++skew.repeated;
    } else if (there) {
      joined.push_back({&key, place, found->second});
    } else {
      ++skew.training_only;
    }
  }
  for (const auto& [key, place] : after) {
    if (before.contains(key)) continue;
    ++(place.batch == many ? skew.repeated : skew.serving_only);
  }
  std::sort(joined.begin(), joined.end(),
            [](const Joined& a, const Joined& b) { return *a.key < *b.key; });
  skew.joined = joined.size();
  if (joined.empty()) skew.reason = "cannot compare, because no key is on both sides once";
  for (const std::string& name : chosen(training, serving, options)) {
    const auto a = column_of(training, name);
    const auto b = column_of(serving, name);
    if (auto reason = why_not(a, b); !reason.empty()) {
      FeatureSkew feature;
      feature.name = name;
      feature.reason = std::move(reason);
      skew.features.push_back(std::move(feature));
    } else {
      skew.features.push_back(compare_cells(name, *a, *b, joined, options));
    }
  }
  return skew;
}

}  // namespace zeroskew
