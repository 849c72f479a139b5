#pragma once
// What an update adds beside the columns, found before anything of the profile changes.

#include <optional>
#include <string>
#include <vector>

#include "stats/partition.hpp"
#include "zeroskew/stats/profile.hpp"

namespace zeroskew {

struct Profile::Pending {
  // Whether strings are hidden: then those that come later are, too.
  [[nodiscard]] static bool hides_names(const Profile& profile);

  bool extras = false;  // whether there is anything to add
  Request request;
  std::vector<double> weights;  // one a row
  std::vector<RowSlice> slices;
};

}  // namespace zeroskew
