// SPDX-License-Identifier: MIT
#include "engine/learning/train_settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

TrainSettings unusual() {
  TrainSettings s;
  s.seed = 18446744073709551615u;
  s.batch = 128;
  s.loss = Loss::drift;
  s.critic_steps = 3;
  s.replay = 0;
  s.generator_rate = 1e-3f;
  s.critic_rate = 3e-4f;
  s.final_rate = 0.5f;
  s.warm_up = 0.15;
  s.weight_decay = 0.125f;
  s.average = 0.9995f;
  s.adjoint_clip = 0;
  s.integrator = Integrator::rk4;
  s.jitter = 0.1;
  s.phases = {{0, {1, 7}}, {0.3, {9}}};
  s.step = 0.0625;
  s.hardware = {.bits = 3,
                .grid = BitGrid::symmetric,
                .density = 0.25,
                .mismatch = 0.0625,
                .weight_noise = 0.03125};
  s.prune_from = 0.2;
  s.prune_to = 0.7;
  return s;
}

TEST(TrainSettings, SurviveAFile) {
  for (const TrainSettings& s : {TrainSettings{}, unusual()}) {
    const auto text = to_json(s).dump();
    EXPECT_TRUE(train_settings_from_json(nlohmann::ordered_json::parse(text), "x") == s) << text;
  }
}

TEST(TrainSettings, EveryFieldIsNeededAndNamed) {
  const auto whole = to_json(unusual());
  for (const auto& [name, value] : whole.items()) {
    auto json = whole;
    json.erase(name);
    if (name != "step") {  // earlier programs did not write it
      EXPECT_THAT(error_of([&] { train_settings_from_json(json, "run.checkpoint"); }),
                  AllOf(HasSubstr("run.checkpoint"), HasSubstr(name)));
    }
    json = whole;
    json[name] = nlohmann::ordered_json::object({{"a", 1}});
    EXPECT_THAT(error_of([&] { train_settings_from_json(json, "run.checkpoint"); }),
                HasSubstr("run.checkpoint"))
        << name;
  }
}

TEST(TrainSettings, OfEarlierProgramsCountStepsByChunk) {
  auto json = to_json(unusual());
  json.erase("step");
  TrainSettings expected = unusual();
  expected.step = 0;
  EXPECT_TRUE(train_settings_from_json(json, "run.checkpoint") == expected);
}

TEST(TrainSettings, StepsAreCountedByTimeWhereTheyWouldBeTooLong) {
  TrainSettings s;
  EXPECT_EQ(steps_through(s, 100, 3), 3);
  s.step = 0.05;
  EXPECT_EQ(steps_through(s, 1, 3), 20);
  EXPECT_EQ(steps_through(s, 1.3, 3), 26);
  EXPECT_EQ(steps_through(s, 0.1, 3), 3) << "these are shorter already";
}

TEST(TrainSettings, RefuseWhatIsOutOfRange) {
  const auto refuses = [](auto change, const char* name) {
    TrainSettings s;
    change(s);
    EXPECT_THAT(error_of([&] { validate(s); }), HasSubstr(name));
  };
  refuses([](auto& s) { s.batch = 0; }, "batch");
  refuses([](auto& s) { s.batch = 48; }, "multiple");
  refuses([](auto& s) { s.critic_steps = 0; }, "critic_steps");
  refuses([](auto& s) { s.generator_rate = -1; }, "generator_rate");
  refuses([](auto& s) { s.critic_rate = std::numeric_limits<float>::quiet_NaN(); }, "critic_rate");
  refuses([](auto& s) { s.average = 1.5f; }, "average");
  refuses([](auto& s) { s.jitter = 1; }, "jitter");
  refuses([](auto& s) { s.step = -0.1; }, "step");
  refuses([](auto& s) { s.warm_up = 1.5; }, "warm_up");
  refuses([](auto& s) { s.prune_to = 0.05; }, "prune_to");
  refuses([](auto& s) { s.phases.clear(); }, "phases");
  refuses([](auto& s) { s.phases = {{0, {}}}; }, "without steps");
  refuses([](auto& s) { s.phases = {{0, {0}}}; }, "steps");
  refuses([](auto& s) { s.hardware.bits = 9; }, "bits");
  EXPECT_NO_THROW(validate(unusual()));
}

TEST(TrainSettings, LossesHaveNames) {
  for (const Loss loss :
       {Loss::wgan_gp, Loss::sliced_wasserstein, Loss::drift, Loss::wgan_gp_drift})
    EXPECT_EQ(named<Loss>(name_of(loss)), loss);
  EXPECT_THAT(error_of([] { named<Loss>("mse"); }), AllOf(HasSubstr("mse"), HasSubstr("drift")));
}

}  // namespace
}  // namespace phaseloom
