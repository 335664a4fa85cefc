// SPDX-License-Identifier: MIT
#include "engine/playground/network.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

auto place_of(std::vector<PlaygroundCoupling>& couplings, int a, int b) {
  return std::ranges::lower_bound(couplings, std::pair(a, b), {},
                                  [](const PlaygroundCoupling& c) { return std::pair(c.a, c.b); });
}

void check_unit(const PlaygroundNetwork& network, int unit) {
  if (unit >= 0 && unit < network.count()) return;
  if (network.units.empty()) fail("there is no unit {}: there are none", unit);
  fail("there is no unit {}: the last one is {}", unit, network.count() - 1);
}

void check_place(float x, float y) {
  if (!(x >= 0 && x <= 1 && y >= 0 && y <= 1))
    fail("({}, {}) is not on the canvas; both go from 0 to 1", x, y);
}

void check_size(float value, const char* what) {
  if (!(std::abs(value) <= kMaxPlaygroundWeight))
    fail("{} is no {}; use -{} to {}", value, what, kMaxPlaygroundWeight, kMaxPlaygroundWeight);
}

}  // namespace

const PlaygroundCoupling* PlaygroundNetwork::find(int a, int b) const {
  const auto key = std::pair(std::min(a, b), std::max(a, b));
  const auto found = std::ranges::lower_bound(
      couplings, key, {}, [](const PlaygroundCoupling& c) { return std::pair(c.a, c.b); });
  return found != couplings.end() && std::pair(found->a, found->b) == key ? &*found : nullptr;
}

float canvas_place(double share) {
  constexpr double kSteps = 1000;
  return static_cast<float>(std::round(std::clamp(share, 0.0, 1.0) * kSteps) / kSteps);
}

PlaygroundNetwork with_unit(const PlaygroundNetwork& network, float x, float y, float detuning) {
  check_place(x, y);
  check_size(detuning, "detuning");
  if (network.count() >= kMaxPlaygroundUnits)
    fail("{} units are as many as the playground takes", kMaxPlaygroundUnits);
  PlaygroundNetwork next = network;
  int id = 0;
  for (const PlaygroundUnit& unit : network.units) id = std::max(id, unit.id + 1);
  next.units.push_back({canvas_place(x), canvas_place(y), detuning, id});
  return next;
}

PlaygroundNetwork without_unit(const PlaygroundNetwork& network, int unit) {
  check_unit(network, unit);
  PlaygroundNetwork next = network;
  next.units.erase(next.units.begin() + unit);
  std::erase_if(next.couplings,
                [&](const PlaygroundCoupling& c) { return c.a == unit || c.b == unit; });
  for (PlaygroundCoupling& c : next.couplings) {
    if (c.a > unit) --c.a;
    if (c.b > unit) --c.b;
  }
  return next;
}

PlaygroundNetwork with_unit_at(const PlaygroundNetwork& network, int unit, float x, float y) {
  check_unit(network, unit);
  check_place(x, y);
  PlaygroundNetwork next = network;
  next.units[static_cast<std::size_t>(unit)].x = canvas_place(x);
  next.units[static_cast<std::size_t>(unit)].y = canvas_place(y);
  return next;
}

PlaygroundNetwork with_detuning(const PlaygroundNetwork& network, int unit, float detuning) {
  check_unit(network, unit);
  check_size(detuning, "detuning");
  PlaygroundNetwork next = network;
  next.units[static_cast<std::size_t>(unit)].detuning = detuning;
  return next;
}

PlaygroundNetwork with_coupling(const PlaygroundNetwork& network, int a, int b, float weight) {
  check_unit(network, a);
  check_unit(network, b);
  check_size(weight, "weight");
  if (a == b) fail("unit {} cannot be coupled to itself", a);
  if (a > b) std::swap(a, b);
  PlaygroundNetwork next = network;
  const auto at = place_of(next.couplings, a, b);
  const bool there = at != next.couplings.end() && at->a == a && at->b == b;
  if (weight == 0) {
    if (there) next.couplings.erase(at);
  } else if (there) {
    at->weight = weight;
  } else {
    if (next.couplings.size() >= kMaxOwnCouplings)
      fail("{} couplings are as many as a network of one's own has", kMaxOwnCouplings);
    next.couplings.insert(at, {a, b, weight});
  }
  return next;
}

}  // namespace phaseloom
