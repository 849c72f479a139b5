#include "stats/partition.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

#include "stats/cells.hpp"
#include "zeroskew/detail/nearest.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/stats/text_stats.hpp"

namespace zeroskew {
namespace {

// A column's cells as positions in a list of its different values; a row has any number of them.
struct Labels {
  std::vector<std::string> texts;
  std::vector<std::uint64_t> codes;
  std::vector<std::uint32_t> labels;  // row after row
  std::vector<std::uint32_t> ends;    // of each row's labels
  bool is_text = false;
};

class Labeller {
 public:
  explicit Labeller(const SlicingRule::Feature& rule) : rule_(rule) {}

  // The label of a text; nothing if it is none of the given values.
  static constexpr std::uint32_t none = ~std::uint32_t{0};

  std::uint32_t label(std::string_view text) {
    const std::uint64_t code = text_code(text);
    const auto [at, fresh] = by_code_.try_emplace(code, none);
    if (fresh && wanted(code)) {
      at->second = static_cast<std::uint32_t>(found.codes.size());
      found.codes.push_back(code);
      found.texts.emplace_back(text);
    }
    return at->second;
  }

  Labels found;

 private:
  [[nodiscard]] bool wanted(std::uint64_t code) const {
    return rule_.codes.empty() || std::binary_search(rule_.codes.begin(), rule_.codes.end(), code);
  }

