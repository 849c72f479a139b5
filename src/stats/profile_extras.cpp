// Weights, slices and pairs of a profile.

#include "stats/profile_extras.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <type_traits>

#include "detail/parallel.hpp"
#include "stats/cells.hpp"
#include "stats/pair_feed.hpp"
#include "zeroskew/column/take.hpp"
#include "zeroskew/detail/hex.hpp"
#include "zeroskew/detail/nearest.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew {
namespace {

using NamePair = std::pair<std::string, std::string>;

NamePair sorted_pair(const std::string& a, const std::string& b) {
  return a < b ? NamePair(a, b) : NamePair(b, a);
}

std::size_t position_of(const Batch& batch, const std::string& name) {
  if (const auto position = batch.find(name)) return *position;
  fail_key("column.unknown", name,
           "there is no such column" + detail::suggestion(name, batch.names));
}

[[noreturn]] void bad_weight(const std::string& column, std::uint64_t row, std::string_view what) {
  fail_value("stats.bad_weight", column,
             "row " + std::to_string(row) + " has a weight that is " + std::string(what) +
                 "; weights are finite numbers, 0 or more");
}

// One weight a row. `before`: rows that came earlier, for the message.
std::vector<double> weights_of(const Batch& batch, const std::string& name, std::uint64_t before) {
  const ColumnView& column = batch.columns[position_of(batch, name)];
  switch (column.type.kind) {
    case Kind::boolean:
    case Kind::integer:
    case Kind::floating:
    case Kind::decimal:
    case Kind::null:
      break;
    default:
      fail_type("stats.bad_weight", name,
                "weights are numbers, and this column is of type " + to_string(column.type));
  }
  std::vector<double> weights(static_cast<std::size_t>(batch.rows), -1.0);
  each_number(column, [&](std::int64_t row, auto value) {
    const auto weight = static_cast<double>(value);
    const std::uint64_t place = before + static_cast<std::uint64_t>(row);
    if (!std::isfinite(weight)) bad_weight(name, place, "not finite");
    if (weight < 0.0) bad_weight(name, place, "negative");
    if constexpr (!std::is_same_v<decltype(value), double>) {
      const bool kept = weight < 0x1p63 && static_cast<decltype(value)>(weight) == value;
      if (!kept) bad_weight(name, place, "too large to be a double");
    }
    weights[static_cast<std::size_t>(row)] = weight;
  });
  const auto missing = std::find(weights.begin(), weights.end(), -1.0);
  if (missing != weights.end()) {
    bad_weight(name, before + static_cast<std::uint64_t>(missing - weights.begin()), "missing");
  }
  return weights;
}

bool hides(const ColumnProfile& column) {
  if (column.text() != nullptr) return !column.text()->keeps_names();
  return std::any_of(column.children().begin(), column.children().end(),
                     [](const ColumnProfile::Child& child) { return hides(child.profile); });
}

}  // namespace

bool Profile::Pending::hides_names(const Profile& profile) {
  for (const Named& named : profile.columns_) {
    if (hides(named.profile)) return true;
  }
  if (!profile.extras_) return false;
  for (const auto& [key, slice] : profile.extras_->slices) {
    for (const auto& name : slice.names) {
      if (!name) return true;
    }
    if (hides_names(slice.profile)) return true;
  }
  return false;
}

void Profile::check_request(const Request& request) const {
  if (blank()) return;
  if ((extras_ ? extras_->request : Request{}) == request) return;
  fail_value("profile.request_changed", "",
             "the profile's rows so far had other weights, slices or pairs; a profile keeps those "
             "that it began with");
}

