#include "zeroskew/schema/read_statistics.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "schema/convert.hpp"
#include "schema/infer_feature.hpp"
#include "schema/proto/binary.hpp"
#include "schema/proto/json_codec.hpp"
#include "schema/proto/pbtxt.hpp"
#include "schema/read_feature.hpp"
#include "zeroskew/error.hpp"

namespace zeroskew {
namespace {

using detail::StatisticsNode;

struct InBytes final : detail::Place {
  [[nodiscard]] std::string text() const override { return "statistics"; }
};

FieldTree read_tree(std::string_view document, StatisticsForm form) {
  const auto& message =
      *detail::find_message("tensorflow.metadata.v0.DatasetFeatureStatisticsList");
  switch (form) {
    case StatisticsForm::text:
      return detail::read_pbtxt(message, document);
    case StatisticsForm::json:
      return detail::read_json(message, document);
    case StatisticsForm::binary:
      break;
  }
  return detail::read_binary(message, document, InBytes(), detail::UnknownFields::skip);
}

// The features of one dataset as a tree: by paths, or by names where a structure's fields begin
// with its own name.
class DatasetReader {
 public:
  explicit DatasetReader(const StatisticsNode& dataset) : dataset_(dataset) {
    for (const StatisticsNode& feature : dataset.messages(3)) {
      if (!detail::statistics_in(feature).tree() && !feature.has(detail::custom_stats)) continue;
      features_.push_back(feature);
    }
  }

  DatasetStatistics read() {
    const bool weighted = is_weighted();
    for (const StatisticsNode& feature : features_) place(feature, weighted);
    const double examples = weighted ? dataset_.number(4) : dataset_.number(2);
    std::vector<FeatureStatistics> top;
    for (const Path& path : order_) {
      if (path.step.size() == 1) top.push_back(taken(path));
    }
    return {examples, std::move(top), weighted};
  }

 private:
  [[nodiscard]] bool is_weighted() const {
    return dataset_.number(4) > 0.0 && dataset_.number(2) > 0.0 &&
           std::all_of(features_.begin(), features_.end(), [](const StatisticsNode& feature) {
             return !detail::statistics_in(feature).tree() || detail::is_weighted(feature);
           });
  }

  void place(const StatisticsNode& feature, bool weighted) {
    const bool by_path = feature.has(detail::feature_path);
    if (!order_.empty() && by_path != by_path_) {
      fail_value("statistics.mixed_names", std::string(feature.text(detail::feature_name)),
                 "either all features have a name, or all have a path");
    }
    by_path_ = by_path;
    const Path path = by_path ? path_of(feature) : named_path(feature);
    if (path.empty()) {
      fail_value("statistics.no_name", "", "a feature has neither a name nor a path");
    }
    if (path.step.size() > detail::kDeepest) {
      fail_value("statistics.too_deep", to_string(path.parent()).substr(0, 60),
                 "features are nested too deeply");
    }
    FeatureStatistics read = detail::read_feature(feature, path, weighted);
    if (path.step.size() > 1) {
      const auto parent = found_.find(path.parent());
      if (parent == found_.end() || parent->second.type != StatisticsType::structure) {
        fail_value("statistics.no_parent", to_string(path),
                   "there is no structure of the statistics before it that it could belong to");
      }
      children_[path.parent()].push_back(path);
    }
    if (!found_.emplace(path, std::move(read)).second) {
      fail_value("statistics.duplicate_feature", to_string(path), "the feature stands there twice");
    }
    order_.push_back(path);
    if (!by_path && found_.at(path).type == StatisticsType::structure) {
      structures_.emplace(feature.text(detail::feature_name), path);
    }
  }

  static Path path_of(const StatisticsNode& feature) {
    Path path;
    detail::from_tree(*feature.message(detail::feature_path).tree(), path);
    return path;
  }

  // The longest structure whose name and one separator the name begins with.
  [[nodiscard]] Path named_path(const StatisticsNode& feature) const {
    const std::string_view name = feature.text(detail::feature_name);
    if (name.empty()) return {};
    const std::pair<const std::string, Path>* parent = nullptr;
    for (const auto& structure : structures_) {
      const std::size_t size = structure.first.size();
      if (name.size() < size + 2 || !name.starts_with(structure.first)) continue;
      if (parent == nullptr || size > parent->first.size()) parent = &structure;
    }
    if (parent == nullptr) return Path({std::string(name)});
    return parent->second.child(name.substr(parent->first.size() + 1));
  }

  FeatureStatistics taken(const Path& path) {
    FeatureStatistics feature = std::move(found_.at(path));
    for (const Path& child : children_[path]) feature.children.push_back(taken(child));
    return feature;
  }

  StatisticsNode dataset_;
  std::vector<StatisticsNode> features_;
  bool by_path_ = false;
  std::vector<Path> order_;
  std::map<Path, FeatureStatistics> found_;
  std::map<Path, std::vector<Path>> children_;
  std::map<std::string, Path> structures_;
};

// Integers that were counted one by one; nothing where some are not known.
std::optional<Distribution> points_of(const Distribution& labels) {
  if (!labels.exact) return std::nullopt;
  std::vector<Cell> cells;
  for (const Label& label : labels.labels) {
    const auto number = detail::parse_integer(label.name);
    if (!number) return std::nullopt;
    const auto point = static_cast<double>(*number);
    cells.push_back({point, point, label.mass});
  }
  std::sort(cells.begin(), cells.end(), [](const Cell& a, const Cell& b) { return a.lo < b.lo; });
  return Distribution::of_cells(std::move(cells));
}

}  // namespace

std::vector<NamedStatistics> read_statistics(std::string_view document, StatisticsForm form) {
  const FieldTree tree = read_tree(document, form);
  std::vector<NamedStatistics> result;
  for (const StatisticsNode& dataset : StatisticsNode(&tree).messages(1)) {
    result.push_back({std::string(dataset.text(1)), DatasetReader(dataset).read()});
  }
  return result;
}

const NamedStatistics& whole_dataset(const std::vector<NamedStatistics>& list) {
  if (list.size() == 1) return list.front();
  for (const NamedStatistics& one : list) {
    if (one.name == "All Examples") return one;
  }
  fail_value("statistics.no_dataset", "",
             list.empty() ? "the list holds no dataset"
                          : "of several datasets none is called 'All Examples'");
}

Distribution distribution_of(const FeatureStatistics& feature) {
  using Source = JensenShannonDivergence::Source;
  if (!feature.values) return {};
  const bool named =
      feature.type == StatisticsType::string || feature.type == StatisticsType::bytes;
  std::optional<Distribution> found = feature.values->labels();
  if (!named) found = found ? points_of(*found) : std::nullopt;
  if (!found && !named) found = feature.values->histogram(Source::quantiles);
  if (!found && !named) found = feature.values->histogram(Source::standard);
  if (!found) return {};
  found->missing = feature.missing();
  return *std::move(found);
}

}  // namespace zeroskew
