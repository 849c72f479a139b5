#include "zeroskew/schema/anomaly.hpp"

#include <set>
#include <string>

#include "support/catch.hpp"

using namespace zeroskew;

TEST_CASE("anomaly types have their published numbers") {
  std::set<std::string_view> names;
  for (std::int32_t number = 0; number < kAnomalyTypeCount; ++number) {
    const auto type = static_cast<AnomalyType>(number);
    names.insert(to_string(type));
    CHECK(anomaly_type(to_string(type)) == type);
  }
  CHECK(names.size() == 89);
  CHECK(static_cast<int>(AnomalyType::enum_type_unexpected_string_values) == 14);
  CHECK(static_cast<int>(AnomalyType::schema_missing_column) == 35);
  CHECK(static_cast<int>(AnomalyType::schema_new_column) == 36);
  CHECK(static_cast<int>(AnomalyType::comparator_l_infty_high) == 42);
  CHECK(static_cast<int>(AnomalyType::unexpected_data_type) == 70);
  CHECK(static_cast<int>(AnomalyType::bool_type_invalid_config) == 88);
  CHECK(to_string(AnomalyType::comparator_l_infty_high) == "COMPARATOR_L_INFTY_HIGH");
  CHECK_FALSE(anomaly_type("NO_SUCH_TYPE").has_value());
  CHECK(to_string(Severity::error) == "ERROR");
}
