// Recording from many threads: no count is lost, sums are exact, snapshots never go back.
#include "zeroskew/monitor/recorder.hpp"

#include <atomic>
#include <bit>
#include <cmath>
#include <limits>
#include <string>
#include <thread>
#include <vector>

#include "support/catch.hpp"
#include "zeroskew/detail/hash.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/stats/exact_sum.hpp"

using namespace zeroskew;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

// Numbers of all magnitudes and both signs.
double odd_number(std::uint64_t i) {
  const std::uint64_t bits = detail::mix(i);
  const double x = std::bit_cast<double>(bits);
  return std::isfinite(x) ? x : std::ldexp(static_cast<double>(bits >> 12), -40);
}

std::uint64_t sum_of(const std::vector<std::uint64_t>& bins) {
  std::uint64_t sum = 0;
  for (const std::uint64_t bin : bins) sum += bin;
  return sum;
}

}  // namespace

TEST_CASE("eight threads lose no count while others look") {
  constexpr std::uint64_t per_thread = 60000;
  constexpr std::uint64_t threads = 8;
  Recorder recorder({{"x", {-1.0, 0.0, 1.0}, {}}, {"colour", {}, {"blue", "red"}}});
  std::atomic<bool> done{false};
  std::uint64_t seen = 0;
  bool shrank = false;
  std::thread looker([&] {
    while (!done.load()) {
      const std::vector<RecordedCounts> now = recorder.snapshot();
      const std::uint64_t total = now[0].total() + now[1].total();
      shrank = shrank || total < seen;
      seen = total;
    }
  });
  std::vector<std::thread> pool;
  for (std::uint64_t t = 0; t < threads; ++t) {
    pool.emplace_back([&recorder, t] {
      Recorder::Writer writer = recorder.writer();
      for (std::uint64_t i = t * per_thread; i < (t + 1) * per_thread; ++i) {
        if (i % 10 == 0)
          writer.number(0, not_a_number);
        else if (i % 10 == 1)
          writer.missing(0);
        else
          writer.number(0, odd_number(i));
        writer.label(1, i % 3 == 0 ? "red" : i % 3 == 1 ? "blue" : "mauve");
      }
    });
  }
  for (std::thread& thread : pool) thread.join();
  done = true;
  looker.join();
  CHECK_FALSE(shrank);

  constexpr std::uint64_t n = threads * per_thread;
  std::vector<std::uint64_t> bins(4);
  ExactSum sum;
  for (std::uint64_t i = 0; i < n; ++i) {
    if (i % 10 < 2) continue;
    const double x = odd_number(i);
    sum.add(x);
    ++bins[x < -1.0 ? 0 : x < 0.0 ? 1 : x < 1.0 ? 2 : 3];
  }
  const std::vector<RecordedCounts> counts = recorder.snapshot();
  CHECK(counts[0].settled);
  CHECK(counts[0].bins == bins);
  CHECK(counts[0].nan == n / 10);
  CHECK(counts[0].missing == n / 10);
  CHECK(counts[0].sum == sum.value());
  CHECK(counts[1].bins == std::vector<std::uint64_t>{n / 3, n / 3, n / 3});
}

TEST_CASE("sums stay exact past the carries, and below zero") {
  Recorder recorder({{"x", {0.0}, {}}});
  Recorder::Writer writer = recorder.writer();
  constexpr std::uint64_t n = (std::uint64_t{1} << 21) + 12345;
  for (std::uint64_t i = 0; i < n; ++i) writer.number(0, -0.1);
  ExactSum sum;
  sum.add(-0.1, n);
  CHECK(recorder.snapshot()[0].sum == sum.value());
  for (std::uint64_t i = 0; i < n; ++i) writer.number(0, 0.1);
  CHECK(recorder.snapshot()[0].sum == 0.0);
  const double most = std::numeric_limits<double>::max();
  const double least = std::numeric_limits<double>::denorm_min();
  for (const double x : {most, most, -most, -most, least}) writer.number(0, x);
  CHECK(recorder.snapshot()[0].sum == least);
  writer.number(0, infinity);
  writer.number(0, -infinity);
  const RecordedCounts counts = recorder.snapshot()[0];
  CHECK(counts.positive_infinity == 1);
  CHECK(counts.negative_infinity == 1);
  CHECK(counts.total() == sum_of(counts.bins) + 2);
}

