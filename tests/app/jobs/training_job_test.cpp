// SPDX-License-Identifier: MIT
#include "app/jobs/training_job.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/app/session/small_pictures.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

using State = TrainingSnapshot::State;
using test::small_setup;
using test::small_training;
using ::testing::HasSubstr;

constexpr double kLong = 240;  // seconds; a bound for a hang, nothing is measured by it

/// What went wrong since the last call.
std::vector<std::string> problems_of(TrainingJob& job) {
  std::vector<std::string> problems;
  for (const JobNote& note : job.take_notes())
    if (note.problem) problems.push_back(note.text);
  return problems;
}

/// A gated job: nothing depends on the clock.
class GatedTraining : public testing::Test {
 protected:
  const TrainingSnapshot& now() {
    EXPECT_TRUE(job.settle(kLong));
    snapshot_ = job.latest();
    return *snapshot_;
  }
  TemporaryFolder folder;
  TrainingJob job{small_training(), true};

 private:
  std::shared_ptr<const TrainingSnapshot> snapshot_;
};

TEST_F(GatedTraining, IsIdleUntilStarted) {
  EXPECT_EQ(now().state, State::idle);
  EXPECT_FALSE(now().active());
  for (const auto& [action, what] :
       {std::pair<std::function<void()>, std::string>{[&] { job.pause(); }, "train.pause"},
        {[&] { job.resume(); }, "train.resume"},
        {[&] { job.stop(); }, "train.stop"},
        {[&] { job.advance(1); }, "train.advance"}})
    EXPECT_THAT(error_of(action), AllOf(HasSubstr(what), HasSubstr("train.start")));
}

TEST_F(GatedTraining, GoesAsFarAsItIsLet) {
  job.start(small_setup());
  EXPECT_EQ(now().state, State::running);
  EXPECT_EQ(now().iteration, 0);
  EXPECT_EQ(now().pictures, nullptr);
  EXPECT_FALSE(now().has_best);
  job.advance(2);
  EXPECT_EQ(now().iteration, 2);
  EXPECT_EQ(now().state, State::running);
  ASSERT_NE(now().pictures, nullptr);
  EXPECT_EQ(now().pictures->size(), 100u * 784);
  EXPECT_EQ(now().pictures_iteration, 2);
  EXPECT_EQ(now().losses.size(), 2u);
  EXPECT_TRUE(now().has_best);
  EXPECT_TRUE(now().curve.empty());
  job.advance(2);
  EXPECT_EQ(now().iteration, 4);
  EXPECT_EQ(now().curve.size(), 1u) << "a look every 3 iterations";
  EXPECT_EQ(now().curve[0].iteration, 3);
  EXPECT_EQ(now().best_iteration, 3);
  EXPECT_GT(now().best, 0);
  EXPECT_GT(now().floor, 0);
  EXPECT_EQ(now().iterations_per_second, 0) << "nothing that the clock says";
}

TEST_F(GatedTraining, TheSameIterationsGiveTheSameSnapshots) {
  job.start(small_setup());
  job.advance(4);
  const auto one = now();
  TrainingJob other(small_training(), true);
  auto setup = small_setup();
  setup.threads = 1;
  other.start(setup);
  ASSERT_TRUE(other.settle(kLong));
  other.advance(1);
  ASSERT_TRUE(other.settle(kLong));
  other.advance(3);
  ASSERT_TRUE(other.settle(kLong));
  const auto two = other.latest();
  EXPECT_EQ(*one.pictures, *two->pictures);
  ASSERT_EQ(two->curve.size(), one.curve.size());
  EXPECT_EQ(two->curve[0].fcd_rk4, one.curve[0].fcd_rk4);
  ASSERT_EQ(two->losses.size(), one.losses.size());
  EXPECT_EQ(two->losses.back().distance, one.losses.back().distance);
}

TEST_F(GatedTraining, PausesAndResumes) {
  job.start(small_setup());
  job.advance(1);
  job.pause();
  EXPECT_EQ(now().state, State::paused);
  EXPECT_EQ(now().iteration, 1);
  job.resume();
  EXPECT_EQ(now().state, State::running);
  job.advance(1);
  EXPECT_EQ(now().iteration, 2);
}

TEST_F(GatedTraining, FinishesAtTheEndOfItsSchedule) {
  job.start(small_setup());
  job.advance(1000);
  EXPECT_EQ(now().state, State::finished);
  EXPECT_EQ(now().iteration, 24);
  EXPECT_EQ(now().progress, 1);
  EXPECT_EQ(now().reason, "");
  EXPECT_EQ(now().curve.size(), 8u);
  EXPECT_EQ(now().pictures_iteration, now().best_iteration) << "what is kept is what is seen";
  double best = 1e300;
  for (const auto& point : now().curve) best = std::min(best, point.fcd_rk4);
  EXPECT_EQ(now().best, best);
  job.start(small_setup());
  EXPECT_EQ(now().state, State::running) << "and can be started again";
  EXPECT_EQ(now().iteration, 0);
  EXPECT_TRUE(now().losses.empty());
}

