// Every detector of the registry: golden alarms of independent implementations, saved states, bad
// parameters, bad values.
#include "zeroskew/monitor/detector.hpp"

#include <cmath>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "support/errors.hpp"
#include "zeroskew/detail/hash.hpp"
#include "zeroskew/detail/math.hpp"
#include "zeroskew/error.hpp"

using namespace zeroskew;

namespace {

struct Golden {
  std::string stream;
  std::vector<double> values;
  std::map<std::string, std::vector<std::size_t>> alarms;
};

std::vector<Golden> goldens() {
  std::ifstream file("monitor/golden_streams.json");
  REQUIRE(file.good());
  std::vector<Golden> result;
  for (const auto& entry : nlohmann::json::parse(file)) {
    result.push_back({entry["stream"], entry["values"], entry["alarms"]});
  }
  return result;
}

// "ADWIN delta=0.1 first": a detector with parameters, of which only the first alarm counts.
struct Setup {
  Detector detector;
  bool first = false;
};

Setup setup(const std::string& text) {
  std::istringstream words(text);
  std::string name;
  words >> name;
  DetectorValues values;
  bool first = false;
  for (std::string word; words >> word;) {
    const auto equals = word.find('=');
    if (equals == std::string::npos)
      first = true;
    else
      values[word.substr(0, equals)] = std::stod(word.substr(equals + 1));
  }
  return {Detector(name, values), first};
}

double uniform(std::uint64_t i) {
  return (static_cast<double>(detail::mix(i) >> 11) + 0.5) * 0x1p-53;
}

double normal(std::uint64_t i) {
  return detail::math::normal_quantile(uniform(i));
}

// A stream that fits the detector's input, with a change in the middle.
std::vector<double> stream_for(const DetectorInfo& info, std::size_t n) {
  std::vector<double> values;
  for (std::size_t i = 0; i < n; ++i) {
    const bool late = 2 * i >= n;
    values.push_back(info.input == "number" ? normal(i) + (late ? 2.0 : 0.0)
                                            : (uniform(i) < (late ? 0.5 : 0.1) ? 1.0 : 0.0));
  }
  return values;
}

// An error's id and message.
template <class F>
std::string said(F&& f) {
  const Error error = test::error_of(f);
  return error.id() + " | " + error.what();
}

}  // namespace

TEST_CASE("alarms are those of independent implementations") {
  for (const Golden& golden : goldens()) {
    for (const auto& [name, want] : golden.alarms) {
      Setup s = setup(name);
      std::vector<std::size_t> got;
      for (std::size_t i = 0; i < golden.values.size(); ++i) {
        if (s.detector.update(golden.values[i])) got.push_back(i);
        if (s.first && (got.size() == 1 || i == 1299)) break;
      }
      INFO(golden.stream << ": " << name);
      CHECK(got == want);
    }
  }
}

TEST_CASE("a saved state goes on as if nothing had happened") {
  for (const DetectorInfo& info : detector_registry()) {
    INFO(info.name);
    const std::vector<double> values = stream_for(info, 1200);
    for (const std::size_t cut : {0u, 1u, 57u, 400u, 610u, 623u, 700u}) {
      Detector whole(info.name);
      for (std::size_t i = 0; i < cut; ++i) whole.update(values[i]);
      const auto bytes = whole.write();
      Detector restored = Detector::read(bytes);
      REQUIRE(restored == whole);
      REQUIRE(restored.write() == bytes);
      for (std::size_t i = cut; i < values.size(); ++i) {
        REQUIRE(whole.update(values[i]) == restored.update(values[i]));
        REQUIRE(whole.warning() == restored.warning());
      }
      REQUIRE(restored == whole);
    }
  }
}

TEST_CASE("every detector finds a change, and forgets everything when reset") {
  for (const DetectorInfo& info : detector_registry()) {
    INFO(info.name);
    DetectorValues values;
    if (info.name == "Gma") values["lambda"] = 0.2;
    Detector detector(info.name, values);
    bool found = false;
    const std::vector<double> stream = stream_for(info, 4000);
    for (std::size_t i = 0; i < stream.size(); ++i) {
      if (detector.update(stream[i]) && i >= 2000) found = true;
    }
    CHECK(found);
    CHECK(detector.count() == stream.size());
    detector.reset();
    CHECK(detector == Detector(info.name, values));
  }
}

