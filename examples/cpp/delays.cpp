// Serves what examples/python/delays.ipynb trained, without Python: loads the policy (which replays
// its golden rows) and the model's trees, and scores rows that come as JSON lines. Prints the 64
// bits of each score, which are those that scikit-learn comes to in the notebook.

#include <bit>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>
#include <zeroskew/zeroskew.hpp>

namespace {

struct Node {
  double value;
  double threshold;
  std::size_t feature;
  std::size_t left;
  std::size_t right;
  bool missing_goes_left;
  bool is_leaf;
};

// Gradient boosted trees: a score is the baseline and the leaf of each tree, added in their order.
struct Model {
  std::vector<std::string> features;
  double baseline = 0.0;
  std::vector<std::vector<Node>> trees;

  explicit Model(const nlohmann::json& json)
      : features(json.at("features")), baseline(json.at("baseline")) {
    for (const auto& tree : json.at("trees")) {
      std::vector<Node>& nodes = trees.emplace_back();
      for (std::size_t i = 0; i < tree.at("value").size(); ++i) {
        nodes.push_back({tree["value"][i], tree["num_threshold"][i], tree["feature_idx"][i],
                         tree["left"][i], tree["right"][i], tree["missing_go_to_left"][i] != 0,
                         tree["is_leaf"][i] != 0});
      }
    }
  }

  [[nodiscard]] double score(const std::vector<double>& x) const {
    double sum = 0.0 + baseline;
    for (const auto& nodes : trees) {
      const Node* node = &nodes[0];
      while (!node->is_leaf) {
        const double cell = x[node->feature];
        const bool left = std::isnan(cell) ? node->missing_goes_left : cell <= node->threshold;
        node = &nodes[left ? node->left : node->right];
      }
      sum += node->value;
    }
    return sum;
  }
};

std::string read(const char* path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

double number(const zeroskew::RowCell& cell) {
  switch (cell.form) {
    case zeroskew::RowCell::Form::number:
      return cell.number;
    case zeroskew::RowCell::Form::missing:
      return std::nan("");
    default:
      return static_cast<double>(cell.integer);
  }
}

zeroskew::RowCell cell_at(const zeroskew::ColumnView& column, std::int64_t row) {
  if (!column.is_valid(row)) return {};
  switch (column.type.kind) {
    case zeroskew::Kind::string:
      return column.text(row);
    case zeroskew::Kind::floating:
      return column.data<double>()[row];
    default:
      return column.data<std::int64_t>()[row];
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: delays POLICY.json MODEL.json ROWS.jsonl\n";
    return 2;
  }
  try {
    const auto policy = zeroskew::Policy::load(argv[1]);
    const Model model(nlohmann::json::parse(read(argv[2])));
    const zeroskew::Plan plan = policy.plan();
    const auto rows = zeroskew::read_json_lines(read(argv[3]), policy.pipeline().inputs());

    // Where the plan puts what the model reads.
    std::vector<std::size_t> places;
    for (const std::string& feature : model.features) {
      std::size_t at = 0;
      while (plan.outputs().at(at).name != feature) ++at;
      places.push_back(at);
    }
    zeroskew::Row row = plan.row();
    std::vector<zeroskew::RowCell> cells(plan.inputs().size());
    std::vector<double> features(places.size());
    for (std::int64_t i = 0; i < rows.rows; ++i) {
      for (std::size_t c = 0; c < cells.size(); ++c) cells[c] = cell_at(rows.columns[c], i);
      plan.apply(cells, row, static_cast<std::uint64_t>(i));
      for (std::size_t k = 0; k < places.size(); ++k) features[k] = number(row[places[k]]);
      const auto bits = std::bit_cast<std::uint64_t>(model.score(features));
      std::printf("%016llx\n", static_cast<unsigned long long>(bits));
    }
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 2;
  }
}