TEST_F(GatedTraining, StopsWithALastLook) {
  job.start(small_setup());
  job.advance(2);
  job.stop();
  EXPECT_EQ(now().state, State::finished);
  EXPECT_TRUE(now().stopped);
  EXPECT_EQ(now().iteration, 2);
  EXPECT_EQ(now().curve.size(), 1u);
  EXPECT_TRUE(now().has_best);
  EXPECT_THAT(error_of([&] { job.stop(); }), HasSubstr("no training is running"));
}

TEST_F(GatedTraining, OnlyOneAtATime) {
  job.start(small_setup());
  EXPECT_THAT(error_of([&] { job.start(small_setup()); }), HasSubstr("train.stop"));
  EXPECT_EQ(now().state, State::running);
}

TEST_F(GatedTraining, KeepsTheBest) {
  const auto file = folder / "new/folder/mine.safetensors";
  job.keep(file);
  EXPECT_EQ(now().kept, "");
  EXPECT_THAT(problems_of(job), testing::ElementsAre(HasSubstr("nothing to keep")));
  EXPECT_TRUE(problems_of(job).empty()) << "said once";

  job.start(small_setup());
  job.advance(2);
  job.keep(file);  // before the first look: the running average
  EXPECT_EQ(now().kept, file.string());
  EXPECT_EQ(now().state, State::running);
  const Model early = load_model(file);
  EXPECT_EQ(early.name, "mine");
  const auto facts = nlohmann::json::parse(early.training);
  EXPECT_EQ(facts.at("dataset"), "mnist");
  EXPECT_EQ(facts.at("iterations"), 2);
  EXPECT_EQ(facts.at("setup").at("radius"), "1");

  job.stop();
  job.keep(folder / "end.safetensors");
  EXPECT_EQ(now().state, State::finished);
  const auto end = nlohmann::json::parse(load_model(folder / "end.safetensors").training);
  EXPECT_NEAR(end.at("fcd_rk4_8"), now().best, 1e-3);
}

TEST_F(GatedTraining, AFileThatCannotBeWrittenIsOneLine) {
  EXPECT_THAT(error_of([&] { job.keep("m.npy"); }), HasSubstr(".safetensors"));
  job.start(small_setup());
  job.advance(1);
  std::ofstream(folder / "file") << "no folder";
  job.keep(folder / "file/m.safetensors");
  EXPECT_EQ(now().kept, "");
  EXPECT_THAT(problems_of(job), testing::ElementsAre(HasSubstr("m.safetensors")));
  job.advance(1);
  EXPECT_EQ(now().iteration, 2) << "the training goes on";
}

TEST(TrainingJob, AMissingDataSetFailsWithItsWords) {
  TrainingJob job(test::training_without_pictures(), true);
  job.start(small_setup());
  ASSERT_TRUE(job.settle(kLong));
  EXPECT_EQ(job.latest()->state, State::failed);
  EXPECT_THAT(job.latest()->reason, HasSubstr("docs/data.md"));
  EXPECT_FALSE(job.latest()->has_best);
  EXPECT_THAT(error_of([&] { job.advance(1); }), HasSubstr("train.start"));
}

TEST(TrainingJob, WithoutTestPicturesItTrainsAndSaysWhatIsMissing) {
  auto options = small_training();
  options.images = [](const std::string& name, Split split) {
    if (split == Split::test) fail("no test pictures");
    return test::small_pictures(name, split);
  };
  TrainingJob job(options, true);
  job.start(small_setup());
  ASSERT_TRUE(job.settle(kLong));
  EXPECT_THAT(job.latest()->note, HasSubstr("no test pictures"));
  job.advance(3);
  ASSERT_TRUE(job.settle(kLong));
  EXPECT_EQ(job.latest()->iteration, 3);
  EXPECT_TRUE(std::isnan(job.latest()->best));
}

TEST(TrainingJob, AnUngatedOneRunsByItself) {
  TrainingJob job(small_training());
  auto setup = small_setup();
  setup.iterations = 1'000'000;
  job.start(setup);
  job.advance(3);  // and pauses there
  ASSERT_TRUE(job.settle(kLong));
  EXPECT_EQ(job.latest()->state, State::paused);
  const auto at = job.latest()->iteration;
  EXPECT_GE(at, 3);
  job.resume();
  while (job.latest()->iteration == at) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  job.pause();
  ASSERT_TRUE(job.settle(kLong));
  EXPECT_EQ(job.latest()->state, State::paused);
  EXPECT_GT(job.latest()->iterations_per_second, 0);
  EXPECT_GT(job.latest()->seconds_left, 0);
}

TEST(TrainingJob, WhatComesTooLateIsRefused) {
  TrainingJob job(small_training());
  auto setup = small_setup();
  setup.iterations = 1'000'000;
  job.start(setup);
  job.advance(3);
  ASSERT_TRUE(job.settle(kLong));
  job.stop();
  // It takes its last look, or is done already.
  EXPECT_THAT(error_of([&] { job.pause(); }), HasSubstr("train.pause"));
  ASSERT_TRUE(job.settle(kLong));
  EXPECT_EQ(job.latest()->state, State::finished);
  EXPECT_FALSE(job.latest()->stopping);
  EXPECT_LT(job.latest()->progress, 1);
  job.start(setup);
}

