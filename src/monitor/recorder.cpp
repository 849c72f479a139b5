#include "zeroskew/monitor/recorder.hpp"

#include <algorithm>
#include <bit>
#include <functional>
#include <utility>

#include "zeroskew/error.hpp"
#include "zeroskew/stats/exact_sum.hpp"

namespace zeroskew {
namespace {

// A feature's words in a slot: a version that is odd while a number is added, five counters, the
// sum as base-2^32 digits in units of 2^-1074 (carries wait for the reader), the bins.
enum Word : std::size_t { version, missing, not_a_number, below_all, above_all, digits };
constexpr std::size_t digit_count = 67;
constexpr std::uint64_t settle_interval = std::uint64_t{1} << 20;
constexpr std::size_t bins_at = digits + digit_count;

using Counter = std::atomic<std::uint64_t>;

// One thread writes, so a load and a store do. Released, so that who sees the new count also sees
// what was stored before it: the odd version, above all.
void add(Counter& counter, std::uint64_t n = 1) noexcept {
  counter.store(counter.load(std::memory_order_relaxed) + n, std::memory_order_release);
}

void add_to_sum(Counter* feature, double x) noexcept {
  const std::uint64_t bits = std::bit_cast<std::uint64_t>(x);
  const auto raw = static_cast<std::uint32_t>((bits >> 52) & 0x7ff);
  const std::uint64_t mantissa =
      (bits & 0xfffffffffffffu) | (raw != 0 ? std::uint64_t{1} << 52 : 0);
  const std::uint32_t shift = raw != 0 ? raw - 1 : 0;
  const std::uint32_t up = shift % 32;
  Counter* digit = feature + digits + shift / 32;
  // The 53 bits, shifted by less than 32, in digits of 32.
  const std::uint64_t low = (mantissa << up) & 0xffffffffu;
  const std::uint64_t middle = (mantissa >> (32 - up)) & 0xffffffffu;
  const std::uint64_t high = mantissa >> 1 >> (63 - up);
  // Two's complement, without a branch on the sign: a digit may go below zero.
  const std::uint64_t sign = 0 - (bits >> 63);
  add(digit[0], (low ^ sign) - sign);
  add(digit[1], (middle ^ sign) - sign);
  add(digit[2], (high ^ sign) - sign);
}

// Carries what exceeds 32 bits, towards zero, so that a digit never overflows.
void settle(Counter* feature) noexcept {
  constexpr std::int64_t base = std::int64_t{1} << 32;
  std::int64_t carry = 0;
  for (std::size_t i = 0; i < digit_count; ++i) {
    Counter& digit = feature[digits + i];
    const auto value = static_cast<std::int64_t>(digit.load(std::memory_order_relaxed)) + carry;
    carry = i + 1 < digit_count ? value / base : 0;
    digit.store(static_cast<std::uint64_t>(value - carry * base), std::memory_order_release);
  }
}

void add_digit(ExactSum& sum, std::uint64_t word, std::size_t i) noexcept {
  const bool negative = (word >> 63) != 0;
  const std::uint64_t bits = negative ? 0 - word : word;
  if (bits != 0) sum.add_bits(negative, bits, 32 * static_cast<int>(i) - 1074);
}

[[noreturn]] void fail_recorder(const std::string& where, std::string_view why) {
  fail_value("monitor.recorder", where, why);
}

}  // namespace

struct Recorder::Slot {
  explicit Slot(std::size_t words) : word(std::make_unique<Counter[]>(words)) {}

