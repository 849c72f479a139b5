#pragma once
/// What was known of a key before a moment: events counted, added up and decayed over windows. The
/// same code makes training rows (for past moments) and serves (for now), with the same bits in any
/// order of the events: sums are exact and rounded once, and no value comes from the future.

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string_view>
#include <vector>

namespace zeroskew {

enum class WindowStatistic : std::uint8_t { count, sum, mean, min, max, last, since, decayed };

/// The word for it: "count", "sum", ...; `since` is the time since the last event, `decayed` the
/// sum of value 2^(-age / half_life).
[[nodiscard]] std::string_view to_string(WindowStatistic statistic) noexcept;
/// @throws Error transform.window
[[nodiscard]] WindowStatistic window_statistic_of(std::string_view word);

/// A statistic of the events in [moment - width, moment); times are whole numbers of any one unit.
struct WindowFeature {
  WindowStatistic statistic = WindowStatistic::count;
  std::int64_t width = 0;  ///< 0: all events before the moment
  double half_life = 0.0;  ///< of decayed, in the unit of times

  [[nodiscard]] bool operator==(const WindowFeature&) const = default;
};

/// Events by key. Reading from many threads is safe.
class EventStore {
 public:
  EventStore() = default;
  /// @throws Error transform.window for widths that are negative, and half-lives that are not above
  /// zero
  explicit EventStore(std::vector<WindowFeature> features);

  [[nodiscard]] const std::vector<WindowFeature>& features() const noexcept { return features_; }
  [[nodiscard]] std::size_t events() const noexcept { return events_; }

  /// An event that may come in any order; a value that is not finite is no event.
  /// @returns whether it was one
  bool add(std::uint64_t key, std::int64_t time, double value = 1.0);
  EventStore& operator+=(const EventStore& other);
  /// Forgets events before a moment: with the widest window behind it, nothing changes.
  void forget(std::int64_t before);

  /// One number a feature: events strictly before `moment` only. Counts and sums of nothing are 0,
  /// all others are NaN. @pre out has room for every feature
  void at(std::uint64_t key, std::int64_t moment, std::span<double> out) const;

  [[nodiscard]] bool operator==(const EventStore&) const = default;

 private:
  struct Event {
    std::int64_t time = 0;
    double value = 0.0;

    [[nodiscard]] auto operator<=>(const Event&) const = default;
  };
  [[nodiscard]] double value_of(const WindowFeature& feature, std::span<const Event> before,
                                std::int64_t moment) const;

  std::vector<WindowFeature> features_;
  std::map<std::uint64_t, std::vector<Event>> keys_;  // each in the order of time and value
  std::size_t events_ = 0;
};

}  // namespace zeroskew
