// SPDX-License-Identifier: MIT
#pragma once
// What an analog core that runs a program would cost: area, power, time and energy per image, by an
// explicit parametric model whose every constant can be read and changed (docs/cost.md). Good to
// about a factor of 3 either way; nothing in it is fitted to a published total.
//
//   E         couplings: one per directed wire, one per reciprocal pair
//   g(b)      unit-weighted cell 2^(b-1) - 1; C-2C ladder 3 b
//   A_c       = A0 + A1 g + b A_bit                 area of a coupling's cell
//   A         = k_core (N A_osc + E A_c + G A_g), d = sqrt(A) core
//   G         gains, one a unit or none; each is a C-2C ladder of 8 bits on what the unit
//             listens to (*): A_g = A1 g(8) + 8 A_bit, e_g = e_u g(8)
//   e_end     = c_w sqrt(A_c) V^2 + e_u g           a coupling's end, each carrier cycle
//   E_cyc     = N e_osc + ends e_end + G e_g; P = f E_cyc + E P_static
//   n         = T eta                               carrier cycles per image
//   E_dyn     = n P / f
//   E_prog    = (E b + 8 G) (e_src + a C_w d V^2 + e_loc)   one chunk's weights written once
//   E_read    = 2 V E_adc; E_init = N E_dac

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/hardware/hardware.hpp"
#include "engine/network/program.hpp"
#include "engine/support/names.hpp"

