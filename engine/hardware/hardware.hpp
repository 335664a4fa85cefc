// SPDX-License-Identifier: MIT
#pragma once
// What real hardware would make of a program (docs/physics.md, Hardware). Static effects are folded
// into a derived program, once per change; noise that is drawn anew per sample or step is left to
// the simulator.

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/network/program.hpp"
#include "engine/support/names.hpp"

namespace phaseloom {

/// Levels of a b-bit weight.
enum class BitGrid {
  twos_complement,  ///< -2^(b-1) .. 2^(b-1) - 1 (default)
  symmetric,        ///< -(2^(b-1) - 1) .. 2^(b-1) - 1; for b = 1: {-1, +1}
};
template <>
struct Names<BitGrid> {
  static constexpr std::string_view kind = "grid";
  static constexpr std::array<std::string_view, 2> all{"twos_complement", "symmetric"};
};

/// Whose weights share the step of their grid.
enum class Gain {
  chunk,  ///< all of a chunk (default)
  unit,   ///< those into a unit: W_ij = g_i k_ij, with k_ij in few bits and one analog gain g_i for
          ///< each unit and chunk
};
template <>
struct Names<Gain> {
  static constexpr std::string_view kind = "gain";
  static constexpr std::array<std::string_view, 2> all{"chunk", "unit"};
};

struct Hardware {
  int bits = 0;  ///< 1..8; 0 means float (ideal)
  BitGrid grid = BitGrid::twos_complement;
  Gain gain = Gain::chunk;  ///< a tied network has one a chunk: a pair is one device (*)
  double density = 1;   ///< fraction of the couplings kept, smallest magnitudes go first; (0, 1]
  double mismatch = 0;  ///< static relative standard deviation, W (1 + mismatch e), per device
  std::uint64_t device = 1;  ///< seed of the device whose mismatch this is
  double weight_noise = 0;   ///< relative standard deviation, W (1 + noise e) redrawn per sample
  double phase_noise = 0;    ///< Wiener noise amplitude on every state, per sqrt(time unit), of the
                             ///< circuits; heat that belongs to the equations is the run's

  /// The same with nothing that acts: only which grid, gains and device it would have are kept.
  Hardware idealised() const { return {.grid = grid, .gain = gain, .device = device}; }
  bool ideal() const { return *this == idealised(); }
  bool operator==(const Hardware&) const = default;
};

/// Throws Error naming the first field that is out of range and its range.
void validate(const Hardware& hardware);

/// `ideal` as this hardware holds it: pruned to `density` (weights set to 0; the topology stays),
/// then quantised by chunk or unit, then with the device's mismatch. Unit parameters are not
/// quantised
/// (*).
Program realise(const Program& ideal, const Hardware& hardware);

/// Of every coupling the first one of its pair, which is one device where couplings are tied; else
/// itself.
std::vector<std::int64_t> pair_leaders(const Program& program);
/// 1 for every coupling that pruning to `density` keeps (in topology order), else 0.
std::vector<std::uint8_t> kept_couplings(const Program& program, double density);
/// Of every coupling, how many are kept where it is the weakest one that is: pruning to a density
/// keeps those of a rank up to round(density * couplings).
std::vector<float> pruning_ranks(const Program& program);

}  // namespace phaseloom
