// SPDX-License-Identifier: MIT
#include "engine/circuit/circuit.hpp"

#include <algorithm>
#include <numeric>

#include "engine/dynamics/weight_noise.hpp"
#include "engine/network/formula.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

Program held_in_sample(const Program& ideal, const Hardware& hardware,
                       const RunSettings& settings) {
  Program program = realise(ideal, hardware);
  if (hardware.weight_noise == 0) return program;
  const auto unit = static_cast<float>(hardware.weight_noise) * kNormalUnit;
  for (int chunk = 0; chunk < program.chunks(); ++chunk) {
    const auto weights = program.weights(chunk);
    for (std::size_t i = 0; i < weights.size(); ++i)
      weights[i] *= 1 + unit * static_cast<float>(weight_error(
                                   settings.seed, static_cast<std::uint32_t>(chunk),
                                   settings.first_sample, static_cast<std::uint32_t>(i)));
  }
  return program;
}

}  // namespace

std::string_view rung_of(Substrate substrate) {
  return formula_of(substrate).numbers.empty() ? "A" : "B";
}

Circuit whole_circuit(const Program& program, const Hardware& hardware,
                      const RunSettings& settings) {
  Circuit circuit{held_in_sample(program, hardware, settings), {}, {}};
  circuit.units.resize(static_cast<std::size_t>(program.topology->first_label()));
  std::iota(circuit.units.begin(), circuit.units.end(), 0);
  return circuit;
}

Circuit tile_circuit(const Program& program, const Hardware& hardware, const RunSettings& settings,
                     int side) {
  const Topology& topology = *program.topology;
  const Grid& grid = topology.grid();
  const int most = std::min(grid.width, grid.height);
  if (grid.units() != topology.first_label())
    fail("circuit: a network without a grid has no tiles; take the whole of it");
  if (side < 1 || side > most)
    fail("circuit: a tile of {} x {} places; a grid of {} x {} has tiles of 1 to {}", side, side,
         grid.width, grid.height, most);
  Circuit circuit{held_in_sample(program, hardware, settings), {}, {}};
  const int left = (grid.width - side) / 2, top = (grid.height - side) / 2;
  for (int layer = 0; layer < grid.layers; ++layer)
    for (int y = top; y < top + side; ++y)
      for (int x = left; x < left + side; ++x)
        circuit.units.push_back((layer * grid.height + y) * grid.width + x);
  for (const int unit : circuit.units)
    for (const int source : topology.sources_of(unit))
      if (source < topology.first_label() && !std::ranges::binary_search(circuit.units, source))
        circuit.border.push_back(source);
  std::ranges::sort(circuit.border);
  const auto [first, last] = std::ranges::unique(circuit.border);
  circuit.border.erase(first, last);
  return circuit;
}

}  // namespace phaseloom
