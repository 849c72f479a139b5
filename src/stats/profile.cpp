#include "zeroskew/stats/profile.hpp"

#include <algorithm>

#include "detail/parallel.hpp"
#include "stats/profile_extras.hpp"
#include "zeroskew/detail/file.hpp"
#include "zeroskew/detail/nearest.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew {
namespace {

// A task below this many rows is not worth handing to another thread.
constexpr std::int64_t least_rows = 1 << 15;

struct Task {
  std::size_t column = 0;  // in the batch
  std::size_t part = 0;
  ColumnView cells;
};

// Rough cost of some cells: text and nested cells are several times as dear as numbers.
std::int64_t cost_of(const ColumnView& cells) noexcept {
  const bool plain_text = is_text(cells.type.kind) && cells.layout != Layout::dictionary;
  return cells.length * (plain_text || !cells.children.empty() ? 8 : 1);
}

std::vector<std::size_t> chosen_columns(const Batch& batch, const ProfileOptions& options) {
  std::vector<std::size_t> chosen;
  if (options.columns.empty()) {
    for (std::size_t i = 0; i < batch.columns.size(); ++i) {
      if (batch.names[i] != options.weight) chosen.push_back(i);
    }
    return chosen;
  }
  for (const std::string& name : options.columns) {
    const auto position = batch.find(name);
    if (!position) {
      fail_key("column.unknown", name,
               "there is no such column" + detail::suggestion(name, batch.names));
    }
    if (std::find(chosen.begin(), chosen.end(), *position) == chosen.end()) {
      chosen.push_back(*position);
    }
  }
  return chosen;
}

}  // namespace

Profile::Named* Profile::find_named(std::string_view name) noexcept {
  for (Named& named : columns_) {
    if (named.name == name) return &named;
  }
  return nullptr;
}

void Profile::update(const Batch& batch, const ProfileOptions& options) {
  if (options.exact_values > ValueCounts::exact_limit) {
    fail_value("stats.bad_limit", "",
               "at most " + std::to_string(ValueCounts::exact_limit) +
                   " different values of a column are counted exactly");
  }
  const std::vector<std::size_t> chosen = chosen_columns(batch, options);
  // What could be refused is refused before anything changes.
  for (const std::size_t c : chosen) {
    if (const Named* named = find_named(batch.names[c])) {
      named->profile.check(batch.columns[c], batch.names[c]);
    }
  }
  const bool hidden = !options.keep_names || Pending::hides_names(*this);
  Pending pending;
  prepare(batch, options, pending);
  const std::uint64_t cells = static_cast<std::uint64_t>(batch.rows) * chosen.size();
  const auto useful = static_cast<unsigned>(std::clamp<std::uint64_t>(cells / least_rows, 1, 1024));
  const unsigned threads = std::min(useful, detail::threads_or_cores(options.threads));
  // Whole columns keep threads busy where there are many; few long ones are cut into parts.
  std::size_t parts = 1;
  if (threads > 1 && chosen.size() < 4 * std::size_t{threads}) {
    parts = static_cast<std::size_t>(
        std::clamp<std::int64_t>(batch.rows / least_rows, 1, std::int64_t{threads}));
  }
  std::vector<Task> tasks;
  std::vector<std::size_t> order;
  for (const std::size_t c : chosen) {
    for (std::size_t p = 0; p < parts; ++p) {
      const auto at = [&](std::size_t k) {
        return static_cast<std::int64_t>(static_cast<std::size_t>(batch.rows) * k / parts);
      };
      order.push_back(tasks.size());
      tasks.push_back({c, p, batch.columns[c].slice(at(p), at(p + 1) - at(p))});
    }
  }
  std::vector<std::size_t> homes;
  for (const std::size_t c : chosen) {
    if (find_named(batch.names[c]) == nullptr) {
      columns_.push_back({batch.names[c], {}});
      columns_.back().profile.add_missing(rows_);
    }
    homes.push_back(static_cast<std::size_t>(find_named(batch.names[c]) - columns_.data()));
  }
  // The dearest first, so that no thread starts on a long one when the others are done.
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return cost_of(tasks[a].cells) > cost_of(tasks[b].cells);
  });
  std::vector<ColumnProfile> results(tasks.size());
  detail::in_parallel(tasks.size(), threads, [&](std::size_t k) {
    const std::size_t i = order[k];
    const std::string& name = batch.names[tasks[i].column];
    if (parts == 1) {
      columns_[homes[i]].profile.update(tasks[i].cells, name, options.exact_values);
    } else {
      results[i].update(tasks[i].cells, name, options.exact_values);
    }
  });
  if (parts > 1) {
    detail::in_parallel(chosen.size(), threads, [&](std::size_t c) {
      for (std::size_t p = 0; p < parts; ++p) {
        columns_[homes[c]].profile.merge(results[c * parts + p], batch.names[chosen[c]]);
      }
    });
  }
  rows_ += static_cast<std::uint64_t>(batch.rows);
  for (Named& named : columns_) {
    named.profile.add_missing(rows_ - named.profile.rows());
  }
  if (pending.extras) {
    apply(batch, options, chosen, pending, detail::threads_or_cores(options.threads));
  }
  if (hidden) redact();
}

