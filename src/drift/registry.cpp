#include "zeroskew/drift/registry.hpp"

#include <cmath>
#include <cstdint>
#include <string>
#include <variant>

#include "zeroskew/detail/nearest.hpp"
#include "zeroskew/drift/anderson.hpp"
#include "zeroskew/drift/chi_square.hpp"
#include "zeroskew/drift/cvm.hpp"
#include "zeroskew/drift/energy.hpp"
#include "zeroskew/drift/epps_singleton.hpp"
#include "zeroskew/drift/fisher.hpp"
#include "zeroskew/drift/hellinger.hpp"
#include "zeroskew/drift/js.hpp"
#include "zeroskew/drift/kl.hpp"
#include "zeroskew/drift/ks.hpp"
#include "zeroskew/drift/kuiper.hpp"
#include "zeroskew/drift/linf.hpp"
#include "zeroskew/drift/mann_whitney.hpp"
#include "zeroskew/drift/normalized_difference.hpp"
#include "zeroskew/drift/proportions.hpp"
#include "zeroskew/drift/psi.hpp"
#include "zeroskew/drift/total_variation.hpp"
#include "zeroskew/drift/wasserstein.hpp"
#include "zeroskew/drift/welch_t.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew {
namespace {

using Info = MeasureInfo;
using Parameter = MeasureParameter;
constexpr auto test = Info::Kind::test;
constexpr auto distance = Info::Kind::distance;

Parameter alpha() {
  return {"alpha", "float", "0.05", "(0, 1)", "chance of an alarm without drift"};
}
Parameter threshold() {
  return {"threshold", "float", "from the sizes", "any number", "drift is statistic > threshold"};
}
Parameter bins() {
  return {"bins", "int", "10", "2 to 100000",
          "cells for numbers with many values, cut at quantiles"};
}
Parameter base() {
  return {"base", "float", "2", "> 1, or 0 for e", "base of the logarithm"};
}
Parameter prior() {
  return {"prior", "float", "0.5", "> 0", "counts added to every cell of both sides"};
}
Parameter method() {
  return {"method", "word", "auto", "auto, exact, asymptotic", "how the p-value is computed"};
}
Parameter definition(const char* range) {
  return {"definition", "word", "", range, "a variant by name"};
}
Parameter pool() {
  return {"pool", "bool", "true", "true, false", "regroup cells that are too small"};
}
Parameter min_expected() {
  return {"min_expected", "float", "5", ">= 0",
          "the expected count below which a cell is too small"};
}

std::vector<Info> make() {
  const auto chi2 = static_cast<decltype(Info::run)>(&chi2_2samp);
  const auto g = static_cast<decltype(Info::run)>(&g_2samp);
  const std::vector<Parameter> counts{alpha(), pool(), min_expected(), bins()};
  return {
      {"ks",
       test,
       false,
       true,
       true,
       true,
       {alpha(), method(), threshold()},
       "Kolmogorov-Smirnov: the largest gap between distribution functions",
       &ks_2samp},
      {"kuiper",
       test,
       false,
       true,
       false,
       true,
       {alpha()},
       "Kuiper: largest gap above plus largest below, good at tails and cycles",
       &kuiper},
      {"cvm",
       test,
       false,
       true,
       false,
       true,
       {alpha(), method(), definition("ties")},
       "Cramer-von Mises: the squared gap between distribution functions, summed",
       &cvm_2samp},
      {"anderson",
       test,
       false,
       true,
       false,
       true,
       {alpha(), definition("table, limit, ties")},
       "Anderson-Darling: the squared gap weighted towards the tails",
       &anderson_2samp},
      {"mann_whitney",
       test,
       false,
       true,
       false,
       false,
       {alpha(), method()},
       "Mann-Whitney U: does one side tend to be larger",
       &mann_whitney},
      {"welch_t",
       test,
       false,
       true,
       false,
       false,
       {alpha()},
       "Welch's t: do the means differ, whatever the variances",
       &welch_t},
      {"epps_singleton",
       test,
       false,
       true,
       false,
       true,
       {alpha(), definition("pooled")},
       "Epps-Singleton: characteristic functions, fit for discrete columns too",
       &epps_singleton},
      {"chi2", test, true, true, false, true, counts,
       "two-sample chi-square of counts, the smallest cells pooled", chi2},
      {"g", test, true, true, false, true, counts,
       "two-sample likelihood ratio of counts, small cells pooled", g},
      {"fisher_exact",
       test,
       true,
       true,
       false,
       false,
       {alpha()},
       "Fisher's exact test of two categories",
       &fisher_exact},
      {"proportions_z",
       test,
       true,
       true,
       false,
       false,
       {alpha()},
       "two-proportion z of two categories",
       &proportions_z},
      {"linf",
       distance,
       true,
       true,
       true,
       true,
       {alpha(),
        threshold(),
        bins(),
        definition("robust, tfdv"),
        {"robustness", "float", "1.8", ">= 0", "c of the robust definition"}},
       "L-infinity: the largest difference between two shares",
       &linf},
      {"total_variation",
       distance,
       true,
       true,
       true,
       true,
       {alpha(), threshold(), bins()},
       "total variation: the mass that would have to move",
       &total_variation},
      {"hellinger",
       distance,
       true,
       true,
       true,
       true,
       {alpha(), threshold(), bins()},
       "Hellinger distance between shares",
       &hellinger},
      {"kl_divergence",
       distance,
       true,
       true,
       true,
       false,
       {alpha(), threshold(), bins(), base(), prior(), definition("evidently")},
       "Kullback-Leibler divergence of current from reference",
       &kl_divergence},
      {"js_divergence",
       distance,
       true,
       true,
       true,
       true,
       {alpha(), threshold(), bins(), base(), definition("tfdv")},
       "Jensen-Shannon divergence between shares",
       &js_divergence},
      {"js_distance",
       distance,
       true,
       true,
       true,
       true,
       {alpha(), threshold(), bins(), base(), definition("evidently, nannyml")},
       "square root of the Jensen-Shannon divergence, a metric",
       &js_distance},
      {"psi",
       distance,
       true,
       true,
       true,
       true,
       {alpha(), threshold(), bins(), prior(), definition("evidently")},
       "population stability index: symmetric relative entropy",
       &psi},
      {"wasserstein",
       distance,
       false,
       true,
       true,
       true,
       {alpha(),
        threshold(),
        {"scale", "word", "raw", "raw, std, iqr", "the unit, from the reference"},
        definition("evidently, nannyml")},
       "Wasserstein-1: the area between distribution functions",
       &wasserstein},
      {"energy",
       distance,
       false,
       true,
       true,
       true,
       {alpha(), threshold()},
       "energy distance: the squared area between distribution functions",
       &energy},
      {"normalized_difference",
       distance,
       true,
       true,
       true,
       true,
       {threshold(), bins()},
       "largest difference of counts over their total",
       &normalized_difference},
  };
}

double number(std::string_view name, const Value& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
  if (const auto* real = std::get_if<double>(&value)) return *real;
  fail_type("drift.option_type", std::string(name), "a number is needed");
}

std::string word(std::string_view name, const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  fail_type("drift.option_type", std::string(name), "a word is needed");
}

}  // namespace

