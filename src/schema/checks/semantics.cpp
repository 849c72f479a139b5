// Natural language and images: what their domains ask for needs statistics of their own.

#include "schema/checks/check.hpp"

namespace zeroskew::detail {

void check_natural_language(FeatureCheck& c) {
  const auto* domain = c.feature.domain<NaturalLanguageDomain>();
  if (domain == nullptr || (!domain->coverage && domain->token_constraints.empty())) return;
  c.report(AnomalyType::stats_not_available, "Tokens were not counted",
           "The coverage and token constraints of the natural_language_domain cannot be verified:"
           " there are no statistics of tokens.",
           [&] { c.clear_domain(); });
}

void check_image(FeatureCheck& c) {
  auto* domain = c.feature.domain<ImageDomain>();
  if (domain == nullptr || !domain->max_image_byte_size || !c.data.max_bytes) return;
  if (*c.data.max_bytes <= static_cast<double>(*domain->max_image_byte_size)) return;
  c.report(AnomalyType::max_image_byte_size_exceeded, "An image is too large",
           "Expected at most " + std::to_string(*domain->max_image_byte_size) +
               " bytes an image, found " + count_text(*c.data.max_bytes) + ".",
           [&] { domain->max_image_byte_size = static_cast<std::int64_t>(*c.data.max_bytes); });
}

}  // namespace zeroskew::detail
