// SPDX-License-Identifier: MIT
// What a session does in the background, beside the experiment.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "app/session/session.hpp"
#include "tests/app/session/small_models.hpp"
#include "tests/app/session/small_pictures.hpp"

namespace phaseloom {
namespace {

using test::last_message;
using test::small_options;
using ::testing::HasSubstr;

TEST(Session, TrainsBesideTheExperiment) {
  auto options = small_options();
  options.training = test::small_training();
  options.scene.train = test::small_setup();
  Session session(options);
  using State = TrainingSnapshot::State;
  EXPECT_EQ(session.training()->state, State::idle);
  session.post("train.start");
  session.post("train.advance 2");
  EXPECT_EQ(session.training()->state, State::running);
  EXPECT_EQ(session.training()->iteration, 2);
  session.post("seek 3");
  EXPECT_EQ(session.snapshot()->step, 3) << "the experiment is another matter";
  session.post("set train.radius 2");
  EXPECT_EQ(session.training()->setup.radius, 1) << "counts for the next one";
  session.post("undo");
  EXPECT_EQ(session.scene().train, test::small_setup()) << "settings are undone, trainings not";
  session.post("set train.duration 0.6");
  session.post("set train.substrate langevin");
  EXPECT_EQ(session.scene().train.duration, 0.1) << "stiff units ask for shorter chunks";
  session.post("undo");
  EXPECT_EQ(session.scene().train.duration, 0.6);
  session.post("undo");
  EXPECT_EQ(session.training()->iteration, 2);
  session.post("train.pause");
  EXPECT_EQ(session.training()->state, State::paused);
  session.post("train.resume");
  session.post("train.stop");
  EXPECT_EQ(session.training()->state, State::finished);
  session.post("train.stop");
  EXPECT_THAT(last_message(session), HasSubstr("train.stop: no training is running"));
  EXPECT_THAT(session.record(), testing::Not(HasSubstr("train.start")));
}

TEST(Session, AFailedTrainingIsAMessage) {
  auto options = small_options();
  options.training = test::training_without_pictures();
  Session session(options);
  session.post("train.start");
  EXPECT_EQ(session.training()->state, TrainingSnapshot::State::failed);
  EXPECT_THAT(last_message(session), HasSubstr("training: the data set mnist is not here"));
}

TEST(Session, MeasuresOnlyWhenToldToIfSynchronous) {
  using State = QualitySnapshot::State;
  Session session(small_options());
  session.pass(1);
  EXPECT_EQ(session.quality()->state, State::off);
  session.post("measure");
  EXPECT_EQ(session.quality()->state, State::unavailable) << "nobody knows what it was trained on";
  session.post("set hardware.bits 4");
  EXPECT_EQ(session.quality()->state, State::off) << "of another network";
}

TEST(Session, MeasuresByItselfWhenTheSettingsRest) {
  using State = QualitySnapshot::State;
  Session session(small_options(true));
  for (int i = 0; i < 6000 && session.quality()->state != State::unavailable; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    session.update();
  }
  EXPECT_EQ(session.quality()->state, State::unavailable);
  session.post("set hardware.bits 4");
  ASSERT_TRUE(session.settle(60));
  EXPECT_EQ(session.quality()->state, State::waiting);
}

}  // namespace
}  // namespace phaseloom
