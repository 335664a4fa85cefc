// SPDX-License-Identifier: MIT
#include "app/jobs/thermo_run_job.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "tests/app/session/small_thermo.hpp"
#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

using State = ThermoRunSnapshot::State;
using ::testing::HasSubstr;

Model load(const std::string& name) {
  if (name != "warm") fail("{}: no such model", name);
  return test::small_thermo();
}

ThermoRunRequest small_request() {
  ThermoRunRequest request;
  request.name = "warm";
  request.temperature = 0.1;
  request.lanes = 3;
  request.samples = 40;
  request.threads = 2;
  return request;
}

std::shared_ptr<const ThermoRunSnapshot> run_of(const ThermoRunRequest& request) {
  ThermoRunJob job(test::small_training(), load, true);
  job.show(request);
  return job.latest();
}

TEST(ThermoRunJob, RecordsARunAndCountsItsHeat) {
  const auto run = run_of(small_request());
  EXPECT_EQ(run->state, State::ready) << run->reason;
  ASSERT_EQ(run->frames.size(), std::size_t{ThermoRunSnapshot::kFrames});
  for (const double heat : run->frames.front()->heat) EXPECT_EQ(heat, 0);
  EXPECT_EQ(run->frames.back()->state->size(), std::size_t{808 * 3});
  ASSERT_EQ(run->counts.heat.size(), 40u);
  EXPECT_NEAR(run->counts.summary.mean,
              std::accumulate(run->counts.heat.begin(), run->counts.heat.end(), 0.0) / 40, 1e-9);
  // The samples that are shown are the first of those that are counted; forces are single
  // precision.
  for (std::size_t lane = 0; lane < 3; ++lane)
    EXPECT_NEAR(run->frames.back()->heat[lane], run->counts.heat[lane],
                1e-3 * (1 + std::abs(run->counts.heat[lane])));
  EXPECT_GT(run->counts.summary.mean, 0) << "order costs heat";
}

TEST(ThermoRunJob, EveryPictureIsReadOnce) {
  const auto run = run_of(small_request());
  EXPECT_EQ(run->unreadable, "");
  EXPECT_EQ(run->counts.judged, 40);
  EXPECT_EQ(std::accumulate(run->counts.judgement.classes.begin(),
                            run->counts.judgement.classes.end(), 0),
            40);
}

TEST(ThermoRunJob, EveryPictureIsComparedWithThePrototypes) {
  const auto run = run_of(small_request());
  const OverlapCounts& counts = run->counts.overlaps;
  EXPECT_EQ(counts.pictures, 40);
  ASSERT_EQ(counts.strongest.size(), 2u);
  EXPECT_EQ(counts.strongest[0] + counts.strongest[1], 40);
  EXPECT_GT(counts.negatives, 0) << "discs are no digits: their signs are any";
  EXPECT_LT(counts.negatives, 40);
}

TEST(ThermoRunJob, ShowsPrototypesAsTheyDissolve) {
  const auto run = run_of(small_request());
  ASSERT_EQ(run->noising.size(), 2u);
  ASSERT_EQ(run->noising[0].size(), std::size_t{ThermoRunSnapshot::kFrames});
  const auto likeness = [&](std::size_t frame) {  // with the prototype
    const auto& picture = run->prototypes->pictures[0];
    const auto& state = *run->noising[0][frame];
    double sum = 0;
    for (std::size_t i = 0; i < picture.size(); ++i)
      sum += double(picture[i]) * double(state[i]) / double(picture.size());
    return sum;
  };
  EXPECT_GT(likeness(0), 0.2) << "held";
  EXPECT_LT(std::abs(likeness(100)), 0.15) << "dissolved";
}

TEST(ThermoRunJob, TemperatureAndBitsAreThoseOfTheRequest) {
  const auto plain = run_of(small_request());
  ThermoRunRequest request = small_request();
  request.temperature = 0;
  const auto cold = run_of(request);
  for (const float x : *cold->frames.back()->state)
    ASSERT_EQ(x, 0) << "without heat nothing leaves the middle";
  request = small_request();
  request.bits = 2;
  EXPECT_NE(run_of(request)->counts.heat, plain->counts.heat);
  EXPECT_EQ(run_of(small_request())->counts.heat, plain->counts.heat) << "the same bits";
}

TEST(ThermoRunJob, TheOtherNetworkRunsOnTheSameNoise) {
  ThermoRunRequest request = small_request();
  auto same = std::make_shared<const Model>(test::small_thermo());
  request.network = request.other = same;
  const auto run = run_of(request);
  ASSERT_EQ(run->other.heat.size(), 40u);
  EXPECT_EQ(run->other.heat, run->counts.heat);
  EXPECT_EQ(run->other.judged, 40);
  ASSERT_EQ(run->other_mean.size(), run->frames.size());
  double mean = 0;
  for (const double heat : run->frames.back()->heat) mean += heat / 3;
  EXPECT_NEAR(run->other_mean.back(), mean, 1e-9 * std::abs(mean));
  // Weaker couplings do less work.
  Model weak = test::small_thermo();
  for (float& w : weak.program.weights(weak.program.chunks() - 1)) w *= 0.5F;
  request.other = std::make_shared<const Model>(std::move(weak));
  const auto weaker = run_of(request);
  EXPECT_EQ(weaker->counts.heat, run->counts.heat);
  EXPECT_LT(weaker->other.summary.mean, weaker->counts.summary.mean);
}

TEST(ThermoRunJob, SaysWhatIsWrong) {
  ThermoRunRequest request = small_request();
  request.name = "cold";
  EXPECT_EQ(run_of(request)->state, State::failed);
  EXPECT_THAT(run_of(request)->reason, HasSubstr("cold: no such model"));
  // Without pictures it runs all the same.
  ThermoRunJob job(test::training_without_pictures(), load, true);
  job.show(small_request());
  EXPECT_EQ(job.latest()->state, State::ready);
  EXPECT_TRUE(job.latest()->noising.empty());
  EXPECT_THAT(job.latest()->no_prototypes, HasSubstr("docs/data.md"));
  // Phases have no heat.
  ThermoRunJob phases(
      test::small_training(),
      [](const std::string&) {
        return Model{make_program(substrate_named("kuramoto"), Topology::local({28, 28, 1}, 1), 1,
                                  1, 0.1, 1),
                     "phases", "{}"};
      },
      true);
  phases.show(small_request());
  EXPECT_THAT(phases.latest()->reason, HasSubstr("langevin"));
}

TEST(ThermoRunJob, AnotherRequestTakesThePlaceOfTheLast) {
  ThermoRunJob job(test::small_training(), load);
  ThermoRunRequest request = small_request();
  request.samples = 5000;
  job.show(request);
  request.samples = 8;
  request.seed = 2;
  job.show(request);
  ASSERT_TRUE(job.settle(60));
  const auto run = job.latest();
  EXPECT_EQ(run->request.seed, 2u);
  EXPECT_EQ(run->counts.heat.size(), 8u);
  EXPECT_EQ(run->state, State::ready);
}

}  // namespace
}  // namespace phaseloom
