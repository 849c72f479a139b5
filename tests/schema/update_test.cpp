// An updated schema accepts the data, whatever the schema said and whatever the data is.
#include <chrono>
#include <cstdint>
#include <limits>
#include <random>
#include <string>

#include "schema/convert.hpp"
#include "schema/data.hpp"
#include "schema/random_tree.hpp"
#include "support/catch.hpp"

using namespace zeroskew;

namespace {

class RandomData {
 public:
  explicit RandomData(std::uint64_t seed) : engine_(seed) {}

  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(engine_() % bound); }

  Profile profile() {
    // Names that random schemas also have, so that many columns meet a feature.
    static const char* const names[] = {"", "a", "fare", ".", "(x)", "aa", "0", "#", "new"};
    std::vector<ColumnBuilder> columns;
    const std::size_t rows = 1 + below(6);
    for (const char* name : names) {
      if (below(3) == 0) continue;
      ColumnBuilder builder(field(name, 0));
      for (std::size_t i = 0; i < rows; ++i) cell(builder);
      columns.push_back(std::move(builder));
    }
    return zeroskew::profile(make_batch(std::move(columns)));
  }

 private:
  Field field(const std::string& name, int depth) {
    static constexpr Kind kinds[] = {Kind::boolean, Kind::integer, Kind::floating,
                                     Kind::string,  Kind::bytes,   Kind::date,
                                     Kind::null,    Kind::list,    Kind::structure};
    Field result;
    result.name = name;
    result.type.kind = kinds[below(depth < 2 ? 9 : 6)];
    if (result.type.kind == Kind::date) result.type.unit = TimeUnit::day;
    if (result.type.kind == Kind::list) result.children = {field("item", depth + 1)};
    if (result.type.kind == Kind::structure) {
      result.children = {field("a", depth + 1), field("fare", depth + 1)};
    }
    return result;
  }

  void cell(ColumnBuilder& builder) {
    const Kind kind = builder.field().type.kind;
    if (kind == Kind::null || below(6) == 0) return builder.append_null();
    if (kind == Kind::boolean) return builder.append(below(2) == 0);
    if (kind == Kind::integer || kind == Kind::date) return builder.append(integer());
    if (kind == Kind::floating) return builder.append(real());
    if (kind == Kind::string || kind == Kind::bytes) return builder.append(text());
    if (kind == Kind::list) {
      const std::size_t count = below(4);
      for (std::size_t i = 0; i < count; ++i) cell(builder.child(0));
      return builder.append_list(static_cast<std::int64_t>(count));
    }
    for (std::size_t i = 0; i < builder.field().children.size(); ++i) cell(builder.child(i));
    builder.append_structure();
  }

  std::int64_t integer() {
    const auto bits = static_cast<std::int64_t>(engine_());
    return below(2) == 0 ? static_cast<std::int64_t>(below(3)) : bits >> below(64);
  }
  double real() {
    static constexpr double odd[] = {0.0, 1.0, 0.5, -3.25, 1e300, -1e300};
    const std::size_t pick = below(9);
    if (pick == 6) return std::numeric_limits<double>::quiet_NaN();
    if (pick == 7) return std::numeric_limits<double>::infinity();
    return pick == 8 ? -std::numeric_limits<double>::infinity() : odd[pick];
  }
  std::string_view text() {
    static constexpr std::string_view words[] = {"", "a", "fare", "true", "0", "-7", "1.5", "\xff"};
    return words[below(below(4) == 0 ? 8 : 7)];
  }

  std::mt19937_64 engine_;
};

}  // namespace

TEST_CASE("an inferred schema accepts its data") {
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    INFO("seed " << seed);
    const Profile profile = RandomData(seed).profile();
    for (const bool infer_shape : {false, true}) {
      const Schema schema = infer_schema(profile, {2, infer_shape});
      const Anomalies anomalies = validate(profile, schema);
      INFO(anomalies.to_json());
      CHECK(anomalies.empty());
      CHECK((update_schema(schema, profile) == schema));
      CHECK((Schema::from_text(schema.to_text()) == schema));
    }
  }
}

TEST_CASE("an updated schema accepts the data: any schema, any data") {
  std::size_t repaired = 0;
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    INFO("seed " << seed);
    const Profile profile = RandomData(seed).profile();
    const Profile control = RandomData(seed + 5000).profile();
    const Schema schema = detail::schema_from_tree(
        zeroskew_test::RandomTree(seed).message("tensorflow.metadata.v0.Schema"));
    if (profile.rows() == 0) continue;
    const Anomalies before = validate(profile, schema);
    repaired += before.size();
    const Schema updated = update_schema(schema, profile);
    const Anomalies after = validate(profile, updated);
    INFO((before.empty() ? "" : before[0].message));
    INFO((after.empty() ? "" : to_string(after[0].path) + ": " + after[0].message));
    REQUIRE(after.empty());
    CHECK((Schema::from_text(updated.to_text()) == updated));
    CHECK((update_schema(updated, profile) == updated));
    // With something to compare with: the fixes, one by one.
    const Controls<Profile> controls{&control, &control, &control};
    CHECK(zeroskew_test::fixes_hold(profile, updated, {}, controls));
  }
  CHECK(repaired > 5000);
}

TEST_CASE("a thousand columns are inferred and validated in a moment") {
  std::string lines;
  for (int row = 0; row < 50; ++row) {
    lines += "{";
    for (int i = 0; i < 1000; ++i) {
      lines += (i == 0 ? "" : ", ") + ("\"c" + std::to_string(i)) + "\": ";
      const int value = (row * 37 + i) % 41;
      lines += i % 3 == 0   ? std::to_string(value)
               : i % 3 == 1 ? std::to_string(value) + ".25"
                            : "\"v" + std::to_string(value) + "\"";
    }
    lines += "}\n";
  }
  const Profile profile = zeroskew_test::profile_of(lines);
  using Clock = std::chrono::steady_clock;
  const auto seconds = [](Clock::time_point since) {
    return std::chrono::duration<double>(Clock::now() - since).count();
  };
  const auto start = Clock::now();
  const Schema schema = infer_schema(profile);
  const double inferring = seconds(start);
  const auto middle = Clock::now();
  const Anomalies anomalies = validate(profile, schema);
  const double validating = seconds(middle);
  CHECK(anomalies.empty());
  CHECK(schema.features.size() == 1000);
  // Generous: sanitizers and busy machines are slow. 20 ms is the aim of a release build.
  CHECK(inferring < 2.0);
  CHECK(validating < 2.0);
  WARN("1,000 columns: inferred in " << inferring * 1e3 << " ms, validated in " << validating * 1e3
                                     << " ms");
}
