#include "zeroskew/policy/diff.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "zeroskew/detail/format.hpp"
#include "zeroskew/drift/js.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/policy/policy.hpp"
#include "zeroskew/schema/diff.hpp"

namespace zeroskew {
namespace {

using Changes = std::vector<PolicyChange>;

constexpr std::size_t longest = 60;

std::string shortened(std::string text) {
  if (text.size() <= longest) return text;
  std::size_t end = longest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return text.substr(0, end) + "...";
}

std::string quoted(const std::string& text) {
  return text.empty() ? "none" : "'" + shortened(text) + "'";
}

std::string numbers(double before, double after) {
  std::string text = detail::rounded(before) + " -> " + detail::rounded(after);
  if (text == detail::rounded(before) + " -> " + detail::rounded(before)) {
    text = detail::shortest(before) + " -> " + detail::shortest(after);
  }
  const double share = (after - before) / before * 100.0;
  if (share - share != 0.0) return text;
  return text + " (" + (share > 0.0 ? "+" : "") + detail::rounded(share, 3) + "%)";
}

std::string settings(const Setting& before, const Setting& after) {
  const auto* a = std::get_if<double>(&before);
  const auto* b = std::get_if<double>(&after);
  if (a != nullptr && b != nullptr) return numbers(*a, *b);
  return std::visit(
      [&](const auto& x) -> std::string {
        using T = std::decay_t<decltype(x)>;
        if constexpr (requires { x.size(); } && !std::is_same_v<T, std::string>) {
          if (const auto* y = std::get_if<T>(&after)) {
            std::size_t other = 0;
            for (std::size_t i = 0; i < std::min(x.size(), y->size()); ++i) {
              if (x[i] != (*y)[i]) ++other;
            }
            const std::size_t most = std::max(x.size(), y->size());
            if (most > 4) {
              return std::to_string(x.size()) + " -> " + std::to_string(y->size()) + " values, " +
                     std::to_string(other + most - std::min(x.size(), y->size())) +
                     " of them other";
            }
          }
        }
        return shortened(to_string(before)) + " -> " + shortened(to_string(after));
      },
      before);
}

void settings_changes(const std::string& where, const Settings& before, const Settings& after,
                      Changes& out) {
  std::set<std::string> names;
  for (const auto& item : before) names.insert(item.first);
  for (const auto& item : after) names.insert(item.first);
  for (const std::string& name : names) {
    const auto value = [&](const Settings& all) {
      const auto found = all.find(name);
      return found == all.end() ? Setting() : found->second;
    };
    if (value(before) != value(after)) {
      out.push_back({"pipeline", where, name + ": " + settings(value(before), value(after))});
    }
  }
}

std::string step_name(const FittedStep& step) {
  std::string text = step.step.name() + "(";
  for (const Field& field : step.inputs) {
    if (&field != &step.inputs.front()) text += ", ";
    text += field.name;
  }
  return text + ")";
}

// Steps by name; a second one of the same name gets a number.
std::vector<std::pair<std::string, const FittedStep*>> steps_of(const FittedPipeline& pipeline) {
  std::map<std::string, int> seen;
  std::vector<std::pair<std::string, const FittedStep*>> steps;
  for (const FittedStep& step : pipeline.steps()) {
    std::string name = step_name(step);
    const int n = ++seen[name];
    if (n > 1) name += " #" + std::to_string(n);
    steps.emplace_back(std::move(name), &step);
  }
  return steps;
}

void pipeline_changes(const FittedPipeline& before, const FittedPipeline& after, Changes& out) {
  if (before.seed() != after.seed()) {
    out.push_back({"pipeline", "seed",
                   std::to_string(before.seed()) + " -> " + std::to_string(after.seed())});
  }
  const auto old_steps = steps_of(before);
  const auto new_steps = steps_of(after);
  const auto find = [](const auto& steps, const std::string& name) {
    return std::find_if(steps.begin(), steps.end(),
                        [&](const auto& step) { return step.first == name; });
  };
  std::vector<std::string> kept;
  for (const auto& [name, step] : old_steps) {
    const auto other = find(new_steps, name);
    if (other == new_steps.end()) {
      out.push_back({"pipeline", name, "removed"});
      continue;
    }
    kept.push_back(name);
    for (std::size_t i = 0; i < step->inputs.size(); ++i) {
      const Type& type = other->second->inputs[i].type;
      if (step->inputs[i].type != type) {
        out.push_back({"pipeline", name,
                       "type of " + step->inputs[i].name + ": " + to_string(step->inputs[i].type) +
                           " -> " + to_string(type)});
      }
    }
    settings_changes(name, step->step.settings(), other->second->step.settings(), out);
    settings_changes(name, step->learned, other->second->learned, out);
  }
  std::vector<std::string> order;
  for (const auto& step : new_steps) {
    if (find(old_steps, step.first) == old_steps.end()) {
      out.push_back({"pipeline", step.first, "added"});
    } else {
      order.push_back(step.first);
    }
  }
  if (order != kept) out.push_back({"pipeline", "", "the steps are in another order"});
}

double missing_share(const ColumnProfile& column) {
  const auto rows = static_cast<double>(column.rows());
  return rows == 0.0 ? 0.0 : static_cast<double>(column.missing()) / rows;
}

void column_changes(const std::string& name, const ColumnProfile& before,
                    const ColumnProfile& after, Changes& out) {
  if (before == after) return;
  if (before.type() != after.type()) {
    out.push_back(
        {"baseline", name, "type: " + to_string(before.type()) + " -> " + to_string(after.type())});
    return;
  }
  std::string text;
  const Distribution a = Distribution::of_profile(before);
  const Distribution b = Distribution::of_profile(after);
  if (a.kind != Distribution::Kind::empty && b.kind == a.kind) {
    const MeasureResult js = js_distance(a, b);
    if (js.comparable()) {
      text = "Jensen-Shannon distance " + detail::rounded(js.statistic, 3);
      if (js.threshold) {
        text += std::string(js.drifted ? ", more" : ", no more") + " than the " +
                detail::rounded(*js.threshold, 3) + " that sampling explains";
      }
    }
  }
  const auto add = [&](const std::string& more) { text += (text.empty() ? "" : "; ") + more; };
  if (before.numbers() != nullptr && before.mean() != after.mean() &&
      before.mean() == before.mean()) {
    add("mean " + numbers(before.mean(), after.mean()));
  }
  if (missing_share(before) != missing_share(after)) {
    add("missing " + detail::rounded(100.0 * missing_share(before), 3) + "% -> " +
        detail::rounded(100.0 * missing_share(after), 3) + "%");
  }
  out.push_back({"baseline", name, text.empty() ? "other values" : text});
}

void baseline_changes(const Profile& before, const Profile& after, Changes& out) {
  if (before.rows() != after.rows()) {
    out.push_back({"baseline", "rows",
                   std::to_string(before.rows()) + " -> " + std::to_string(after.rows())});
  }
  for (const std::string& name : before.columns()) {
    const ColumnProfile* other = after.find(name);
    if (other == nullptr) {
      out.push_back({"baseline", name, "removed"});
    } else {
      column_changes(name, before.column(name), *other, out);
    }
  }
  for (const std::string& name : after.columns()) {
    if (before.find(name) == nullptr) out.push_back({"baseline", name, "added"});
  }
}

void list_changes(const char* part, const std::vector<std::string>& before,
                  const std::vector<std::string>& after, Changes& out) {
  const auto lacks = [](const auto& list, const std::string& item) {
    return std::find(list.begin(), list.end(), item) == list.end();
  };
  for (const std::string& item : before) {
    if (lacks(after, item)) out.push_back({part, "", "removed: " + item});
  }
  for (const std::string& item : after) {
    if (lacks(before, item)) out.push_back({part, "", "added: " + item});
  }
}

std::vector<std::string> rule_texts(const Policy& policy) {
  std::vector<std::string> texts;
  for (const DriftRule& rule : policy.rules()) texts.push_back(to_string(rule));
  return texts;
}

std::vector<std::string> guard_texts(const Policy& policy) {
  std::vector<std::string> texts;
  for (const Guard& guard : policy.guards()) texts.push_back(to_string(guard));
  return texts;
}

std::vector<std::string> fallback_texts(const FallbackRule& rule) {
  return {std::string(to_string(rule.action)) + " when more than " + detail::shortest(rule.budget) +
          " of at least " + std::to_string(rule.min_rows) + " rows in " +
          detail::shortest(rule.window) + " s fail, again after " + detail::shortest(rule.pause) +
          " s with " + std::to_string(rule.trials) + " rows"};
}

void golden_changes(const Policy& before, const Policy& after, Changes& out) {
  std::vector<GoldenDifference> differences;
  try {
    differences = replay(after.pipeline(), before.golden());
  } catch (const Error&) {
    out.push_back({"golden", "", "the pipelines take or give other columns"});
    return;
  }
  if (differences.empty()) return;
  std::set<std::size_t> rows;
  for (const GoldenDifference& difference : differences) rows.insert(difference.row);
  const GoldenDifference& first = differences.front();
  out.push_back({"golden", "",
                 std::to_string(rows.size()) + " of " +
                     std::to_string(before.golden().rows.size()) +
                     " rows come out otherwise; the first: row " + std::to_string(first.row) +
                     (first.column.empty() ? "" : ", " + first.column) + ": " +
                     shortened(first.expected) + " -> " + shortened(first.found)});
}

void provenance_changes(const Provenance& before, const Provenance& after, Changes& out) {
  const auto field = [&](const char* name, const std::string& a, const std::string& b) {
    if (a != b) out.push_back({"provenance", name, quoted(a) + " -> " + quoted(b)});
  };
  field("who", before.who, after.who);
  field("when", before.when, after.when);
  field("code_version", before.code_version, after.code_version);
  field("parent", before.parent, after.parent);
  std::set<std::string> names;
  for (const auto& item : before.data) names.insert(item.first);
  for (const auto& item : after.data) names.insert(item.first);
  for (const std::string& name : names) {
    const auto value = [&](const Provenance& p) {
      const auto found = p.data.find(name);
      return found == p.data.end() ? std::string() : found->second;
    };
    field(("data " + name).c_str(), value(before), value(after));
  }
}

}  // namespace

std::vector<PolicyChange> policy_diff(const Policy& before, const Policy& after) {
  Changes changes;
  if (before == after) return changes;
  for (const SchemaChange& change : schema_diff(before.schema(), after.schema())) {
    changes.push_back({"schema", "", to_string(change)});
  }
  pipeline_changes(before.pipeline(), after.pipeline(), changes);
  baseline_changes(before.baseline(), after.baseline(), changes);
  list_changes("rules", rule_texts(before), rule_texts(after), changes);
  list_changes("guards", guard_texts(before), guard_texts(after), changes);
  list_changes("fallback", fallback_texts(before.fallback()), fallback_texts(after.fallback()),
               changes);
  golden_changes(before, after, changes);
  provenance_changes(before.provenance(), after.provenance(), changes);
  if (changes.empty()) {
    changes.push_back({"golden", "", "the same parts, with other golden rows or another spelling"});
  }
  return changes;
}

std::string to_string(const PolicyChange& change) {
  return change.part + ": " + (change.where.empty() ? "" : change.where + ": ") + change.message;
}

std::string to_string(const std::vector<PolicyChange>& changes) {
  std::string text;
  for (const PolicyChange& change : changes) {
    if (!text.empty()) text += '\n';
    text += to_string(change);
  }
  return text;
}

}  // namespace zeroskew
