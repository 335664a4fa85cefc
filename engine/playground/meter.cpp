// SPDX-License-Identifier: MIT
#include "engine/playground/meter.hpp"

#include <algorithm>
#include <cmath>

namespace phaseloom {

void MeterDots::put(double x, double y) {
  constexpr std::size_t kMost = 200;
  const auto same = std::ranges::find(dots_, x, &MeterPlot::Dot::x);
  if (same != dots_.end()) {
    same->y = y;
    return;
  }
  if (dots_.size() >= kMost) dots_.erase(dots_.begin());
  dots_.push_back({x, y, false});
}

std::vector<MeterPlot::Dot> MeterDots::dots(double present_x) const {
  std::vector<MeterPlot::Dot> dots = dots_;
  for (auto& dot : dots) dot.present = dot.x == present_x;
  return dots;
}

}  // namespace phaseloom