  const SlicingRule::Feature& rule_;
  std::unordered_map<std::uint64_t, std::uint32_t> by_code_;
};

std::string text_of(const Type&, double value) {
  if (value == 0.0) return "0";
  // 3.0 in a column that had room for NaN is what 3 is elsewhere.
  if (std::floor(value) == value && std::fabs(value) < 0x1p53) {
    return std::to_string(static_cast<std::int64_t>(value));
  }
  return to_string(Value(value));
}
std::string text_of(const Type& type, std::int64_t value) {
  return type.kind == Kind::boolean ? to_string(Value(value != 0)) : std::to_string(value);
}
std::string text_of(const Type&, std::uint64_t value) {
  return std::to_string(value);
}

// One label a cell.
std::vector<std::uint32_t> flat_labels(const ColumnView& column, Labeller& labeller) {
  std::vector<std::uint32_t> labels(static_cast<std::size_t>(column.length), Labeller::none);
  if (is_text(column.type.kind)) {
    each_text(column, [&](std::int64_t row, std::string_view text) {
      labels[static_cast<std::size_t>(row)] = labeller.label(text);
    });
    return labels;
  }
  std::map<Number, std::uint32_t> known;
  each_number(column, [&](std::int64_t row, auto value) {
    std::uint32_t& label = labels[static_cast<std::size_t>(row)];
    if constexpr (std::is_same_v<decltype(value), double>) {
      if (std::isnan(value)) return;
    }
    const auto [at, fresh] = known.try_emplace(Number(value), Labeller::none);
    if (fresh) at->second = labeller.label(text_of(column.type, value));
    label = at->second;
  });
  return labels;
}

[[noreturn]] void wrong_type(const std::string& column, const Type& type) {
  fail_type("stats.slice_type", column,
            "a column of type " + to_string(type) +
                " cannot be sliced by; slice by texts, numbers, times, or lists of these");
}

void check_type(const ColumnView& column, const std::string& name) {
  const Kind kind = column.type.kind;
  if (kind == Kind::structure || kind == Kind::decimal) wrong_type(name, column.type);
  if (kind != Kind::list) return;
  const Kind item = column.children[0].type.kind;
  if (item == Kind::list || item == Kind::structure || item == Kind::decimal) {
    wrong_type(name, column.type);
  }
}

Labels labels_of(const Batch& batch, const SlicingRule::Feature& feature) {
  const auto position = batch.find(feature.column);
  if (!position) {
    fail_key("column.unknown", feature.column,
             "there is no such column" + detail::suggestion(feature.column, batch.names));
  }
  const ColumnView& column = batch.columns[*position];
  check_type(column, feature.column);
  Labeller labeller(feature);
  const bool list = column.type.kind == Kind::list;
  const std::vector<std::uint32_t> flat = flat_labels(list ? column.children[0] : column, labeller);
  Labels found = std::move(labeller.found);
  found.is_text = is_text(list ? column.children[0].type.kind : column.type.kind);
  for (std::int64_t row = 0; row < column.length; ++row) {
    const std::size_t start = found.labels.size();
    if (!list) {
      const std::uint32_t label = flat[static_cast<std::size_t>(row)];
      if (label != Labeller::none) found.labels.push_back(label);
    } else if (column.is_valid(row)) {
      const ColumnView::Extent extent = column.list_extent(row);
      for (std::int64_t k = 0; k < extent.count; ++k) {
        const std::uint32_t label = flat[static_cast<std::size_t>(extent.start + k)];
        if (label != Labeller::none) found.labels.push_back(label);
      }
      // An item that is there twice does not count the row twice.
      const auto from = found.labels.begin() + static_cast<std::ptrdiff_t>(start);
      std::sort(from, found.labels.end());
      found.labels.erase(std::unique(from, found.labels.end()), found.labels.end());
    }
    found.ends.push_back(static_cast<std::uint32_t>(found.labels.size()));
  }
  return found;
}

}  // namespace

std::vector<SlicingRule> slicing_rules(const std::vector<Slicing>& slicings) {
  std::vector<SlicingRule> rules;
  for (const Slicing& slicing : slicings) {
    SlicingRule rule;
    for (const Slicing::Feature& feature : slicing.features) {
      SlicingRule::Feature one{feature.column, {}};
      for (const Value& value : feature.values) {
        const auto* number = std::get_if<double>(&value);
        if (value.index() == 0 || (number != nullptr && std::isnan(*number))) {
          fail_value("stats.bad_slicing", feature.column, "missing is no value to slice by");
        }
        one.codes.push_back(text_code(number ? text_of({}, *number) : to_string(value)));
      }
      std::sort(one.codes.begin(), one.codes.end());
      one.codes.erase(std::unique(one.codes.begin(), one.codes.end()), one.codes.end());
      rule.features.push_back(std::move(one));
    }
    std::sort(rule.features.begin(), rule.features.end());
    const auto twice =
        std::adjacent_find(rule.features.begin(), rule.features.end(),
                           [](const auto& a, const auto& b) { return a.column == b.column; });
    if (rule.features.empty() || twice != rule.features.end()) {
      fail_value("stats.bad_slicing", rule.features.empty() ? "" : twice->column,
                 "a slicing names one column or more, each once");
    }
    rules.push_back(std::move(rule));
  }
  std::sort(rules.begin(), rules.end());
  rules.erase(std::unique(rules.begin(), rules.end()), rules.end());
  return rules;
}

std::vector<RowSlice> partition(const Batch& batch, const SlicingRule& rule, std::size_t limit) {
  std::vector<Labels> columns;
  for (const SlicingRule::Feature& feature : rule.features) {
    columns.push_back(labels_of(batch, feature));
  }
  std::map<std::vector<std::uint32_t>, std::size_t> by_labels;
  std::vector<RowSlice> slices;
  std::vector<std::uint32_t> key(columns.size());
  std::vector<std::size_t> one_column;  // the slice of a label, where there is one column only
  constexpr std::size_t unknown = ~std::size_t{0};
  if (columns.size() == 1) one_column.assign(columns[0].codes.size(), unknown);
  const auto slice_of = [&]() -> RowSlice& {
    if (!one_column.empty() && one_column[key[0]] != unknown) return slices[one_column[key[0]]];
    const auto [at, fresh] = by_labels.try_emplace(key, slices.size());
    if (fresh) {
      RowSlice slice;
      for (std::size_t c = 0; c < columns.size(); ++c) {
        slice.key.parts.push_back({rule.features[c].column, columns[c].codes[key[c]]});
        slice.names.push_back(columns[c].texts[key[c]]);
        slice.is_text.push_back(columns[c].is_text);
      }
      slices.push_back(std::move(slice));
      if (!one_column.empty()) one_column[key[0]] = at->second;
    }
    return slices[at->second];
  };
  for (std::int64_t row = 0; row < batch.rows && slices.size() <= limit; ++row) {
    const auto start = [&](std::size_t c) {
      return row == 0 ? 0u : columns[c].ends[static_cast<std::size_t>(row - 1)];
    };
    // Every combination of the row's labels: the last column turns fastest.
    const auto visit = [&](const auto& self, std::size_t c) -> void {
      if (c == columns.size()) {
        slice_of().rows.push_back(row);
        return;
      }
      for (std::uint32_t k = start(c); k < columns[c].ends[static_cast<std::size_t>(row)]; ++k) {
        key[c] = columns[c].labels[k];
        self(self, c + 1);
      }
    };
    visit(visit, 0);
  }
  return slices;
}

}  // namespace zeroskew