void Profile::prepare(const Batch& batch, const ProfileOptions& options, Pending& pending) const {
  Request& request = pending.request;
  request.weight = options.weight;
  request.slicings = slicing_rules(options.slices);
  request.all_pairs = options.all_pairs;
  std::set<NamePair> pairs;
  for (const auto& [a, b] : options.pairs) {
    if (a == b) fail_value("stats.bad_pair", a, "a pair has two different columns");
    (void)position_of(batch, a);
    (void)position_of(batch, b);
    pairs.insert(sorted_pair(a, b));
  }
  request.pairs.assign(pairs.begin(), pairs.end());
  pending.extras = request != Request{};
  check_request(request);
  if (request.weight) pending.weights = weights_of(batch, *request.weight, rows_);
  std::set<SliceKey> keys;
  if (extras_) {
    for (const auto& [key, slice] : extras_->slices) keys.insert(key);
  }
  for (const SlicingRule& rule : request.slicings) {
    const std::size_t earlier = pending.slices.size();
    for (RowSlice& slice : partition(batch, rule, options.max_slices)) {
      keys.insert(slice.key);
      const auto end = pending.slices.begin() + static_cast<std::ptrdiff_t>(earlier);
      const auto same = std::find_if(pending.slices.begin(), end,
                                     [&](const RowSlice& s) { return s.key == slice.key; });
      // Another rule of the same columns has these rows already.
      if (same == end) pending.slices.push_back(std::move(slice));
    }
    if (keys.size() > options.max_slices) {
      std::string columns;
      for (const auto& feature : rule.features) {
        columns += (columns.empty() ? "" : ", ") + feature.column;
      }
      fail_value("stats.slices_too_many", columns,
                 "more than " + std::to_string(options.max_slices) +
                     " slices; slice by fewer or given values, or raise max_slices");
    }
  }
}

void Profile::apply(const Batch& batch, const ProfileOptions& options,
                    const std::vector<std::size_t>& chosen, Pending& pending, unsigned threads) {
  if (!extras_) extras_.emplace().request = pending.request;
  Extras& extras = *extras_;
  if (extras.request.weight) {
    for (const double weight : pending.weights) extras.weight.add(weight);
    std::vector<WeightedStats*> homes;
    for (const std::size_t c : chosen) homes.push_back(&extras.weighted[batch.names[c]]);
    detail::in_parallel(chosen.size(), threads, [&](std::size_t i) {
      homes[i]->update(batch.columns[chosen[i]], pending.weights);
    });
    for (auto& [name, stats] : extras.weighted) stats.set_rows(extras.weight);
  }
  struct Couple {
    std::size_t a = 0;
    std::size_t b = 0;
    PairStats stats;
  };
  std::vector<Couple> couples;
  std::set<NamePair> seen;
  const auto couple = [&](std::size_t a, std::size_t b) {
    if (!seen.insert(sorted_pair(batch.names[a], batch.names[b])).second) return;
    couples.push_back(batch.names[a] < batch.names[b] ? Couple{a, b, {}} : Couple{b, a, {}});
  };
  for (const auto& [a, b] : extras.request.pairs) {
    couple(position_of(batch, a), position_of(batch, b));
  }
  for (std::size_t i = 0; extras.request.all_pairs && i < chosen.size(); ++i) {
    const auto plain = [&](std::size_t c) {
      return PairCells::role_of(batch.columns[c].type) != PairCells::Role::other;
    };
    for (std::size_t j = i + 1; j < chosen.size(); ++j) {
      if (plain(chosen[i]) && plain(chosen[j])) couple(chosen[i], chosen[j]);
    }
  }
  std::set<std::size_t> used;
  for (const Couple& c : couples) used.insert({c.a, c.b});
  const std::vector<std::size_t> columns(used.begin(), used.end());
  std::vector<PairCells> cells(batch.columns.size());
  for (std::int64_t row = 0; row < batch.rows && !couples.empty(); row += PairCells::block) {
    const std::int64_t size = std::min(PairCells::block, batch.rows - row);
    detail::in_parallel(columns.size(), threads, [&](std::size_t i) {
      cells[columns[i]] = PairCells::of(batch.columns[columns[i]].slice(row, size));
    });
    detail::in_parallel(couples.size(), threads, [&](std::size_t i) {
      PairFeed::add(couples[i].stats, cells[couples[i].a], cells[couples[i].b]);
    });
  }
  for (Couple& c : couples) {
    if (c.stats.count() == 0) continue;
    extras.pairs[{batch.names[c.a], batch.names[c.b]}] += c.stats;
  }
  // Rows slice after slice: each slice is then a stretch of one batch.
  std::vector<std::int64_t> rows;
  std::vector<Extras::Slice*> homes;
  std::vector<std::int64_t> starts;
  for (const RowSlice& slice : pending.slices) {
    starts.push_back(static_cast<std::int64_t>(rows.size()));
    rows.insert(rows.end(), slice.rows.begin(), slice.rows.end());
    const auto [at, fresh] = extras.slices.try_emplace(slice.key);
    homes.push_back(&at->second);
    at->second.names.resize(slice.names.size());
    for (std::size_t i = 0; i < slice.names.size(); ++i) {
      std::optional<std::string>& name = at->second.names[i];
      if (fresh) name = slice.names[i];
      if (!options.keep_names && slice.is_text[i]) name.reset();
    }
  }
  starts.push_back(static_cast<std::int64_t>(rows.size()));
  const Batch taken = take(batch, rows);
  ProfileOptions inside = options;
  inside.slices.clear();
  inside.threads = 1;
  detail::in_parallel(homes.size(), threads, [&](std::size_t i) {
    homes[i]->profile.update(taken.slice(starts[i], starts[i + 1] - starts[i]), inside);
  });
}

