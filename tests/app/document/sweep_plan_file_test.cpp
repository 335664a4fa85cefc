// SPDX-License-Identifier: MIT
#include "app/document/sweep_plan_file.hpp"

#include <gmock/gmock.h>

#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

SweepPlan read(const std::string& values) {
  return parse_sweep_plan(R"({"phaseloom": "sweep", "version": 1, )" + values + "}", "p.json");
}
std::string error_in(const std::string& values) {
  const std::string message = error_of([&] { read(values); });
  EXPECT_THAT(message, StartsWith("p.json: "));
  return message;
}

TEST(SweepPlanFile, ModelsAreEnough) {
  const SweepPlan plan = read(R"("models": "mnist-shil")");
  EXPECT_THAT(plan.models, ElementsAre("mnist-shil"));
  EXPECT_THAT(plan.bits, ElementsAre(0));
  EXPECT_EQ(plan.samples, 10000);
  EXPECT_EQ(plan.constants, constants_of(CostPreset::nm65));
  EXPECT_TRUE(plan.as_is);
  EXPECT_FALSE(plan.train.wanted());
}

TEST(SweepPlanFile, AllValuesAreReadAndPrinted) {
  const SweepPlan plan = read(R"("models": ["a", "b.safetensors"], "bits": [0, 4],
    "densities": [1, 0.25], "weight_noises": 0.025, "mismatches": [0, 0.1], "seeds": [1, 2],
    "samples": 2000, "grid": "symmetric", "device": 7, "as_is": false,
    "train": {"minutes": 2.5, "bits": [4], "densities": [0.25], "mismatches": [0.1]},
    "cost": {"preset": "28nm", "cell": "c2c", "hold": "state_stationary", "eta": 100, "batch": 8,
             "constants": {"e_osc": 12.5}}, "lease": 10)");
  EXPECT_EQ(plan.weight_noises, std::vector{0.025});
  EXPECT_EQ(plan.grid, BitGrid::symmetric);
  EXPECT_EQ(plan.train.minutes, 2.5);
  EXPECT_THAT(plan.train.densities, ElementsAre(0.25));
  EXPECT_EQ(plan.cost.hold, ChunkHold::state_stationary);
  CostConstants constants = constants_of(CostPreset::nm28);
  constants.osc_energy = 12.5;
  EXPECT_EQ(plan.constants, constants);
  const std::string text = print_sweep_plan(plan);
  EXPECT_EQ(parse_sweep_plan(text, "again"), plan);
  EXPECT_THAT(text, AllOf(HasSubstr("e_osc"), Not(HasSubstr("e_adc")))) << "what differs, alone";
  SweepPlan other = plan;
  other.train = {.minutes = 0, .iterations = 500};
  EXPECT_EQ(parse_sweep_plan(print_sweep_plan(other), "again"), other);
  EXPECT_NE(other, plan);
}

TEST(SweepPlanFile, SaysWhereItIsWrong) {
  EXPECT_THAT(error_of([] { parse_sweep_plan("[]", "p.json"); }), HasSubstr("p.json: "));
  EXPECT_THAT(error_of([] { parse_sweep_plan("{}", "p.json"); }), HasSubstr("no plan of a sweep"));
  EXPECT_THAT(error_of([] {
                parse_sweep_plan(R"({"phaseloom": "sweep", "version": 2, "models": "a"})",
                                 "p.json");
              }),
              HasSubstr("version is 2"));
  EXPECT_THAT(error_in(R"("bits": [4])"), HasSubstr("models"));
  EXPECT_THAT(error_in(R"("models": [])"), HasSubstr("models"));
  EXPECT_THAT(error_in(R"("models": ["a", 3])"), HasSubstr("models[1] must be a text"));
  EXPECT_THAT(error_in(R"("models": "a", "bits": [4, "2"])"), HasSubstr("bits[1]"));
  EXPECT_THAT(error_in(R"("models": "a", "bits": [4, 2.5])"), HasSubstr("bits[1]"));
  EXPECT_THAT(error_in(R"("models": "a", "bits": 9)"), HasSubstr("bits: 9"));
  EXPECT_THAT(error_in(R"("models": "a", "density": 1)"), HasSubstr("'density'"));
  EXPECT_THAT(error_in(R"("models": "a", "as_is": 1)"), HasSubstr("as_is must be true or false"));
  EXPECT_THAT(error_in(R"("models": "a", "grid": "fine")"), HasSubstr("twos_complement"));
  EXPECT_THAT(error_in(R"("models": "a", "train": 3)"), HasSubstr("train: must be an object"));
  EXPECT_THAT(error_in(R"("models": "a", "train": {})"), HasSubstr("train: gives no length"));
  EXPECT_THAT(error_in(R"("models": "a", "train": {"minute": 1})"), HasSubstr("'train.minute'"));
  EXPECT_THAT(error_in(R"("models": "a", "train": {"minutes": "1"})"), HasSubstr("train.minutes"));
  EXPECT_THAT(error_in(R"("models": "a", "cost": {"hold": "x"})"), HasSubstr("cost.hold"));
  EXPECT_THAT(error_in(R"("models": "a", "cost": {"constants": {"e_x": 1}})"),
              HasSubstr("'cost.constants.e_x'"));
  EXPECT_THAT(error_in(R"("models": "a", "cost": {"constants": {"e_osc": -1}})"),
              HasSubstr("cost.constants.e_osc"));
  EXPECT_THAT(error_in(R"("models": "a", "models": "b")"), HasSubstr("twice"));
}

}  // namespace
}  // namespace phaseloom
