// SPDX-License-Identifier: MIT
#pragma once
// A hand on the running network: what it brushes is stirred, erased, or held. Touches belong to the
// run: they act at the step at which they were made, again and again when the run is gone through
// anew, and end with it.

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/dynamics/simulator.hpp"
#include "engine/support/names.hpp"

namespace phaseloom {

struct Touch {
  enum class Kind {
    stir,   ///< new states, as random as at the start
    erase,  ///< to rest: the state 0, in the middle of the noise at the start
    hold,   ///< clamped, for the rest of the run or until it is stirred or erased
  };
  Kind kind = Kind::stir;
  int lane = 0;
  int layer = 0;
  int row = 0, column = 0;   ///< of the middle
  double radius = 0;         ///< in pixels: what is no further from the middle
  double value = 1;          ///< what held units read as: 0 black, 1 white
  int step = 0;              ///< after so many steps
  std::uint32_t number = 0;  ///< counts the touches of a run: a second stir is another one
  bool operator==(const Touch&) const = default;
};

template <>
struct Names<Touch::Kind> {
  static constexpr std::string_view kind = "touch";
  static constexpr std::array<std::string_view, 3> all{"stir", "erase", "hold"};
};
/// Of a run.
inline constexpr std::size_t kMaxTouches = 20'000;

/// In the order of their steps; of one step, as they were made.
using Touches = std::vector<Touch>;
void insert_touch(Touches& touches, const Touch& touch);

/// The units that it covers: of the visible layer, in all its colours.
std::vector<int> units_under(const Touch& touch, const Program& program);
/// What is held after `step` steps, each unit once.
std::vector<UnitState> held_at(std::span<const Touch> touches, int step, const Program& program);

/// The touches of the simulator's present step act on it: after it has come there from the step
/// before, or from a restart, or when there is one more of them; doing it again changes nothing.
void apply_touches(std::span<const Touch> touches, Simulator& simulator);
/// After Simulator::restore(): what is held at that step is held again.
void hold_again(std::span<const Touch> touches, Simulator& simulator);

/// The first step that would be another one; INT_MAX if they are alike.
int first_difference(std::span<const Touch> a, std::span<const Touch> b);

}  // namespace phaseloom