TEST_CASE("values outside a detector's input are counted and change nothing else") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinity = std::numeric_limits<double>::infinity();
  for (const DetectorInfo& info : detector_registry()) {
    INFO(info.name);
    std::vector<double> bad{nan, infinity, -infinity};
    if (info.input != "number") bad.push_back(1.5);
    if (info.input == "error") bad.push_back(0.5);
    Detector clean(info.name);
    Detector soiled(info.name);
    std::uint64_t ignored = 0;
    for (const double x : stream_for(info, 1500)) {
      // Only an alarm that stands may be repeated.
      REQUIRE((!soiled.update(bad[ignored % bad.size()]) || clean.drifted()));
      ++ignored;
      REQUIRE(clean.update(x) == soiled.update(x));
    }
    CHECK(soiled.ignored() == ignored);
    CHECK(soiled.count() == clean.count());
  }
}

TEST_CASE("parameters are described, and refused outside their range") {
  std::string last;
  for (const DetectorInfo& info : detector_registry()) {
    INFO(info.name);
    CHECK(last < info.name);
    last = info.name;
    CHECK_FALSE(info.doc.empty());
    const DetectorValues defaults = Detector(info.name).parameters();
    REQUIRE(defaults.size() == info.parameters.size());
    for (const DetectorParameter& p : info.parameters) {
      INFO(p.name);
      CHECK_FALSE(p.doc.empty());
      CHECK(p.limits.admit(p.initial));
      CHECK(defaults.at(p.name) == p.initial);
      CHECK(Detector(info.name, {{p.name, p.initial}}) == Detector(info.name));
      const std::vector<double> outside{p.limits.open ? p.limits.lo : p.limits.lo - 1.0,
                                        p.limits.open ? p.limits.hi : p.limits.hi * 2.0 + 1.0,
                                        std::numeric_limits<double>::quiet_NaN()};
      for (const double x : outside) {
        if (p.limits.admit(x)) continue;  // -1e300 - 1 is -1e300
        const std::string error = said([&] { Detector(info.name, {{p.name, x}}); });
        CHECK(error.find("monitor.parameter") == 0);
        CHECK(error.find(info.name + "." + p.name) != std::string::npos);
        CHECK(error.find(p.limits.describe()) != std::string::npos);
      }
      if (p.type == "integer") {
        CHECK(said([&] {
                Detector(info.name, {{p.name, p.initial + 0.5}});
              }).find("monitor.parameter") == 0);
      }
    }
    CHECK(said([&] {
            Detector(info.name, {{"nonsense", 1.0}});
          }).find("monitor.unknown_parameter") == 0);
  }
  CHECK(said([] { Detector("ADWIN2"); }).find("monitor.unknown_detector") == 0);
  CHECK(said([] { Detector("ADWIN2"); }).find("did you mean 'ADWIN'?") != std::string::npos);
  CHECK(said([] {
          Detector("ADWIN", {{"delat", 0.1}});
        }).find("ADWIN.delat: there is no such parameter; did you mean 'delta'?") !=
        std::string::npos);
}

TEST_CASE("damaged states are refused") {
  for (const DetectorInfo& info : detector_registry()) {
    INFO(info.name);
    Detector detector(info.name);
    for (const double x : stream_for(info, 300)) detector.update(x);
    const auto bytes = detector.write();
    for (std::size_t n = 0; n < bytes.size(); n += 1 + n / 16) {
      const std::vector<std::uint8_t> head(bytes.begin(),
                                           bytes.begin() + static_cast<std::ptrdiff_t>(n));
      CHECK(said([&] { (void)Detector::read(head); }).find("monitor.") == 0);
    }
    auto longer = bytes;
    longer.push_back(0);
    CHECK(said([&] { (void)Detector::read(longer); }).find("monitor.malformed") == 0);
    // Any other damage is refused or gives a detector that works: never a crash.
    for (std::size_t i = 0; i < bytes.size(); i += 1 + bytes.size() / 400) {
      auto damaged = bytes;
      damaged[i] = static_cast<std::uint8_t>(detail::mix(i));
      try {
        Detector odd = Detector::read(damaged);
        for (int k = 0; k < 50; ++k) odd.update(k % 2);
      } catch (const Error& error) {
        CHECK(error.id().find("monitor.") == 0);
      }
    }
  }
}