void Profile::merge_extras(const Profile& other) {
  if (other.blank()) return;
  if (blank()) {
    extras_ = other.extras_;
    return;
  }
  check_request(other.extras_ ? other.extras_->request : Request{});
  if (!extras_) return;
  Extras& mine = *extras_;
  const Extras& theirs = *other.extras_;
  mine.weight += theirs.weight;
  for (const auto& [name, stats] : theirs.weighted) mine.weighted[name] += stats;
  for (auto& [name, stats] : mine.weighted) stats.set_rows(mine.weight);
  for (const auto& [names, stats] : theirs.pairs) mine.pairs[names] += stats;
  for (const auto& [key, slice] : theirs.slices) {
    const auto [at, fresh] = mine.slices.try_emplace(key, slice);
    if (fresh) continue;
    at->second.profile += slice.profile;
    for (std::size_t i = 0; i < slice.names.size(); ++i) {
      if (!slice.names[i]) at->second.names[i].reset();
    }
  }
}

void Profile::redact_slices() {
  if (!extras_) return;
  for (auto& [key, slice] : extras_->slices) {
    for (std::size_t i = 0; i < slice.names.size(); ++i) {
      const ColumnProfile* column = find(key.parts[i].column);
      if (column == nullptr || !is_numeric(column->type().kind)) slice.names[i].reset();
    }
    slice.profile.redact();
  }
}

const WeightedStats* Profile::weighted(const std::string& column) const {
  if (!extras_ || !extras_->request.weight) return nullptr;
  const auto found = extras_->weighted.find(column);
  if (found != extras_->weighted.end()) return &found->second;
  (void)this->column(column);  // an unknown name; items and fields have no weights of their own
  return nullptr;
}

std::optional<double> Profile::weighted_rows() const {
  if (!extras_ || !extras_->request.weight) return std::nullopt;
  return extras_->weight.value();
}

std::map<std::string, const Profile*> Profile::slices() const {
  std::map<std::string, const Profile*> result;
  if (!extras_) return result;
  std::map<std::string, std::size_t> bearers;
  std::vector<std::string> names;
  for (const auto& [key, slice] : extras_->slices) {
    std::string name;
    for (std::size_t i = 0; i < key.parts.size(); ++i) {
      const SliceKey::Part& part = key.parts[i];
      name += (name.empty() ? "" : "_") + part.column + "_" +
              slice.names[i].value_or("#" + detail::hex(part.code));
    }
    ++bearers[name];
    names.push_back(std::move(name));
  }
  std::size_t at = 0;
  for (const auto& [key, slice] : extras_->slices) {
    std::string name = names[at++];
    if (bearers[name] > 1) {
      for (const SliceKey::Part& part : key.parts) name += "#" + detail::hex(part.code);
    }
    result.emplace(std::move(name), &slice.profile);
  }
  return result;
}

std::vector<NamePair> Profile::pairs() const {
  std::vector<NamePair> names;
  if (!extras_) return names;
  for (const auto& [pair, stats] : extras_->pairs) names.push_back(pair);
  return names;
}

PairStats Profile::pair(const std::string& a, const std::string& b) const {
  const NamePair names = sorted_pair(a, b);
  if (extras_) {
    const auto found = extras_->pairs.find(names);
    if (found != extras_->pairs.end()) return found->second;
    const auto& asked = extras_->request.pairs;
    const bool known =
        extras_->request.all_pairs && a != b && find(a) != nullptr && find(b) != nullptr;
    if (known || std::binary_search(asked.begin(), asked.end(), names)) return {};
  }
  fail_key("profile.unknown_pair", a + ", " + b,
           "the profile has no such pair; name it in `pairs` when profiling");
}

}  // namespace zeroskew