std::span<const MeasureInfo> measures() {
  static const std::vector<Info> all = make();
  return all;
}

const MeasureInfo& measure_info(std::string_view name) {
  std::vector<std::string> names;
  // The functions' names serve too: ks_2samp is ks.
  constexpr std::string_view suffix = "_2samp";
  const auto own = name.ends_with(suffix) ? name.substr(0, name.size() - suffix.size()) : name;
  for (const auto& info : measures()) {
    if (info.name == own) return info;
    names.push_back(info.name);
  }
  fail_key("drift.unknown_measure", std::string(name),
           "there is no such measure" + detail::suggestion(name, names));
}

MeasureResult measure(std::string_view name, const Distribution& reference,
                      const Distribution& current, const MeasureOptions& options) {
  return measure_info(name).run(reference, current, options);
}

void set_option(MeasureOptions& options, std::string_view name, const Value& value) {
  if (name == "alpha") {
    options.alpha = number(name, value);
  } else if (name == "threshold") {
    options.threshold = number(name, value);
  } else if (name == "definition") {
    options.definition = word(name, value);
  } else if (name == "method") {
    options.method = word(name, value);
  } else if (name == "bins") {
    const double bins = number(name, value);
    if (!(std::fabs(bins) < 1e9) || bins != std::floor(bins)) {
      fail_type("drift.option_type", "bins", "a whole number is needed");
    }
    options.bins = static_cast<int>(bins);
  } else if (name == "base") {
    options.base = number(name, value);
  } else if (name == "prior") {
    options.prior = number(name, value);
  } else if (name == "robustness") {
    options.robustness = number(name, value);
  } else if (name == "scale") {
    options.scale = word(name, value);
  } else if (name == "pool") {
    const auto* flag = std::get_if<bool>(&value);
    if (flag == nullptr) fail_type("drift.option_type", "pool", "true or false is needed");
    options.pool = *flag;
  } else if (name == "min_expected") {
    options.min_expected = number(name, value);
  } else {
    fail_key("drift.unknown_option", std::string(name), "no measure has such an option");
  }
}

}  // namespace zeroskew
