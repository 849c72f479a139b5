#pragma once
/// What the detectors have in common: parameters with limits, the count of values, the last
/// verdict.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace zeroskew {

/// Which changes count: a rise of the mean, a fall, or either.
enum class Side : std::uint8_t { both = 0, up = 1, down = 2 };

/// The values that a parameter may have.
struct Limits {
  double lo = 0.0;
  double hi = 0.0;
  bool open = false;  ///< the ends do not belong to it

  [[nodiscard]] constexpr bool admit(double x) const noexcept {
    return open ? x > lo && x < hi : x >= lo && x <= hi;
  }
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] bool operator==(const Limits&) const = default;
};

/// A parameter of a detector as the registry tells it.
struct DetectorParameter {
  std::string name;
  std::string type;      ///< "real", "integer", "flag" (0 or 1) or "side" (0 both, 1 up, 2 down)
  double initial = 0.0;  ///< the default
  Limits limits;
  std::string doc;

  [[nodiscard]] bool operator==(const DetectorParameter&) const = default;
};

/// What every detector answers beside its own statistics. NaN and infinities are never used: they
/// are counted in `ignored` and change nothing else.
class Signal {
 public:
  /// Values that were used, and values that were not.
  [[nodiscard]] std::uint64_t count() const noexcept { return count_; }
  [[nodiscard]] std::uint64_t ignored() const noexcept { return ignored_; }
  /// Whether the last value raised an alarm, or a warning (where the method has one).
  [[nodiscard]] bool drifted() const noexcept { return drifted_; }
  [[nodiscard]] bool warning() const noexcept { return warning_; }

  [[nodiscard]] bool operator==(const Signal&) const = default;

 protected:
  /// Counts a value; false where it must not be used.
  bool admit(bool usable) noexcept {
    if (usable) [[likely]] {
      ++count_;
      return true;
    }
    ++ignored_;
    return false;
  }
  bool say(bool drift, bool warn = false) noexcept {
    drifted_ = drift;
    warning_ = warn && !drift;
    return drift;
  }

  template <class Self, class Visitor>
  static void visit_signal(Self& self, Visitor&& visit) {
    visit(self.count_);
    visit(self.ignored_);
    visit(self.drifted_);
    visit(self.warning_);
  }

  std::uint64_t count_ = 0;
  std::uint64_t ignored_ = 0;
  bool drifted_ = false;
  bool warning_ = false;
};

namespace detail {

/// Whether a double is neither NaN nor infinite.
[[nodiscard]] constexpr bool is_finite(double x) noexcept {
  return x - x == 0.0;
}

/// Real parameters that may be any positive number.
inline constexpr Limits positive{0.0, 1e300, true};
inline constexpr Limits any_real{-1e300, 1e300, false};
inline constexpr Limits not_negative{0.0, 1e300, false};
inline constexpr Limits share{0.0, 1.0, true};
inline constexpr Limits at_least(double lo) noexcept {
  return {lo, 1e15, false};
}

[[noreturn]] void fail_parameter(std::string_view detector, std::string_view name,
                                 const Limits& limits, double found);
/// A rule between several parameters.
[[noreturn]] void fail_parameters(std::string_view detector, std::string_view rule);

/// Throws Error monitor.parameter, naming the parameter and its range.
template <class Parameters>
void check_parameters(std::string_view detector, const Parameters& parameters) {
  Parameters::visit(parameters,
                    [&](const char* name, const auto& value, const Limits& limits, const char*) {
                      const auto number = static_cast<double>(value);
                      if (!limits.admit(number)) fail_parameter(detector, name, limits, number);
                    });
}

}  // namespace detail
}  // namespace zeroskew
