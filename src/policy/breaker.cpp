#include "zeroskew/policy/breaker.hpp"

namespace zeroskew {
namespace {

constexpr auto relaxed = std::memory_order_relaxed;

std::int64_t nanoseconds(double seconds) noexcept {
  return static_cast<std::int64_t>(seconds * 1e9);
}

}  // namespace

Breaker::Breaker(const FallbackRule& rule) : rule_(rule) {
  check_fallback(rule_);
  window_ = nanoseconds(rule_.window);
  pause_ = nanoseconds(rule_.pause);
}

bool Breaker::allow(std::int64_t now) noexcept {
  if (held_.load(relaxed)) return false;
  State state = state_.load(std::memory_order_acquire);
  if (state == State::closed) return true;
  if (state == State::open) {
    if (now - since_.load(relaxed) < pause_) return false;
    tried_.store(0, relaxed);
    good_.store(0, relaxed);
    if (!state_.compare_exchange_strong(state, State::half_open, std::memory_order_acq_rel) &&
        state != State::half_open) {
      return state == State::closed;
    }
  }
  return tried_.fetch_add(1, relaxed) < rule_.trials;
}

void Breaker::succeeded(std::int64_t now) noexcept {
  State state = state_.load(std::memory_order_acquire);
  if (state == State::closed) {
    roll(now);
    rows_.fetch_add(1, relaxed);
  } else if (state == State::half_open && good_.fetch_add(1, relaxed) + 1 >= rule_.trials) {
    since_.store(now, relaxed);
    rows_.store(0, relaxed);
    failures_.store(0, relaxed);
    state_.compare_exchange_strong(state, State::closed, std::memory_order_acq_rel);
  }
}

void Breaker::failed(std::int64_t now) noexcept {
  const State state = state_.load(std::memory_order_acquire);
  if (state == State::half_open) return open(now);
  if (state == State::open) return;
  roll(now);
  const std::uint64_t rows = rows_.fetch_add(1, relaxed) + 1;
  const std::uint64_t failures = failures_.fetch_add(1, relaxed) + 1;
  if (rows >= rule_.min_rows &&
      static_cast<double>(failures) > rule_.budget * static_cast<double>(rows)) {
    open(now);
  }
}

// A new window forgets the old one. Rows that are counted while it begins may fall into either.
void Breaker::roll(std::int64_t now) noexcept {
  std::int64_t since = since_.load(relaxed);
  if (now - since < window_) return;
  if (since_.compare_exchange_strong(since, now, relaxed)) {
    rows_.store(0, relaxed);
    failures_.store(0, relaxed);
  }
}

void Breaker::open(std::int64_t now) noexcept {
  since_.store(now, relaxed);
  if (state_.exchange(State::open, std::memory_order_acq_rel) != State::open) {
    opened_.fetch_add(1, relaxed);
  }
}

void Breaker::hold(bool held) noexcept {
  if (!held_.exchange(held, relaxed) && held) opened_.fetch_add(1, relaxed);
}

Breaker::State Breaker::state() const noexcept {
  return held() ? State::open : state_.load(relaxed);
}

std::string_view to_string(Breaker::State state) noexcept {
  switch (state) {
    case Breaker::State::open:
      return "open";
    case Breaker::State::half_open:
      return "half_open";
    case Breaker::State::closed:
      break;
  }
  return "closed";
}

}  // namespace zeroskew
