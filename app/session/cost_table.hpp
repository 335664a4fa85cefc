// SPDX-License-Identifier: MIT
#pragma once
// What the network on the wall would cost, and all that belongs to that number as a table.

#include <filesystem>
#include <string>

#include "app/document/scene.hpp"
#include "engine/hardware/cost.hpp"

namespace phaseloom {

/// @param network as cost_network() counts it, before the scene's density prunes it
Cost wall_cost(const CostNetwork& network, const Scene& scene);
/// The same if its chunks were held in another way.
Cost wall_cost(const CostNetwork& network, const Scene& scene, ChunkHold hold);

/// Lines of kind,name,hold,value,unit,source,origin: what was priced, its cost by each way to hold
/// the chunks, all constants, and what stands beside it. Areas are in mm2, energies in J per image.
std::string print_costs(const CostNetwork& network, const Scene& scene);
/// Writes it; whole or not at all. Throws Error if the name does not end in .csv.
void export_costs(const CostNetwork& network, const Scene& scene,
                  const std::filesystem::path& path);

}  // namespace phaseloom
