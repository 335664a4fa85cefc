// SPDX-License-Identifier: MIT
#include "engine/hardware/cost.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>
#include <vector>

#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

constexpr double kGiga = 1e9, kMilli = 1e-3, kNano = 1e-9, kPico = 1e-12, kFemto = 1e-15;
constexpr double kSquareMicron = 1e-6;  // in mm^2
constexpr int kStateBits = 8;           // of a state that moves to the next core
constexpr int kQuadratures = 2;         // a phase is read as two voltages
constexpr int kGainBits = 8;

/// Unit elements of a weight of b bits.
double elements(CouplingCell cell, int bits) {
  return cell == CouplingCell::c2c ? 3 * bits : (1 << (bits - 1)) - 1;
}

}  // namespace

CostNetwork cost_network(const Program& program) {
  const Topology& topology = *program.topology;
  CostNetwork network;
  network.units = topology.units();
  network.visible = topology.visible();
  network.places = topology.couplings();
  network.reciprocal = program.tied;
  network.chunks = program.chunks();
  network.duration = program.duration();
  std::vector<std::uint8_t> wired(static_cast<std::size_t>(network.places), 0);
  for (int chunk = 0; chunk < program.chunks(); ++chunk) {
    const auto weights = program.weights(chunk);
    for (std::size_t i = 0; i < wired.size(); ++i) wired[i] |= weights[i] != 0;
  }
  network.couplings = std::ranges::count(wired, 1);
  return network;
}

CostNetwork as_built(CostNetwork network, const Hardware& hardware) {
  network.couplings = std::min(
      network.couplings, std::int64_t(std::llround(hardware.density * double(network.places))));
  const bool gains = hardware.gain == Gain::unit && hardware.bits > 0 && !network.reciprocal;
  network.gains = gains ? network.units : 0;
  return network;
}

void validate(const CostChoice& choice) {
  if (!(choice.eta >= kMinEta && choice.eta <= kMaxEta))
    fail("cost: eta is {}; it must lie in {}..{} carrier cycles per time unit", choice.eta, kMinEta,
         kMaxEta);
  if (choice.batch < 1 || choice.batch > kMaxBatch)
    fail("cost: batch is {}; it must lie in 1..{} images per programming", choice.batch, kMaxBatch);
  for (std::size_t i = 0; i < kCostConstants; ++i) {
    const CostConstantInfo& row = cost_constants()[i];
    const auto& own = choice.own[i];
    if (own && !(*own >= row.min && *own <= row.max))
      fail("cost: {} is {}; it must lie in {}..{}{}{}", row.symbol, *own, row.min, row.max,
           row.unit.empty() ? "" : " ", row.unit);
  }
}

std::string own_constants(const CostChoice& choice) {
  std::string text;
  for (std::size_t i = 0; i < kCostConstants; ++i)
    if (choice.own[i])
      text += fmt::format("{}{}={:.6g}", text.empty() ? "" : " ", cost_constants()[i].symbol,
                          *choice.own[i]);
  return text;
}

Cost cost_of(const CostNetwork& network, int bits, const CostChoice& choice,
             const CostConstants& k) {
  assert(bits >= 0 && bits <= 8);
  Cost cost;
  cost.bits_assumed = bits == 0;
  cost.bits = bits == 0 ? kFloatCostBits : bits;
  const double n_units = network.units, chunks = network.chunks, b = cost.bits;
  const double wires = double(network.couplings);
  cost.couplings = network.reciprocal ? std::ceil(wires / 2) : wires;
  // Both ends of a reciprocal coupling drive their oscillator, of a directed one only the target's
  // (*).
  const double ends = wires;
  const double g = elements(choice.cell, cost.bits), v2 = k.voltage * k.voltage;

  cost.cell_area = k.fixed_cell > 0 ? k.fixed_cell : k.cell_area + k.unit_area * g + b * k.bit_area;
  const double gains = network.gains, gain_elements = elements(CouplingCell::c2c, kGainBits);
  const double gain_area = k.unit_area * gain_elements + kGainBits * k.bit_area;
  cost.core_area = k.overhead *
                   (n_units * k.osc_area + cost.couplings * cost.cell_area + gains * gain_area) *
                   kSquareMicron;
  const double end_energy = k.wire * std::sqrt(cost.cell_area) * v2 + k.unit_energy * g;  // fJ
  cost.cycle_energy =
      (n_units * k.osc_energy + ends * end_energy + gains * k.unit_energy * gain_elements) * kFemto;
  const double f = k.frequency * kGiga;
  cost.power = f * cost.cycle_energy + cost.couplings * k.static_power * kNano;
  cost.cycles = network.duration * choice.eta;
  const double run_time = cost.cycles / f;

  const double across = k.activity * k.bus * std::sqrt(cost.core_area) * v2;  // pJ per bit
  const double stored = cost.couplings * b + gains * kGainBits;               // bits of a chunk
  cost.chunk_energy = stored * ((k.fetch_energy + across) * kPico + k.write_energy * kFemto);
  cost.chunk_time = std::sqrt(cost.couplings) * k.row_time * kNano;

  CostEnergy& e = cost.energy;
  e.dynamic = cost.power * run_time;
  e.readout = kQuadratures * network.visible * k.adc_energy * kPico;
  e.initialisation = n_units * k.dac_energy * kPico;
  const double save = (chunks - 1) * n_units * (k.adc_energy + k.dac_energy) * kPico;
  cost.area = cost.core_area;
  CostArea& a = cost.areas;
  a.oscillators = n_units * k.osc_area * kSquareMicron;
  a.registers = k.fixed_cell > 0 ? 0 : cost.couplings * b * k.bit_area * kSquareMicron;
  a.couplings = cost.couplings * cost.cell_area * kSquareMicron - a.registers;
  a.registers += gains * kGainBits * k.bit_area * kSquareMicron;
  a.couplings += gains * k.unit_area * gain_elements * kSquareMicron;
  cost.time = run_time;
  double copies = 1;
  switch (choice.hold) {
    case ChunkHold::save_and_reprogram:
      e.programming =
          chunks * (cost.chunk_energy + k.hold_power * kMilli * cost.chunk_time) / choice.batch;
      e.saving = save;
      cost.time += chunks * cost.chunk_time / choice.batch;
      break;
    case ChunkHold::state_stationary:
      e.switching = chunks * stored * k.switch_energy * kFemto / 2;
      a.stored = stored * (chunks - 1) * k.sram_area * kSquareMicron;
      cost.area += k.overhead * k.sram_overhead * a.stored;
      break;
    case ChunkHold::weight_stationary:
      e.saving = save + (chunks - 1) * n_units * kStateBits * across * kPico;
      cost.area *= chunks;
      cost.cores = network.chunks;
      for (const auto& cause : cost_areas()) a.*cause.value *= chunks;
      copies = chunks;
      break;
  }
  a.overhead = std::max(0.0, cost.area - a.total());
  cost.rate = cost.time > 0 ? copies / cost.time : 0;
  return cost;
}

Cost cost_of(const CostNetwork& network, int bits, const CostChoice& choice) {
  return cost_of(network, bits, choice, constants_of(choice));
}

double free_running_diffusion(double cycles, double energy) {
  constexpr double kT = 4.14e-21;  // J, at 300 K
  constexpr double kNavid = 7.33;
  return 2 * std::numbers::pi * std::sqrt(kNavid * cycles * kT / energy);
}

}  // namespace phaseloom
