// SPDX-License-Identifier: MIT
#pragma once
// Numbers and pictures read off a batch of states.

#include <filesystem>
#include <span>

#include "app/run/snapshot.hpp"
#include "engine/data/picture.hpp"

namespace phaseloom {

/// Mean over lanes of |mean over units of exp(i theta)|: 1 when all phases agree, about
/// sqrt(pi / (4 units)) for independent ones. `state` is [unit][lane].
double order_parameter(std::span<const float> state, int lanes);

/// A round number (1, 2 or 5 times a power of ten) that 98 % of the magnitudes stay below.
double robust_range(std::span<const float> values);

/// The angle at which the cyclic colour map begins, so that it is bright where the read-out is.
double phase_origin(Readout readout);

/// Images [lane][channel][y][x] in `wall` rows and columns, enlarged to be seen. With another map
/// than grey, `pixels` are places on it.
Picture wall_picture(std::span<const float> pixels, PictureShape image, int wall,
                     ColourMap map = ColourMap::grey);

/// The images of the wall as one file: .png in rows and columns, enlarged to be seen; .npy as an
/// array [lane][y][x], in colour [lane][channel][y][x]. Throws Error for other names and when there
/// are none.
void export_wall(const Snapshot& snapshot, const std::filesystem::path& path);
/// The states of all units as .npy [lane][unit], angles in rad not wrapped. Throws Error likewise.
void export_states(const Snapshot& snapshot, const std::filesystem::path& path);

}  // namespace phaseloom