Profile& Profile::operator+=(const Profile& other) {
  const bool same_order =
      columns_.empty() || other.columns_.empty() || columns() == other.columns();
  const std::uint64_t before = rows_;
  const bool hidden = Pending::hides_names(*this) || Pending::hides_names(other);
  Profile merged = *this;
  merged.merge_extras(other);
  for (const Named& theirs : other.columns_) {
    Named* mine = merged.find_named(theirs.name);
    if (mine == nullptr) {
      merged.columns_.push_back({theirs.name, {}});
      mine = &merged.columns_.back();
      mine->profile.add_missing(before);
    }
    mine->profile.merge(theirs.profile, theirs.name);
  }
  merged.rows_ += other.rows_;
  for (Named& named : merged.columns_) {
    named.profile.add_missing(merged.rows_ - named.profile.rows());
  }
  if (!same_order) {
    std::sort(merged.columns_.begin(), merged.columns_.end(),
              [](const Named& a, const Named& b) { return a.name < b.name; });
  }
  if (hidden) merged.redact();
  *this = std::move(merged);
  return *this;
}

std::vector<std::string> Profile::columns() const {
  std::vector<std::string> names;
  for (const Named& named : columns_) names.push_back(named.name);
  return names;
}

const ColumnProfile* Profile::find(std::string_view name) const noexcept {
  for (const Named& named : columns_) {
    if (named.name == name) return &named.profile;
  }
  // A path: the longest column name that it starts with, then fields and items.
  for (const Named& named : columns_) {
    if (!name.starts_with(named.name)) continue;
    const ColumnProfile* at = &named.profile;
    std::string_view rest = name.substr(named.name.size());
    while (at != nullptr && !rest.empty()) {
      const ColumnProfile* next = nullptr;
      for (const ColumnProfile::Child& child : at->children()) {
        const bool list = at->type().kind == Kind::list;
        const std::string step = list ? "[]" : "." + child.name;
        const bool ends =
            rest.size() == step.size() || rest[step.size()] == '.' || rest[step.size()] == '[';
        if (rest.starts_with(step) && ends) {
          next = &child.profile;
          rest.remove_prefix(step.size());
          break;
        }
      }
      at = next;
    }
    if (at != nullptr) return at;
  }
  return nullptr;
}

const ColumnProfile& Profile::column(std::string_view name) const {
  if (const ColumnProfile* found = find(name)) return *found;
  fail_key("profile.unknown_column", std::string(name),
           "the profile has no such column" + detail::suggestion(name, columns()));
}

std::vector<const Profile::Named*> Profile::by_name() const {
  std::vector<const Named*> sorted;
  for (const Named& named : columns_) sorted.push_back(&named);
  std::sort(sorted.begin(), sorted.end(),
            [](const Named* a, const Named* b) { return a->name < b->name; });
  return sorted;
}

bool Profile::operator==(const Profile& other) const {
  const auto mine = by_name();
  const auto theirs = other.by_name();
  return rows_ == other.rows_ && extras_ == other.extras_ &&
         std::equal(mine.begin(), mine.end(), theirs.begin(), theirs.end(),
                    [](const Named* a, const Named* b) {
                      return a->name == b->name && a->profile == b->profile;
                    });
}

void Profile::redact() noexcept {
  for (Named& named : columns_) named.profile.redact();
  redact_slices();
}

void Profile::save(const std::string& path) const {
  const std::vector<std::uint8_t> bytes = to_bytes();
  detail::write_file(path, detail::as_text(bytes));
}

Profile Profile::load(const std::string& path) {
  const std::string content = detail::read_file(path);
  return from_bytes(detail::as_bytes(content));
}

Profile profile(const Batch& batch, const ProfileOptions& options) {
  Profile result;
  result.update(batch, options);
  return result;
}

}  // namespace zeroskew
