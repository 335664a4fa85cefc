// SPDX-License-Identifier: MIT
#pragma once
// Heat over time: of each sample that is shown, and in the mean.

#include <string>
#include <vector>

#include "app/ui/thermo/thermo.hpp"
#include "app/ui/toolkit/plot.hpp"

namespace phaseloom {

/// As far as the run has come; in its unit of heat.
struct HeatPlot {
  HeatPlot(const ThermoRunSnapshot& run, HeatMoment now);
  // Of the plot; they live as long as this does.
  Axis x() const { return {0, end, "t (1/μE₀)", {}, {}}; }
  Axis y() const { return {low, high, label.c_str(), {}, {}}; }
  void paint(const UiContext& ctx, const Plot& plot) const;

  HeatMoment now;
  std::vector<double> time, mean;
  std::vector<double> other_mean;            ///< of the other rule's network, if there is one
  std::vector<std::vector<double>> samples;  ///< heat of each, at these times
  double end = 1, low = 0, high = 0;
  std::string label;
};

}  // namespace phaseloom
