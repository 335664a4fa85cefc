// SPDX-License-Identifier: MIT
#include "engine/hardware/cost.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <set>
#include <string>
#include <vector>

#include "engine/hardware/hardware.hpp"
#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;

constexpr CostPreset kPresets[] = {CostPreset::nm65, CostPreset::nm28, CostPreset::fabricated};
constexpr CouplingCell kCells[] = {CouplingCell::unit_weighted, CouplingCell::c2c};
constexpr ChunkHold kHolds[] = {ChunkHold::save_and_reprogram, ChunkHold::state_stationary,
                                ChunkHold::weight_stationary};

/// The network that the model's check values are for: N = 2352, z = 100, K = 8, T = 80.
CostNetwork check_network() {
  CostNetwork network;
  network.units = 2352;
  network.visible = 784;
  network.couplings = network.places = 235'200;
  network.reciprocal = true;
  network.chunks = 8;
  network.duration = 80;
  return network;
}

Cost check_cost(ChunkHold hold, double eta) {
  return cost_of(check_network(), 4, {.hold = hold, .eta = eta});
}

/// A printed value is right to half a unit of its last digit.
void expect_printed(double value, double printed, double digit) {
  EXPECT_NEAR(value, printed, digit / 2 * (1 + 1e-9));
}

TEST(Cost, CheckValuesOfTheCore) {
  const Cost cost = check_cost(ChunkHold::save_and_reprogram, 1);
  EXPECT_EQ(cost.couplings, 117'600);
  expect_printed(cost.core_area, 18.1, 0.1);
  expect_printed(cost.power, 1.53, 0.01);
  expect_printed(cost.cycle_energy, 1.53e-9, 0.01e-9);
  expect_printed(cost.chunk_energy, 0.92e-6, 0.01e-6);
  EXPECT_EQ(cost.cycles, 80);
  EXPECT_EQ(cost.bits, 4);
  EXPECT_FALSE(cost.bits_assumed);
}

TEST(Cost, CheckValuesOfTheNineEnergies) {
  struct {
    ChunkHold hold;
    double at_1, digit_1, at_10, digit_10, at_100;
  } const rows[] = {
      {ChunkHold::save_and_reprogram, 7.6, 0.1, 8.7, 0.1, 19.7},
      {ChunkHold::state_stationary, 0.14, 0.01, 1.24, 0.01, 12.2},
      {ChunkHold::weight_stationary, 0.30, 0.01, 1.40, 0.01, 12.4},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(name_of(row.hold));
    const auto microjoules = [&](double eta) {
      return check_cost(row.hold, eta).energy.total() * 1e6;
    };
    expect_printed(microjoules(1), row.at_1, row.digit_1);
    expect_printed(microjoules(10), row.at_10, row.digit_10);
    expect_printed(microjoules(100), row.at_100, 0.1);
  }
}

// By hand, from the equations: so that a wrong unit cannot hide behind a check value that is small.
TEST(Cost, BreakdownInJoules) {
  const double read = 2 * 784 * 6e-12, start = 2352 * 1e-12;
  const double save = 7 * 2352 * 7e-12;
  const Cost one = check_cost(ChunkHold::save_and_reprogram, 10);
  EXPECT_NEAR(one.energy.dynamic, 800 * one.cycle_energy, 1e-18);
  EXPECT_NEAR(one.energy.programming, 8 * one.chunk_energy, 1e-18);
  EXPECT_NEAR(one.energy.saving, save, 1e-18);
  EXPECT_NEAR(one.energy.readout, read, 1e-18);
  EXPECT_NEAR(one.energy.initialisation, start, 1e-18);
  EXPECT_EQ(one.energy.switching, 0);

  const Cost all = check_cost(ChunkHold::state_stationary, 10);
  EXPECT_NEAR(all.energy.switching, 8 * 117'600 * 4 * 1e-15, 1e-18);
  EXPECT_EQ(all.energy.programming, 0);
  EXPECT_EQ(all.energy.saving, 0);
  EXPECT_NEAR(all.area - all.core_area, 1.25 * 1.4 * 117'600 * 7 * 4 * 0.676e-6, 1e-9);

  const Cost row = check_cost(ChunkHold::weight_stationary, 10);
  const double bus = 0.25 * 0.36e-12 * std::sqrt(row.core_area);
  EXPECT_NEAR(row.energy.saving, save + 7 * 2352 * 8 * bus, 1e-15);
  EXPECT_EQ(row.area, 8 * row.core_area);
  EXPECT_EQ(row.energy.programming, 0);
}

TEST(Cost, TimeAndRate) {
  const Cost one = check_cost(ChunkHold::save_and_reprogram, 10);
  EXPECT_NEAR(one.chunk_time, 3.43e-6, 0.01e-6);
  EXPECT_NEAR(one.time, 800e-9 + 8 * one.chunk_time, 1e-15);
  EXPECT_NEAR(one.rate * one.time, 1, 1e-12);
  const Cost all = check_cost(ChunkHold::state_stationary, 10);
  EXPECT_NEAR(all.time, 800e-9, 1e-15);
  const Cost row = check_cost(ChunkHold::weight_stationary, 10);
  EXPECT_EQ(row.time, all.time);
  EXPECT_NEAR(row.rate, 8 * all.rate, 1e-3);
  EXPECT_NEAR(row.power * row.time, row.energy.dynamic, 1e-18);
}

TEST(Cost, ImagesShareAProgramming) {
  const auto with_batch = [](int batch) { return cost_of(check_network(), 4, {.batch = batch}); };
  const Cost one = with_batch(1), many = with_batch(100);
  EXPECT_NEAR(many.energy.programming, one.energy.programming / 100, 1e-18);
  EXPECT_EQ(many.energy.dynamic, one.energy.dynamic);
  EXPECT_EQ(many.energy.saving, one.energy.saving) << "every image's state is saved";
  EXPECT_LT(many.time, one.time);
}

// More bits, more couplings, more units: never cheaper in area, power or energy.
TEST(Cost, GrowsWithTheNetwork) {
  for (const auto preset : kPresets)
    for (const auto cell : kCells)
      for (const auto hold : kHolds) {
        SCOPED_TRACE(std::string(name_of(preset)) + " " + std::string(name_of(cell)) + " " +
                     std::string(name_of(hold)));
        const CostChoice choice{.preset = preset, .cell = cell, .hold = hold};
        const auto expect_more = [](const Cost& less, const Cost& more) {
          EXPECT_LT(less.energy.total(), more.energy.total());
          EXPECT_LT(less.power, more.power);
          EXPECT_LE(less.area, more.area);
          EXPECT_LE(less.time, more.time);
        };
        for (int bits = 1; bits < 8; ++bits)
          expect_more(cost_of(check_network(), bits, choice),
                      cost_of(check_network(), bits + 1, choice));
        for (const double density : {0.1, 0.3, 0.7}) {
          const CostNetwork sparse = as_built(check_network(), {.density = density});
          expect_more(cost_of(sparse, 4, choice), cost_of(check_network(), 4, choice));
          EXPECT_LT(cost_of(sparse, 4, choice).area, cost_of(check_network(), 4, choice).area);
        }
        CostNetwork larger = check_network();
        larger.units += 784;
        expect_more(cost_of(check_network(), 4, choice), cost_of(larger, 4, choice));
        CostNetwork longer = check_network();
        longer.duration *= 2;
        EXPECT_LT(cost_of(check_network(), 4, choice).energy.total(),
                  cost_of(longer, 4, choice).energy.total());
      }
}

TEST(Cost, FloatWeightsAreCountedAsEightBitsAndSaySo) {
  const Cost ideal = cost_of(check_network(), 0, {}), eight = cost_of(check_network(), 8, {});
  EXPECT_TRUE(ideal.bits_assumed);
  EXPECT_FALSE(eight.bits_assumed);
  EXPECT_EQ(ideal.bits, 8);
  EXPECT_EQ(ideal.energy.total(), eight.energy.total());
}

// Per unit a ladder of 8 bits (24 elements) and its register, and 8 bits more to write in each
// chunk.
TEST(Cost, GainsArePricedUnitByUnit) {
  CostNetwork network = check_network();
  EXPECT_EQ(as_built(network, {.bits = 4, .gain = Gain::unit}).gains, 0) << "pairs have none";
  network.reciprocal = false;
  const CostNetwork plain = as_built(network, {.bits = 4});
  const CostNetwork own = as_built(network, {.bits = 4, .gain = Gain::unit});
  EXPECT_EQ(plain.gains, 0);
  EXPECT_EQ(own.gains, network.units);
  EXPECT_EQ(as_built(network, {.gain = Gain::unit}).gains, 0) << "float weights need none";
  const double n = network.units, bits = 4 * double(network.couplings);
  const Cost a = cost_of(plain, 4, {}), b = cost_of(own, 4, {});
  EXPECT_NEAR(b.core_area - a.core_area, 1.25 * n * (24 * 4 + 8 * 13.1) * 1e-6, 1e-9);
  EXPECT_NEAR(b.cycle_energy - a.cycle_energy, n * 24 * 0.35e-15, 1e-18);
  // The bus is a little longer, too: its length goes with the root of the area.
  EXPECT_GT(b.chunk_energy / a.chunk_energy, (bits + 8 * n) / bits);
  EXPECT_LT(b.chunk_energy / a.chunk_energy, 1.05 * (bits + 8 * n) / bits);
  const CostChoice state{.hold = ChunkHold::state_stationary};
  EXPECT_GT(cost_of(own, 4, state).energy.switching, cost_of(plain, 4, state).energy.switching);
}

// A unit-weighted cell doubles with each bit, a ladder does not.
TEST(Cost, Cells) {
  const auto cell_area = [](CouplingCell cell, int bits) {
    return cost_of(check_network(), bits, {.cell = cell}).cell_area;
  };
  EXPECT_NEAR(cell_area(CouplingCell::unit_weighted, 4), 40 + 4 * 7 + 4 * 13.1, 1e-9);
  EXPECT_NEAR(cell_area(CouplingCell::unit_weighted, 8), 40 + 4 * 127 + 8 * 13.1, 1e-9);
  EXPECT_NEAR(cell_area(CouplingCell::c2c, 8), 40 + 4 * 24 + 8 * 13.1, 1e-9);
}

TEST(Cost, Presets) {
  const CostConstants large = constants_of(CostPreset::nm65),
                      small = constants_of(CostPreset::nm28),
                      made = constants_of(CostPreset::fabricated);
  EXPECT_EQ(large, CostConstants{});
  EXPECT_NEAR(small.osc_area, 120 * 0.253, 1e-9);
  EXPECT_NEAR(small.osc_energy, 4.1, 1e-9);
  EXPECT_EQ(small.wire, 0.30);
  EXPECT_EQ(small.adc_energy, large.adc_energy);
  for (const int bits : {1, 8})
    EXPECT_EQ(cost_of(check_network(), bits, {.preset = CostPreset::fabricated}).cell_area, 392);
  EXPECT_EQ(made.osc_energy, small.osc_energy);
  EXPECT_LT(cost_of(check_network(), 4, {.preset = CostPreset::nm28}).area,
            cost_of(check_network(), 4, {}).area);
}

Program small_program() {
  return make_program(substrate_named("kuramoto_shil"), Topology::all_to_all({6, 1, 2}, 6), 3, 0.5,
                      1, 1);
}

TEST(CostNetwork, CountsTheWiresThatRealiseLeaves) {
  Program program = small_program();
  const CostNetwork all = cost_network(program);
  EXPECT_EQ(all.units, 12);
  EXPECT_EQ(all.visible, 6);
  EXPECT_EQ(all.couplings, 132);
  EXPECT_EQ(all.chunks, 3);
  EXPECT_EQ(all.duration, 1.5);
  EXPECT_FALSE(all.reciprocal);
  for (const double density : {0.01, 0.33, 0.5, 1.0}) {
    Hardware hardware;
    hardware.density = density;
    EXPECT_EQ(as_built(all, {.density = density}).couplings,
              cost_network(realise(program, hardware)).couplings)
        << density;
  }
  // A wire is missing if its weight is 0 in all chunks, not in some.
  program.weights(0)[5] = program.weights(1)[5] = 0;
  EXPECT_EQ(cost_network(program).couplings, 132);
  program.weights(2)[5] = 0;
  EXPECT_EQ(cost_network(program).couplings, 131);
  // Pruning takes the weakest: those that are missing already first.
  EXPECT_EQ(as_built(cost_network(program), {.density = 0.999}).couplings, 131);
}

// A pair that is tied can be one reciprocal coupling: half the cells, as many driven ends.
TEST(CostNetwork, ReciprocalCouplingsAreHalfAsMany) {
  Program program = small_program();
  const Cost directed = cost_of(cost_network(program), 4, {});
  program.tied = true;
  const Cost pairs = cost_of(cost_network(program), 4, {});
  EXPECT_EQ(directed.couplings, 132);
  EXPECT_EQ(pairs.couplings, 66);
  EXPECT_EQ(pairs.cycle_energy, directed.cycle_energy);
  EXPECT_LT(pairs.area, directed.area);
  EXPECT_LT(pairs.energy.programming, directed.energy.programming);
}

TEST(CostNetwork, WithoutCouplingsOrTime) {
  CostNetwork nothing;
  for (const auto hold : kHolds) {
    const Cost cost = cost_of(nothing, 4, {.hold = hold});
    EXPECT_TRUE(std::isfinite(cost.energy.total()));
    EXPECT_EQ(cost.rate, 0);
  }
}

TEST(Cost, RefusesWhatNoHardwareHas) {
  EXPECT_THAT(error_of([] { validate(CostChoice{.eta = 0}); }),
              HasSubstr("eta is 0; it must lie in 0.1..10000"));
  EXPECT_THAT(error_of([] { validate(CostChoice{.eta = std::nan("")}); }), HasSubstr("eta is nan"));
  EXPECT_THAT(error_of([] { validate(CostChoice{.batch = 0}); }),
              HasSubstr("batch is 0; it must lie in 1..1000000"));
  EXPECT_NO_THROW(validate(CostChoice{.eta = kMaxEta, .batch = kMaxBatch}));
}

TEST(Cost, AreasAddUpByCause) {
  for (const auto preset : kPresets)
    for (const auto hold : kHolds) {
      SCOPED_TRACE(std::string(name_of(preset)) + " " + std::string(name_of(hold)));
      const Cost cost = cost_of(check_network(), 4, {.preset = preset, .hold = hold});
      EXPECT_NEAR(cost.areas.total(), cost.area, 1e-9 * cost.area);
      EXPECT_EQ(cost.cores, hold == ChunkHold::weight_stationary ? 8 : 1);
      EXPECT_EQ(cost.areas.stored > 0, hold == ChunkHold::state_stationary);
      EXPECT_EQ(cost.areas.registers > 0, preset != CostPreset::fabricated)
          << "an area that was measured as a whole is not told apart";
      for (const auto& cause : cost_areas()) EXPECT_GE(cost.areas.*cause.value, 0) << cause.name;
    }
}

// By hand, so that no cause can take from another.
TEST(Cost, AreasInSquareMillimetres) {
  const CostArea one = check_cost(ChunkHold::save_and_reprogram, 10).areas;
  EXPECT_NEAR(one.oscillators, 2352 * 120e-6, 1e-9);
  EXPECT_NEAR(one.couplings, 117'600 * (40 + 4 * 7) * 1e-6, 1e-9);
  EXPECT_NEAR(one.registers, 117'600 * 4 * 13.1e-6, 1e-9);
  EXPECT_NEAR(one.overhead, 0.25 * (one.oscillators + one.couplings + one.registers), 1e-9);
  const CostArea all = check_cost(ChunkHold::state_stationary, 10).areas;
  EXPECT_NEAR(all.stored, 117'600 * 7 * 4 * 0.676e-6, 1e-9);
  EXPECT_NEAR(all.overhead - one.overhead, (1.25 * 1.4 - 1) * all.stored, 1e-9);
  const CostArea row = check_cost(ChunkHold::weight_stationary, 10).areas;
  EXPECT_NEAR(row.registers, 8 * one.registers, 1e-9);
  EXPECT_NEAR(row.overhead, 8 * one.overhead, 1e-9);
}

TEST(Cost, OnesOwnConstantsTakeThePlaceOfThePresets) {
  CostChoice choice;
  EXPECT_EQ(constants_of(choice), constants_of(CostPreset::nm65));
  EXPECT_EQ(own_constants(choice), "");
  choice.own[cost_constant_named("e_osc").value()] = 12;
  choice.own[cost_constant_named("k_core").value()] = 1.5;
  EXPECT_EQ(own_constants(choice), "k_core=1.5 e_osc=12");
  CostConstants expected = constants_of(CostPreset::nm65);
  expected.osc_energy = 12;
  expected.overhead = 1.5;
  EXPECT_EQ(constants_of(choice), expected);
  const Cost own = cost_of(check_network(), 4, choice);
  EXPECT_EQ(own.energy.total(), cost_of(check_network(), 4, CostChoice{}, expected).energy.total());
  EXPECT_NE(own.energy.total(), cost_of(check_network(), 4, CostChoice{}).energy.total());
  choice.preset = CostPreset::nm28;
  EXPECT_EQ(constants_of(choice).osc_energy, 12) << "whatever the technology";
  EXPECT_EQ(constants_of(choice).wire, 0.30);
  EXPECT_FALSE(cost_constant_named("nothing"));
}

TEST(Cost, ConstantsOutOfRangeAreErrors) {
  for (const auto& row : cost_constants()) {
    CostChoice choice;
    auto& own = choice.own[cost_constant_named(row.symbol).value()];
    for (const double good : {row.min, row.max}) {
      own = good;
      EXPECT_NO_THROW(validate(choice)) << row.symbol;
      const Cost cost = cost_of(check_network(), 4, choice);
      EXPECT_TRUE(std::isfinite(cost.energy.total())) << row.symbol << " " << good;
      EXPECT_TRUE(std::isfinite(cost.area)) << row.symbol << " " << good;
    }
    for (const double bad : {row.min - 1, row.max * 2, std::nan("")}) {
      own = bad;
      EXPECT_THAT(error_of([&] { validate(choice); }), HasSubstr(std::string(row.symbol)));
    }
  }
}

TEST(CostTables, EveryConstantIsListedOnce) {
  // Each field of the struct is a double; a row for each and no row twice.
  constexpr std::size_t fields = sizeof(CostConstants) / sizeof(double);
  std::set<std::string> symbols;
  CostConstants probe;
  for (const auto& row : cost_constants()) {
    symbols.insert(std::string(row.symbol));
    probe.*row.value = std::numeric_limits<double>::infinity();
    EXPECT_FALSE(row.meaning.empty());
    EXPECT_TRUE(row.source == CostSource::assumed || !row.origin.empty()) << row.symbol;
  }
  EXPECT_EQ(symbols.size(), fields);
  for (const auto& row : cost_constants()) EXPECT_TRUE(std::isinf(probe.*row.value)) << row.symbol;
  EXPECT_EQ(cost_constants().size(), fields);
}

TEST(CostTables, BaselinesStandBesideAndAreNoFit) {
  EXPECT_EQ(cost_baselines().front().energy, 23e-6);
  for (const auto& baseline : cost_baselines()) EXPECT_GT(baseline.energy, 0) << baseline.name;
}

// A state that runs free for the 3.4 us of a weight write has lost its phase: it has to be saved.
TEST(Cost, FreeRunningStatesDiffuse) {
  EXPECT_NEAR(free_running_diffusion(3400, 10e-15), 0.64, 0.005);
  EXPECT_NEAR(free_running_diffusion(4 * 3400, 10e-15), 2 * free_running_diffusion(3400, 10e-15),
              1e-12);
}

}  // namespace
}  // namespace phaseloom