TEST_CASE("a writer that goes leaves its counts and its slot") {
  Recorder recorder({{"x", {0.0}, {}}});
  for (int i = 0; i < 10; ++i) {
    Recorder::Writer writer = recorder.writer();
    Recorder::Writer moved = std::move(writer);
    moved.number(0, 1.0);
  }
  CHECK(recorder.snapshot()[0].bins == std::vector<std::uint64_t>{0, 10});
}

TEST_CASE("what is recorded compares with the reference it was binned by") {
  std::vector<double> discrete;
  for (std::uint64_t i = 0; i < 5000; ++i) {
    discrete.push_back(static_cast<double>(detail::mix(i) % 7) - 3.0);
  }
  const Distribution reference = Distribution::of_values(discrete);
  const RecordedFeature feature = RecordedFeature::of("d", reference);
  Recorder recorder({feature});
  Recorder::Writer writer = recorder.writer();
  for (const double x : discrete) writer.number(0, x);
  CHECK(distribution_of(feature, recorder.snapshot()[0]).cells == reference.cells);
  writer.number(0, 0.5);  // no value of the reference: a cell of its own
  CHECK(distribution_of(feature, recorder.snapshot()[0]).cells.size() ==
        reference.cells.size() + 1);

  std::vector<double> continuous;
  for (std::uint64_t i = 0; i < 6400; ++i) {
    continuous.push_back(static_cast<double>(detail::mix(i) >> 11) * 0x1p-53);
  }
  const RecordedFeature binned = RecordedFeature::of("c", Distribution::of_values(continuous));
  Recorder second({binned});
  Recorder::Writer other = second.writer();
  for (const double x : continuous) other.number(0, x);
  const RecordedCounts counts = second.snapshot()[0];
  CHECK(counts.bins.size() == 66);
  CHECK(counts.bins.front() == 0);
  CHECK(counts.bins.back() == 0);
  for (std::size_t i = 1; i + 1 < counts.bins.size(); ++i) CHECK(counts.bins[i] == 100);

  const std::vector<std::pair<std::string, double>> labelled{{"b", 60}, {"a", 40}};
  const RecordedFeature named = RecordedFeature::of("n", Distribution::of_counts(labelled));
  Recorder third({named});
  Recorder::Writer last = third.writer();
  for (const char* name : {"a", "b", "b", "c"}) last.label(0, name);
  last.missing(0);
  const Distribution now = distribution_of(named, third.snapshot()[0]);
  CHECK(now.labels == std::vector<Label>{{"a", 1, 1, 1}, {"b", 2, 2, 2}});
  CHECK(now.unnamed == 1.0);
  CHECK(now.missing == 1.0);
}

TEST_CASE("a recorder refuses bins that make no sense") {
  const auto refused = [](RecordedFeature feature) {
    try {
      Recorder recorder({feature});
    } catch (const Error& error) {
      return error.id() == "monitor.recorder" && error.where() == feature.name;
    }
    return false;
  };
  CHECK(refused({"none", {}, {}}));
  CHECK(refused({"falling", {1.0, 0.0}, {}}));
  CHECK(refused({"twice", {1.0, 1.0}, {}}));
  CHECK(refused({"nan", {not_a_number}, {}}));
  CHECK(refused({"unsorted", {}, {"b", "a"}}));
}

TEST_CASE("a column is recorded as its cells are") {
  const double numbers[] = {0.5, not_a_number, -2.0, 7.0};
  const std::uint8_t valid = 0b1011;
  ColumnView column;
  column.type.kind = Kind::floating;
  column.layout = Layout::float64;
  column.length = 4;
  column.values = numbers;
  column.validity = &valid;
  Recorder recorder({{"x", {0.0, 1.0}, {}}, {"s", {}, {"a", "b"}}});
  Recorder::Writer writer = recorder.writer();
  writer.column(0, column);
  RecordedCounts counts = recorder.snapshot()[0];
  CHECK(counts.bins == std::vector<std::uint64_t>{0, 1, 1});
  CHECK(counts.nan == 1);
  CHECK(counts.missing == 1);
  CHECK(counts.sum == 7.5);
  CHECK_THROWS_AS(writer.column(1, column), Error);

  const std::int32_t offsets[] = {0, 1, 2, 2, 4};
  ColumnView text = column;
  text.type.kind = Kind::string;
  text.layout = Layout::binary32;
  text.values = "abcd";
  text.offsets = offsets;
  writer.column(1, text);
  CHECK_THROWS_AS(writer.column(0, text), Error);
  counts = recorder.snapshot()[1];
  CHECK(counts.bins == std::vector<std::uint64_t>{1, 1, 1});
  CHECK(counts.missing == 1);
  CHECK(recorder.snapshot()[0].total() == 4);
}
