// SPDX-License-Identifier: MIT
#include "app/run/run_caption.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "app/commands/verbs.hpp"
#include "tests/app/session/small_models.hpp"

namespace phaseloom {
namespace {

/// 784 phases in three chunks; the couplings of the second are twice, of the third three times
/// those of the first, and the injection of the third is ten times as strong.
Model model_of(const char* substrate) {
  Model model{
      make_program(substrate_named(substrate), Topology::local({28, 28, 1}, 1), 3, 0.5, 1, 3), "m",
      "{}"};
  model.program.steps_per_chunk = 2;
  for (int chunk = 0; chunk < 3; ++chunk) {
    std::ranges::fill(model.program.weights(chunk), 0.1f * static_cast<float>(chunk + 1));
    for (int k = 0; k < model.program.unit_parameters(); ++k)
      std::ranges::fill(model.program.unit_values(chunk, k), chunk == 2 ? 1.0f : 0.1f);
  }
  return model;
}

class Captions : public testing::Test {
 protected:
  std::string at(int step, const char* substrate = "kuramoto_shil") {
    SessionOptions options = test::small_options();
    options.scene.playing = false;
    options.loader = [&](const std::string&) { return model_of(substrate); };
    Session session(std::move(options));
    session.post(verbs::seek, step);
    session.settle(10);
    while (session.snapshot()->busy) session.pass(0.1);
    EXPECT_EQ(session.snapshot()->step, step);
    return run_caption(*session.snapshot(), chunk_strengths(*session.snapshot()->realised));
  }
};

TEST_F(Captions, FollowTheRun) {
  EXPECT_EQ(at(0), "784 oscillators start at random phases; no neural network runs");
  EXPECT_EQ(at(1), "Chunk 1 of 3: each phase follows the pull of about 8 others");
  EXPECT_EQ(at(2), "Chunk 2 of 3: neighbours pull 2.0 × as at first, injection 1.0 ×");
  EXPECT_EQ(at(5), "Last chunk: the injection, now 10.0 ×, locks each phase to ink or paper");
  EXPECT_EQ(at(6), "Finished: each phase is read off as a pixel; that was all");
}

TEST_F(Captions, SpeakOfVoltagesWhereThereAreNoPhases) {
  EXPECT_EQ(at(0, "aim_tanh"), "784 analog units start at random voltages; no neural network runs");
  EXPECT_EQ(at(5, "aim_tanh"),
            "Last chunk: the bias, now 10.0 ×, drives each voltage to ink or paper");
}

TEST_F(Captions, AreNoWiderThanTheWidest) {
  for (const char* substrate : {"kuramoto_shil", "aim_tanh"})
    for (int step = 0; step <= 6; ++step)
      EXPECT_LE(at(step, substrate).size(), widest_run_caption().size()) << substrate << step;
}

TEST(ChunkStrengths, LeaveOutWhatIsPruned) {
  Model model = model_of("kuramoto_shil");
  const auto weights = model.program.weights(0);
  std::fill(weights.begin(), weights.begin() + static_cast<std::ptrdiff_t>(weights.size() / 2), 0);
  EXPECT_NEAR(chunk_strengths(model.program)[0].coupling, 0.1, 1e-6);
}

TEST(RunCaption, IsEmptyWithoutAModel) { EXPECT_EQ(run_caption(Snapshot(), {}), ""); }

}  // namespace
}  // namespace phaseloom
