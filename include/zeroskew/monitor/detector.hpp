#pragma once
/// Any streaming detector by its name, and the registry that names them: their parameters with
/// ranges and defaults, from which JSON, Python, the command line and the reference pages are
/// derived.

#include <cstdint>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "zeroskew/monitor/adwin.hpp"
#include "zeroskew/monitor/bocpd.hpp"
#include "zeroskew/monitor/cusum.hpp"
#include "zeroskew/monitor/ddm.hpp"
#include "zeroskew/monitor/detector_info.hpp"
#include "zeroskew/monitor/e_detector.hpp"
#include "zeroskew/monitor/eddm.hpp"
#include "zeroskew/monitor/ewma.hpp"
#include "zeroskew/monitor/gma.hpp"
#include "zeroskew/monitor/hddm_a.hpp"
#include "zeroskew/monitor/hddm_w.hpp"
#include "zeroskew/monitor/kswin.hpp"
#include "zeroskew/monitor/page_hinkley.hpp"
#include "zeroskew/monitor/rddm.hpp"
#include "zeroskew/monitor/sequential_mean.hpp"
#include "zeroskew/monitor/stepd.hpp"

namespace zeroskew {

/// Every detector, sorted by name.
[[nodiscard]] const std::vector<DetectorInfo>& detector_registry();

/// A detector of any kind. Values outside the kind's input are ignored and counted.
class Detector {
 public:
  using Any = std::variant<ADWIN, BOCPD, Cusum, DDM, EDDM, EDetector, Ewma, Gma, HDDM_A, HDDM_W,
                           KSWIN, PageHinkley, RDDM, STEPD, SequentialMean>;

  Detector() = default;
  Detector(Any detector) : any_(std::move(detector)) {}  // NOLINT: every detector is one
  /// Throws Error monitor.unknown_detector, monitor.unknown_parameter or monitor.parameter.
  explicit Detector(std::string_view name, const DetectorValues& values = {});

  bool update(double x) {
    return std::visit([x](auto& detector) { return detector.update(x); }, any_);
  }
  void reset() {
    std::visit([](auto& detector) { detector.reset(); }, any_);
  }

  [[nodiscard]] std::string_view name() const;
  [[nodiscard]] DetectorValues parameters() const;
  [[nodiscard]] const Signal& signal() const;
  [[nodiscard]] bool drifted() const { return signal().drifted(); }
  [[nodiscard]] bool warning() const { return signal().warning(); }
  [[nodiscard]] std::uint64_t count() const { return signal().count(); }
  [[nodiscard]] std::uint64_t ignored() const { return signal().ignored(); }

  /// The state as bytes, and back. Throws Error monitor.malformed.
  [[nodiscard]] std::vector<std::uint8_t> write() const;
  [[nodiscard]] static Detector read(std::span<const std::uint8_t> bytes);

  [[nodiscard]] const Any& any() const noexcept { return any_; }
  [[nodiscard]] bool operator==(const Detector&) const = default;

 private:
  Any any_;
};

}  // namespace zeroskew
