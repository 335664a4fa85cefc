// SPDX-License-Identifier: MIT
#pragma once
// What an experiment with a small network is: the network, or how it is laid out, and the numbers
// that hold for all of it.

#include <array>
#include <cstdint>
#include <string_view>

#include "engine/network/substrate.hpp"
#include "engine/playground/network.hpp"
#include "engine/support/names.hpp"

namespace phaseloom {

/// Known experiments, each with what theory says about it (presets.hpp, meters.hpp).
enum class Preset {
  two_clocks,
  crowd,
  fireflies,
  bits,
  max_cut,
  memory,
  double_well,
  field,
  pixel,
  own
};
template <>
struct Names<Preset> {
  static constexpr std::string_view kind = "preset";
  static constexpr std::array<std::string_view, 10> all{
      "two_clocks", "crowd",       "fireflies", "bits",  "max_cut",
      "memory",     "double_well", "field",     "pixel", "own"};
};

enum class Layout {
  ring,      ///< each with as many neighbours as `degree` says, half of them on either side
  grid,      ///< rows and columns, each with its four neighbours
  complete,  ///< all with all, each coupling K/N
  random,    ///< pairs by chance, so that a unit has `degree` partners on average
  memory,    ///< all with all as W_ij of the patterns that are stored (memory.hpp of theory)
  apart,     ///< none with any
};
template <>
struct Names<Layout> {
  static constexpr std::string_view kind = "layout";
  static constexpr std::array<std::string_view, 6> all{"ring",   "grid",   "complete",
                                                       "random", "memory", "apart"};
};

/// How detunings are spread, in units of the spread.
enum class Frequencies {
  even,        ///< from +1/2 to −1/2 in equal steps
  gaussian,    ///< standard deviation 1
  lorentzian,  ///< half width 1
};
template <>
struct Names<Frequencies> {
  static constexpr std::string_view kind = "distribution";
  static constexpr std::array<std::string_view, 3> all{"even", "gaussian", "lorentzian"};
};

inline constexpr int kMaxPatterns = 40;

struct PlaygroundSetup {
  Preset preset = Preset::crowd;
  // The network: one's own, or laid out.
  OwnNetwork own;
  Layout layout = Layout::complete;
  int units = 100;
  double degree = 4;  ///< of a ring, or a random graph
  Frequencies frequencies = Frequencies::lorentzian;
  int patterns = 3;        ///< of a memory
  std::uint64_t seed = 1;  ///< of layout, frequencies, start and noise
  // What holds for all units.
  Substrate substrate{};
  double coupling = 1.6;   ///< K
  double spread = 0.5;     ///< γ: of frequencies, rad per time unit; of voltages, of their drives
  double injection = 0;    ///< S, where the substrate has it
  double j2 = -1, j4 = 1;  ///< of a Langevin unit's potential
  double temperature = 0;  ///< kT of the bath
  double damage = 0.2;     ///< share of a memory's units that start the wrong way round
  double step = 0.05;      ///< dt, in time units
  // A window of the network that Generate runs.
  int pixel = 406;  ///< its middle: a unit, by default in the middle of a picture of 28 x 28
  int sample = 0;   ///< whose run leads its border: a sample of the wall
  int reach = 2;    ///< rows and columns to every side
  // How it is watched.
  double speed = 2;    ///< time units per second
  double carrier = 0;  ///< Ω, rad per time unit: hands turn so fast besides, phases are told in the
                       ///< frame that turns along; no part of the dynamics
  bool operator==(const PlaygroundSetup&) const = default;
};

/// What a preset begins with.
PlaygroundSetup preset_setup(Preset preset);

/// Whether the two are the same network, whatever they do with it.
bool same_network(const PlaygroundSetup& a, const PlaygroundSetup& b);

/// The network that it is about. Throws Error if that has no units.
PlaygroundNetwork network_of(const PlaygroundSetup& setup);

}  // namespace phaseloom
