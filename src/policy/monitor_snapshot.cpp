#include "zeroskew/policy/monitor_snapshot.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "detail/canonical_json.hpp"
#include "policy/cells.hpp"
#include "policy/json.hpp"

namespace zeroskew {
namespace {

using Json = nlohmann::json;

[[noreturn]] void fail_snapshot(const std::string& where, std::string_view why) {
  fail_value("policy.snapshot", where, why);
}

// Counts as texts: JSON's numbers are doubles.
Json count_to_json(std::uint64_t n) {
  return std::to_string(n);
}

std::uint64_t count_from_json(const Json& value, const std::string& where) {
  if (!value.is_string()) fail_snapshot(where, "a count is a text of decimal digits");
  const auto& text = value.get_ref<const std::string&>();
  std::uint64_t n = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (code != std::errc() || end != text.data() + text.size()) {
    fail_snapshot(where, "'" + text + "' is no count");
  }
  return n;
}

const Json& list_of(const Json& value, const char* name, const std::string& where) {
  const Json& list = detail::policy_json.any(value, name, where);
  if (!list.is_array()) fail_snapshot(where, std::string("\"") + name + "\" is no list");
  return list;
}

Json sum_to_json(const ExactSum& sum) {
  const ExactSum::Parts parts = sum.parts();
  return {{"negative", parts.negative},
          {"exponent", parts.exponent},
          {"digits", parts.magnitude.digits()}};
}

ExactSum sum_from_json(const Json& value, const std::string& where) {
  ExactSum::Parts parts;
  parts.negative = value.at("negative").get<bool>();
  parts.exponent = value.at("exponent").get<std::int64_t>();
  std::vector<std::uint32_t> digits;
  for (const Json& digit : list_of(value, "digits", where)) {
    if (!digit.is_number_unsigned() || digit.get<std::uint64_t>() > 0xffffffffu) {
      fail_snapshot(where, "a sum's digits are whole numbers of 32 bits");
    }
    digits.push_back(digit.get<std::uint32_t>());
  }
  if (!digits.empty() && digits.back() == 0) fail_snapshot(where, "a sum has leading zeros");
  parts.magnitude = detail::BigUint(std::move(digits));
  if (!ExactSum::fits(parts)) fail_snapshot(where, "a sum is out of range");
  return ExactSum::from_parts(parts);
}

Json feature_to_json(const RecordedFeature& feature, const RecordedCounts& counts,
                     std::uint64_t wrong_type) {
  Json edges = Json::array();
  for (const double edge : feature.edges) edges.push_back(detail::cell_to_json(edge));
  Json labels = Json::array();
  for (const std::string& label : feature.labels) labels.push_back(detail::cell_to_json(label));
  Json bins = Json::array();
  for (const std::uint64_t bin : counts.bins) bins.push_back(count_to_json(bin));
  return {{"name", detail::cell_to_json(feature.name)},
          {"edges", std::move(edges)},
          {"labels", std::move(labels)},
          {"bins", std::move(bins)},
          {"missing", count_to_json(counts.missing)},
          {"nan", count_to_json(counts.nan)},
          {"negative_infinity", count_to_json(counts.negative_infinity)},
          {"positive_infinity", count_to_json(counts.positive_infinity)},
          {"sum", sum_to_json(counts.exact)},
          {"settled", counts.settled},
          {"wrong_type", count_to_json(wrong_type)}};
}

template <class T>
T cell_of(const Json& value, const std::string& where) {
  const Value cell = detail::cell_from_json(value, where);
  if (!std::holds_alternative<T>(cell)) fail_snapshot(where, "a cell is of another type");
  return std::get<T>(cell);
}

void read_feature(const Json& value, MonitorSnapshot& snapshot) {
  const std::string where = "feature " + std::to_string(snapshot.features.size());
  RecordedFeature feature;
  feature.name = cell_of<std::string>(value.at("name"), where);
  for (const Json& edge : list_of(value, "edges", where))
    feature.edges.push_back(cell_of<double>(edge, where));
  for (const Json& label : list_of(value, "labels", where)) {
    feature.labels.push_back(cell_of<std::string>(label, where));
  }
  RecordedCounts counts;
  for (const Json& bin : list_of(value, "bins", where))
    counts.bins.push_back(count_from_json(bin, where));
  if (counts.bins.size() != std::max(feature.edges.size(), feature.labels.size()) + 1) {
    fail_snapshot(where, "has " + std::to_string(counts.bins.size()) +
                             " bins, which are not those "
                             "of its edges or labels");
  }
  counts.missing = count_from_json(value.at("missing"), where);
  counts.nan = count_from_json(value.at("nan"), where);
  counts.negative_infinity = count_from_json(value.at("negative_infinity"), where);
  counts.positive_infinity = count_from_json(value.at("positive_infinity"), where);
  counts.exact = sum_from_json(value.at("sum"), where);
  counts.sum = counts.exact.value();
  counts.settled = value.at("settled").get<bool>();
  snapshot.wrong_type.push_back(count_from_json(value.at("wrong_type"), where));
  snapshot.features.push_back(std::move(feature));
  snapshot.counts.push_back(std::move(counts));
}

}  // namespace

MonitorSnapshot& MonitorSnapshot::operator+=(const MonitorSnapshot& other) {
  if (policy.empty()) return *this = other;
  if (other.policy.empty()) return *this;
  if (policy != other.policy) {
    fail_snapshot(other.policy, "is another policy than " + policy + ": their bins differ");
  }
  if (features != other.features) {
    fail_snapshot(other.policy, "counts in other bins: the monitors have other options");
  }
  failed += other.failed;
  for (std::size_t f = 0; f < features.size(); ++f) {
    counts[f] += other.counts[f];
    wrong_type[f] += other.wrong_type[f];
  }
  return *this;
}

std::string MonitorSnapshot::to_json() const {
  Json list = Json::array();
  for (std::size_t f = 0; f < features.size(); ++f) {
    list.push_back(feature_to_json(features[f], counts[f], wrong_type[f]));
  }
  return detail::canonical_json({{"format", "zeroskew.monitor_snapshot"},
                                 {"version", 1},
                                 {"policy", policy},
                                 {"failed", count_to_json(failed)},
                                 {"features", std::move(list)}});
}

MonitorSnapshot MonitorSnapshot::from_json(std::string_view text) {
  const Json document = detail::parse_document(text);
  if (detail::policy_json.text(document, "format", "") != "zeroskew.monitor_snapshot") {
    fail_snapshot("format", "this is no monitor's snapshot");
  }
  if (detail::policy_json.any(document, "version", "") != 1) {
    fail_snapshot("version", "this library reads version 1");
  }
  MonitorSnapshot snapshot;
  snapshot.policy = detail::policy_json.text(document, "policy", "");
  snapshot.failed = count_from_json(detail::policy_json.any(document, "failed", ""), "failed");
  try {
    for (const Json& feature : list_of(document, "features", "")) {
      read_feature(feature, snapshot);
    }
  } catch (const Json::exception& error) {
    fail_snapshot("features", error.what());
  }
  return snapshot;
}

}  // namespace zeroskew
