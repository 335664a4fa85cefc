// SPDX-License-Identifier: MIT
#pragma once
// How far apart two sets of states are as draws of a distribution, whichever unit has which.

#include <span>

namespace phaseloom {

/// Kuiper's statistic of two samples (Kuiper 1960): the farthest that the share of `a` below a
/// value is above that of `b`, and the farthest it is below, added up; in [0, 2]. Of phases, in
/// rad, those that differ by whole turns are the same, and it does not matter where the circle is
/// cut. Of an empty set it is 0.
double kuiper_distance(std::span<const double> a, std::span<const double> b, bool is_phase);

/// What the distance of two samples of `size` values of one distribution exceeds one time in twenty
/// (Stephens 1970).
double kuiper_by_chance(int size);

}  // namespace phaseloom
