// Canonical form of weights, slices and pairs.

#include <algorithm>
#include <set>

#include "detail/pack.hpp"
#include "stats/state.hpp"

namespace zeroskew {
namespace {

namespace cbor = detail::cbor;
using detail::pack;
using NamePair = std::pair<std::string, std::string>;

const nlohmann::json& list_of(const StateReader& in, const char* key, std::size_t size) {
  const auto found = in.tree().find(key);
  in.require(found != in.tree().end() && found->is_array() && found->size() == size,
             std::string("'") + key + "' is not a list of the right length");
  return *found;
}

const nlohmann::json& list_of(const StateReader& in, const char* key) {
  in.require(in.has(key) && in.tree()[key].is_array(), std::string("'") + key + "' is not a list");
  return in.tree()[key];
}

std::string text_of(const StateReader& in, const nlohmann::json& value) {
  in.require(value.is_string(), "a name that is not a text");
  return value.get<std::string>();
}

std::uint64_t code_of(const StateReader& in, const nlohmann::json& value) {
  in.require(value.is_number_unsigned(), "a code that is not a number");
  return value.get<std::uint64_t>();
}

NamePair names_of(const StateReader& in, const nlohmann::json& pair) {
  in.require(pair.is_array() && pair.size() == 2, "a pair without two names");
  NamePair names(text_of(in, pair[0]), text_of(in, pair[1]));
  in.require(names.first < names.second, "a pair whose names are not in order");
  return names;
}

cbor::Bytes write_names(const NamePair& names) {
  return cbor::array({cbor::text(names.first), cbor::text(names.second)});
}

cbor::Bytes write_rule(const SlicingRule& rule) {
  std::vector<cbor::Bytes> features;
  for (const SlicingRule::Feature& feature : rule.features) {
    std::vector<cbor::Bytes> parts = {cbor::text(feature.column)};
    for (const std::uint64_t code : feature.codes) parts.push_back(cbor::number(code));
    features.push_back(cbor::array(parts));
  }
  return cbor::array(features);
}

SlicingRule read_rule(const StateReader& in, const nlohmann::json& tree) {
  in.require(tree.is_array() && !tree.empty(), "a slicing by nothing");
  SlicingRule rule;
  for (const nlohmann::json& parts : tree) {
    in.require(parts.is_array() && !parts.empty(), "a slicing by nothing");
    SlicingRule::Feature feature{text_of(in, parts[0]), {}};
    in.require(rule.features.empty() || rule.features.back().column < feature.column,
               "a slicing whose columns are not in order");
    for (std::size_t i = 1; i < parts.size(); ++i) {
      feature.codes.push_back(code_of(in, parts[i]));
      in.require(i == 1 || feature.codes[i - 2] < feature.codes[i - 1],
                 "a slicing whose values are not in order");
    }
    rule.features.push_back(std::move(feature));
  }
  return rule;
}

cbor::Bytes write_key(const SliceKey& key) {
  std::vector<cbor::Bytes> parts;
  for (const SliceKey::Part& part : key.parts) {
    parts.push_back(cbor::array({cbor::text(part.column), cbor::number(part.code)}));
  }
  return cbor::array(parts);
}

SliceKey read_key(const StateReader& in, const nlohmann::json& tree) {
  in.require(tree.is_array(), "a slice without its values");
  SliceKey key;
  for (const nlohmann::json& part : tree) {
    in.require(part.is_array() && part.size() == 2, "a slice without its values");
    key.parts.push_back({text_of(in, part[0]), code_of(in, part[1])});
  }
  return key;
}

// Whether a rule makes slices of this key.
bool makes(const SlicingRule& rule, const SliceKey& key) {
  return std::equal(
      rule.features.begin(), rule.features.end(), key.parts.begin(), key.parts.end(),
      [](const SlicingRule::Feature& feature, const SliceKey::Part& part) {
        return feature.column == part.column &&
               (feature.codes.empty() ||
                std::binary_search(feature.codes.begin(), feature.codes.end(), part.code));
      });
}

template <class List, class Write>
cbor::Bytes write_list(const List& list, Write&& write) {
  std::vector<cbor::Bytes> items;
  for (const auto& item : list) items.push_back(write(item));
  return cbor::array(items);
}

template <class T>
void require_rising(const StateReader& in, const std::vector<T>& list) {
  in.require(std::adjacent_find(list.begin(), list.end(),
                                [](const T& a, const T& b) { return !(a < b); }) == list.end(),
             "a list that is not in order");
}

}  // namespace

cbor::Bytes WeightedState::write(const WeightedStats& stats) {
  cbor::Map map;
  map.add("count", write_sum(stats.count_));
  if (stats.values_.keys() == WeightKeys::none) return map.finish();
  std::vector<std::uint64_t> keys;
  std::vector<cbor::Bytes> sums;
  for (const auto& [key, sum] : stats.values_.sorted()) {
    keys.push_back(key);
    sums.push_back(write_sum(sum));
  }
  cbor::Map values;
  values.add("size", cbor::number(keys.size()))
      .add("keys", cbor::bytes(pack(keys)))
      .add("sums", cbor::array(sums));
  if (!stats.values_.exact()) values.add("shift", cbor::number(stats.values_.shift()));
  map.add("values", values.finish());
  if (!stats.has_numbers()) return map.finish();
  return map.add("nan", write_sum(stats.nan_))
      .add("+inf", write_sum(stats.positive_infinities_))
      .add("-inf", write_sum(stats.negative_infinities_))
      .add("weight", write_sum(stats.weight_))
      .add("sum", write_sum(stats.sum_))
      .add("squares", write_sum(stats.squares_))
      .finish();
}

WeightedStats WeightedState::read(const StateReader& in, const ColumnProfile& column,
                                  const PositiveSum& rows) {
  WeightedStats stats(column.type());
  stats.rows_ = rows;
  stats.count_ = read_positive_sum(in.map("count"));
  if (stats.values_.keys() != WeightKeys::none) {
    const StateReader values = in.map("values");
    const bool exact = !values.has("shift");
    const std::uint64_t shift = exact ? 0 : values.number("shift");
    const auto size = static_cast<std::size_t>(values.number("size"));
    values.require(shift < 64 && size <= (exact ? WeightTable::exact_limit : WeightTable::capacity),
                   "more values than the format allows");
    const auto keys = values.packed("keys", size);
    require_rising(values, keys);
    values.require(keys.empty() || keys.back() <= ~std::uint64_t{0} >> shift, "a key out of range");
    std::vector<WeightTable::Entry> entries;
    const nlohmann::json& sums = list_of(values, "sums", size);
    for (std::size_t i = 0; i < size; ++i) {
      entries.emplace_back(keys[i],
                           read_positive_sum(StateReader(sums[i], values.where() + ".sums")));
    }
    stats.values_ = WeightTable::from_entries(stats.values_.keys(), exact,
                                              static_cast<unsigned>(shift), std::move(entries));
  }
  if (stats.has_numbers()) {
    stats.nan_ = read_positive_sum(in.map("nan"));
    stats.positive_infinities_ = read_positive_sum(in.map("+inf"));
    stats.negative_infinities_ = read_positive_sum(in.map("-inf"));
    stats.weight_ = read_positive_sum(in.map("weight"));
    stats.sum_ = read_sum(in.map("sum"));
    stats.squares_ = read_positive_sum(in.map("squares"));
  }
  in.require(stats.consistent(), "weights that do not add up");
  return stats;
}

cbor::Bytes PairState::write(const PairStats& stats) {
  cbor::Map map;
  map.add("count", cbor::number(stats.count_));
  const PairStats::Sums& sums = stats.sums_;
  if (sums.count != 0) {
    map.add("sums", cbor::Map()
                        .add("count", cbor::number(sums.count))
                        .add("x", write_sum(sums.x))
                        .add("y", write_sum(sums.y))
                        .add("xx", write_sum(sums.xx))
                        .add("yy", write_sum(sums.yy))
                        .add("xy", write_sum(sums.xy))
                        .finish());
  }
  const auto joint = stats.joint_.sorted();
  if (stats.joint_.lost()) map.add("joint", cbor::Map().finish());
  if (!joint.empty()) {
    std::vector<std::uint64_t> first, second, counts;
    for (const auto& [codes, count] : joint) {
      first.push_back(codes.first);
      second.push_back(codes.second);
      counts.push_back(count);
    }
    cbor::Map kept;
    kept.add("size", cbor::number(joint.size()))
        .add("first", cbor::bytes(pack(first)))
        .add("second", cbor::bytes(pack(second)))
        .add("counts", cbor::bytes(pack(counts)));
    if (stats.joint_.numbers_ != JointCounts::Numbers::none) {
      kept.add("numbers", cbor::number(static_cast<std::uint64_t>(stats.joint_.numbers_)))
          .add("keys", cbor::number(static_cast<std::uint64_t>(stats.joint_.kind_)));
    }
    if (!stats.joint_.exact_) kept.add("shift", cbor::number(stats.joint_.shift_));
    map.add("joint", kept.finish());
  }
  return map.finish();
}

PairStats PairState::read(const StateReader& in) {
  PairStats stats;
  stats.count_ = in.number("count");
  in.require(stats.count_ != 0, "a pair that never occurred");
  if (in.has("sums")) {
    const StateReader sums = in.map("sums");
    stats.sums_.count = sums.number("count");
    stats.sums_.x = read_sum(sums.map("x"));
    stats.sums_.y = read_sum(sums.map("y"));
    stats.sums_.xx = read_sum(sums.map("xx"));
    stats.sums_.yy = read_sum(sums.map("yy"));
    stats.sums_.xy = read_sum(sums.map("xy"));
    sums.require(stats.sums_.count != 0 && stats.sums_.count <= stats.count_,
                 "more numbers than rows");
    sums.require(stats.consistent(), "sums that no numbers have");
  }
  if (in.has("joint")) {
    const StateReader joint = in.map("joint");
    if (joint.tree().empty()) {
      stats.joint_ = JointCounts::overfull();
      return stats;
    }
    const auto size = static_cast<std::size_t>(joint.number("size"));
    JointCounts& counts_of = stats.joint_;
    if (joint.has("numbers")) {
      const std::uint64_t numbers = joint.number("numbers");
      const std::uint64_t kind = joint.number("keys");
      joint.require(numbers >= 1 && numbers <= 2 && kind <= 2, "numbers of no column");
      counts_of =
          JointCounts(static_cast<JointCounts::Numbers>(numbers), static_cast<KeyKind>(kind));
    }
    if (joint.has("shift")) {
      const std::uint64_t shift = joint.number("shift");
      joint.require(shift < 64 && joint.has("numbers"), "ranges of no numbers");
      counts_of.exact_ = false;
      counts_of.shift_ = static_cast<unsigned>(shift);
    }
    joint.require(counts_of.exact_ == !joint.has("shift"), "fractions without ranges");
    joint.require(
        size != 0 && size <= (counts_of.exact_ ? JointCounts::limit : JointCounts::capacity),
        "more combinations than there can be");
    const auto first = joint.packed("first", size);
    const auto second = joint.packed("second", size);
    const auto counts = joint.packed("counts", size);
    std::uint64_t total = 0;
    for (std::size_t i = 0; i < size; ++i) {
      const JointCounts::Codes codes(first[i], second[i]);
      joint.require(i == 0 || JointCounts::Codes(first[i - 1], second[i - 1]) < codes,
                    "combinations that are not in order");
      joint.require(counts[i] != 0 && counts[i] <= stats.count_ - total, "counts that do not fit");
      const std::uint64_t number =
          counts_of.numbers_ == JointCounts::Numbers::first ? first[i] : second[i];
      joint.require(number <= ~std::uint64_t{0} >> counts_of.shift_, "a range out of range");
      total += counts[i];
      counts_of.counts_.emplace(codes, counts[i]);
    }
    joint.require(total == stats.count_, "counts that do not fit");
  }
  return stats;
}

cbor::Bytes ProfileState::write_extras(const Profile& profile) {
  const Profile::Extras& extras = *profile.extras_;
  const Profile::Request& request = extras.request;
  cbor::Map map;
  if (request.weight) {
    cbor::Map columns;
    for (const auto& [name, stats] : extras.weighted)
      columns.add(name, WeightedState::write(stats));
    map.add("weight", cbor::Map()
                          .add("column", cbor::text(*request.weight))
                          .add("rows", write_sum(extras.weight))
                          .add("columns", columns.finish())
                          .finish());
  }
  if (!request.slicings.empty()) {
    map.add("slicings", write_list(request.slicings, write_rule));
    map.add("slices", write_list(extras.slices, [](const auto& entry) {
              return cbor::array({write_key(entry.first), write(entry.second.profile)});
            }));
  }
  if (request.all_pairs) map.add("all_pairs", cbor::number(1));
  if (!request.pairs.empty()) map.add("asked_pairs", write_list(request.pairs, write_names));
  if (!extras.pairs.empty()) {
    map.add("pairs", write_list(extras.pairs, [](const auto& entry) {
              return cbor::array({write_names(entry.first), PairState::write(entry.second)});
            }));
  }
  return map.finish();
}

cbor::Bytes ProfileState::write_extras_beside(const Profile& profile) {
  return write_list(profile.extras_->slices, [](const auto& entry) {
    const auto name = [](const std::optional<std::string>& text) {
      if (!text) return cbor::boolean(false);
      return cbor::bytes({reinterpret_cast<const std::uint8_t*>(text->data()), text->size()});
    };
    return cbor::array({write_list(entry.second.names, name), write_beside(entry.second.profile)});
  });
}

void ProfileState::read_extras(Profile& profile, const StateReader& in, const StateReader& beside) {
  Profile::Extras& extras = profile.extras_.emplace();
  Profile::Request& request = extras.request;
  if (in.has("weight")) {
    const StateReader weight = in.map("weight");
    request.weight = weight.text("column");
    extras.weight = read_positive_sum(weight.map("rows"));
    const StateReader columns = weight.map("columns");
    for (const Profile::Named& named : profile.columns_) {
      extras.weighted.emplace(named.name, WeightedState::read(columns.map(named.name.c_str()),
                                                              named.profile, extras.weight));
    }
    columns.require(columns.tree().size() == extras.weighted.size(), "weights of no column");
  }
  request.all_pairs = in.has("all_pairs");
  if (in.has("asked_pairs")) {
    for (const nlohmann::json& pair : list_of(in, "asked_pairs")) {
      request.pairs.push_back(names_of(in, pair));
    }
    require_rising(in, request.pairs);
  }
  if (in.has("pairs")) {
    for (const nlohmann::json& entry : list_of(in, "pairs")) {
      in.require(entry.is_array() && entry.size() == 2, "a pair without its statistics");
      const NamePair names = names_of(in, entry[0]);
      PairStats stats = PairState::read(StateReader(entry[1], in.where() + ".pairs"));
      in.require(stats.count() <= profile.rows_, "a pair in more rows than there are");
      in.require(request.all_pairs ||
                     std::binary_search(request.pairs.begin(), request.pairs.end(), names),
                 "a pair that was not asked for");
      in.require(extras.pairs.emplace(names, std::move(stats)).second, "a pair twice");
    }
  }
  std::size_t slices = 0;
  if (in.has("slicings")) {
    for (const nlohmann::json& rule : list_of(in, "slicings")) {
      request.slicings.push_back(read_rule(in, rule));
    }
    require_rising(in, request.slicings);
    slices = list_of(in, "slices").size();
  }
  in.require(request != Profile::Request{}, "nothing that was asked for");
  const nlohmann::json& notes = list_of(beside, "slices", slices);
  Profile::Request inside = request;
  inside.slicings.clear();
  for (std::size_t i = 0; i < slices; ++i) {
    const nlohmann::json& entry = in.tree()["slices"][i];
    in.require(entry.is_array() && entry.size() == 2, "a slice without its profile");
    const SliceKey key = read_key(in, entry[0]);
    in.require(std::any_of(request.slicings.begin(), request.slicings.end(),
                           [&](const SlicingRule& rule) { return makes(rule, key); }),
               "a slice that was not asked for");
    in.require(notes[i].is_array() && notes[i].size() == 2 && notes[i][0].is_array() &&
                   notes[i][0].size() == key.parts.size(),
               "a slice without its names");
    Profile::Extras::Slice slice;
    for (std::size_t k = 0; k < key.parts.size(); ++k) {
      const nlohmann::json& name = notes[i][0][k];
      in.require(name.is_binary() || name.is_boolean(), "a slice without its names");
      slice.names.emplace_back();
      if (!name.is_binary()) continue;
      slice.names.back() = std::string(name.get_binary().begin(), name.get_binary().end());
      in.require(text_code(*slice.names.back()) == key.parts[k].code, "a name of another slice");
    }
    const std::string where = in.where() + ".slices";
    slice.profile = read(StateReader(entry[1], where), StateReader(notes[i][1], where));
    in.require(slice.profile.rows_ != 0 && slice.profile.rows_ <= profile.rows_,
               "a slice of no rows, or of more than all");
    in.require(
        (slice.profile.extras_ ? slice.profile.extras_->request : Profile::Request{}) == inside,
        "a slice of another kind than the whole");
    in.require(extras.slices.emplace(key, std::move(slice)).second, "a slice twice");
  }
}

}  // namespace zeroskew
