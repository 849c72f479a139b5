#include "zeroskew/drift/chi_square.hpp"

#include <bit>
#include <utility>
#include <vector>

#include "drift/golden.hpp"
#include "zeroskew/detail/special.hpp"
#include "zeroskew/drift/fisher.hpp"
#include "zeroskew/error.hpp"

using zeroskew::MeasureOptions;

TEST_CASE("chi-square and G agree with scipy where nothing is pooled", "[drift][chi_square]") {
  MeasureOptions plain;
  plain.pool = false;
  for (const auto& entry : drift_golden::load("tables")) {
    const std::vector<double> a = entry["a"];
    const std::vector<double> b = entry["b"];
    drift_golden::check_test(entry, "chi2", zeroskew::chi2_2samp(a, b, plain));
    drift_golden::check_test(entry, "g", zeroskew::g_2samp(a, b, plain));
  }
}

TEST_CASE("one row of a new category is no alarm", "[drift][chi_square]") {
  const std::vector<double> reference{500, 500, 0};
  const std::vector<double> current{501, 498, 1};
  const auto result = zeroskew::chi2_2samp(reference, current);
  CHECK_FALSE(result.drifted);
  CHECK(*result.pvalue > 0.5);
  CHECK(result.definition.find("pooled") != std::string::npos);
}

TEST_CASE("pooling keeps every row and looks at margins only", "[drift][chi_square]") {
  // Expected counts of the last three cells are 2, 3 and 1 a side: together 6, one cell.
  const std::vector<double> a{50, 50, 4, 6, 0};
  const std::vector<double> b{50, 50, 0, 0, 2};
  const std::vector<double> pooled_a{50, 50, 10};
  const std::vector<double> pooled_b{50, 50, 2};
  MeasureOptions plain;
  plain.pool = false;
  CHECK(zeroskew::g_2samp(a, b).statistic ==
        zeroskew::g_2samp(pooled_a, pooled_b, plain).statistic);
  // Each small cell tells more by itself, where none is below 1.
  const std::vector<double> c{50, 50, 4, 6, 1};
  CHECK(zeroskew::chi2_2samp(c, b).statistic == zeroskew::chi2_2samp(c, b, plain).statistic);
}

TEST_CASE("small cells have the exact mean and variance given the margins", "[drift][chi_square]") {
  // Two rows of each of four categories, half of them dealt to each side: all 70 deals.
  double mean = 0.0;
  double square = 0.0;
  MeasureOptions plain;
  plain.pool = false;
  std::vector<std::pair<double, double>> found;  // statistic, p-value
  MeasureOptions loose;
  loose.min_expected = 4.0;  // expected counts are 1 here: small, and not too small
  for (int deal = 0; deal < 256; ++deal) {
    if (std::popcount(static_cast<unsigned>(deal)) != 4) continue;
    std::vector<double> a(4, 0.0);
    std::vector<double> b(4, 0.0);
    for (int row = 0; row < 8; ++row) {
      ((deal >> row & 1) != 0 ? a : b)[static_cast<std::size_t>(row / 2)] += 1.0;
    }
    const double statistic = zeroskew::chi2_2samp(a, b, plain).statistic;
    mean += statistic / 70.0;
    square += statistic * statistic / 70.0;
    found.emplace_back(statistic, *zeroskew::chi2_2samp(a, b, loose).pvalue);
  }
  const double variance = square - mean * mean;
  for (const auto& [statistic, p] : found) {
    CHECK(p == Approx(zeroskew::detail::math::chi2_sf(2.0 * statistic * mean / variance,
                                                      2.0 * mean * mean / variance)));
  }
}

TEST_CASE("too few counts end in Fisher's exact test", "[drift][chi_square]") {
  const std::vector<double> a{3, 1};
  const std::vector<double> b{1, 4};
  CHECK(*zeroskew::chi2_2samp(a, b).pvalue == *zeroskew::fisher_exact(a, b).pvalue);
}

TEST_CASE("the order of categories changes no bit", "[drift][chi_square]") {
  const std::vector<double> a{13, 7, 101, 55, 1};
  const std::vector<double> b{17, 3, 95, 71, 2};
  const std::vector<double> c{1, 101, 13, 55, 7};
  const std::vector<double> d{2, 95, 17, 71, 3};
  CHECK(zeroskew::chi2_2samp(a, b) == zeroskew::chi2_2samp(c, d));
  CHECK(zeroskew::g_2samp(a, b) == zeroskew::g_2samp(c, d));
}

TEST_CASE("counts that are none are errors", "[drift][chi_square]") {
  const std::vector<double> good{1, 2};
  const std::vector<double> longer{1, 2, 3};
  const std::vector<double> negative{1, -2};
  CHECK_THROWS_AS(zeroskew::chi2_2samp(good, longer), zeroskew::Error);
  CHECK_THROWS_AS(zeroskew::chi2_2samp(good, negative), zeroskew::Error);
}
