// SPDX-License-Identifier: MIT
#include "app/document/touch.hpp"

#include <algorithm>
#include <climits>
#include <cmath>
#include <map>
#include <utility>

#include "engine/dynamics/noise.hpp"

namespace phaseloom {
namespace {

std::vector<UnitState> states_of(const Touch& touch, const Simulator& simulator) {
  const Program& program = simulator.ideal();
  const RunSettings& run = simulator.settings();
  const auto held = static_cast<float>(state_of_pixel(program.readout, touch.value));
  std::vector<UnitState> states;
  for (const int unit : units_under(touch, program)) {
    float value = 0;
    if (touch.kind == Touch::Kind::hold) value = held;
    if (touch.kind == Touch::Kind::stir)
      value = fresh_state(program.initial, run.noise_width, run.seed,
                          run.first_sample + static_cast<std::uint64_t>(touch.lane), unit,
                          touch.number);
    states.push_back({unit, touch.lane, value});
  }
  return states;
}

}  // namespace

void insert_touch(Touches& touches, const Touch& touch) {
  touches.insert(std::ranges::upper_bound(touches, touch.step, {}, &Touch::step), touch);
}

std::vector<int> units_under(const Touch& touch, const Program& program) {
  const Grid grid = program.layers();
  const int colours = touch.layer == 0 ? program.picture().channels : 1;
  std::vector<int> units;
  const int reach = static_cast<int>(touch.radius);
  for (int layer = touch.layer; layer < touch.layer + colours; ++layer)
    for (int y = std::max(touch.row - reach, 0); y <= std::min(touch.row + reach, grid.height - 1);
         ++y)
      for (int x = std::max(touch.column - reach, 0);
           x <= std::min(touch.column + reach, grid.width - 1); ++x)
        if (std::hypot(x - touch.column, y - touch.row) <= touch.radius)
          units.push_back((layer * grid.height + y) * grid.width + x);
  return units;
}

std::vector<UnitState> held_at(std::span<const Touch> touches, int step, const Program& program) {
  std::map<std::pair<int, int>, float> held;  // by lane and unit
  for (const Touch& touch : touches) {
    if (touch.step > step) break;
    const auto value = static_cast<float>(state_of_pixel(program.readout, touch.value));
    for (const int unit : units_under(touch, program))
      if (touch.kind == Touch::Kind::hold)
        held[{touch.lane, unit}] = value;
      else
        held.erase({touch.lane, unit});
  }
  std::vector<UnitState> states;
  for (const auto& [place, value] : held) states.push_back({place.second, place.first, value});
  return states;
}

void apply_touches(std::span<const Touch> touches, Simulator& simulator) {
  const auto now = std::ranges::equal_range(touches, simulator.step(), {}, &Touch::step);
  if (now.empty()) return;
  hold_again(touches, simulator);
  for (const Touch& touch : now) simulator.set_state(states_of(touch, simulator));
}

void hold_again(std::span<const Touch> touches, Simulator& simulator) {
  simulator.hold(held_at(touches, simulator.step(), simulator.ideal()));
}

int first_difference(std::span<const Touch> a, std::span<const Touch> b) {
  const auto same = std::ranges::mismatch(a, b);
  int step = INT_MAX;
  for (auto at = same.in1; at != a.end(); ++at) step = std::min(step, at->step);
  for (auto at = same.in2; at != b.end(); ++at) step = std::min(step, at->step);
  return step;
}

}  // namespace phaseloom
