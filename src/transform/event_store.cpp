#include "zeroskew/transform/event_store.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "zeroskew/detail/math.hpp"
#include "zeroskew/detail/nearest.hpp"
#include "zeroskew/error.hpp"
#include "zeroskew/stats/exact_sum.hpp"

namespace zeroskew {
namespace {

constexpr std::string_view words[] = {"count", "sum",  "mean",  "min",
                                      "max",   "last", "since", "decayed"};
constexpr double none = std::numeric_limits<double>::quiet_NaN();

// The distance of two times as a double; it may be wider than 63 bits.
double distance(std::int64_t later, std::int64_t earlier) noexcept {
  return static_cast<double>(static_cast<std::uint64_t>(later) -
                             static_cast<std::uint64_t>(earlier));
}

}  // namespace

std::string_view to_string(WindowStatistic statistic) noexcept {
  return words[static_cast<std::size_t>(statistic)];
}

WindowStatistic window_statistic_of(std::string_view word) {
  for (std::size_t i = 0; i < std::size(words); ++i) {
    if (words[i] == word) return static_cast<WindowStatistic>(i);
  }
  fail_key("transform.window", std::string(word),
           "there is no such statistic of a window" + detail::suggestion(word, words));
}

EventStore::EventStore(std::vector<WindowFeature> features) : features_(std::move(features)) {
  for (const WindowFeature& feature : features_) {
    const std::string name(to_string(feature.statistic));
    if (feature.width < 0) fail_value("transform.window", name, "the window's width is negative");
    const bool decays = feature.statistic == WindowStatistic::decayed;
    if (decays && !(feature.half_life > 0.0 && std::isfinite(feature.half_life))) {
      fail_value("transform.window", name, "a half-life is above zero and finite");
    }
  }
}

bool EventStore::add(std::uint64_t key, std::int64_t time, double value) {
  if (!std::isfinite(value)) return false;
  std::vector<Event>& events = keys_[key];
  const Event event{time, value + 0.0};
  // Events mostly come in their order: then this is an append.
  events.insert(std::upper_bound(events.begin(), events.end(), event), event);
  ++events_;
  return true;
}

EventStore& EventStore::operator+=(const EventStore& other) {
  if (features_ != other.features_) {
    fail_value("transform.window", "", "the stores have other features");
  }
  if (this == &other) {
    const EventStore copy = other;
    return *this += copy;
  }
  for (const auto& [key, events] : other.keys_) {
    std::vector<Event>& own = keys_[key];
    const auto middle = static_cast<std::ptrdiff_t>(own.size());
    own.insert(own.end(), events.begin(), events.end());
    std::inplace_merge(own.begin(), own.begin() + middle, own.end());
  }
  events_ += other.events_;
  return *this;
}

void EventStore::forget(std::int64_t before) {
  for (auto at = keys_.begin(); at != keys_.end();) {
    std::vector<Event>& events = at->second;
    const auto kept = std::partition_point(events.begin(), events.end(),
                                           [&](const Event& event) { return event.time < before; });
    events_ -= static_cast<std::size_t>(kept - events.begin());
    events.erase(events.begin(), kept);
    at = events.empty() ? keys_.erase(at) : std::next(at);
  }
}

double EventStore::value_of(const WindowFeature& feature, std::span<const Event> before,
                            std::int64_t moment) const {
  if (feature.width > 0) {
    const auto first = std::partition_point(before.begin(), before.end(), [&](const Event& event) {
      return distance(moment, event.time) > static_cast<double>(feature.width);
    });
    before = before.subspan(static_cast<std::size_t>(first - before.begin()));
  }
  const auto count = static_cast<double>(before.size());
  switch (feature.statistic) {
    case WindowStatistic::count:
      return count;
    case WindowStatistic::sum:
    case WindowStatistic::mean: {
      ExactSum sum;
      for (const Event& event : before) sum.add(event.value);
      if (feature.statistic == WindowStatistic::sum) return sum.value();
      return before.empty() ? none : sum.value() / count;
    }
    case WindowStatistic::min:
    case WindowStatistic::max: {
      double best = none;
      const bool least = feature.statistic == WindowStatistic::min;
      for (const Event& event : before) {
        if (best != best || (least ? event.value < best : event.value > best)) best = event.value;
      }
      return best;
    }
    case WindowStatistic::last:
      return before.empty() ? none : before.back().value;
    case WindowStatistic::since:
      return before.empty() ? none : distance(moment, before.back().time);
    case WindowStatistic::decayed: {
      ExactSum sum;
      constexpr double log_two = 0x1.62e42fefa39efp-1;
      for (const Event& event : before) {
        const double age = distance(moment, event.time);
        sum.add(event.value * detail::math::exp(-log_two * (age / feature.half_life)));
      }
      return sum.value();
    }
  }
  return none;
}

void EventStore::at(std::uint64_t key, std::int64_t moment, std::span<double> out) const {
  std::span<const Event> before;
  if (const auto found = keys_.find(key); found != keys_.end()) {
    const std::vector<Event>& events = found->second;
    const auto end = std::partition_point(events.begin(), events.end(),
                                          [&](const Event& event) { return event.time < moment; });
    before = std::span(events).first(static_cast<std::size_t>(end - events.begin()));
  }
  for (std::size_t i = 0; i < features_.size(); ++i) {
    out[i] = value_of(features_[i], before, moment);
  }
}

}  // namespace zeroskew
