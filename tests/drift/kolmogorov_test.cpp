#include "drift/kolmogorov.hpp"

#include "drift/golden.hpp"

using zeroskew::detail::kolmogorov_one_sample_sf;
using zeroskew::detail::kolmogorov_two_sample_sf;

TEST_CASE("the one-sample law agrees with scipy's kstwo", "[drift][kolmogorov]") {
  for (const auto& entry : drift_golden::load("kolmogorov")) {
    INFO(entry.dump());
    const double found = kolmogorov_one_sample_sf(entry[0], entry[1]);
    INFO(found);
    CHECK(drift_golden::close(found, entry[2]));
  }
}

TEST_CASE("the two-sample law counts every arrangement", "[drift][kolmogorov]") {
  // By brute force: all ways to choose which of n + m ordered values belong to the first side.
  for (const auto& [n, m] : {std::pair{3, 4}, std::pair{4, 4}, std::pair{2, 7}, std::pair{5, 6}}) {
    for (int gap = 1; gap <= n * m; ++gap) {
      int reached = 0;
      int all = 0;
      for (unsigned choice = 0; choice < 1U << (n + m); ++choice) {
        int first = 0;
        int second = 0;
        int largest = 0;
        for (int i = 0; i < n + m; ++i) {
          ((choice >> i & 1U) != 0 ? first : second) += 1;
          largest = std::max(largest, std::abs(first * m - second * n));
        }
        if (first != n) continue;
        ++all;
        reached += largest >= gap ? 1 : 0;
      }
      INFO(n << ' ' << m << ' ' << gap);
      CHECK(kolmogorov_two_sample_sf(n, m, gap) ==
            Approx(static_cast<double>(reached) / all).epsilon(1e-13).margin(1e-15));
    }
  }
}
