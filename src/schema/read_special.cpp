#include "schema/read_special.hpp"

#include <map>

#include "schema/read_feature.hpp"

namespace zeroskew::detail {
namespace {

// Numbers of the fields of CustomStatistic.
enum Custom { custom_name = 1, custom_number = 2, custom_ranks = 5, custom_any = 6 };

using ByName = std::map<std::string_view, StatisticsNode>;

double number(const ByName& custom, std::string_view name) {
  const auto at = custom.find(name);
  return at == custom.end() ? 0.0 : at->second.number(custom_number);
}

NamedCounts ranks(const ByName& custom, std::string_view name) {
  NamedCounts counts;
  const auto at = custom.find(name);
  if (at == custom.end()) return counts;
  for (const StatisticsNode& bucket : at->second.message(custom_ranks).messages(1)) {
    counts.emplace_back(std::string(bucket.text(4)), bucket.number(5));
  }
  return counts;
}

LanguageStatistics language_of(const StatisticsNode& message) {
  LanguageStatistics result;
  result.coverage = message.number(1);
  result.avg_token_length = message.number(2);
  for (const StatisticsNode& token : message.messages(6)) {
    TokenStatistics& one = result.tokens.emplace_back();
    if (token.has(2)) {
      one.token = token.integer(2);
    } else {
      one.token = std::string(token.text(1));
    }
    one.frequency = token.number(3);
    one.fraction_of_sequences = token.number(4);
    one.min_per_sequence = token.number(5);
    one.max_per_sequence = token.number(7);
  }
  // Zero is also what stands there when lengths were not counted.
  if (message.number(11) > 0.0) {
    result.min_sequence_length = message.number(10);
    result.max_sequence_length = message.number(11);
  }
  return result;
}

}  // namespace

void read_special(const StatisticsNode& feature, FeatureStatistics& result) {
  ByName custom;
  for (const StatisticsNode& one : feature.messages(custom_stats)) {
    custom.emplace(one.text(custom_name), one);
  }
  if (const auto at = custom.find("nl_statistics"); at != custom.end()) {
    const StatisticsNode content = at->second.message(custom_any).message(2);
    if (content.tree() != nullptr) result.language = language_of(content);
  }
  if (custom.contains("image_format_histogram")) {
    result.images = ImageStatistics{ranks(custom, "image_format_histogram")};
  }
  if (statistics_in(feature).tree() != nullptr) return;
  // No column of its own.
  result.levels.clear();
  result.values = nullptr;
  if (custom.contains("missing_weight")) {
    result.weighted = WeightedStatistics{
        number(custom, "missing_value"), number(custom, "missing_weight"),
        number(custom, "min_weight_length_diff"), number(custom, "max_weight_length_diff")};
  } else if (custom.contains("missing_value")) {
    result.sparse =
        SparseStatistics{number(custom, "missing_value"), ranks(custom, "missing_index"),
                         ranks(custom, "min_length_diff"), ranks(custom, "max_length_diff")};
  }
}

}  // namespace zeroskew::detail
