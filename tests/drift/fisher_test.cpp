#include "zeroskew/drift/fisher.hpp"

#include "drift/golden.hpp"

TEST_CASE("Fisher's test agrees with scipy", "[drift][fisher]") {
  for (const auto& entry : drift_golden::load("tables")) {
    if (!entry.contains("fisher")) continue;
    const std::vector<double> a = entry["a"];
    const std::vector<double> b = entry["b"];
    drift_golden::check_test(entry, "fisher", zeroskew::fisher_exact(a, b));
  }
}

TEST_CASE("Fisher's p-value is the sum over tables, in whole numbers", "[drift][fisher]") {
  const auto choose = [](int n, int k) {
    double ways = 1.0;
    for (int i = 1; i <= k; ++i) ways = ways * (n - k + i) / i;
    return ways;
  };
  for (int a = 0; a <= 6; ++a) {
    for (int b = 0; b <= 6; ++b) {
      for (int c = 0; c <= 6; ++c) {
        const int d = 6;
        if (a + c == 0 || a + b == 0) continue;
        const auto ways = [&](int x) { return choose(a + b, x) * choose(c + d, a + c - x); };
        double rare = 0.0;
        for (int x = std::max(0, a - d); x <= std::min(a + b, a + c); ++x) {
          if (ways(x) <= ways(a)) rare += ways(x);
        }
        const std::vector<double> reference{double(a), double(b)};
        const std::vector<double> current{double(c), double(d)};
        INFO(a << ' ' << b << ' ' << c);
        CHECK(*zeroskew::fisher_exact(reference, current).pvalue ==
              Approx(rare / choose(a + b + c + d, a + c)).epsilon(1e-12));
      }
    }
  }
}
