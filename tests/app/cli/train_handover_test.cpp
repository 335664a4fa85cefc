// SPDX-License-Identifier: MIT
// A training that the window began goes on by command, and the other way round, as if nothing had
// happened.

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "app/jobs/training_job.hpp"
#include "engine/learning/checkpoint.hpp"
#include "engine/network/model_file.hpp"
#include "engine/support/file_lock.hpp"
#include "tests/app/cli/train_command.hpp"
#include "tests/app/session/small_pictures.hpp"
#include "tests/support/environment.hpp"

namespace phaseloom {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using State = TrainingSnapshot::State;

constexpr double kLong = 240;  // seconds; a bound for a hang, nothing is measured by it
constexpr int kWhole = 150;    // iterations; enough that a checkpoint comes before the end

class Handover : public TrainCommand {
 protected:
  /// A window's training, which learns from real files.
  TrainingJobOptions window() const {
    TrainingJobOptions options;
    options.checkpoint = folder_ / "state/training.checkpoint";
    return options;
  }
  nlohmann::json facts_of(const std::filesystem::path& model) const {
    return nlohmann::json::parse(load_model(model).training);
  }
};

TEST_F(Handover, ACommandGoesOnWithTheWindowsTraining) {
  const auto out = folder_ / "m.safetensors", whole = folder_ / "whole.safetensors";
  const auto setup = test::small_setup();
  const auto checkpoint = window().checkpoint;
  {
    const EnvironmentGuard data("PHASELOOM_DATA", folder_.path().string());
    TrainingJob uncut({}, true);
    uncut.start(setup);
    uncut.advance(setup.iterations);
    uncut.keep(whole);
    ASSERT_TRUE(uncut.settle(kLong));
    ASSERT_EQ(uncut.latest()->state, State::finished) << uncut.latest()->reason;
    TrainingJob job(window(), true);
    job.start(setup);
    job.advance(10);
    ASSERT_TRUE(job.settle(kLong));
    const FileLock held(checkpoint, "the Phaseloom window");
    const auto busy =
        run_program({"train", "--resume", checkpoint.string(), "--out", out.string()});
    EXPECT_EQ(busy.exit_code, 2);
  }  // the window is closed in the middle of it
  ASSERT_EQ(load_checkpoint(checkpoint).iterations(), 10);

  const auto homeless = run_program({"train", "--resume", checkpoint.string()});
  EXPECT_EQ(homeless.exit_code, 2);
  EXPECT_THAT(homeless.err, HasSubstr("--out is missing"));

  const auto rest = run_program({"train", "--resume", checkpoint.string(), "--out", out.string(),
                                 "--data", folder_.path().string()});
  ASSERT_EQ(rest.exit_code, 0) << rest.err;
  EXPECT_THAT(rest.out, HasSubstr("trained after 24 iterations"));
  EXPECT_TRUE(load_model(out).program.values == load_model(whole).program.values);
  EXPECT_FALSE(std::filesystem::exists(checkpoint)) << "nothing is left to go on with";
  const auto made = facts_of(out), as_a_whole = facts_of(whole);
  EXPECT_EQ(made.at("made_in"), "the Train workspace");
  for (const char* same : {"dataset", "iterations", "setup", "settings", "fcd_samples"})
    EXPECT_EQ(made.at(same), as_a_whole.at(same)) << same;
}

TEST_F(Handover, ACommandGivesTheWindowsTrainingAnotherLength) {
  const auto out = folder_ / "m.safetensors";
  const auto checkpoint = window().checkpoint;
  {
    const EnvironmentGuard data("PHASELOOM_DATA", folder_.path().string());
    TrainingJob job(window(), true);
    job.start(test::small_setup());
    job.advance(2);
    ASSERT_TRUE(job.settle(kLong));
  }
  const auto rest = run_program({"train", "--resume", checkpoint.string(), "--iterations", "8",
                                 "--out", out.string(), "--data", folder_.path().string()});
  ASSERT_EQ(rest.exit_code, 0) << rest.err;
  const auto facts = facts_of(out);
  EXPECT_EQ(facts.at("setup").at("iterations"), "8");
  EXPECT_THAT(facts.at("command").get<std::string>(),
              AllOf(HasSubstr("--resume " + checkpoint.string()), HasSubstr("--iterations 8")));
}

TEST_F(Handover, TheWindowGoesOnWithTheCommandsTraining) {
  const auto begin = [&](const std::string& name) {
    return command({"--iterations", std::to_string(kWhole), "--bits", "4", "--weight-noise",
                    "0.025", "--tied", "--generator-rate", "1e-3", "--checkpoint-every", "0.01",
                    "--out", (folder_ / (name + ".safetensors")).string()});
  };
  ASSERT_EQ(run_program(begin("whole")).exit_code, 0);
  const Model whole = load_model(folder_ / "whole.safetensors");
  const auto cut = interrupted(begin("cut"), folder_ / "cut.checkpoint");
  ASSERT_TRUE(std::filesystem::exists(cut)) << "too late";
  const auto done = load_checkpoint(cut).iterations();
  std::filesystem::create_directories(folder_ / "state");
  std::filesystem::copy_file(cut, window().checkpoint);

  // The pictures are where the command found them, not where a window looks.
  const EnvironmentGuard nowhere("PHASELOOM_DATA", (folder_ / "nowhere").string());
  TrainingJob job(window(), true);
  ASSERT_TRUE(job.settle(kLong));
  ASSERT_TRUE(job.latest()->can_go_on);
  const TrainingSetup& unfinished = job.latest()->unfinished;
  EXPECT_EQ(unfinished.iterations, kWhole);
  EXPECT_EQ(unfinished.bits, 4);
  EXPECT_EQ(unfinished.weight_noise, 0.025);
  EXPECT_EQ(unfinished.radius, 1);
  EXPECT_EQ(unfinished.hidden, 0);
  EXPECT_EQ(unfinished.chunks, 2);
  EXPECT_TRUE(unfinished.tied);
  EXPECT_TRUE(unfinished.labels);
  job.go_on();
  ASSERT_TRUE(job.settle(kLong));
  ASSERT_EQ(job.latest()->state, State::running) << job.latest()->reason;
  EXPECT_EQ(job.latest()->iteration, done);
  job.advance(kWhole);
  job.keep(folder_ / "kept.safetensors");
  ASSERT_TRUE(job.settle(kLong));
  ASSERT_EQ(job.latest()->state, State::finished) << job.latest()->reason;
  EXPECT_FALSE(job.latest()->can_go_on);

  const Model kept = load_model(folder_ / "kept.safetensors");
  EXPECT_TRUE(kept.program.values == whole.program.values);
  EXPECT_TRUE(kept.program.tied);
  const auto made = nlohmann::json::parse(kept.training),
             as_a_whole = nlohmann::json::parse(whole.training);
  EXPECT_THAT(made.at("command").get<std::string>(), HasSubstr("--out"));
  for (const char* same : {"dataset", "iterations", "setup", "settings", "fcd_samples"})
    EXPECT_EQ(made.at(same), as_a_whole.at(same)) << same;
}

// There and back: the window's stop leaves a checkpoint that the command takes up again.
TEST_F(Handover, ThereAndBackAgain) {
  const auto out = folder_ / "m.safetensors";
  const auto cut = interrupted(
      command({"--iterations", "1000000", "--checkpoint-every", "0.01", "--out", out.string()}),
      folder_ / "m.checkpoint");
  std::filesystem::create_directories(folder_ / "state");
  std::filesystem::rename(cut, window().checkpoint);
  {
    TrainingJob job(window(), true);
    ASSERT_TRUE(job.settle(kLong));
    job.go_on();
    job.advance(2);
    job.stop();
    ASSERT_TRUE(job.settle(kLong));
    EXPECT_TRUE(job.latest()->can_go_on);
  }
  std::filesystem::remove(out);
  const auto length = std::to_string(load_checkpoint(window().checkpoint).iterations() + 1);
  const auto rest =
      run_program({"train", "--resume", window().checkpoint.string(), "--iterations", length});
  ASSERT_EQ(rest.exit_code, 0) << rest.err;
  EXPECT_TRUE(std::filesystem::exists(out)) << "it is known where it goes";
  EXPECT_EQ(facts_of(out).at("setup").at("iterations"), length);
}

}  // namespace
}  // namespace phaseloom
