// Profiles of pieces add up to the profile of the whole, to the last bit, in any order.

#include <array>
#include <iostream>
#include <zeroskew/zeroskew.hpp>

int main() {
  zeroskew::Type number, text;
  number.kind = zeroskew::Kind::floating;
  text.kind = zeroskew::Kind::string;
  zeroskew::RowBuilder rows({{"fare", number, {}}, {"zone", text, {}}});
  using Row = std::array<zeroskew::Value, 2>;

  rows.append(Row{3.5, "north"});
  rows.append(Row{12.25, "south"});
  const zeroskew::Profile morning = zeroskew::profile(rows.finish());
  rows.append(Row{0.1, "north"});
  rows.append(Row{zeroskew::Value{}, "east"});
  const zeroskew::Profile evening = zeroskew::profile(rows.finish());

  const zeroskew::Profile day = morning + evening;
  const zeroskew::ColumnProfile& fare = day.column("fare");
  std::cout << day.rows() << " rows, " << fare.missing() << " fare missing, mean " << fare.mean()
            << '\n'
            << (day.digest() == (evening + morning).digest() ? "one digest" : "two digests")
            << " in either order\n";
}
