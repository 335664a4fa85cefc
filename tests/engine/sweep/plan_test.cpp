// SPDX-License-Identifier: MIT
#include "engine/sweep/plan.hpp"

#include <gmock/gmock.h>

#include <algorithm>

#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

SweepPlan small_plan() {
  SweepPlan plan;
  plan.models = {"net"};
  plan.bits = {0, 4};
  plan.densities = {1, 0.5};
  return plan;
}

CostNetwork full_network() {
  return {.units = 10, .visible = 5, .couplings = 100, .places = 100, .chunks = 2, .duration = 1};
}

std::vector<std::string> names_of_cells(const SweepPlan& plan,
                                        const CostNetwork& network = full_network()) {
  std::vector<std::string> names;
  for (const SweepCell& cell : cells_of(plan, std::vector{network})) names.push_back(cell.name());
  return names;
}

TEST(SweepPlan, CellsAreTheProductInOrder) {
  EXPECT_THAT(names_of_cells(small_plan()),
              ElementsAre("net_b0_d1_n0_m0_s1", "net_b4_d1_n0_m0_s1", "net_b0_d0.5_n0_m0_s1",
                          "net_b4_d0.5_n0_m0_s1"));
}

TEST(SweepPlan, WhatIsTwiceIsOnce) {
  SweepPlan plan = small_plan();
  plan.bits = {4, 4, 0, 4};
  plan.densities = {1, 1};
  plan.seeds = {1, 1};
  EXPECT_THAT(names_of_cells(plan), ElementsAre("net_b4_d1_n0_m0_s1", "net_b0_d1_n0_m0_s1"));
}

TEST(SweepPlan, TrainedCellsComeLastAndMayBeChosen) {
  SweepPlan plan = small_plan();
  plan.train.minutes = 3;
  EXPECT_EQ(names_of_cells(plan).size(), 8u);
  plan.train.bits = {4};
  plan.train.densities = {0.5};
  const auto names = names_of_cells(plan);
  ASSERT_EQ(names.size(), 5u);
  EXPECT_EQ(names.back(), "net_b4_d0.5_n0_m0_s1_trained");
  plan.as_is = false;
  EXPECT_EQ(names_of_cells(plan).size(), 1u);
}

TEST(SweepPlan, ADensityThatTakesNothingAwayIsTheSameJob) {
  SweepPlan plan = small_plan();
  plan.densities = {1, 0.8, 0.4, 0.2};
  plan.train.iterations = 5;
  CostNetwork sparse = full_network();
  sparse.couplings = 40;
  const auto cells = cells_of(plan, std::vector{sparse});
  const auto job = [&](const std::string& name) {
    return std::ranges::find(cells, name, &SweepCell::name)->job;
  };
  EXPECT_EQ(job("net_b4_d0.8_n0_m0_s1"), "net_b4_d1_n0_m0_s1");
  EXPECT_EQ(job("net_b4_d0.4_n0_m0_s1"), "net_b4_d1_n0_m0_s1");
  EXPECT_EQ(job("net_b4_d0.2_n0_m0_s1"), "net_b4_d0.2_n0_m0_s1") << "it does take some";
  EXPECT_EQ(job("net_b4_d0.8_n0_m0_s1_trained"), "net_b4_d0.8_n0_m0_s1_trained")
      << "a training makes couplings of its own";
  EXPECT_EQ(jobs_of(cells).size(), 2u * 2u + 2u * 4u);
  EXPECT_EQ(jobs_of(cells_of(plan, std::vector{full_network()})).size(), 2u * 4u + 2u * 4u);
}

TEST(SweepPlan, SaysWhatIsWrong) {
  const auto error = [](auto change) {
    SweepPlan plan = small_plan();
    change(plan);
    return error_of([&] { validate(plan); });
  };
  EXPECT_NO_THROW(validate(small_plan()));
  EXPECT_THAT(error([](SweepPlan& p) { p.models.clear(); }), HasSubstr("models"));
  EXPECT_THAT(error([](SweepPlan& p) { p.bits = {9}; }), HasSubstr("bits: 9"));
  EXPECT_THAT(error([](SweepPlan& p) { p.densities = {0}; }), HasSubstr("densities: 0"));
  EXPECT_THAT(error([](SweepPlan& p) { p.densities = {}; }), HasSubstr("densities"));
  EXPECT_THAT(error([](SweepPlan& p) { p.mismatches = {-0.1}; }), HasSubstr("mismatches: -0.1"));
  EXPECT_THAT(error([](SweepPlan& p) { p.samples = 10; }), HasSubstr("samples: 10"));
  EXPECT_THAT(error([](SweepPlan& p) { p.lease = 0; }), HasSubstr("lease: 0"));
  EXPECT_THAT(error([](SweepPlan& p) { p.as_is = false; }), HasSubstr("as_is"));
  EXPECT_THAT(error([](SweepPlan& p) {
                p.train.minutes = 1;
                p.train.iterations = 1;
              }),
              HasSubstr("train"));
  EXPECT_THAT(error([](SweepPlan& p) {
                p.train.minutes = 1;
                p.train.bits = {2};
              }),
              HasSubstr("train.bits: 2"));
  EXPECT_THAT(error([](SweepPlan& p) { p.cost.eta = 0; }), HasSubstr("eta"));
  EXPECT_THAT(error([](SweepPlan& p) {
                p.seeds.assign(1000, 1);
                p.densities.assign(1000, 1);
              }),
              HasSubstr("2000000 cells"));
}

TEST(SweepPlan, NamesOfModelsArePlain) {
  EXPECT_EQ(plain_name("mnist-shil_4.bit"), "mnist-shil_4.bit");
  EXPECT_EQ(plain_name("a b,c/\xc3\xbc"), "a_b_c___");
  EXPECT_EQ(plain_name(""), "_");
  EXPECT_EQ(plain_name(".."), "_..");
  EXPECT_EQ(plain_name(std::string(300, 'x')).size(), 60u);
  EXPECT_TRUE(is_plain_name("mnist-shil"));
  EXPECT_FALSE(is_plain_name("a b"));
  EXPECT_FALSE(is_plain_name(".."));
}

}  // namespace
}  // namespace phaseloom
