#include <algorithm>
#include <deque>
#include <mutex>

#include "transform/steps/augment_steps.hpp"
#include "transform/steps/learned_steps.hpp"
#include "transform/steps/steps.hpp"
#include "zeroskew/detail/nearest.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/transform/user_step.hpp"

namespace zeroskew {
namespace {

// What each value of a column learned for itself.
void add_by(StepInfo& info) {
  info.parameters.push_back({.name = "by",
                             .kind = SettingKind::text,
                             .doc = "learn anew for each value of this column; values that are new "
                                    "or missing take what all rows teach",
                             .optional = true});
  info.learned.push_back({.name = "by_texts",
                          .kind = SettingKind::texts,
                          .doc = "values of by, if it is a text column",
                          .optional = true});
  info.learned.push_back({.name = "by_integers",
                          .kind = SettingKind::integers,
                          .doc = "values of by, if it holds integers, bools or dates",
                          .optional = true});
  info.learned.push_back({.name = "by_learned",
                          .kind = SettingKind::texts,
                          .doc = "what each of them learned, as JSON",
                          .optional = true});
}

// Common parameters come last, so that a step's own are the positional ones.
void add_common(StepInfo& info) {
  if (info.one_output) {
    info.parameters.push_back({.name = "output",
                               .kind = SettingKind::text,
                               .doc = "name of the new column; none: in place",
                               .optional = true});
  }
  if (info.one_output || info.role == StepRole::augmenting) {
    info.parameters.push_back({.name = "when",
                               .kind = SettingKind::text,
                               .doc = "a formula; rows where it is not true keep their cell, or "
                                      "are missing where the type changes",
                               .optional = true});
  }
  if (info.role == StepRole::fitted && info.shape == StepShape::each && info.one_output) {
    add_by(info);
  }
  if (info.role != StepRole::augmenting) return;
  if (info.find("p") == nullptr) {
    info.parameters.push_back({.name = "p",
                               .doc = "share of the rows on which the step acts",
                               .fallback = 1.0,
                               .lo = 0.0,
                               .hi = 1.0});
  }
  info.parameters.push_back({.name = "always",
                             .kind = SettingKind::boolean,
                             .doc = "act when serving too, not in training only",
                             .fallback = false});
}

std::vector<StepInfo> make_registry() {
  using namespace steps;
  std::vector<StepInfo> all;
  for (StepInfo (*make)() : {impute,
                             missing_indicator,
                             standardize,
                             min_max,
                             robust,
                             max_abs,
                             clip,
                             winsorize,
                             log1p,
                             power,
                             quantile_rank,
                             gauss_rank,
                             tukey_gh,
                             outliers,
                             bucketize,
                             one_hot,
                             ordinal,
                             vocabulary,
                             hash_bucket,
                             cross,
                             count_encode,
                             rare_label,
                             date_parts,
                             cyclical,
                             text_normalize,
                             drop,
                             select,
                             rename,
                             cast,
                             gaussian_noise,
                             laplace_noise,
                             uniform_noise,
                             multiplicative_noise,
                             random_scale,
                             random_shift,
                             mask_to_missing,
                             swap_columns,
                             category_resample,
                             timestamp_jitter,
                             ordered_jitter,
                             salt_noise,
                             correlated_noise,
                             mixup,
                             target_encode,
                             woe_encode,
                             bag_of_words,
                             tfidf,
                             ngrams,
                             list_aggregate,
                             pca,
                             select_features,
                             expression,
                             series_jitter,
                             series_scale,
                             series_drift,
                             series_warp,
                             series_crop,
                             series_dropout,
                             history_drop,
                             history_insert,
                             history_reorder,
                             history_truncate,
                             synonyms,
                             paraphrase,
                             word_drop,
                             word_swap,
                             typos,
                             random_case}) {
    all.push_back(make());
  }
  for (StepInfo& info : all) add_common(info);
  return all;
}

// Steps that the program added; they stay where they are.
struct Added {
  std::mutex mutex;
  std::deque<StepInfo> steps;
};
Added& added() {
  static Added all;
  return all;
}

}  // namespace

const Parameter* StepInfo::find(std::string_view parameter) const noexcept {
  const auto found = std::find_if(parameters.begin(), parameters.end(),
                                  [&](const Parameter& p) { return p.name == parameter; });
  return found == parameters.end() ? nullptr : &*found;
}

const std::vector<StepInfo>& step_registry() {
  static const std::vector<StepInfo> registry = make_registry();
  return registry;
}

const StepInfo& step_info(std::string_view name) {
  std::vector<std::string> names;
  for (const StepInfo& info : step_registry()) {
    if (info.name == name) return info;
    names.push_back(info.name);
  }
  for (const StepInfo* info : user_steps()) {
    if (info->name == name) return *info;
    names.push_back(info->name);
  }
  fail_key("transform.unknown_step", std::string(name),
           "there is no such step" + detail::suggestion(name, names));
}

const StepInfo& register_step(StepInfo info) {
  add_common(info);
  const auto same = [&](const StepInfo& other) { return other.name == info.name; };
  Added& all = added();
  const std::lock_guard lock(all.mutex);
  const bool taken = std::any_of(step_registry().begin(), step_registry().end(), same) ||
                     std::any_of(all.steps.begin(), all.steps.end(), same);
  if (taken || info.name.empty() || info.prepare == nullptr) {
    fail_value("transform.step_taken", info.name,
               taken ? "there is a step of this name already; choose another one"
                     : "a step has a name and a way to prepare it");
  }
  return all.steps.emplace_back(std::move(info));
}

std::vector<const StepInfo*> user_steps() {
  Added& all = added();
  const std::lock_guard lock(all.mutex);
  std::vector<const StepInfo*> steps;
  for (const StepInfo& info : all.steps) steps.push_back(&info);
  return steps;
}

}  // namespace zeroskew
