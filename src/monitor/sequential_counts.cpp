#include "zeroskew/monitor/sequential_counts.hpp"

#include <algorithm>

#include "zeroskew/detail/math.hpp"
#include "zeroskew/detail/special.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/monitor/state.hpp"

namespace zeroskew {

namespace {

[[noreturn]] void fail_reference(std::string_view why) {
  fail_value("monitor.reference", "SequentialCounts", why);
}

// (m + 1) log(m + 1) - m log m.
double entropy_step(double m) noexcept {
  return m == 0.0 ? 0.0 : detail::math::log(m + 1.0) + m * detail::math::log1p(1.0 / m);
}

double entropy(double m) noexcept {
  return m == 0.0 ? 0.0 : m * detail::math::log(m);
}

}  // namespace

SequentialCounts::SequentialCounts(const Parameters& parameters)
    : parameters_(parameters), reference_{0.5, 0.5}, counts_(2, 0) {
  detail::check_parameters(name, parameters);
  log_alpha_ = -detail::math::log(parameters.alpha);
}

SequentialCounts SequentialCounts::known(std::vector<double> shares, const Parameters& parameters) {
  SequentialCounts result(parameters);
  double sum = 0.0;
  for (const double share : shares) {
    if (!(share > 0.0 && detail::is_finite(share))) {
      fail_reference("known shares must be positive; give the counts of a sample if some are 0");
    }
    sum += share;
  }
  if (shares.size() < 2) fail_reference("there must be two or more categories");
  for (double& share : shares) share /= sum;
  result.reference_ = std::move(shares);
  result.counts_.assign(result.reference_.size(), 0);
  return result;
}

SequentialCounts SequentialCounts::sampled(std::vector<std::uint64_t> counts,
                                           const Parameters& parameters) {
  SequentialCounts result(parameters);
  if (counts.size() < 2) fail_reference("there must be two or more categories");
  result.sampled_ = true;
  result.size_ = 0.0;
  result.reference_.clear();
  for (const std::uint64_t count : counts) {
    result.reference_.push_back(static_cast<double>(count));
    result.size_ += static_cast<double>(count);
  }
  if (result.size_ == 0.0) fail_reference("the reference sample is empty");
  result.counts_.assign(counts.size(), 0);
  result.reset();
  return result;
}

SequentialCounts SequentialCounts::against(const Distribution& reference,
                                           const Parameters& parameters) {
  if (reference.kind != Distribution::Kind::labels || reference.labels.empty()) {
    fail_reference("the reference must have labelled counts");
  }
  std::vector<std::uint64_t> counts;
  std::vector<std::string> labels;
  for (const Label& label : reference.labels) {
    counts.push_back(static_cast<std::uint64_t>(label.mass + 0.5));
    labels.push_back(label.name);
  }
  counts.push_back(static_cast<std::uint64_t>(reference.unnamed + 0.5));
  SequentialCounts result = sampled(std::move(counts), parameters);
  result.labels_ = std::move(labels);
  return result;
}

double SequentialCounts::prior(std::size_t category) const noexcept {
  const auto k = static_cast<double>(reference_.size());
  return sampled_ ? 0.5 : parameters_.concentration * k * reference_[category];
}

double SequentialCounts::prior_total() const noexcept {
  const auto k = static_cast<double>(reference_.size());
  return sampled_ ? 0.5 * k : parameters_.concentration * k;
}

bool SequentialCounts::update(std::uint64_t category) noexcept {
  if (!admit(category < reference_.size())) return drifted_;
  const auto j = static_cast<std::size_t>(category);
  const auto have = static_cast<double>(counts_[j]);
  const double predicted = (prior(j) + have) / (prior_total() + n_);
  if (sampled_) {
    log_evalue_ += detail::math::log(predicted) -
                   (entropy_step(reference_[j] + have) - entropy_step(size_ + n_));
  } else {
    log_evalue_ += detail::math::log(predicted / reference_[j]);
  }
  ++counts_[j];
  n_ += 1.0;
  return look();
}

bool SequentialCounts::update(std::string_view label) noexcept {
  const auto found = std::lower_bound(labels_.begin(), labels_.end(), label);
  const bool known = found != labels_.end() && *found == label;
  return update(known ? static_cast<std::uint64_t>(found - labels_.begin())
                      : static_cast<std::uint64_t>(labels_.size()));
}

bool SequentialCounts::update(std::span<const std::uint64_t> counts) {
  if (counts.size() != counts_.size()) fail_reference("there must be a count for each category");
  for (std::size_t j = 0; j < counts.size(); ++j) {
    counts_[j] += counts[j];
    n_ += static_cast<double>(counts[j]);
    count_ += counts[j];
  }
  log_evalue_ = log_closed_form();
  return look();
}

SequentialCounts& SequentialCounts::operator+=(const SequentialCounts& other) {
  if (reference_ != other.reference_ || sampled_ != other.sampled_ || labels_ != other.labels_ ||
      parameters_ != other.parameters_) {
    fail_reference("only streams against the same reference can be pooled");
  }
  ignored_ += other.ignored_;
  log_best_ = 0.0;
  update(std::span<const std::uint64_t>(other.counts_));
  return *this;
}

void SequentialCounts::reset() noexcept {
  static_cast<Signal&>(*this) = Signal();
  std::fill(counts_.begin(), counts_.end(), 0);
  n_ = log_best_ = 0.0;
  log_evalue_ = log_start();
}

bool SequentialCounts::look() noexcept {
  log_best_ = std::max(log_best_, log_evalue_);
  return say(log_best_ >= log_alpha_);
}

// The reference's own part: its Dirichlet mixture over its largest likelihood.
double SequentialCounts::log_start() const noexcept {
  if (!sampled_) return 0.0;
  const double total = prior_total();
  double sum =
      detail::math::log_gamma(total) - detail::math::log_gamma(total + size_) + entropy(size_);
  for (std::size_t j = 0; j < reference_.size(); ++j) {
    sum += detail::math::log_gamma(0.5 + reference_[j]) - detail::math::log_gamma(0.5) -
           entropy(reference_[j]);
  }
  return sum;
}

double SequentialCounts::log_closed_form() const noexcept {
  const double total = prior_total();
  double sum = log_start() + detail::math::log_gamma(total) - detail::math::log_gamma(total + n_);
  if (sampled_) sum += entropy(size_ + n_) - entropy(size_);
  for (std::size_t j = 0; j < reference_.size(); ++j) {
    const auto have = static_cast<double>(counts_[j]);
    sum += detail::math::log_gamma(prior(j) + have) - detail::math::log_gamma(prior(j));
    sum -= sampled_ ? entropy(reference_[j] + have) - entropy(reference_[j])
                    : have * detail::math::log(reference_[j]);
  }
  return sum;
}

bool SequentialCounts::consistent() const {
  return reference_.size() >= 2 && counts_.size() == reference_.size() && n_ >= 0.0 &&
         (labels_.empty() || labels_.size() + 1 == reference_.size()) &&
         std::is_sorted(labels_.begin(), labels_.end()) &&
         std::all_of(reference_.begin(), reference_.end(),
                     [](double x) { return x >= 0.0 && detail::is_finite(x); });
}

std::vector<std::uint8_t> SequentialCounts::write() const {
  return detail::write_state(*this);
}
SequentialCounts SequentialCounts::read(std::span<const std::uint8_t> bytes) {
  return detail::read_state<SequentialCounts>(bytes);
}

}  // namespace zeroskew
