// SPDX-License-Identifier: MIT
#include "app/session/sweep_map.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "app/document/ui_state.hpp"

namespace phaseloom {
namespace {

using ::testing::ElementsAre;

CostNetwork some_network() {
  CostNetwork network;
  network.units = 200;
  network.visible = 100;
  network.couplings = network.places = 10'000;
  network.chunks = 4;
  network.duration = 2;
  return network;
}

/// Each cell's distance tells which it is; those for which `known` is false have no row.
template <class Known>
SweepSnapshot snapshot_of(const SweepPlan& plan, const Known& known) {
  SweepSnapshot sweep;
  auto table = std::make_shared<SweepTable>();
  table->plan = plan;
  const std::vector<CostNetwork> networks(plan.models.size(), some_network());
  for (const SweepCell& cell : cells_of(plan, networks)) {
    SweepTable::Place place{cell, std::nullopt};
    if (known(cell)) {
      place.row = row_of(cell);
      place.row->samples = 100;
      place.row->relative = cell.hardware.bits + cell.hardware.density +
                            100 * cell.hardware.mismatch + 1000 * double(cell.seed);
      place.row->wires = as_built(some_network(), cell.hardware).couplings;
    }
    table->places.push_back(std::move(place));
  }
  auto all = std::make_shared<std::map<std::string, CostNetwork>>();
  for (const std::string& model : plan.models) all->emplace(model, some_network());
  sweep.table = std::move(table);
  sweep.networks = std::move(all);
  return sweep;
}

SweepPlan some_plan() {
  SweepPlan plan;
  plan.models = {"a", "b"};
  plan.bits = {4, 0, 8};
  plan.densities = {0.5, 1};
  plan.mismatches = {0, 0.1};
  plan.train.minutes = 1;
  return plan;
}

TEST(SweepMap, RowsAndColumnsFromMostToLeast) {
  const SweepSnapshot sweep = snapshot_of(some_plan(), [](const SweepCell&) { return true; });
  const SweepMap map = map_of(sweep, {}, CostChoice{});
  EXPECT_THAT(map.bits, ElementsAre(0, 8, 4)) << "float holds more than 8 bits do";
  EXPECT_THAT(map.densities, ElementsAre(1, 0.5));
  EXPECT_EQ(map.at(1, 0).relative, 8 + 1 + 1000);
  EXPECT_EQ(map.at(2, 1).relative, 4 + 0.5 + 1000);
  EXPECT_EQ(map.least, 0.5 + 1000);
  EXPECT_EQ(map.most, 8 + 1 + 1000);
}

TEST(SweepMap, SlicesAreCutAndClamped) {
  const SweepSnapshot sweep = snapshot_of(some_plan(), [](const SweepCell&) { return true; });
  const SweepSlices slices = slices_of(sweep.table->plan);
  EXPECT_THAT(slices.models, ElementsAre("a", "b"));
  EXPECT_THAT(slices.mismatches, ElementsAre(0, 0.1));
  EXPECT_THAT(slices.kinds, ElementsAre(SweepKind::as_is, SweepKind::trained));
  const auto cell_of = [&](std::array<int, 4> slice) {
    const SweepMap map = map_of(sweep, slice, CostChoice{});
    return sweep.table->places[map.at(0, 0).places.at(0)].cell;
  };
  EXPECT_EQ(cell_of({1, 0, 0, 0}).model, "b");
  EXPECT_EQ(cell_of({0, 0, 1, 0}).hardware.mismatch, 0.1);
  EXPECT_EQ(cell_of({0, 0, 0, 1}).kind, SweepKind::trained);
  EXPECT_EQ(cell_of({99, 99, 99, 99}).model, "b") << "of an older, larger sweep";
  EXPECT_EQ(cell_of({-1, -1, -1, -1}).model, "a");
}

TEST(SweepMap, SeedsAreAveragedAndFailuresCounted) {
  SweepPlan plan = some_plan();
  plan.seeds = {1, 2, 3};
  SweepSnapshot sweep =
      snapshot_of(plan, [](const SweepCell& cell) { return cell.hardware.bits != 8; });
  auto table = std::make_shared<SweepTable>(*sweep.table);
  for (auto& place : table->places)
    if (place.row && place.cell.seed == 3) {
      place.row->problem = "diverged";
      place.row->relative = std::nan("");
    }
  sweep.table = table;
  const SweepMap map = map_of(sweep, {}, CostChoice{});
  EXPECT_EQ(map.at(2, 0).places.size(), 3u);
  EXPECT_EQ(map.at(2, 0).known, 2);
  EXPECT_EQ(map.at(2, 0).failed, 1);
  EXPECT_NEAR(map.at(2, 0).relative, 4 + 1 + 1500, 1e-9);
  EXPECT_TRUE(std::isnan(map.at(1, 0).relative)) << "not worked on yet";
  EXPECT_GT(map.at(1, 0).energy, 0) << "its price is known all the same";
}

TEST(SweepMap, PricesAreThoseOfTheCostModelAsItIsSet) {
  const SweepSnapshot sweep =
      snapshot_of(some_plan(), [](const SweepCell& cell) { return cell.hardware.bits != 8; });
  CostChoice choice;
  choice.hold = ChunkHold::state_stationary;
  choice.own[cost_constant_named("e_osc").value()] = 500;
  const SweepMap map = map_of(sweep, {}, choice);
  for (const std::size_t row : {1u, 2u}) {
    const int bits = map.bits[row];
    const double expected =
        cost_of(as_built(some_network(), {.density = 0.5}), bits, choice).energy.total();
    EXPECT_EQ(map.at(row, 1).energy, expected) << bits;
    EXPECT_NE(map_of(sweep, {}, CostChoice{}).at(row, 1).energy, expected);
  }
}

TEST(SweepMap, OnlyCellsThatAreKnownCompete) {
  const SweepSnapshot sweep =
      snapshot_of(some_plan(), [](const SweepCell& cell) { return cell.hardware.bits == 4; });
  const std::vector<SweepSpot> spots = spots_of(sweep, CostChoice{});
  ASSERT_EQ(spots.size(), 16u);
  int on_front = 0;
  for (const SweepSpot& spot : spots) {
    EXPECT_EQ(sweep.table->places[spot.place].cell.hardware.bits, 4);
    on_front += spot.on_front ? 1 : 0;
    if (!spot.on_front) continue;
    for (const SweepSpot& other : spots)
      EXPECT_FALSE(other.energy < spot.energy && other.relative < spot.relative);
  }
  EXPECT_GT(on_front, 0);
  EXPECT_TRUE(map_of(SweepSnapshot{}, {}, CostChoice{}).cells.empty());
  EXPECT_TRUE(spots_of(SweepSnapshot{}, CostChoice{}).empty());
}

TEST(SweepMap, ThePlanIsWhatTheSceneAsksFor) {
  Scene scene;
  scene.model = "mnist-shil-4bit";
  scene.seed = 7;
  scene.hardware.grid = BitGrid::symmetric;
  scene.cost.own[0] = 2;
  set_field(scene, "sweep.models", "wall mnist-shil mnist-shil-4bit");
  set_field(scene, "sweep.bits", "4 2");
  set_field(scene, "sweep.weight_noises", "0 0.1");
  SweepPlan plan = plan_of(scene);
  EXPECT_THAT(plan.models, ElementsAre("mnist-shil-4bit", "mnist-shil")) << "each once";
  EXPECT_THAT(plan.bits, ElementsAre(4, 2));
  EXPECT_THAT(plan.weight_noises, ElementsAre(0, 0.1));
  EXPECT_THAT(plan.seeds, ElementsAre(7));
  EXPECT_EQ(plan.grid, BitGrid::symmetric);
  EXPECT_EQ(plan.constants, constants_of(scene.cost));
  EXPECT_EQ(plan.constants.frequency, 2);
  EXPECT_TRUE(plan.as_is);
  EXPECT_FALSE(plan.train.wanted());
  EXPECT_NO_THROW(validate(plan));
  set_field(scene, "sweep.way", "trained");
  plan = plan_of(scene);
  EXPECT_FALSE(plan.as_is);
  EXPECT_EQ(plan.train.minutes, scene.sweep.minutes);
  EXPECT_NO_THROW(validate(plan));
}

TEST(SweepMap, CellsAreSpokenOf) {
  SweepCell cell;
  EXPECT_EQ(spoken_cell(cell), "float");
  cell.hardware = {.bits = 3, .density = 0.5, .mismatch = 0.1};
  cell.kind = SweepKind::trained;
  EXPECT_EQ(spoken_cell(cell), "3 bits, density 0.5, δs 0.1, trained on");
}

}  // namespace
}  // namespace phaseloom
