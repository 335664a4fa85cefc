// SPDX-License-Identifier: MIT
// Hands on the Train workspace.

#include "app/ui/train/train.hpp"

#include <gmock/gmock.h>

#include <cstdlib>

#include "app/commands/verbs.hpp"
#include "tests/app/session/small_pictures.hpp"
#include "tests/app/ui/driver.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

using State = TrainingSnapshot::State;
using ::testing::HasSubstr;

class Train : public testing::Test {
 protected:
  const TrainingSnapshot& training() { return *driver.session->training(); }
  void advance(int iterations) {
    driver.session->post(verbs::train_advance, iterations);
    driver.frames(2);
  }
  Driver driver{{1024, 640}, 1, test_training_options()};
};

TEST_F(Train, WorkspacesByClickAndKey) {
  EXPECT_TRUE(driver.has("start"));
  driver.click("workspace Generate");
  EXPECT_EQ(driver.session->ui().workspace, Workspace::generate);
  EXPECT_TRUE(driver.has("wall"));
  EXPECT_FALSE(driver.has("start"));
  driver.click("workspace Train");
  EXPECT_EQ(driver.session->ui().workspace, Workspace::train);
  driver.key("1");
  EXPECT_EQ(driver.session->ui().workspace, Workspace::generate);
  driver.key("3");
  EXPECT_EQ(driver.session->ui().workspace, Workspace::train);
}

TEST_F(Train, ButtonsFollowTheLifeOfATraining) {
  driver.click("keep");  // nothing to keep yet
  driver.click("stop");
  EXPECT_TRUE(driver.now().messages->empty()) << "they were not enabled";
  driver.click("start");
  EXPECT_EQ(training().state, State::running);
  EXPECT_FALSE(driver.has("start"));
  advance(2);
  EXPECT_TRUE(driver.has("learning"));
  driver.click("pause training");
  EXPECT_EQ(training().state, State::paused);
  driver.click("resume");
  EXPECT_EQ(training().state, State::running);
  driver.click("stop");
  EXPECT_EQ(training().state, State::finished);
  EXPECT_TRUE(training().stopped);
  driver.click("start");
  EXPECT_EQ(training().state, State::running);
  EXPECT_EQ(training().iteration, 0);
}

TEST_F(Train, ClassesNeedTheCritic) {
  driver.click("train.labels");
  EXPECT_FALSE(driver.scene().train.labels);
  driver.click("train.labels");
  EXPECT_TRUE(driver.scene().train.labels);
  driver.session->set("train.loss", "drift");
  driver.click("train.labels");
  EXPECT_TRUE(driver.scene().train.labels) << "no use clicking";
  EXPECT_FALSE(driver.scene().train.asks_for_classes());
  driver.session->set("train.loss", "wgan_gp");
  driver.session->set("train.substrate", "kuramoto");
  EXPECT_TRUE(driver.scene().train.asks_for_classes()) << "and it is remembered";
  driver.click("start");
  advance(24);
  ASSERT_EQ(training().state, State::finished) << training().reason;
}

TEST_F(Train, SpaceStartsPausesAndResumes) {
  driver.key("Space");
  EXPECT_EQ(training().state, State::running);
  driver.key("Space");
  EXPECT_EQ(training().state, State::paused);
  driver.key("Space");
  EXPECT_EQ(training().state, State::running);
  EXPECT_FALSE(driver.scene().playing) << "the run of Generate is left alone";
  driver.key("Right");
  EXPECT_EQ(driver.now().step, 0);
}

TEST_F(Train, TheInvitationStartsToo) {
  driver.click("begin");
  EXPECT_EQ(training().state, State::running);
}

TEST_F(Train, SettingsAreOfTheSceneAndUndone) {
  driver.drag("train.radius", 0.02f, 0.99f);
  EXPECT_EQ(driver.scene().train.radius, 7);
  driver.key("Ctrl+Z");
  EXPECT_EQ(driver.scene().train.radius, 1);
  EXPECT_TRUE(driver.now().undo_label.empty()) << "a drag is one entry";
  for (const char* field :
       {"train.dataset", "train.substrate", "train.hidden", "train.chunks", "train.duration"})
    EXPECT_TRUE(driver.has(field)) << field;
}

