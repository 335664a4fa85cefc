// SPDX-License-Identifier: MIT
#pragma once
// What is measured of a run on the playground, beside what theory says.

#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/playground/run.hpp"

namespace phaseloom {

inline constexpr double kNotKnown = std::numeric_limits<double>::quiet_NaN();

/// A number that was measured and the one that theory foretells; NaN: there is none.
struct MeterLine {
  std::string_view key;   ///< in lessons: "beat"
  std::string_view name;  ///< for people
  double measured = kNotKnown, theory = kNotKnown;
  std::string_view help;
};

/// A theory's curve and what was measured on it.
struct MeterPlot {
  std::string_view title, x_label, y_label;  ///< literals, so that data() ends with a 0
  double x_low = 0, x_high = 1, y_low = 0, y_high = 1;
  std::vector<double> x, y;  ///< theory
  struct Dot {
    double x, y;
    bool present;  ///< of the setting that runs
  };
  std::vector<Dot> dots;                 ///< measured, a setting each
  std::vector<double> edges, heights;    ///< measured, as a histogram
  std::vector<double> trace_x, trace_y;  ///< measured, over time
};

struct MeterReading {
  std::vector<MeterLine> lines;
  std::optional<MeterPlot> plot;
  /// A whole sentence: what is seen, or what keeps the theory from saying anything.
  std::string remark;
};

/// All keys that the meters' lines have.
inline constexpr std::string_view kMeterKeys[] = {
    "detuning",    "beat",    "lag",    "critical", "r",       "locked", "bits",
    "off",         "cut",     "best",   "overlap",  "pattern", "load",   "barrier",
    "escape_time", "escapes", "energy", "rise",     "pixel",   "apart",  "kramers"};

/// Watches a run from step to step.
class Meter {
 public:
  virtual ~Meter() = default;
  /// A step was taken.
  virtual void take(const PlaygroundRun& run) = 0;
  /// Its setup has changed, a unit was touched, or it went back or began anew.
  virtual void disturbed(const PlaygroundRun& run) = 0;
  virtual MeterReading read(const PlaygroundRun& run) const = 0;
};

// One of each preset; where there is no theory, what holds for all networks.
std::unique_ptr<Meter> make_two_clocks_meter();
std::unique_ptr<Meter> make_crowd_meter();
std::unique_ptr<Meter> make_bits_meter();
std::unique_ptr<Meter> make_max_cut_meter();
std::unique_ptr<Meter> make_memory_meter();
std::unique_ptr<Meter> make_double_well_meter();
std::unique_ptr<Meter> make_excerpt_meter();  ///< against the run of the whole network
std::unique_ptr<Meter> make_descent_meter();  ///< the energy that never rises

/// Dots of settings that were tried, the present one last and replaced as it goes on.
class MeterDots {
 public:
  /// The present setting's; a setting is told by its x.
  void put(double x, double y);
  std::vector<MeterPlot::Dot> dots(double present_x) const;

 private:
  std::vector<MeterPlot::Dot> dots_;
};

}  // namespace phaseloom
