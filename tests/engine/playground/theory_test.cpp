// SPDX-License-Identifier: MIT
// Each preset against its theory, as its meter measures it.
#include <gtest/gtest.h>

#include <cmath>

#include "engine/playground/presets.hpp"
#include "engine/theory/double_well.hpp"
#include "engine/theory/memory.hpp"

namespace phaseloom {
namespace {

struct Watched {
  PlaygroundRun run;
  std::unique_ptr<Meter> meter;

  explicit Watched(const PlaygroundSetup& setup)
      : run(setup), meter(preset_info(setup.preset).meter()) {
    meter->disturbed(run);
  }
  void pass(double time) {
    const int steps = static_cast<int>(time / run.setup().step);
    for (int i = 0; i < steps; ++i) {
      ASSERT_TRUE(run.advance(1));
      meter->take(run);
    }
  }
  MeterLine line(std::string_view name) const {
    for (const MeterLine& line : meter->read(run).lines)
      if (line.name == name) return line;
    ADD_FAILURE() << name;
    return {};
  }
};

TEST(TwoClocks, LockBelowAndBeatAboveAdlersBorder) {
  // RK4 with steps of 0.05 at rates of 1 is exact to 1e-6; whole turns are timed to a step's
  // linear interpolation.
  constexpr double kTolerance = 2e-3;
  for (const double detuning : {0.5, 1.9, 2.1, 3.0, 6.0}) {
    PlaygroundSetup setup = preset_info(Preset::two_clocks).setup();
    setup.coupling = 1;
    setup.spread = detuning;
    Watched clocks(setup);
    clocks.pass(300);
    const MeterLine beat = clocks.line("beat");
    EXPECT_NEAR(beat.measured, beat.theory, kTolerance * std::max(1.0, beat.theory)) << detuning;
    const MeterLine lag = clocks.line("lag");
    EXPECT_EQ(std::isnan(lag.theory), detuning > 2);
    if (detuning < 2) {
      EXPECT_NEAR(lag.measured, lag.theory, kTolerance);
    }
  }
}

TEST(Crowd, OrderFollowsTheSquareRootAboveTheThreshold) {
  for (const double share : {0.5, 1.5, 2.0, 3.0}) {
    PlaygroundSetup setup = preset_info(Preset::crowd).setup();
    setup.units = 300;
    setup.coupling = share * 2 * setup.spread;
    Watched crowd(setup);
    crowd.pass(80);
    const MeterLine r = crowd.line("r");
    // Of N oscillators: 1/sqrt(N) = 0.058 below the threshold, less above.
    EXPECT_NEAR(r.measured, r.theory, share < 1 ? 0.12 : 0.04) << share;
  }
}

TEST(Fireflies, EnergyNeverRisesWithEqualFrequencies) {
  for (const double injection : {0.0, 0.7}) {
    PlaygroundSetup setup = preset_info(Preset::fireflies).setup();
    setup.spread = 0;
    setup.injection = injection;
    Watched meadow(setup);
    meadow.pass(20);
    // Float states: the energy is known to about 1e-6.
    EXPECT_LT(meadow.line("largest rise").measured, 1e-5);
    EXPECT_LT(meadow.run.now().energy, meadow.run.moments().front()->energy);
  }
  PlaygroundSetup hot = preset_info(Preset::fireflies).setup();  // the control
  hot.temperature = 0.1;
  Watched meadow(hot);
  meadow.pass(20);
  EXPECT_GT(meadow.line("largest rise").measured, 1e-3);
}

TEST(Bits, PhasesLockAsTheirDetuningAllows) {
  for (const double injection : {0.2, 0.5, 1.0}) {
    PlaygroundSetup setup = preset_info(Preset::bits).setup();
    setup.injection = injection;
    Watched phases(setup);
    phases.pass(60);
    const MeterLine locked = phases.line("locked");
    // Those next to the border creep: two of 64.
    EXPECT_NEAR(locked.measured, locked.theory, 2.1 / 64) << injection;
    EXPECT_GT(locked.theory, 0.3);
  }
}

TEST(MaxCut, FindsTheBestCutThatEnumerationKnows) {
  int found = 0;
  constexpr int kGraphs = 10;
  for (int seed = 1; seed <= kGraphs; ++seed) {
    PlaygroundSetup setup = preset_info(Preset::max_cut).setup();
    setup.seed = static_cast<std::uint64_t>(seed);
    Watched graph(setup);
    graph.pass(150);
    const MeterLine best = graph.line("best so far");
    EXPECT_LE(best.measured, best.theory + 1e-9) << "nothing is better than the best";
    found += best.measured >= best.theory - 1e-9;
  }
  EXPECT_GE(found, 8);  // a heuristic: what it is known for, not a theorem (*)
}

TEST(MemoryPreset, RecallsFewPatternsAndForgetsMany) {
  PlaygroundSetup setup = preset_info(Preset::memory).setup();
  Watched few(setup);
  few.pass(40);
  EXPECT_GT(std::abs(few.line("overlap").measured), 0.9);
  EXPECT_EQ(few.line("pattern").measured, 1) << "the one that it was damaged from";
  EXPECT_LT(few.line("load P/N").measured, few.line("load P/N").theory);
  setup.patterns = kMaxPatterns;
  Watched many(setup);
  many.pass(40);
  EXPECT_GT(many.line("load P/N").measured, kMemoryCapacity);
  EXPECT_LT(std::abs(many.line("overlap").measured), 0.8);
}

TEST(DoubleWellPreset, IsWhereBoltzmannAndLeavesAsKramersSay) {
  PlaygroundSetup setup = preset_info(Preset::double_well).setup();
  setup.units = 200;
  setup.temperature = 0.05;  // ΔV/kT = 5
  Watched wells(setup);
  wells.pass(400);
  const MeterLine escape = wells.line("escape time");
  // About 240 escapes: 6.5 % of chance, of which three and a half.
  EXPECT_GT(wells.line("escapes").measured, 100);
  EXPECT_NEAR(escape.measured / escape.theory, 1, 0.23);
  const auto plot = *wells.meter->read(wells.run).plot;
  const BoltzmannDensity density({setup.j2, setup.j4}, setup.temperature);
  // Histogram against density, integrated: both wells are visited, and equally within chance.
  double left = 0, distance = 0;
  for (std::size_t i = 0; i < plot.heights.size(); ++i) {
    const double width = plot.edges[i + 1] - plot.edges[i];
    if (plot.edges[i + 1] <= 0) left += plot.heights[i] * width;
    // Of both wells together, so that only the shape counts.
    const double mirrored = (plot.heights[i] + plot.heights[plot.heights.size() - 1 - i]) / 2;
    distance += std::abs(mirrored * width - density.mass(plot.edges[i], plot.edges[i + 1]));
  }
  EXPECT_LT(distance, 0.04);
  EXPECT_GT(left, 0.25);  // all began on the right
}

}  // namespace
}  // namespace phaseloom