namespace phaseloom {

/// A set of constants to start from.
enum class CostPreset {
  nm65,        ///< 65 nm, 1 V, 1 GHz
  nm28,        ///< the same scaled to 28 nm
  fabricated,  ///< 28 nm with the area per coupling of a chip that was made
};
/// How a weight of b bits is made of unit elements.
enum class CouplingCell {
  unit_weighted,  ///< 2^(b-1) - 1 equal units
  c2c,            ///< a C-2C ladder, 3 b units
};
/// Where the K chunks' weights are while one of them is in force.
enum class ChunkHold {
  save_and_reprogram,  ///< one core; the state is saved, the weights are written anew
  state_stationary,    ///< one core that holds all weights; a scheduler switches
  weight_stationary,   ///< K cores; the state moves on
};

/// Every number of the model that is not the network's. Units as in cost_constants().
struct CostConstants {
  double frequency = 1;        ///< f, GHz
  double voltage = 1;          ///< supply, V
  double osc_area = 120;       ///< A_osc, um^2
  double cell_area = 40;       ///< A0, um^2
  double unit_area = 4;        ///< A1, um^2
  double bit_area = 13.1;      ///< A_bit, um^2
  double sram_area = 0.676;    ///< A_sram, um^2 per bit
  double fixed_cell = 0;       ///< A_c itself, um^2, whatever b; 0: by the formula
  double overhead = 1.25;      ///< of the core's area, over its cells
  double sram_overhead = 1.4;  ///< of the stored weights' area, over their cells
  double osc_energy = 10;      ///< e_osc, fJ per cycle
  double unit_energy = 0.35;   ///< e_u, fJ per cycle
  double wire = 0.36;          ///< c_w, fF/um
  double activity = 0.25;      ///< a
  double bus = 0.36;           ///< C_w, pJ per bit and mm at 1 V
  double fetch_energy = 1.56;  ///< e_src, pJ per bit
  double write_energy = 12.8;  ///< e_loc, fJ per bit
  double switch_energy = 2;    ///< e_sw, fJ per bit
  double adc_energy = 6;       ///< E_adc, pJ
  double dac_energy = 1;       ///< E_dac, pJ
  double row_time = 10;        ///< to write one row of a square array of E weights, ns
  double static_power = 0;     ///< P_static, nW per coupling
  double hold_power = 0;       ///< P_hold while weights are written, mW
  bool operator==(const CostConstants&) const = default;
};

enum class CostSource {
  measured,   ///< on this kind of hardware
  published,  ///< a number that a publication gives
  derived,    ///< from published ones, by scaling or by a split
  assumed,    ///< ours
};
template <>
struct Names<CostSource> {
  static constexpr std::string_view kind = "source";
  static constexpr std::array<std::string_view, 4> all{"measured", "published", "derived",
                                                       "assumed"};
};

/// One row of the table of constants: the only place that knows symbols, units and origins.
struct CostConstantInfo {
  std::string_view symbol;
  std::string_view meaning;
  std::string_view unit;
  double CostConstants::*value;
  CostSource source;
  std::string_view origin;  ///< one phrase
  // What a person may set it to, inclusive (*): far beyond what can be built, short of what makes
  // the model's numbers infinite.
  double min = 0;
  double max = 1e6;
};
inline constexpr std::size_t kCostConstants = 23;
std::span<const CostConstantInfo, kCostConstants> cost_constants();
/// Its place among cost_constants(); none: there is no constant of that symbol.
std::optional<std::size_t> cost_constant_named(std::string_view symbol);

CostConstants constants_of(CostPreset preset);
/// A person's own values by place in cost_constants(); none: the preset's.
using CostOverrides = std::array<std::optional<double>, kCostConstants>;
template <>
struct Names<CostPreset> {
  static constexpr std::string_view kind = "technology";
  static constexpr std::array<std::string_view, 3> all{"65nm", "28nm", "fabricated"};
};
template <>
struct Names<CouplingCell> {
  static constexpr std::string_view kind = "coupling cell";
  static constexpr std::array<std::string_view, 2> all{"unit_weighted", "c2c"};
};
template <>
struct Names<ChunkHold> {
  static constexpr std::string_view kind = "place of the chunks";
  static constexpr std::array<std::string_view, 3> all{"save_and_reprogram", "state_stationary",
                                                       "weight_stationary"};
};

/// What of a network costs something.
struct CostNetwork {
  int units = 0;               ///< N, label oscillators included
  int visible = 0;             ///< V
  std::int64_t couplings = 0;  ///< directed wires, of a weight that is not 0 in every chunk
  std::int64_t places = 0;     ///< couplings of the topology, which a density counts against
  bool reciprocal = false;     ///< a pair i <-> j is one coupling
  int gains = 0;               ///< G
  int chunks = 1;              ///< K
  double duration = 0;         ///< T, in the equations' time unit
  bool operator==(const CostNetwork&) const = default;
};
/// Looks at every weight once.
CostNetwork cost_network(const Program& program);
/// As realise() makes it: the strongest round(density * places) wires at most, and the gains of
/// weights that have bits.
CostNetwork as_built(CostNetwork network, const Hardware& hardware);

/// What a person chooses.
struct CostChoice {
  CostPreset preset = CostPreset::nm65;
  CouplingCell cell = CouplingCell::unit_weighted;
  ChunkHold hold = ChunkHold::save_and_reprogram;
  double eta = 10;  ///< carrier cycles per time unit; kMinEta..kMaxEta
  int batch = 1;    ///< B, images that run per programming; 1..kMaxBatch
  CostOverrides own{};
  bool operator==(const CostChoice&) const = default;
};
/// The preset's, and the person's own in their places.
CostConstants constants_of(const CostChoice& choice);
/// "e_osc=12 c_w=0.4": the person's own, empty if there are none.
std::string own_constants(const CostChoice& choice);
inline constexpr double kMinEta = 0.1, kMaxEta = 10'000;
inline constexpr int kMaxBatch = 1'000'000;
/// Throws Error naming the first value that is out of range and its range.
void validate(const CostChoice& choice);

/// mm^2 of all cores.
struct CostArea {
  double oscillators = 0;
  double couplings = 0;  ///< cells, and gains, without the registers of the numbers in force
  double registers =
      0;  ///< of these; none of weights where A_c is given as a whole, which contains them
  double stored = 0;    ///< the other chunks' weights
  double overhead = 0;  ///< what lies between all these
  double total() const { return oscillators + couplings + registers + stored + overhead; }
};

/// Joules per image.
struct CostEnergy {
  double dynamic = 0;         ///< oscillators and couplings at work
  double programming = 0;     ///< weights written, divided by the images that share it
  double switching = 0;       ///< from one chunk's stored weights to the next
  double saving = 0;          ///< the state out of the core and into it again, K - 1 times
  double readout = 0;         ///< the picture
  double initialisation = 0;  ///< the noise it starts from
  double total() const {
    return dynamic + programming + switching + saving + readout + initialisation;
  }
};

/// A share of an area or an energy, and what people call it.
template <class Whole>
struct CostCause {
  std::string_view name;   ///< in tables: "programming"
  std::string_view label;  ///< "Weights written"
  std::string_view formula;
  double Whole::*value;
};
std::span<const CostCause<CostArea>> cost_areas();
std::span<const CostCause<CostEnergy>> cost_energies();

struct Cost {
  int bits = 0;  ///< that were counted with
  bool bits_assumed =
      false;                ///< the weights are floats, which no such cell holds: counted as 8 bits
  double couplings = 0;     ///< E
  double cell_area = 0;     ///< A_c, um^2
  double core_area = 0;     ///< A, mm^2
  double area = 0;          ///< of all cores and stored weights, mm^2
  int cores = 1;            ///< that this area is divided among
  CostArea areas;           ///< its causes
  double power = 0;         ///< of a core at work, W
  double cycles = 0;        ///< n
  double cycle_energy = 0;  ///< E_cyc, J
  double chunk_energy = 0;  ///< E_prog, J
  double chunk_time = 0;    ///< to write one chunk's weights, s
  double time = 0;          ///< from noise to picture, s
  double rate = 0;          ///< images per second
  CostEnergy energy;        ///< per image
};

/// Weights of float programs are counted as this many bits (*).
inline constexpr int kFloatCostBits = 8;

/// @param bits 1..8, or 0 for float.
/// @param constants instead of those of the choice.
Cost cost_of(const CostNetwork& network, int bits, const CostChoice& choice,
             const CostConstants& constants);
Cost cost_of(const CostNetwork& network, int bits, const CostChoice& choice);

/// Standard deviation in rad of the phase of a free-running ring oscillator of `energy` joules per
/// cycle after `cycles` of them: variance (2 pi)^2 7.33 n kT / E (Navid).
double free_running_diffusion(double cycles, double energy);

/// Something to hold a number against; never a result of this model.
struct CostBaseline {
  std::string_view name;
  std::string_view label;  ///< one or two words for a plot; neighbours may share theirs
  double energy;           ///< J; per image unless the name says otherwise
  bool per_image;
  CostSource source;
  std::string_view origin;
};
std::span<const CostBaseline> cost_baselines();
/// J per image: the published claim for a 4-bit sparse oscillator core (Wang and Achour,
/// arXiv 2606.27294, abstract). Its breakdown is not public to us.
inline constexpr double kPublishedEnergy = 23e-6;
/// How far the model may be off, either way.
inline constexpr double kCostFactor = 3;

}  // namespace phaseloom
