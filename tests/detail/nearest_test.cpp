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
  CHECK(edit_distance("kitten", "sitting") == 3);
  CHECK(edit_distance("", "abc") == 3);
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
    CHECK(edit_distance(a, b) == edit_distance(b, a));
    CHECK((edit_distance(a, b) == 0) == (a == b));
    CHECK(edit_distance(a, b) <= std::max(a.size(), b.size()));
  }
}

TEST_CASE("the nearest name is suggested, if it is near") {
  const std::vector<std::string> names = {"mean", "median", "mode", "constant"};
  CHECK(suggestion("medain", names) == "; did you mean 'median'?");
  CHECK(suggestion("cnostant", names) == "; did you mean 'constant'?");
  CHECK(suggestion("men", names) == "; did you mean 'mean'?");
  CHECK(suggestion("quantile", names).empty());
}

TEST_CASE("a far name, or a hostile one, is not suggested") {
  const std::vector<std::string> names = {"fare", "tip", "distance", std::string(5000, 'x')};
  CHECK(suggestion("fair", names) == "; did you mean 'fare'?");
  CHECK(suggestion("distnace", names) == "; did you mean 'distance'?");
  CHECK(suggestion("payment_type", names).empty());
  CHECK(suggestion("fare", std::vector<std::string>{}).empty());
  CHECK(suggestion(std::string(5000, 'x'), names).empty());
}
