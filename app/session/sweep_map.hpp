// SPDX-License-Identifier: MIT
#pragma once
// What a sweep shows at a glance: maps of quality and energy over bits and density, and all of it
// as energy against quality.

#include <array>
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include "app/document/scene.hpp"
#include "app/jobs/sweep_snapshot.hpp"

namespace phaseloom {

/// What a sweep can be cut by, each in the plan's order.
struct SweepSlices {
  std::vector<std::string> models;
  std::vector<double> weight_noises, mismatches;
  std::vector<SweepKind> kinds;
};
SweepSlices slices_of(const SweepPlan& plan);

/// One slice.
struct SweepMap {
  struct Cell {
    std::vector<std::size_t> places;  ///< of the table: the same setting with several seeds
    double relative = std::numeric_limits<double>::quiet_NaN();  ///< mean of those that are known
    double energy = 0;                                           ///< J per image
    int known = 0, failed = 0;                                   ///< of the places
  };
  std::vector<int> bits;          ///< rows: float, then 8 to 1
  std::vector<double> densities;  ///< columns, falling
  std::vector<Cell> cells;        ///< [row][column]
  // Of what is known; NaN: nothing is.
  double least = std::numeric_limits<double>::quiet_NaN();
  double most = std::numeric_limits<double>::quiet_NaN();

  const Cell& at(std::size_t row, std::size_t column) const {
    return cells[row * densities.size() + column];
  }
};
/// @param slice by DesignView::Slice, clamped to what there is
/// @param choice what the energies are priced as, whatever the sweep was planned with
SweepMap map_of(const SweepSnapshot& sweep, const std::array<int, 4>& slice,
                const CostChoice& choice);

/// A cell that is known.
struct SweepSpot {
  std::size_t place;        ///< of the table
  double energy, relative;  ///< J per image; distance
  bool on_front;            ///< no other is better in both
};
std::vector<SweepSpot> spots_of(const SweepSnapshot& sweep, const CostChoice& choice);

/// J per image of a cell, known or not.
double energy_of(const SweepSnapshot& sweep, const SweepTable::Place& place,
                 const CostChoice& choice);
/// "3 bits, density 0.5, δ 0.1, trained on".
std::string spoken_cell(const SweepCell& cell);
/// The plan that the scene asks for. Throws Error: what cannot be swept.
SweepPlan plan_of(const Scene& scene);

}  // namespace phaseloom
