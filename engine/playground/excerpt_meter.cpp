// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/playground/meter.hpp"

namespace phaseloom {
namespace {

/// The unit of the window that the pixel in its middle is.
int middle_of(const PlaygroundRun& run) {
  const auto& units = run.excerpt()->units;
  const auto found = std::ranges::find(units, run.setup().pixel);
  return found == units.end() ? 0 : static_cast<int>(found - units.begin());
}

/// How far the window is from where the whole network is: the largest of its units.
double apart(const PlaygroundRun& run) {
  const std::vector<float> recorded = run.recorded();
  double most = 0;
  for (std::size_t i = 0; i < static_cast<std::size_t>(run.excerpt()->inner); ++i) {
    const double by = double(run.now().state[i]) - recorded[i];
    most = std::max(most, std::abs(run.is_phase() ? std::remainder(by, 2 * std::numbers::pi) : by));
  }
  return most;
}

class ExcerptMeter : public Meter {
 public:
  void take(const PlaygroundRun&) override {}
  void disturbed(const PlaygroundRun&) override {}

  MeterReading read(const PlaygroundRun& run) const override {
    MeterReading reading;
    if (!run.excerpt()) {
      reading.remark = "Pick a pixel in Generate, and open it here.";
      return reading;
    }
    const Readout readout = run.excerpt()->program.readout;
    const auto middle = static_cast<std::size_t>(middle_of(run));
    const double recorded = run.recorded()[middle];
    reading.lines = {
        {"pixel", "pixel", read_pixel(readout, double(run.now().state[middle])),
         read_pixel(readout, recorded),
         "How bright the pixel in the middle is; beside it, in the run of the whole network."},
        {"apart", "apart", apart(run), kNotKnown,
         "The largest distance of a unit in the window from where it is in the run of the whole "
         "network. Turn a hand: do the others bring it back?"}};
    reading.remark =
        "The units within run by themselves; those at the border go as in the whole run.";
    MeterPlot plot;
    plot.title = "The pixel in the middle";
    plot.x_label = "t";
    plot.y_label = "intensity";
    for (const auto& moment : run.moments()) {
      plot.trace_x.push_back(moment->time);
      plot.trace_y.push_back(read_pixel(readout, double(moment->state[middle])));
    }
    plot.x_low = 0;
    plot.x_high = run.excerpt()->program.duration();
    reading.plot = std::move(plot);
    return reading;
  }
};

}  // namespace

std::unique_ptr<Meter> make_excerpt_meter() { return std::make_unique<ExcerptMeter>(); }

}  // namespace phaseloom
