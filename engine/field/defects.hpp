// SPDX-License-Identifier: MIT
#pragma once
// Phase singularities of a field, which are vortices in the XY model [KT]: plaquettes, squares of
// four neighbouring places, around which the phase turns once, each step from place to place taken
// the short way [TC]. Around a torus as a whole the turns cancel, so the charges' sum is always 0.

#include <span>
#include <vector>

namespace phaseloom {

/// The plaquette of (x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1), all on the torus.
struct Defect {
  int x = 0, y = 0;
  /// +1 if the phase grows by 2π on the way from the axis of x towards that of y, as atan2(y, x)
  /// does; -1 if it falls.
  int charge = 0;
  bool operator==(const Defect&) const = default;
};

struct DefectCount {
  int positive = 0, negative = 0;  ///< as many of each
  int all() const { return positive + negative; }
  bool operator==(const DefectCount&) const = default;
};

/// Row by row. @param phases [height][width], in rad within -π..π as Field keeps them.
std::vector<Defect> find_defects(std::span<const float> phases, int width, int height);
DefectCount count_defects(std::span<const float> phases, int width, int height);

}  // namespace phaseloom
