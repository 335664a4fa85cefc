// SPDX-License-Identifier: MIT
// The numbers of the cost model and where they come from; declared in cost.hpp.

#include "engine/hardware/cost.hpp"

#include <iterator>

namespace phaseloom {
namespace {

using C = CostConstants;
using enum CostSource;

constexpr CostConstantInfo kConstants[] = {
    {"f", "carrier frequency", "GHz", &C::frequency, assumed, "", 1e-3, 1e3},
    {"V", "supply", "V", &C::voltage, assumed, "", 0.01, 100},
    {"A_osc", "oscillator", "um2", &C::osc_area, assumed, ""},
    {"A0", "coupling cell without its weight", "um2", &C::cell_area, assumed, ""},
    {"A1", "unit element of a weight", "um2", &C::unit_area, assumed, ""},
    {"A_bit", "register, per bit", "um2", &C::bit_area, derived,
     "scaled from published 40 nm register tables"},
    {"A_sram", "stored weights, per bit", "um2", &C::sram_area, derived, "a cell of 160 F2"},
    {"A_c", "coupling cell, whatever its bits (0: by the formula)", "um2", &C::fixed_cell, derived,
     "preset fabricated: 4.6 mm2 / 11,724 couplings, 1,440 oscillators, 28 nm (Graber and Hofmann "
     "2024)"},
    {"k_core", "core over its cells", "", &C::overhead, assumed, "", 1, 100},
    {"k_sram", "stored weights over their cells", "", &C::sram_overhead, assumed, "", 1, 100},
    {"e_osc", "oscillator, per cycle", "fJ", &C::osc_energy, derived,
     "split (assumed) of 21 fJ per oscillator-cycle: 1,968 oscillators, 42 mW, about 1 GHz (Moy et "
     "al., Nature Electronics 2022)"},
    {"e_u", "unit element, per cycle", "fJ", &C::unit_energy, derived, "the same split"},
    {"c_w", "wire", "fF/um", &C::wire, derived, "0.367 pF/mm at 70 nm (Ho)"},
    {"a", "activity of a bus", "", &C::activity, assumed, "", 0, 1},
    {"C_w", "bus, per bit and mm at 1 V", "pJ/mm", &C::bus, derived, "0.367 pF/mm at 70 nm (Ho)"},
    {"e_src", "fetching a weight, per bit", "pJ", &C::fetch_energy, published,
     "100 pJ per 64-bit access of 1 MB SRAM (Horowitz 2014)"},
    {"e_loc", "writing a weight, per bit", "fJ", &C::write_energy, derived,
     "scaled register write"},
    {"e_sw", "switching a weight, per bit", "fJ", &C::switch_energy, assumed, ""},
    {"E_adc", "reading a state", "pJ", &C::adc_energy, published,
     "median of 28/22 nm converters of 44-56 dB (Murmann survey)"},
    {"E_dac", "setting a state", "pJ", &C::dac_energy, assumed, ""},
    {"t_row", "writing a row of a square array of weights", "ns", &C::row_time, assumed,
     "our choice: 3.4 us for 117,600 weights"},
    {"P_static", "leakage of a coupling", "nW", &C::static_power, assumed, ""},
    {"P_hold", "holding the core while weights are written", "mW", &C::hold_power, assumed, ""},
};

static_assert(std::size(kConstants) == kCostConstants);

constexpr CostCause<CostArea> kAreas[] = {
    {"oscillators", "Oscillators", "N A_osc", &CostArea::oscillators},
    {"couplings", "Coupling cells", "E (A0 + A1 g)", &CostArea::couplings},
    {"registers", "Registers", "E b A_bit", &CostArea::registers},
    {"stored", "Stored weights", "E (K − 1) b A_sram", &CostArea::stored},
    {"overhead", "Between them", "k_core, k_sram", &CostArea::overhead},
};
constexpr CostCause<CostEnergy> kEnergies[] = {
    {"dynamic", "Oscillators and couplings at work", "n E_cyc", &CostEnergy::dynamic},
    {"programming", "Weights written", "K E_prog / B", &CostEnergy::programming},
    {"switching", "Stored weights switched", "K E b e_sw / 2", &CostEnergy::switching},
    {"saving", "State saved and set", "(K − 1) N (E_adc + E_dac)", &CostEnergy::saving},
    {"readout", "Picture read out", "2 V E_adc", &CostEnergy::readout},
    {"initialisation", "Initial noise set", "N E_dac", &CostEnergy::initialisation},
};

constexpr CostBaseline kBaselines[] = {
    {"this kind of core, as published: 4 bits, sparse", "published", kPublishedEnergy, true,
     published, "Wang and Achour, arXiv 2606.27294, abstract; its breakdown is not public to us"},
    {"int8 MLP generator of 1.47 M MAC, ASIC at 45 nm", "int8 ASIC", 18.9e-6, true, derived,
     "weights from 1 MB SRAM (Horowitz 2014)"},
    {"int8 MLP generator of 1.47 M MAC, ASIC at 7 nm", "int8 ASIC", 3.1e-6, true, derived,
     "the same, scaled"},
    {"the same ODE simulated digitally, 45 nm", "digital ODE", 2.4e-3, true, derived,
     "235,200 MAC x 800 steps"},
    {"the same ODE simulated digitally, 7 nm", "digital ODE", 0.39e-3, true, derived,
     "the same, scaled"},
    {"a GPU call with a batch of 1, at least", "GPU", 3e-3, true, assumed, "a lower bound"},
    {"int8 multiply-accumulate, 45 nm", "", 0.3e-12, false, published, "Horowitz 2014"},
    {"thermodynamic computer, mean heat per image", "", 2.9e3 * 4.14e-21, false, published,
     "2.9e3 kT, as reported; the heat alone, without reading or writing"},
    {"Landauer limit per bit, 300 K", "", 2.87e-21, false, published, "kT ln 2"},
    {"kT, 300 K", "", 4.14e-21, false, published, ""},
};

}  // namespace

std::span<const CostConstantInfo, kCostConstants> cost_constants() { return kConstants; }
std::span<const CostCause<CostArea>> cost_areas() { return kAreas; }
std::span<const CostCause<CostEnergy>> cost_energies() { return kEnergies; }
std::span<const CostBaseline> cost_baselines() { return kBaselines; }

std::optional<std::size_t> cost_constant_named(std::string_view symbol) {
  for (std::size_t i = 0; i < kCostConstants; ++i)
    if (kConstants[i].symbol == symbol) return i;
  return {};
}

CostConstants constants_of(const CostChoice& choice) {
  CostConstants k = constants_of(choice.preset);
  for (std::size_t i = 0; i < kCostConstants; ++i)
    if (choice.own[i]) k.*kConstants[i].value = *choice.own[i];
  return k;
}

CostConstants constants_of(CostPreset preset) {
  CostConstants k;
  if (preset == CostPreset::nm65) return k;
  // From 65 to 28 nm, by scaling tables.
  constexpr double kArea = 0.253, kEnergy = 0.41;
  for (double C::*area : {&C::osc_area, &C::cell_area, &C::unit_area, &C::bit_area, &C::sram_area})
    k.*area *= kArea;
  for (double C::*energy : {&C::osc_energy, &C::unit_energy, &C::switch_energy})
    k.*energy *= kEnergy;
  k.wire = 0.30;
  if (preset == CostPreset::fabricated) k.fixed_cell = 392;
  return k;
}

}  // namespace phaseloom