TEST(TrainingJob, LeavingStopsIt) {
  TrainingJob job(small_training());
  auto setup = small_setup();
  setup.iterations = 1'000'000;
  job.start(setup);
}  // must come back

TEST(TrainingJob, GoesOnWhereItWasCutOff) {
  const TemporaryFolder folder;
  auto options = small_training();
  options.checkpoint = folder / "state/training.checkpoint";
  TrainingJob whole(small_training(), true);
  whole.start(small_setup());
  whole.advance(1000);
  {
    TrainingJob first(options, true);
    EXPECT_FALSE(first.latest()->can_go_on);
    EXPECT_THAT(error_of([&] { first.go_on(); }), HasSubstr("no training to go on with"));
    first.start(small_setup());
    first.advance(10);
  }  // the window is closed in the middle of it
  TrainingJob second(options, true);
  ASSERT_TRUE(second.latest()->can_go_on);
  EXPECT_EQ(second.latest()->unfinished, small_setup());
  second.go_on();
  EXPECT_EQ(second.latest()->state, State::running);
  EXPECT_GE(second.latest()->curve.size(), 3u) << "the curve so far is there";
  EXPECT_EQ(second.latest()->losses.size(), 10u) << "and that of the losses";
  EXPECT_EQ(second.latest()->iteration, 10);
  EXPECT_DOUBLE_EQ(second.latest()->progress, 10.0 / 24);
  second.advance(2);
  EXPECT_EQ(second.latest()->iteration, 12);
  second.advance(1000);
  EXPECT_EQ(second.latest()->state, State::finished);
  EXPECT_EQ(second.latest()->iteration, 24);
  EXPECT_EQ(*second.latest()->pictures, *whole.latest()->pictures) << "as if nothing had happened";
  EXPECT_EQ(second.latest()->progress, 1);
  const auto &losses = second.latest()->losses, &all = whole.latest()->losses;
  ASSERT_EQ(losses.size(), all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(losses[i].iteration, all[i].iteration);
    EXPECT_EQ(losses[i].distance, all[i].distance);
    EXPECT_EQ(losses[i].objective, all[i].objective);
  }
  EXPECT_FALSE(second.latest()->can_go_on) << "it is finished";
}

// What has been made is there again after a crash, until it is kept or the next training begins.
TEST(TrainingJob, AFinishedNetworkOutlivesTheWindow) {
  const TemporaryFolder folder;
  auto options = small_training();
  options.checkpoint = folder / "state/training.checkpoint";
  auto setup = small_setup();
  setup.bits = 4;
  {
    TrainingJob job(options, true);
    EXPECT_FALSE(job.latest()->has_best);
    job.start(setup);
    job.advance(1000);
    ASSERT_EQ(job.latest()->state, State::finished);
    job.keep(folder / "a.safetensors");
    job.start(setup);
    job.advance(1000);
    EXPECT_TRUE(problems_of(job).empty()) << "the one before was kept";
  }
  {
    TrainingJob job(options, true);
    EXPECT_EQ(job.latest()->state, State::idle);
    EXPECT_TRUE(job.latest()->has_best);
    EXPECT_EQ(job.latest()->setup, setup);
    job.keep(folder / "b.safetensors");
    EXPECT_TRUE(load_model(folder / "b.safetensors").program.values ==
                load_model(folder / "a.safetensors").program.values);
  }
  TrainingJob job(options, true);
  EXPECT_FALSE(job.latest()->has_best) << "it is kept";
  job.start(setup);
  job.advance(1000);
  job.start(setup);
  EXPECT_THAT(problems_of(job), testing::ElementsAre(HasSubstr("previous.safetensors")));
  EXPECT_TRUE(std::filesystem::exists(folder / "state/previous.safetensors"));
}

TEST(TrainingJob, ACheckpointThatIsNoneIsSaidOnce) {
  const TemporaryFolder folder;
  auto options = small_training();
  options.checkpoint = folder / "training.checkpoint";
  std::ofstream(options.checkpoint) << "rubbish";
  TrainingJob job(options, true);
  EXPECT_FALSE(job.latest()->can_go_on);
  EXPECT_THAT(problems_of(job), testing::ElementsAre(HasSubstr("training.checkpoint")));
  job.start(small_setup());
  EXPECT_EQ(job.latest()->state, State::running) << "a new training does not mind";
}

TEST(TrainingJob, LearnsToLiveWithHardware) {
  TrainingJob job(small_training(), true);
  auto setup = small_setup();
  setup.bits = 3;
  setup.weight_noise = 0.05;
  job.start(setup);
  job.advance(2);
  EXPECT_EQ(job.latest()->iteration, 2);
  TrainingJob ideal(small_training(), true);
  ideal.start(small_setup());
  ideal.advance(2);
  EXPECT_NE(*job.latest()->pictures, *ideal.latest()->pictures);
  EXPECT_EQ(suggested_model_name(setup), "mnist-shil-labels-3bit");
}

}  // namespace
}  // namespace phaseloom
