#include "zeroskew/monitor/sequential_ks.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "zeroskew/detail/math.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/monitor/state.hpp"

namespace zeroskew {

namespace {

[[noreturn]] void refuse_reference(std::string_view why) {
  fail_value("monitor.reference", "SequentialKS", why);
}

}  // namespace

SequentialKS::SequentialKS(const Parameters& parameters)
    : parameters_(parameters), edge_{0.0}, cdf_{0.5}, counts_(2, 0) {
  detail::check_parameters(name, parameters);
}

SequentialKS SequentialKS::sampled(std::vector<double> values, const Parameters& parameters) {
  SequentialKS result(parameters);
  std::erase_if(values, [](double x) { return x != x; });
  if (values.empty()) refuse_reference("the reference sample is empty");
  std::sort(values.begin(), values.end());
  const std::size_t n = values.size();
  const std::size_t most = std::min<std::size_t>(n, static_cast<std::size_t>(parameters.max_edges));
  result.rows_ = static_cast<double>(n);
  result.edge_.clear();
  result.cdf_.clear();
  for (std::size_t i = 0; i < most; ++i) {
    const double edge = values[i * n / most + n / (2 * most)];
    if (!result.edge_.empty() && result.edge_.back() == edge) continue;
    const auto below = std::upper_bound(values.begin(), values.end(), edge) - values.begin();
    result.edge_.push_back(edge);
    result.cdf_.push_back(static_cast<double>(below) / result.rows_);
  }
  result.counts_.assign(result.edge_.size() + 1, 0);
  return result;
}

SequentialKS SequentialKS::against(const Distribution& reference, const Parameters& parameters) {
  SequentialKS result(parameters);
  const double rows = reference.total();
  if (reference.kind == Distribution::Kind::labels || !(rows > 0.0)) {
    refuse_reference("the reference must have numbers");
  }
  constexpr double infinity = std::numeric_limits<double>::infinity();
  std::vector<Cell> cells{{-infinity, -infinity, reference.negative_infinity}};
  cells.insert(cells.end(), reference.cells.begin(), reference.cells.end());
  cells.push_back({infinity, infinity, reference.positive_infinity});
  result.rows_ = rows;
  result.edge_.clear();
  result.cdf_.clear();
  // As `sampled` does: an edge where the next of `most` evenly spread ranks falls. The share of
  // values up to the end of a cell is certain; nothing is said about its inside.
  const double most = std::min(std::floor(rows), static_cast<double>(parameters.max_edges));
  double below = 0.0;
  double i = 0.0;
  for (const Cell& cell : cells) {
    below += cell.mass;
    const auto rank = [&] { return std::floor(i * rows / most) + std::floor(rows / (2.0 * most)); };
    if (i >= most || below <= rank()) continue;
    result.edge_.push_back(cell.lo == cell.hi ? cell.hi : std::nextafter(cell.hi, -infinity));
    result.cdf_.push_back(below / rows);
    while (i < most && below > rank()) i += 1.0;
  }
  result.counts_.assign(result.edge_.size() + 1, 0);
  return result;
}

SequentialKS SequentialKS::known(std::vector<double> edges, std::vector<double> cdf,
                                 const Parameters& parameters) {
  SequentialKS result(parameters);
  if (edges.empty() || edges.size() != cdf.size()) {
    refuse_reference("there must be a value of the distribution function for each edge");
  }
  for (std::size_t i = 0; i < edges.size(); ++i) {
    const bool ascending = i == 0 || (edges[i - 1] < edges[i] && cdf[i - 1] <= cdf[i]);
    if (!ascending || !(cdf[i] >= 0.0 && cdf[i] <= 1.0)) {
      refuse_reference("edges and shares must ascend, shares from 0 to 1");
    }
  }
  result.edge_ = std::move(edges);
  result.cdf_ = std::move(cdf);
  result.counts_.assign(result.edge_.size() + 1, 0);
  return result;
}

bool SequentialKS::update(double x) noexcept {
  if (!admit(x == x)) return drifted_;
  const auto at = std::lower_bound(edge_.begin(), edge_.end(), x) - edge_.begin();
  ++counts_[static_cast<std::size_t>(at)];
  n_ += 1.0;
  return look();
}

bool SequentialKS::look() noexcept {
  if (drifted_ || n_ < quiet_ || n_ < static_cast<double>(parameters_.min_count)) return drifted_;
  const double gap = threshold() - statistic();
  if (gap <= 0.0) return say(true);
  // n times the distance grows by at most 1 a value, and n times the bound never shrinks.
  quiet_ = n_ + std::floor(n_ * gap);
  return say(false);
}

SequentialKS& SequentialKS::operator+=(const SequentialKS& other) {
  if (edge_ != other.edge_ || cdf_ != other.cdf_ || rows_ != other.rows_ ||
      parameters_ != other.parameters_) {
    refuse_reference("only streams against the same reference can be pooled");
  }
  for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
  count_ += other.count_;
  ignored_ += other.ignored_;
  n_ += other.n_;
  quiet_ = 0.0;
  drifted_ = false;
  look();
  return *this;
}

void SequentialKS::reset() noexcept {
  static_cast<Signal&>(*this) = Signal();
  std::fill(counts_.begin(), counts_.end(), 0);
  n_ = quiet_ = 0.0;
}

double SequentialKS::statistic() const noexcept {
  if (n_ == 0.0) return 0.0;
  double largest = 0.0;
  std::uint64_t below = 0;
  for (std::size_t i = 0; i < edge_.size(); ++i) {
    below += counts_[i];
    largest = std::max(largest, std::fabs(static_cast<double>(below) / n_ - cdf_[i]));
  }
  return largest;
}

double SequentialKS::bound(double alpha) const noexcept {
  const double own = rows_ == 0.0 ? alpha : 0.5 * alpha;
  const double ratio = n_ / static_cast<double>(parameters_.min_count);
  const double iterated = detail::math::log1p(detail::math::log(std::max(1.0, ratio)));
  const double stream =
      0.85 * std::sqrt((iterated + 0.8 * detail::math::log(1612.0 / own)) / std::max(1.0, n_));
  if (rows_ == 0.0) return stream;
  return stream + std::sqrt(detail::math::log(4.0 / alpha) / (2.0 * rows_));
}

double SequentialKS::pvalue() const noexcept {
  const double distance = statistic();
  if (n_ < static_cast<double>(parameters_.min_count) || bound(1.0) >= distance) return 1.0;
  // The bound falls as the level rises: halve the exponent's bracket.
  double lo = -690.0;
  double hi = 0.0;
  for (int i = 0; i < 60; ++i) {
    const double middle = 0.5 * (lo + hi);
    (bound(detail::math::exp(middle)) > distance ? lo : hi) = middle;
  }
  return detail::math::exp(hi);
}

double SequentialKS::evalue() const noexcept {
  return 0.5 / std::sqrt(pvalue());
}

bool SequentialKS::consistent() const {
  return !edge_.empty() && cdf_.size() == edge_.size() && counts_.size() == edge_.size() + 1 &&
         std::is_sorted(edge_.begin(), edge_.end()) && n_ >= 0.0 && rows_ >= 0.0;
}

std::vector<std::uint8_t> SequentialKS::write() const {
  return detail::write_state(*this);
}
SequentialKS SequentialKS::read(std::span<const std::uint8_t> bytes) {
  return detail::read_state<SequentialKS>(bytes);
}

}  // namespace zeroskew
