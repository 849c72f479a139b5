#include "zeroskew/drift/distribution.hpp"

#include <algorithm>
#include <limits>
#include <random>

#include "support/catch.hpp"
#include "zeroskew/error.hpp"

using zeroskew::Cell;
using zeroskew::Distribution;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

}  // namespace

TEST_CASE("values become points with counts", "[drift][distribution]") {
  const std::vector<double> values{2.5,       -0.0,     not_a_number, 0.0, infinity,
                                   -infinity, infinity, 2.5,          2.5};
  const auto found = Distribution::of_values(values, 4);
  CHECK(found.kind == Distribution::Kind::cells);
  CHECK(found.cells == std::vector<Cell>{{0.0, 0.0, 2.0}, {2.5, 2.5, 3.0}});
  CHECK(found.nan == 1.0);
  CHECK(found.missing == 4.0);
  CHECK(found.positive_infinity == 2.0);
  CHECK(found.negative_infinity == 1.0);
  CHECK(found.total() == 8.0);
  CHECK(found.exact);
  CHECK_FALSE(found.integral);
  CHECK(Distribution::of_values(std::vector<double>{1, 5}).integral);
}

TEST_CASE("nothing is empty, whatever was missing", "[drift][distribution]") {
  CHECK(Distribution::of_values({}, 3).kind == Distribution::Kind::empty);
  CHECK(Distribution::of_values(std::vector<double>{not_a_number}).kind ==
        Distribution::Kind::empty);
  CHECK(Distribution::of_names({}).kind == Distribution::Kind::empty);
}

TEST_CASE("the order of rows leaves no trace", "[drift][distribution]") {
  std::mt19937_64 random(1);
  std::vector<double> values(3000);
  for (auto& value : values) value = static_cast<double>(random() % 500) / 7.0;
  values[5] = not_a_number;
  std::vector<std::string> names;
  for (const double value : values) names.push_back(std::to_string(static_cast<int>(value * 7.0)));
  const auto numbers = Distribution::of_values(values);
  const auto labels = Distribution::of_names(names);
  std::shuffle(names.begin(), names.end(), random);
  CHECK(Distribution::of_names(names) == labels);
  values[5] = 1.0;
  CHECK_FALSE(Distribution::of_values(values) == numbers);
  values[5] = not_a_number;
  std::shuffle(values.begin(), values.end(), random);
  CHECK(Distribution::of_values(values) == numbers);
}

TEST_CASE("repeated labels add up; bad counts are errors", "[drift][distribution]") {
  using Counts = std::vector<std::pair<std::string, double>>;
  const auto found = Distribution::of_counts(Counts{{"b", 2}, {"a", 1}, {"b", 3}});
  REQUIRE(found.labels.size() == 2);
  CHECK(found.labels[0].name == "a");
  CHECK(found.labels[1].mass == 5.0);
  CHECK(found.labels[1].lo == 5.0);
  CHECK_THROWS_AS(Distribution::of_counts(Counts{{"a", -1}}), zeroskew::Error);
  CHECK_THROWS_AS(Distribution::of_counts(Counts{{"a", not_a_number}}), zeroskew::Error);
  CHECK_THROWS_AS(Distribution::of_counts(Counts{{"a", infinity}}), zeroskew::Error);
}

TEST_CASE("cells are sorted and apart, or an error", "[drift][distribution]") {
  const auto found =
      Distribution::of_cells({{-infinity, 0, 2}, {0, 0, 1}, {0, 4, 3}, {4, infinity, 5}});
  CHECK(found.cells == std::vector<Cell>{{0, 0, 1}, {0, 4, 3}});
  CHECK(found.negative_infinity == 2.0);
  CHECK(found.positive_infinity == 5.0);
  CHECK_FALSE(found.exact);
  CHECK_THROWS_AS(Distribution::of_cells({{0, 4, 1}, {3, 5, 1}}), zeroskew::Error);
  CHECK_THROWS_AS(Distribution::of_cells({{4, 8, 1}, {0, 4, 1}}), zeroskew::Error);
  CHECK_THROWS_AS(Distribution::of_cells({{4, 3, 1}}), zeroskew::Error);
  CHECK_THROWS_AS(Distribution::of_cells({{0, 4, -1}}), zeroskew::Error);
  CHECK_THROWS_AS(Distribution::of_cells({{not_a_number, 4, 1}}), zeroskew::Error);
}
