#include "drift/contributors.hpp"

#include <algorithm>
#include <cmath>

#include "drift/aligned.hpp"

namespace zeroskew::detail {
namespace {

void keep_largest(std::vector<Contributor>& list, std::size_t most) {
  std::stable_sort(list.begin(), list.end(), [](const Contributor& a, const Contributor& b) {
    return std::fabs(a.change()) > std::fabs(b.change());
  });
  if (list.size() > most) list.resize(most);
}

}  // namespace

std::vector<Contributor> contributors(const Distribution& reference, const Distribution& current,
                                      std::size_t most) {
  const Aligned aligned = align(reference, current, 10);
  if (!aligned.reason.empty()) return {};
  std::vector<Contributor> list;
  for (const Category& category : aligned.categories) {
    if (category.role == Category::Role::bounds) continue;
    const Contributor one{category.name, category.a.value / aligned.n,
                          category.b.value / aligned.m};
    if (one.change() != 0.0) list.push_back(one);
  }
  keep_largest(list, most);
  return list;
}

std::vector<Contributor> new_categories(const Distribution& reference, const Distribution& current,
                                        std::size_t most) {
  std::vector<Contributor> list;
  if (reference.kind != Distribution::Kind::labels || !reference.exact) return list;
  const double total = current.total();
  for (const Label& label : current.labels) {
    const auto found = std::lower_bound(
        reference.labels.begin(), reference.labels.end(), label.name,
        [](const Label& known, const std::string& name) { return known.name < name; });
    const bool known = found != reference.labels.end() && found->name == label.name;
    if (!known && label.mass > 0.0) list.push_back({label.name, 0.0, label.mass / total});
  }
  keep_largest(list, most);
  return list;
}

}  // namespace zeroskew::detail
