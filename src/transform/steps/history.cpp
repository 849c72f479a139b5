// Augmenting steps on histories: the items that someone saw or bought, oldest first, in one text.

#include <map>

#include "transform/steps/augment_steps.hpp"
#include "transform/steps/categories.hpp"
#include "transform/steps/word_list.hpp"
#include "zeroskew/random/choice.hpp"

namespace zeroskew::steps {
namespace {

// Draws of a whole history are numbered from here; those of item i are i.
constexpr std::uint64_t whole = std::uint64_t{1} << 32;

Prepared prepare_drop(std::span<const Field> inputs, const Settings& settings, const Settings&) {
  return text_draw(
      inputs, settings,
      [share = Ranged(settings, "share"), separator = text_of(settings, "separator")](
          Block& block, std::string_view text, const Stream& stream, const Stream& parameters) {
        WordList items(block, text, separator, false);
        const double p = share.at(parameters);
        std::size_t kept = 0;
        for (std::size_t i = 0; i < items.size(); ++i) {
          if (!stream.bernoulli(i, p)) items[kept++] = items[i];
        }
        // A history does not vanish: its last item stays.
        if (kept == 0 && items.size() > 0) {
          items[0] = items[items.size() - 1];
          kept = 1;
        }
        items.resize(kept);
        return items.joined(block, separator);
      });
}

// How often each item occurs in the histories, the larger name first among equals, as elsewhere.
Settings fit_popularity(const FitInput& input) {
  const std::string& separator = text_of(input.settings, "separator");
  std::map<std::string, std::uint64_t> counts;
  for (const ValueCount& entry : counts_in(input)) {
    const std::string& text = std::get<std::string>(entry.value);
    const auto times = static_cast<std::uint64_t>(entry.count.value);
    for (std::size_t at = 0; at <= text.size() && !text.empty();) {
      const std::size_t end = std::min(text.find(separator, at), text.size());
      counts[text.substr(at, end - at)] += times;
      at = end + separator.size();
    }
  }
  std::vector<std::pair<std::uint64_t, std::string>> order;
  for (const auto& [item, count] : counts) order.emplace_back(count, item);
  std::sort(order.rbegin(), order.rend());
  const auto most = static_cast<std::size_t>(integer_of(input.settings, "top_k"));
  if (order.size() > most) order.resize(most);
  if (order.empty()) {
    fail_value("transform.no_values", input.fields[0].name, "no history has an item");
  }
  std::vector<std::string> items;
  std::vector<double> numbers;
  for (const auto& [count, item] : order) {
    items.push_back(item);
    numbers.push_back(static_cast<double>(count));
  }
  return {{"items", std::move(items)}, {"counts", std::move(numbers)}};
}

Prepared prepare_insert(std::span<const Field> inputs, const Settings& settings,
                        const Settings& learned) {
  std::vector<double> cumulative = numbers_of(learned, "counts");
  const auto& names = std::get<std::vector<std::string>>(learned.at("items"));
  if (names.empty() || cumulative.size() != names.size()) {
    malformed("history_insert", "items and counts differ");
  }
  double total = 0.0;
  for (double& count : cumulative) {
    if (!(count > 0.0)) malformed("history_insert", "a count is not above 0");
    count = total += count;
  }
  const auto most = static_cast<std::size_t>(integer_of(settings, "most"));
  return text_draw(
      inputs, settings,
      [cumulative, names, most, separator = text_of(settings, "separator")](
          Block& block, std::string_view text, const Stream& stream, const Stream&) {
        const auto count = 1 + static_cast<std::size_t>(stream.below(whole, most));
        WordList items(block, text, separator, false, count);
        for (std::size_t k = 0; k < count; ++k) {
          const std::string& item = names[categorical(stream, 2 * k, cumulative)];
          items.insert(static_cast<std::size_t>(stream.below(2 * k + 1, items.size() + 1)), item);
        }
        return items.joined(block, separator);
      });
}

Prepared prepare_reorder(std::span<const Field> inputs, const Settings& settings, const Settings&) {
  return text_draw(
      inputs, settings,
      [share = Ranged(settings, "share"), separator = text_of(settings, "separator")](
          Block& block, std::string_view text, const Stream& stream, const Stream& parameters) {
        WordList items(block, text, separator, false);
        const std::size_t size = items.size();
        // A window of the history is shuffled, the rest keeps its order.
        const auto width =
            static_cast<std::size_t>(std::ceil(share.at(parameters) * static_cast<double>(size)));
        if (width < 2) return text;
        const auto first = static_cast<std::size_t>(stream.below(whole, size - width + 1));
        shuffle(stream, std::span(&items[first], width));
        return items.joined(block, separator);
      });
}

Prepared prepare_truncate(std::span<const Field> inputs, const Settings& settings,
                          const Settings&) {
  const bool oldest = text_of(settings, "side") == "oldest";
  return text_draw(
      inputs, settings,
      [keep = Ranged(settings, "keep"), oldest, separator = text_of(settings, "separator")](
          Block& block, std::string_view text, const Stream&, const Stream& parameters) {
        WordList items(block, text, separator, false);
        const std::size_t size = items.size();
        if (size == 0) return text;
        const double wanted = std::ceil(keep.at(parameters) * static_cast<double>(size));
        const std::size_t kept = std::clamp<std::size_t>(static_cast<std::size_t>(wanted), 1, size);
        if (oldest) {
          for (std::size_t i = 0; i < kept; ++i) items[i] = items[size - kept + i];
        }
        items.resize(kept);
        return items.joined(block, separator);
      });
}

Parameter separator() {
  return {.name = "separator",
          .kind = SettingKind::text,
          .doc = "what stands between two items; it is not empty",
          .fallback = " "};
}

// An empty separator would be found everywhere.
template <Prepared (*make)(std::span<const Field>, const Settings&, const Settings&)>
Prepared checked(std::span<const Field> inputs, const Settings& settings, const Settings& learned) {
  if (text_of(settings, "separator").empty()) {
    fail_value("transform.bad_parameter", "separator", "separator is empty");
  }
  return make(inputs, settings, learned);
}
Settings fit_checked(const FitInput& input) {
  if (text_of(input.settings, "separator").empty()) {
    fail_value("transform.bad_parameter", "separator", "separator is empty");
  }
  return fit_popularity(input);
}

StepInfo history(std::string name, std::string doc, std::vector<Parameter> parameters) {
  parameters.push_back(separator());
  return text_step(std::move(name), std::move(doc), std::move(parameters));
}

}  // namespace

StepInfo history_drop() {
  StepInfo info = history("history_drop",
                          "Drops items of a history (items with a separator between them, the "
                          "oldest first) at random; the last one stays if all would go.",
                          {share_parameter("share", "of the items", 0.1)});
  info.prepare = checked<prepare_drop>;
  return info;
}

StepInfo history_insert() {
  StepInfo info = history(
      "history_insert",
      "Inserts items at random places of a history, drawn by how often they occurred when fitting.",
      {{.name = "most",
        .kind = SettingKind::integer,
        .doc = "from 1 to so many items",
        .fallback = std::int64_t{1},
        .lo = 1,
        .hi = 1000},
       {.name = "top_k",
        .kind = SettingKind::integer,
        .doc = "keep the most popular items to draw from",
        .fallback = std::int64_t{1000},
        .lo = 1}});
  info.learned = {{.name = "items", .kind = SettingKind::texts, .doc = "the popular items"},
                  {.name = "counts", .kind = SettingKind::numbers, .doc = "how often they occur"}};
  info.fit = fit_checked;
  info.prepare = checked<prepare_insert>;
  return info;
}

StepInfo history_reorder() {
  StepInfo info = history("history_reorder", "Shuffles a random window of a history.",
                          {share_parameter("share", "of the history that the window has", 0.3)});
  info.prepare = checked<prepare_reorder>;
  return info;
}

StepInfo history_truncate() {
  StepInfo info = history(
      "history_truncate", "Keeps one end of a history, one item at least.",
      {share_parameter("keep", "share of the items that stay", std::vector<double>{0.5, 1.0}),
       {.name = "side",
        .kind = SettingKind::choice,
        .doc = "which items go",
        .fallback = "oldest",
        .choices = {"oldest", "newest"}}});
  info.prepare = checked<prepare_truncate>;
  return info;
}

}  // namespace zeroskew::steps
