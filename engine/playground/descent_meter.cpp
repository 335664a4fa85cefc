// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>

#include "engine/playground/meter.hpp"

namespace phaseloom {
namespace {

/// Energy is what it is to the last bits of float states (*): less is no rise.
constexpr double kRounding = 1e-5;

class DescentMeter : public Meter {
 public:
  void take(const PlaygroundRun&) override {}
  void disturbed(const PlaygroundRun&) override {}

  MeterReading read(const PlaygroundRun& run) const override {
    const auto& s = run.setup();
    MeterReading reading;
    const bool level = s.spread == 0 || !run.is_phase();
    const bool cold = s.temperature == 0;
    double rise = 0;
    const auto& moments = run.moments();
    for (std::size_t i = 1; i < moments.size(); ++i)
      if (moments[i]->continues) rise = std::max(rise, moments[i]->energy - moments[i - 1]->energy);
    reading.lines = {
        {"r", "r", run.now().order, kNotKnown, "How much in step all are: 1 all, 0 none."},
        {"energy", "energy", run.now().energy, kNotKnown,
         "−½ Σ W cos(θ_i − θ_j) − ½ Σ S cos 2θ per unit, of voltages their potential."},
        {"rise", "largest rise", rise, level && cold ? 0 : kNotKnown,
         "Of the energy from step to step, of those that are kept: never, without heat and with "
         "equal frequencies."}};
    reading.remark = !cold    ? "Heat lets the energy rise now and then."
                     : !level ? "Different frequencies drive it: its energy need not fall."
                     : rise > kRounding ? "The energy rises: steps are too long."
                                        : "The energy only ever falls.";
    MeterPlot plot;
    plot.title = "Energy";
    plot.x_label = "t";
    plot.y_label = "E per unit";
    for (const auto& m : moments) {
      plot.trace_x.push_back(m->time);
      plot.trace_y.push_back(m->energy);
    }
    plot.x_low = plot.trace_x.front();
    plot.x_high = std::max(plot.trace_x.back(), plot.x_low + 1);
    const auto [low, high] = std::ranges::minmax(plot.trace_y);
    const double room = std::max(0.05, (high - low) * 0.1);
    plot.y_low = low - room;
    plot.y_high = high + room;
    reading.plot = std::move(plot);
    return reading;
  }
};

}  // namespace

std::unique_ptr<Meter> make_descent_meter() { return std::make_unique<DescentMeter>(); }

}  // namespace phaseloom
