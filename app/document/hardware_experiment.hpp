// SPDX-License-Identifier: MIT
#pragma once
// What is asked of hardware beyond the one design on the wall: many designs (a sweep), many devices
// of one design (chips), and what a circuit simulator makes of it. The values sweep.*, chips.* and
// circuit.* of a scene.

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "engine/support/names.hpp"

namespace phaseloom {

/// How networks come to the hardware of a cell.
enum class SweepWay {
  as_is,    ///< it is evaluated as it is
  trained,  ///< it is trained on for that hardware first
  both,     ///< a cell of each
};
template <>
struct Names<SweepWay> {
  static constexpr std::string_view kind = "way to a cell";
  static constexpr std::array<std::string_view, 3> all{"as_is", "trained", "both"};
};

/// Values of a list that a person writes (*): more make a map that nobody reads.
inline constexpr std::size_t kMaxSweepValues = 12;
/// What stands for the network on the wall among sweep.models.
inline constexpr std::string_view kModelOnWall = "wall";

/// Every combination of these is a cell.
struct SweepSetup {
  std::vector<std::string> models{std::string(kModelOnWall)};
  std::vector<double> bits{0, 8, 6, 4, 3, 2};  ///< whole numbers; 0: float
  std::vector<double> densities{1, 0.7, 0.5, 0.35, 0.25};
  std::vector<double> weight_noises{0};
  std::vector<double> mismatches{0};
  int samples = 2000;  ///< of each cell
  SweepWay way = SweepWay::as_is;
  double minutes = 2;  ///< of training for a cell, where there is one
  bool operator==(const SweepSetup&) const = default;
};

inline constexpr int kMaxDevices = 1000;

/// The design is that of the scene, its mismatch this one.
struct ChipsSetup {
  int devices = 100;
  double mismatch = 0.1;
  std::vector<double> mismatches{0.2, 0.3, 0.4};  ///< further ones, for what a yield can bear
  int samples = 1000;                             ///< of each device
  double limit = 0.1;  ///< relative Fréchet distance that a good one has at most
  bool operator==(const ChipsSetup&) const = default;
};

/// The network and its hardware are those of the scene.
struct CircuitSetup {
  int tile = 8;    ///< side of the window in the middle of the grid; 0: the whole network
  int sample = 0;  ///< of the seed
  double reltol = 1e-4;
  bool operator==(const CircuitSetup&) const = default;
};

}  // namespace phaseloom