  std::unique_ptr<Counter[]> word;
  std::atomic<bool> taken{true};
  Slot* next = nullptr;
};

struct Recorder::Writer::Impl {
  static Counter* feature(const Writer& writer, std::size_t i) noexcept {
    return static_cast<Slot*>(writer.slot_)->word.get() + writer.recorder_->begin_[i];
  }
};

Recorder::Recorder(std::vector<RecordedFeature> features) : features_(std::move(features)) {
  for (const RecordedFeature& feature : features_) {
    if (feature.edges.empty() && feature.labels.empty()) {
      fail_recorder(feature.name, "a feature must have edges or labels");
    }
    const auto& edges = feature.edges;
    const bool finite =
        std::all_of(edges.begin(), edges.end(), [](double x) { return x - x == 0.0; });
    if (!finite ||
        std::adjacent_find(edges.begin(), edges.end(), std::greater_equal<>()) != edges.end()) {
      fail_recorder(feature.name, "edges must be finite and ascend");
    }
    const auto& labels = feature.labels;
    if (std::adjacent_find(labels.begin(), labels.end(), std::greater_equal<>()) != labels.end()) {
      fail_recorder(feature.name, "labels must be sorted and unique");
    }
    begin_.push_back(words_);
    const std::size_t bins = std::max(edges.size(), labels.size()) + 1;
    words_ += (bins_at + bins + 7) / 8 * 8;
  }
}

Recorder::~Recorder() {
  for (Slot* slot = slots_.load(); slot != nullptr;) delete std::exchange(slot, slot->next);
}

Recorder::Writer Recorder::writer() {
  Writer writer;
  writer.recorder_ = this;
  for (Slot* slot = slots_.load(std::memory_order_acquire); slot != nullptr; slot = slot->next) {
    bool free = false;
    if (slot->taken.compare_exchange_strong(free, true, std::memory_order_acquire)) {
      writer.slot_ = slot;
      return writer;
    }
  }
  auto* slot = new Slot(words_);
  slot->next = slots_.load(std::memory_order_relaxed);
  while (!slots_.compare_exchange_weak(slot->next, slot, std::memory_order_release,
                                       std::memory_order_relaxed)) {
  }
  writer.slot_ = slot;
  return writer;
}

Recorder::Writer::Writer(Writer&& other) noexcept
    : recorder_(other.recorder_), slot_(std::exchange(other.slot_, nullptr)) {}

Recorder::Writer& Recorder::Writer::operator=(Writer&& other) noexcept {
  std::swap(recorder_, other.recorder_);
  std::swap(slot_, other.slot_);
  return *this;
}

Recorder::Writer::~Writer() {
  if (slot_ != nullptr) static_cast<Slot*>(slot_)->taken.store(false, std::memory_order_release);
}

void Recorder::Writer::number(std::size_t feature, double x) noexcept {
  Counter* word = Impl::feature(*this, feature);
  if (!(x - x == 0.0)) [[unlikely]] {
    add(word[x != x ? not_a_number : x < 0.0 ? below_all : above_all]);
    return;
  }
  // The number of edges that are not above x, without branches that the data decides.
  const std::vector<double>& edges = recorder_->features_[feature].edges;
  const double* base = edges.data();
  std::size_t n = edges.size();
  while (n > 1) {
    const std::size_t half = n / 2;
    base += half & (std::size_t{0} - static_cast<std::size_t>(base[half - 1] <= x));
    n -= half;
  }
  const auto bin =
      static_cast<std::size_t>(base - edges.data()) + static_cast<std::size_t>(*base <= x);
  const std::uint64_t now = word[version].load(std::memory_order_relaxed);
  word[version].store(now + 1, std::memory_order_relaxed);
  add_to_sum(word, x);
  if ((now / 2) % settle_interval == 0) [[unlikely]]
    settle(word);
  add(word[bins_at + bin]);
  word[version].store(now + 2, std::memory_order_release);
}

void Recorder::Writer::label(std::size_t feature, std::string_view name) noexcept {
  const std::vector<std::string>& labels = recorder_->features_[feature].labels;
  const auto found = std::lower_bound(labels.begin(), labels.end(), name);
  const bool known = found != labels.end() && *found == name;
  const auto at = static_cast<std::size_t>(known ? found - labels.begin()
                                                 : static_cast<std::ptrdiff_t>(labels.size()));
  add(Impl::feature(*this, feature)[bins_at + at]);
}

void Recorder::Writer::missing(std::size_t feature) noexcept {
  add(Impl::feature(*this, feature)[zeroskew::missing]);
}

void Recorder::Writer::numbers(std::span<const double> row) noexcept {
  for (std::size_t i = 0; i < row.size(); ++i) number(i, row[i]);
}

std::vector<RecordedCounts> Recorder::snapshot() const {
  constexpr int attempts = 100;
  std::vector<RecordedCounts> result(features_.size());
  std::vector<std::uint64_t> copy;
  for (std::size_t f = 0; f < features_.size(); ++f) {
    RecordedCounts& counts = result[f];
    const std::size_t bins = std::max(features_[f].edges.size(), features_[f].labels.size()) + 1;
    counts.bins.assign(bins, 0);
    copy.resize(bins_at + bins);
    for (const Slot* slot = slots_.load(std::memory_order_acquire); slot != nullptr;
         slot = slot->next) {
      const Counter* word = slot->word.get() + begin_[f];
      bool whole = false;
      for (int attempt = 0; attempt < attempts && !whole; ++attempt) {
        const std::uint64_t before = word[version].load(std::memory_order_acquire);
        for (std::size_t i = 0; i < copy.size(); ++i) {
          copy[i] = word[i].load(std::memory_order_acquire);
        }
        whole = before % 2 == 0 && word[version].load(std::memory_order_relaxed) == before;
      }
      counts.settled = counts.settled && whole;
      counts.missing += copy[zeroskew::missing];
      counts.nan += copy[not_a_number];
      counts.negative_infinity += copy[below_all];
      counts.positive_infinity += copy[above_all];
      for (std::size_t i = 0; i < bins; ++i) counts.bins[i] += copy[bins_at + i];
      for (std::size_t i = 0; i < digit_count; ++i) add_digit(counts.exact, copy[digits + i], i);
    }
    counts.sum = counts.exact.value();
  }
  return result;
}

}  // namespace zeroskew
