#include "zeroskew/detail/nearest.hpp"

#include "support/catch.hpp"
#include "support/generate.hpp"

using zeroskew::detail::edit_distance;
using zeroskew::detail::suggestion;

namespace {

// By its definition, without a table: a case for words of a few letters.
std::size_t by_definition(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return a.size() + b.size();
  const auto less = [](std::string_view s, std::size_t n) { return s.substr(0, s.size() - n); };
  std::size_t best = std::min({by_definition(less(a, 1), b) + 1, by_definition(a, less(b, 1)) + 1,
                               by_definition(less(a, 1), less(b, 1)) + (a.back() != b.back())});
  if (a.size() > 1 && b.size() > 1 && a.back() == b[b.size() - 2] && b.back() == a[a.size() - 2]) {
    best = std::min(best, by_definition(less(a, 2), less(b, 2)) + 1);
  }
  return best;
}

}  // namespace

TEST_CASE("the distance of two words is that of its definition") {
  zeroskew::test::Generator generate(1);
  const auto word = [&] {
    std::string text(generate.below(6), ' ');
    for (char& c : text) c = static_cast<char>('a' + generate.below(3));
    return text;
  };
  for (int i = 0; i < 500; ++i) {
    const std::string a = word();
    const std::string b = word();
    INFO(a << " and " << b);
    CHECK(edit_distance(a, b) == by_definition(a, b));
  }
}

TEST_CASE("the nearest name is suggested, if it is near") {
  const std::vector<std::string> names = {"mean", "median", "mode", "constant"};
  CHECK(suggestion("medain", names) == "; did you mean 'median'?");
  CHECK(suggestion("cnostant", names) == "; did you mean 'constant'?");
  CHECK(suggestion("men", names) == "; did you mean 'mean'?");
  CHECK(suggestion("quantile", names).empty());
}
