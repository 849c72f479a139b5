// When gathering rows pays: a scorer whose cost is to read its weights, asked by callers one by one
// and in batches; and a call that costs next to nothing, as a transform does.

#include <benchmark/benchmark.h>

#include <Eigen/Dense>
#include <cmath>

#include <zeroskew/policy/batcher.hpp>

namespace {

using zeroskew::Batcher;
using Scores = Batcher<Eigen::VectorXf, float>;

constexpr int inputs = 256;
constexpr int hidden = 2048;

// Two hidden layers: 18 MB of weights.
struct Scorer {
  Eigen::MatrixXf first = Eigen::MatrixXf::Random(hidden, inputs) / inputs;
  Eigen::MatrixXf second = Eigen::MatrixXf::Random(hidden, hidden) / hidden;
  Eigen::RowVectorXf last = Eigen::RowVectorXf::Random(hidden);

  [[nodiscard]] Eigen::RowVectorXf score(const Eigen::MatrixXf& rows) const {
    const Eigen::MatrixXf one = (first * rows).cwiseMax(0.0F);
    const Eigen::MatrixXf two = (second * one).cwiseMax(0.0F);
    return last * two;
  }
};

const Scorer& scorer() {
  static const Scorer made;
  return made;
}

void score_rows(std::span<Eigen::VectorXf> rows, std::span<Scores::Outcome> outcomes) {
  Eigen::MatrixXf all(inputs, static_cast<Eigen::Index>(rows.size()));
  for (std::size_t i = 0; i < rows.size(); ++i) all.col(static_cast<Eigen::Index>(i)) = rows[i];
  const Eigen::RowVectorXf scores = scorer().score(all);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    outcomes[i].answer = scores[static_cast<Eigen::Index>(i)];
  }
}

// Sixteen callers, each with one row at a time.
constexpr int callers = 16;

void score_alone(benchmark::State& state) {
  const Eigen::VectorXf row = Eigen::VectorXf::Random(inputs);
  for (auto _ : state) benchmark::DoNotOptimize(scorer().score(row)[0]);
}
BENCHMARK(score_alone)->Threads(callers)->UseRealTime();

void score_in_batches(benchmark::State& state) {
  static Scores batcher(score_rows, {.rows = callers});
  const Eigen::VectorXf row = Eigen::VectorXf::Random(inputs);
  for (auto _ : state) benchmark::DoNotOptimize(batcher.submit(row).get());
}
BENCHMARK(score_in_batches)->Threads(callers)->UseRealTime();

// What the gathering itself costs.
void nothing_in_batches(benchmark::State& state) {
  using Nothing = Batcher<int, int>;
  static Nothing batcher(
      [](std::span<int> rows, std::span<Nothing::Outcome> outcomes) {
        for (std::size_t i = 0; i < rows.size(); ++i) outcomes[i].answer = rows[i];
      },
      {.rows = callers});
  for (auto _ : state) benchmark::DoNotOptimize(batcher.submit(1).get());
}
BENCHMARK(nothing_in_batches)->Threads(callers)->UseRealTime();

}  // namespace
