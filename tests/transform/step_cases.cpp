#include "transform/step_cases.hpp"

#include <functional>

namespace transform_test {

using zeroskew::Step;

namespace {

using Texts = std::vector<std::string>;

constexpr std::int64_t one = 1;

void add_learned(const std::function<void(Step)>& add) {
  add(Step("target_encode", {"s", "i", "b"}, {{"target", "g"}}));
  add(Step("target_encode", "s",
           {{"target", "f"}, {"smoothing", 3.0}, {"folds", std::int64_t{3}}}));
  add(Step("target_encode", "s", {{"target", "f"}, {"by", "r"}, {"when", "i > 0"}}));
  add(Step("woe_encode", {"s", "i"}, {{"target", "b"}}));
  add(Step("vocabulary", {"s", "i"}, {{"labels", "b"}, {"top_k", std::int64_t{3}}}));
  for (const char* name : {"bag_of_words", "tfidf"}) {
    add(Step(name, {"s", "r"}));
    add(Step(name, "s",
             {{"ngram_high", std::int64_t{2}}, {"max_features", std::int64_t{4}}, {"keep", true}}));
    add(Step(
        name, "s",
        {{"analyzer", "char"}, {"ngram_low", std::int64_t{2}}, {"ngram_high", std::int64_t{3}}}));
  }
  add(Step("bag_of_words", "s", {{"binary", true}, {"min_documents", std::int64_t{2}}}));
  add(Step("tfidf", "s", {{"norm", "l1"}, {"sublinear", true}}));
  add(Step("ngrams", {"s", "r"}, {{"min_length", one}}));
  add(Step("ngrams", "s", {{"analyzer", "char"}, {"separator", "|"}, {"lowercase", false}}));
  for (const char* name : {"bag_of_words", "tfidf", "ngrams"}) {
    add(Step(name, "l", {{"ngram_low", one}, {"ngram_high", std::int64_t{3}}}));
  }
  add(Step("tfidf", "l", {{"keep", true}, {"max_features", std::int64_t{2}}}));
  add(Step("one_hot", "l"));
  add(Step("one_hot", "l", {{"unknown", "other"}, {"missing", "column"}, {"drop_first", true}}));
  for (const char* statistic : {"count", "sum", "mean", "min", "max", "first", "last"}) {
    add(Step("list_aggregate", "n", {{"statistic", statistic}}));
  }
  add(Step("list_aggregate", "l", {{"statistic", "count"}, {"output", "size"}, {"when", "i > 0"}}));
  add(Step("select", {"l", "n", "f"}));
  add(Step("rename", {"l", "n"}, {{"to", Texts{"n", "l"}}}));
  add(Step("pca", {"f", "g", "i"}));
  add(Step("pca", {"f", "i"}, {{"components", one}, {"whiten", true}, {"name", "p"}}));
  add(Step("select_features", {"f", "g", "i", "b"}));
  add(Step("select_features", {"f", "i", "u"}, {{"method", "correlation"}, {"threshold", 0.01}}));
  add(Step("select_features", {"f", "i"}, {{"method", "psi"}, {"reference", "b"}}));
  add(Step("expression", {"f", "g"}, {{"formula", "f * 2 - g / 3"}, {"name", "made"}}));
  add(Step("expression", {"f", "i"}, {{"formula", "max(f, i)"}, {"name", "f"}}));
  add(Step("expression", {"s", "b"}, {{"formula", "if(b, s, 'none')"}, {"name", "made"}}));
  add(Step("expression", {"i", "u"}, {{"formula", "i < u"}, {"name", "made"}}));
}

void add_augmenting(const std::function<void(Step)>& add) {
  add(Step("ordered_jitter", "t", {{"seconds", 3600.0}, {"p", 0.5}}));
  add(Step("salt_noise", {"f", "i"}, {{"p", 0.3}}));
  add(Step("correlated_noise", {"f", "g", "i"}));
  add(Step("correlated_noise", {"f", "i"},
           {{"scale", std::vector<double>{0.0, 1.0}}, {"p", 0.5}, {"when", "b"}}));
  add(Step("mixup", {"f", "g", "i"}));
  add(Step("mixup", {"f", "i"}, {{"share", 0.5}, {"bank", std::int64_t{7}}, {"always", true}}));
  for (const char* name : {"series_jitter", "series_scale", "series_drift", "series_warp",
                           "series_crop", "series_dropout"}) {
    add(Step(name, {"f", "g", "i", "u"}, {{"p", 0.7}}));
  }
  add(Step("series_dropout", {"f", "g", "i"}, {{"share", 0.4}, {"fill", "previous"}}));
  add(Step("series_drift", {"f", "g", "i"}, {{"points", one}}));
  for (const char* name : {"history_drop", "history_insert", "history_reorder", "history_truncate",
                           "word_drop", "word_swap", "typos", "random_case"}) {
    add(Step(name, {"s", "r"}));
    add(Step(name, "s", {{"p", 0.5}, {"when", "i > 0"}, {"output", "other"}}));
  }
  add(Step("history_drop", "s", {{"share", 0.9}, {"separator", "r"}}));
  add(Step("history_insert", "s", {{"most", std::int64_t{4}}, {"top_k", std::int64_t{2}}}));
  add(Step("history_truncate", "s", {{"side", "newest"}, {"keep", 0.3}}));
  add(Step("typos", "s", {{"share", std::vector<double>{0.2, 0.9}}}));
  add(Step("paraphrase", {"s", "r"},
           {{"paraphrases", Texts{"cash => coins | notes", "r1 => one"}}}));
  add(Step("synonyms", {"s", "r"},
           {{"thesaurus", Texts{"charge: fee, cost", "cash: money", "r1: one"}}, {"share", 0.8}}));
}

}  // namespace

std::map<std::string, std::vector<Step>> step_cases() {
  std::map<std::string, std::vector<Step>> all;
  const auto add = [&](Step step) { all[step.name()].push_back(std::move(step)); };
  for (const char* strategy : {"mean", "median", "mode"}) {
    add(Step("impute", {"f", "i", "b", "u"}, {{"strategy", strategy}}));
  }
  add(Step("impute", "f", {{"nan_is_missing", false}, {"output", "filled"}}));
  add(Step("impute", {"s", "t"}, {{"strategy", "mode"}}));
  add(Step("impute", "s", {{"strategy", "constant"}, {"value", "none"}}));
  add(Step("impute", "i", {{"strategy", "constant"}, {"value", 2.5}}));
  add(Step("impute", "i", {{"strategy", "constant"}, {"value", one}}));
  add(Step("impute", {"f", "i", "u", "b", "s", "d", "t"}, {{"strategy", "random"}}));
  add(Step("impute", "f", {{"strategy", "random"}, {"nan_is_missing", false}, {"output", "f2"}}));
  add(Step("impute", {"f", "s"}, {{"strategy", "random"}, {"by", "r"}, {"when", "i > 0"}}));
  add(Step("missing_indicator", {"f", "i", "s", "t"}));
  add(Step("missing_indicator", "f", {{"nan_is_missing", false}}));
  for (const char* name : {"standardize", "min_max", "robust", "max_abs", "winsorize",
                           "quantile_rank", "gauss_rank", "log1p", "tukey_gh", "outliers"}) {
    add(Step(name, {"f", "i", "u", "b"}));
    add(Step(name, "f", {{"output", "f2"}}));
  }
  add(Step("standardize", "f", {{"with_mean", false}}));
  add(Step("min_max", "f", {{"low", -1.0}, {"clip", true}}));
  add(Step("quantile_rank", "f", {{"quantiles", std::int64_t{5}}}));
  add(Step("tukey_gh", "f", {{"g", 0.5}, {"h", 0.0}}));
  add(Step("tukey_gh", {"f", "i"}, {{"h", 0.3}, {"by", "s"}}));
  add(Step("outliers", {"f", "i"}, {{"method", "zscore"}, {"factor", 1.0}, {"action", "missing"}}));
  add(Step("outliers", {"f", "i"}, {{"method", "mad"}, {"action", "flag"}}));
  add(Step("outliers", "f", {{"action", "flag"}, {"output", "odd"}, {"by", "s"}}));
  add(Step("clip", {"f", "i"}, {{"lower", -3.0}, {"upper", 7.5}}));
  add(Step("clip", "f", {{"upper", 0.0}}));
  for (const char* name : {"standardize", "min_max", "quantile_rank", "impute"}) {
    add(Step(name, {"f", "i"}, {{"by", "s"}}));
    add(Step(name, "f", {{"when", "i > 3 and s != 'cash'"}}));
    add(Step(name, "i", {{"when", "b or u < 4"}, {"by", "r"}, {"output", "i2"}}));
  }
  add(Step("clip", "i", {{"upper", 3.0}, {"when", "f > 0"}}));
  add(Step("ordinal", {"s", "i"}, {{"when", "f > 0"}}));
  add(Step("count_encode", "s", {{"by", "b"}}));
  add(Step("cast", {"i", "s"}, {{"to", "string"}, {"when", "b"}}));
  add(Step("power", {"f", "i"}));
  for (const double lambda : {-1.5, 0.0, 0.5, 2.0}) {
    add(Step("power", {"f", "i"}, {{"lambda", lambda}}));
    add(Step("power", {"f", "i"}, {{"lambda", lambda}, {"method", "box_cox"}}));
  }
  add(Step("bucketize", {"f", "i", "u"}));
  add(Step("bucketize", "f", {{"kind", "width"}, {"bins", std::int64_t{4}}}));
  add(Step("bucketize", {"f", "i"}, {{"interpolate", true}, {"bins", std::int64_t{5}}}));
  add(Step("bucketize", "f", {{"kind", "edges"}, {"edges", std::vector<double>{-1.0, 0.0, 8.0}}}));
  add(Step("one_hot", {"s", "r", "b", "i", "u", "d"}, {{"max_categories", std::int64_t{9999}}}));
  add(Step("one_hot", {"s", "i"},
           {{"unknown", "other"}, {"missing", "column"}, {"drop_first", true}}));
  add(Step("ordinal", {"s", "i", "u", "b"}));
  add(Step("ordinal", "s", {{"unknown", "missing"}}));
  add(Step("vocabulary", {"s", "r", "i"}));
  add(Step("vocabulary", {"s", "i"},
           {{"top_k", std::int64_t{3}},
            {"num_oov_buckets", std::int64_t{2}},
            {"frequency_threshold", std::int64_t{5}}}));
  add(Step("hash_bucket", {"s", "i", "u", "d"}, {{"buckets", std::int64_t{13}}}));
  add(Step("hash_bucket", "s", {{"buckets", std::int64_t{13}}, {"salt", one}}));
  add(Step("cross", {"s", "b", "u"}));
  add(Step("cross", {"s", "i"}, {{"buckets", std::int64_t{50}}, {"name", "crossed"}}));
  add(Step("count_encode", {"s", "i"}));
  add(Step("count_encode", "s", {{"normalize", true}}));
  add(Step("rare_label", {"s", "r"}, {{"min_share", 0.2}}));
  add(Step("rare_label", "s", {{"max_categories", one}, {"output", "grouped"}}));
  add(Step("date_parts", {"t", "d"},
           {{"parts", Texts{"year", "quarter", "month", "day", "day_of_year", "weekday", "hour",
                            "minute", "second", "is_weekend"}}}));
  add(Step("date_parts", "t", {{"keep", true}}));
  add(Step("cyclical", {"i", "f"}, {{"period", 24.0}}));
  add(Step("cyclical", "u", {{"keep", true}}));
  add(Step("text_normalize", {"s", "r"}, {{"collapse", true}}));
  add(Step("text_normalize", "s", {{"case", "upper"}, {"empty_is_missing", true}}));
  add(Step("drop", {"f", "s"}));
  add(Step("select", {"s", "f", "t"}));
  add(Step("rename", {"s", "f"}, {{"to", Texts{"f", "s"}}}));
  for (const char* to : {"float", "int", "string"}) {
    add(Step("cast", {"f", "i", "u", "b", "s", "t"}, {{"to", to}}));
  }
  for (const auto& [name, size] : std::map<std::string, std::string>{
           {"gaussian_noise", "std"}, {"laplace_noise", "scale"}, {"uniform_noise", "width"}}) {
    add(Step(name, {"f", "i"}, {{size, 0.5}}));
    add(Step(name, "f", {{size, 0.5}, {"relative", true}, {"p", 0.4}}));
    add(Step(name, "f", {{size, 0.5}, {"always", true}}));
    add(Step(name, {"f", "u"}, {{size, std::vector<double>{0.5, 2.0}}, {"when", "i > 0"}}));
  }
  add(Step("multiplicative_noise", {"f", "u"}, {{"std", 0.1}, {"p", 0.5}}));
  add(Step("random_scale", {"f", "i"}));
  add(Step("random_shift", {"f", "i"}, {{"low", -2.0}}));
  add(Step("mask_to_missing", {"s", "i"}, {{"p", 0.3}, {"when", "b"}}));
  add(Step("mask_to_missing", {"f", "i", "s", "t", "b"}, {{"p", 0.3}}));
  add(Step("swap_columns", {"f", "g"}, {{"p", 0.5}}));
  add(Step("swap_columns", {"s", "r"}, {{"always", true}}));
  add(Step("category_resample", {"s", "i", "b"}, {{"p", 0.5}}));
  add(Step("timestamp_jitter", "t", {{"seconds", 3600.0}}));
  add_learned(add);
  add_augmenting(add);
  return all;
}

}  // namespace transform_test
