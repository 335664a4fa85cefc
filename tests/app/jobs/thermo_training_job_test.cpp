// SPDX-License-Identifier: MIT
#include "app/jobs/thermo_training_job.hpp"

#include <gtest/gtest.h>

#include "app/document/thermo_facts.hpp"
#include "tests/app/session/small_thermo.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

using State = ThermoTrainingSnapshot::State;
using ::testing::HasSubstr;

ThermoExperiment small_experiment() { return test::thermo_options().scene.thermo; }

TEST(ThermoTrainingJob, TrainsCycleByCycle) {
  ThermoTrainingJob job(test::small_training(), true);
  job.start(small_experiment());
  EXPECT_EQ(job.latest()->state, State::running);
  EXPECT_EQ(job.latest()->cycle, 0);
  job.advance(2);
  const auto two = job.latest();
  EXPECT_EQ(two->cycle, 2);
  ASSERT_EQ(two->learner.curve.reports.size(), 2u);
  EXPECT_GT(two->learner.curve.reports[0].loss, 0.5);
  ASSERT_NE(two->learner.network, nullptr);
  EXPECT_EQ(two->network_cycle, 2);
  EXPECT_EQ(two->learner.network->program.topology->hidden(), 24);
  job.advance(100);
  const auto end = job.latest();
  EXPECT_EQ(end->state, State::finished);
  EXPECT_EQ(end->cycle, 4);
  EXPECT_FALSE(end->stopped);
  EXPECT_NE(end->learner.network->program.values, two->learner.network->program.values);
}

TEST(ThermoTrainingJob, TheSameSettingsGiveTheSameBits) {
  const auto trained = [](ThermoExperiment experiment) {
    ThermoTrainingJob job(test::small_training(), true);
    job.start(experiment);
    job.advance(100);
    return job.latest()->learner.network->program.values;
  };
  ThermoExperiment experiment = small_experiment();
  const auto once = trained(experiment);
  experiment.threads = 1;
  EXPECT_EQ(trained(experiment), once);
  experiment.rule = ThermoRule::online;
  EXPECT_NE(trained(experiment), once);
}

TEST(ThermoTrainingJob, KeepsTheCurveOfTheTrainingBefore) {
  ThermoTrainingJob job(test::small_training(), true);
  job.start(small_experiment());
  job.advance(100);
  EXPECT_EQ(job.latest()->before, nullptr);
  ThermoExperiment online = small_experiment();
  online.rule = ThermoRule::online;
  job.start(online);
  job.advance(1);
  ASSERT_NE(job.latest()->before, nullptr);
  EXPECT_EQ(job.latest()->before->rule, ThermoRule::batch);
  EXPECT_EQ(job.latest()->before->reports.size(), 4u);
  EXPECT_EQ(job.latest()->learner.curve.rule, ThermoRule::online);
}

TEST(ThermoTrainingJob, TheOtherRuleLearnsTheSameBesideAsAlone) {
  const auto trained = [](const ThermoExperiment& experiment) {
    ThermoTrainingJob job(test::small_training(), true);
    job.start(experiment);
    job.advance(100);
    return job.latest();
  };
  ThermoExperiment both = small_experiment();
  both.compare = true;
  both.update_noise = 0.1;
  const auto two = trained(both);
  ThermoExperiment one = both;
  one.compare = false;
  const auto batch = trained(one);
  EXPECT_FALSE(batch->other.has_value());
  one.rule = ThermoRule::online;
  one.update_noise = 0;
  const auto online = trained(one);
  ASSERT_TRUE(two->other.has_value());
  EXPECT_EQ(two->learner.curve.rule, ThermoRule::batch);
  EXPECT_EQ(two->other->curve.rule, ThermoRule::online);
  EXPECT_EQ(two->cycle, 4);
  EXPECT_EQ(two->other->curve.reports.size(), 4u);
  EXPECT_EQ(two->learner.network->program.values, batch->learner.network->program.values);
  EXPECT_EQ(two->other->network->program.values, online->learner.network->program.values);
}

TEST(ThermoTrainingJob, KeepsTheNetworkOfEitherRule) {
  const TemporaryFolder folder;
  ThermoTrainingJob job(test::small_training(), true);
  ThermoExperiment both = small_experiment();
  both.compare = true;
  job.start(both);
  job.advance(2);
  job.keep(folder / "batch.safetensors");
  job.keep(folder / "online.safetensors", ThermoTrainingJob::Which::other);
  const auto two = job.latest();
  EXPECT_EQ(load_model(folder / "batch.safetensors").program.values,
            two->learner.network->program.values);
  const Model online = load_model(folder / "online.safetensors");
  EXPECT_EQ(online.program.values, two->other->network->program.values);
  EXPECT_THAT(online.training, HasSubstr("online"));
}

TEST(ThermoTrainingJob, KeepsAModelThatCanBeRead) {
  const TemporaryFolder folder;
  ThermoTrainingJob job(test::small_training(), true);
  job.start(small_experiment());
  job.advance(1);
  job.stop();
  EXPECT_TRUE(job.latest()->stopped);
  job.keep(folder / "mine.safetensors");
  const Model model = load_model(folder / "mine.safetensors");
  EXPECT_EQ(model.program.values, job.latest()->learner.network->program.values);
  EXPECT_EQ(model.program.temperature, 0.1);
  EXPECT_EQ(model.program.picture(), (PictureShape{28, 28}));
  EXPECT_EQ(thermo_facts_of(model).digits, "0 1");
  EXPECT_THAT(model.training, HasSubstr("\"cycles\":1,"));
  EXPECT_THAT(error_of([&] { job.keep(folder / "mine.png"); }), HasSubstr(".safetensors"));
}

TEST(ThermoTrainingJob, SaysWhatIsWrong) {
  ThermoTrainingJob job(test::training_without_pictures(), true);
  job.start(small_experiment());
  EXPECT_EQ(job.latest()->state, State::failed);
  EXPECT_THAT(job.latest()->reason, HasSubstr("docs/data.md"));
  ThermoExperiment none = small_experiment();
  none.digits = " ";
  EXPECT_THAT(error_of([&] { job.start(none); }), HasSubstr("names no digit"));
  none.digits = "0 x";
  EXPECT_THAT(error_of([&] { job.start(none); }), HasSubstr("list of digits"));
  none.digits = "1 1";
  EXPECT_THAT(error_of([&] { job.start(none); }), HasSubstr("names 1 twice"));
  ThermoExperiment flawed = small_experiment();
  flawed.rule = ThermoRule::online;
  flawed.update_bits = 8;
  EXPECT_THAT(error_of([&] { job.start(flawed); }), HasSubstr("batch rule"));
}

TEST(ThermoTrainingJob, InTheBackgroundComesToItsEnd) {
  ThermoTrainingJob job(test::small_training());
  job.start(small_experiment());
  ASSERT_TRUE(job.settle(60));
  EXPECT_EQ(job.latest()->state, State::finished);
  EXPECT_EQ(job.latest()->network_cycle, 4);
}

}  // namespace
}  // namespace phaseloom
