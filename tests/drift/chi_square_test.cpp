#include "zeroskew/drift/chi_square.hpp"

#include "drift/golden.hpp"
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
  CHECK(zeroskew::chi2_2samp(a, b).statistic ==
        zeroskew::chi2_2samp(pooled_a, pooled_b, plain).statistic);
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