TEST_F(Train, UseItPutsTheBestOnTheWall) {
  const TemporaryFolder home;
  const char* old = std::getenv("XDG_DATA_HOME");
  const std::string before = old ? old : "";
  setenv("XDG_DATA_HOME", home.path().c_str(), 1);
  SessionOptions options = test_training_options();
  options.loader = {};  // models from files
  Driver other({1024, 640}, 1, std::move(options));
  other.laboratory->transient().may_write = true;
  other.click("start");
  other.session->post(verbs::train_advance, 2);
  other.frames(2);
  other.click("keep");
  EXPECT_EQ(other.session->training()->kept,
            (home / "phaseloom/models/mnist-shil-labels-1.safetensors").string());
  EXPECT_EQ(other.session->ui().workspace, Workspace::train);
  other.click("use");
  other.frames(2);
  EXPECT_EQ(other.session->ui().workspace, Workspace::generate);
  EXPECT_EQ(other.scene().model,
            (home / "phaseloom/models/mnist-shil-labels-2.safetensors").string());
  ASSERT_NE(other.now().model, nullptr);
  EXPECT_EQ(other.now().model->program.chunks(), 2);
  EXPECT_EQ(other.session->training()->state, State::running) << "it goes on meanwhile";
  if (old)
    setenv("XDG_DATA_HOME", before.c_str(), 1);
  else
    unsetenv("XDG_DATA_HOME");
}

TEST(TrainGoOn, StartAsksBeforeItTakesTheFormersPlace) {
  const TemporaryFolder folder;
  SessionOptions options = test_training_options();
  options.training.checkpoint = folder / "training.checkpoint";
  const auto stopped = [&] {
    std::filesystem::remove(options.training.checkpoint);
    auto driver = std::make_unique<Driver>(Extent{1024, 640}, 1.0f, options);
    driver->click("start");
    EXPECT_EQ(driver->session->training()->state, State::running) << "nothing to ask about";
    driver->session->post(verbs::train_advance, 4);
    driver->frames(2);
    driver->click("stop");
    EXPECT_TRUE(driver->session->training()->can_go_on);
    return driver;
  };
  for (const bool by_key : {false, true}) {
    auto driver = stopped();
    const auto wish = [&] {
      if (by_key)
        driver->key("Space");
      else
        driver->click("start");
      driver->frames(2);
    };
    wish();
    ASSERT_TRUE(driver->laboratory->transient().question);
    driver->click("answer Cancel");
    EXPECT_EQ(driver->session->training()->state, State::finished);
    EXPECT_EQ(driver->session->training()->iteration, 4);
    wish();
    driver->click("answer Go on");
    EXPECT_EQ(driver->session->training()->state, State::running);
    EXPECT_EQ(driver->session->training()->iteration, 4);
    EXPECT_EQ(driver->session->training()->losses.size(), 4u);
  }
  auto driver = stopped();
  driver->key("Space");
  driver->frames();
  driver->key("Enter");
  EXPECT_FALSE(driver->laboratory->transient().question) << "a hasty Enter changes nothing";
  EXPECT_EQ(driver->session->training()->state, State::finished);
  driver->key("Space");
  driver->frames(2);
  driver->click("answer Start anew");
  EXPECT_EQ(driver->session->training()->state, State::running);
  EXPECT_EQ(driver->session->training()->iteration, 0);
}

TEST(TrainGoOn, IsOfferedAfterACut) {
  const TemporaryFolder folder;
  SessionOptions options = test_training_options();
  options.training.checkpoint = folder / "training.checkpoint";
  {
    Driver first({1024, 640}, 1, options);
    EXPECT_FALSE(first.has("begin again"));
    first.click("start");
    first.session->post(verbs::train_advance, 4);
  }
  for (const char* button : {"begin again", "go on"}) {
    Driver second({1024, 640}, 1, options);
    second.click(button);
    EXPECT_EQ(second.session->training()->state, State::running) << button;
    second.session->post(verbs::train_advance, 1);
    EXPECT_GE(second.session->training()->iteration, 5);
  }
}

TEST_F(Train, AScriptsHandWritesNothingUnasked) {
  driver.click("start");
  advance(1);
  driver.click("use");
  EXPECT_EQ(training().kept, "");
  EXPECT_THAT(driver.now().messages->back().text, HasSubstr("train.keep FILE"));
}

TEST(TrainText, Durations) {
  EXPECT_EQ(duration_text(0.4), "0 s");
  EXPECT_EQ(duration_text(59.4), "59 s");
  EXPECT_EQ(duration_text(125), "2 min 05 s");
  EXPECT_EQ(duration_text(3600 + 61), "1 h 01 min");
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1234567), "1,234,567");
}

}  // namespace
}  // namespace phaseloom
