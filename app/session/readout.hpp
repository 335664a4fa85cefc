#pragma once
// Numbers and pictures read off a batch of states.

#include <filesystem>
#include <span>

#include "app/session/snapshot.hpp"

namespace phaseloom {

/// Mean over lanes of |mean over units of exp(i theta)|: 1 when all phases agree, about
/// sqrt(pi / (4 units)) for independent ones. `state` is [unit][lane].
double order_parameter(std::span<const float> state, int lanes);

/// The images of the wall as one file: .png in rows and columns, enlarged to be seen; .npy as an
/// array [lane][y][x]. Throws Error for other names and when there are none.
void export_wall(const Snapshot& snapshot, const std::filesystem::path& path);

}  // namespace phaseloom
