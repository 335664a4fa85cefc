// SPDX-License-Identifier: MIT
#include "engine/learning/training_run.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <thread>

#include "engine/learning/checkpoint.hpp"
#include "tests/engine/learning/bars.hpp"
#include "tests/engine/learning/feature_space.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/thread_ranks.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;

/// A measure of distance to the bars; any will do.
struct Measure {
  Classifier classifier = [] {
    const ConvNet<float> net(classifier_shape({28, 28}));
    std::vector<float> parameters(net.parameter_count());
    net.initialise(parameters, 5);
    return Classifier(parameters, {28, 28});
  }();
  FrechetEvaluator evaluator;
  Measure(const ImageSet& images, ThreadPool& pool) : evaluator(classifier, images, images, pool) {}
};

class TrainingRun : public ::testing::Test {
 protected:
  std::filesystem::path folder =
      std::filesystem::temp_directory_path() /
      (std::string("training-") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
  std::filesystem::path file = folder / "run.checkpoint";
  ImageSet images = bars();
  ThreadPool pool;
  TrainingInputs inputs{images, nullptr, nullptr, pool};
  TrainingPlan plan;

  void SetUp() override { std::filesystem::create_directories(folder); }
  void TearDown() override { std::filesystem::remove_all(folder); }

  /// Stops after `stop_at` iterations (0: never).
  TrainingResult run(std::int64_t stop_at = 0) {
    std::stop_source stop;
    TrainingCallbacks callbacks;
    callbacks.news = [&](const TrainingNews& news) {
      if (news.report.iteration == stop_at) stop.request_stop();
    };
    return run_training(network(), plan, inputs, callbacks, stop.get_token());
  }
};

TEST_F(TrainingRun, StopsWhenAskedAndKeepsWhatItHas) {
  plan.iterations = 1000000;
  const auto result = run(5);
  EXPECT_TRUE(result.stopped);
  EXPECT_EQ(result.iterations, 5);
  EXPECT_EQ(result.curve.size(), 1u);
  EXPECT_EQ(result.program.values.size(), network().values.size());
}

TEST_F(TrainingRun, NeedsALength) {
  EXPECT_THAT(error_of([&] { run(); }), HasSubstr("minutes"));
}

// By iterations a training is a function of its plan: cut anywhere, it must end with the same bits.
// Pruning, quantisation and noise are part of the state or follow from the iteration's number.
TEST_F(TrainingRun, ResumedItEndsWithTheSameBits) {
  plan.iterations = 8;
  plan.settings.hardware = {.bits = 4, .density = 0.5, .mismatch = 0.1, .weight_noise = 0.1};
  const auto whole = run();
  plan.checkpoint = file;
  for (const int cut : {1, 5}) {
    EXPECT_TRUE(run(cut).stopped);
    ASSERT_TRUE(std::filesystem::exists(file));
    const auto rest = resume_training(load_checkpoint(file), inputs, {});
    EXPECT_FALSE(rest.stopped);
    EXPECT_EQ(rest.iterations, 8);
    EXPECT_TRUE(rest.program.values == whole.program.values) << "cut after " << cut;
    EXPECT_TRUE(std::filesystem::exists(file)) << "until the caller has kept the result";
  }
}

// Which hardware an iteration sees follows from its number, too; what it prunes is in the state.
TEST_F(TrainingRun, ResumedForAnyHardwareItEndsWithTheSameBits) {
  plan.iterations = 8;
  plan.settings.hardware.gain = Gain::unit;
  plan.settings.range = HardwareRange{};
  plan.settings.teaching = 0.2;  // by the network that it began with
  const auto whole = run();
  plan.checkpoint = file;
  EXPECT_TRUE(run(5).stopped);
  const auto rest = resume_training(load_checkpoint(file), inputs, {});
  EXPECT_EQ(rest.iterations, 8);
  EXPECT_TRUE(rest.program.values == whole.program.values);
  plan.settings.range.reset();
  EXPECT_FALSE(run().program.values == whole.program.values) << "the range made a difference";
}

/// Warm, in one chunk of 0.6 whose steps are counted by time: six of 0.1.
Program warm_network() {
  Program program = network("langevin");
  program.durations = {0.6};
  program.values.resize(program.chunk_size());
  program.temperature = 0.1;
  return program;
}

TEST_F(TrainingRun, ResumedWarmItEndsWithTheSameBits) {
  plan.iterations = 5;
  plan.settings.integrator = Integrator::heun;
  plan.settings.step = 0.1;
  const auto whole = run_training(warm_network(), plan, inputs, {});
  plan.checkpoint = file;
  std::stop_source stop;
  TrainingCallbacks callbacks;
  callbacks.news = [&](const TrainingNews& news) {
    if (news.report.iteration == 2) stop.request_stop();
  };
  EXPECT_TRUE(run_training(warm_network(), plan, inputs, callbacks, stop.get_token()).stopped);
  const auto rest = resume_training(load_checkpoint(file), inputs, {});
  EXPECT_EQ(rest.iterations, 5);
  EXPECT_EQ(rest.program.temperature, 0.1);
  EXPECT_TRUE(rest.program.values == whole.program.values);
}

// A look runs as warm as the training, and in no longer steps.
TEST_F(TrainingRun, LooksAreAsWarmAsTheNetwork) {
  plan.iterations = 1;
  plan.settings.integrator = Integrator::heun;
  plan.settings.step = 0.05;
  std::vector<float> seen;
  TrainingCallbacks callbacks;
  callbacks.look = [&](const CurvePoint&, std::span<const float> pictures) {
    seen.assign(pictures.begin(), pictures.end());
  };
  const auto result = run_training(warm_network(), plan, inputs, callbacks);
  EXPECT_EQ(look_steps(plan.settings, result.program, kLookStepsTraining), 12);
  EXPECT_EQ(look_steps(plan.settings, result.program, kLookStepsRk4), 12);
  RunSettings run = settings_of(result.program);
  run.integrator = Integrator::rk4;
  run.steps_per_chunk = 12;
  run.seed = plan.settings.seed + 1000003;
  EXPECT_EQ(run.temperature, 0.1);
  EXPECT_TRUE(seen == generate(result.program, {}, run, 64, pool));
  run.temperature = 0;
  EXPECT_FALSE(seen == generate(result.program, {}, run, 64, pool));
}

// What the other losses carry from one batch to the next is part of the state, too.
TEST_F(TrainingRun, ResumedWithAnyLossItEndsWithTheSameBits) {
  const FeatureNet features = random_feature_net();
  inputs.features = &features;
  plan.iterations = 6;
  for (const Loss loss : {Loss::sliced_wasserstein, Loss::drift, Loss::wgan_gp_drift}) {
    plan.settings.loss = loss;
    plan.checkpoint.clear();
    const auto whole = run();
    plan.checkpoint = file;
    EXPECT_TRUE(run(4).stopped);
    const auto rest = resume_training(load_checkpoint(file), inputs, {});
    EXPECT_TRUE(rest.program.values == whole.program.values) << name_of(loss);
  }
}

TEST_F(TrainingRun, LooksByIterationsDoNotFollowTheClock) {
  plan.iterations = 7;
  plan.evaluate_iterations = 3;
  plan.evaluate_every = 1e-9;
  const auto result = run();
  std::vector<std::int64_t> looks;
  for (const CurvePoint& point : result.curve) looks.push_back(point.iteration);
  EXPECT_EQ(looks, (std::vector<std::int64_t>{3, 6, 7}));
}

// The critic's earlier batches come back with the classes that were asked of them.
TEST_F(TrainingRun, ResumedWithLabelsItEndsWithTheSameBits) {
  plan.iterations = 6;
  plan.settings.critic_steps = 4;
  plan.settings.replay = 2;
  const Program start = labelled_network(4);
  const auto whole = run_training(start, plan, inputs, {});
  plan.checkpoint = file;
  std::stop_source stop;
  TrainingCallbacks callbacks;
  callbacks.news = [&](const TrainingNews& news) {
    if (news.report.iteration == 3) stop.request_stop();
  };
  EXPECT_TRUE(run_training(start, plan, inputs, callbacks, stop.get_token()).stopped);
  const auto rest = resume_training(load_checkpoint(file), inputs, {});
  EXPECT_EQ(rest.program.topology->labels(), 4);
  EXPECT_TRUE(rest.program.values == whole.program.values);
}

// What a kill leaves behind: the last checkpoint that was written while it ran.
TEST_F(TrainingRun, CheckpointsWhileItRuns) {
  plan.iterations = 6;
  plan.checkpoint = file;
  plan.checkpoint_every = 1e-9;
  const auto copy = folder / "killed.checkpoint";
  TrainingCallbacks callbacks;
  callbacks.between = [&] {
    if (std::filesystem::exists(file) && !std::filesystem::exists(copy))
      std::filesystem::copy_file(file, copy);
  };
  const auto whole = run_training(network(), plan, inputs, callbacks);
  const auto rest = resume_training(load_checkpoint(copy), inputs, {});
  EXPECT_TRUE(rest.program.values == whole.program.values);
}

TEST_F(TrainingRun, ACheckpointThatCannotBeWrittenIsToldAndDoesNotStopIt) {
  plan.iterations = 4;
  plan.checkpoint = folder / "no-such-folder" / "run.checkpoint";
  plan.checkpoint_every = 1e-9;
  std::string told;
  TrainingCallbacks callbacks;
  callbacks.news = [&](const TrainingNews& news) {
    if (news.trouble) told = *news.trouble;
  };
  const auto result = run_training(network(), plan, inputs, callbacks);
  EXPECT_FALSE(result.stopped);
  EXPECT_EQ(result.iterations, 4);
  EXPECT_THAT(told, HasSubstr("no-such-folder"));
}

TEST_F(TrainingRun, RefusesDamagedCheckpoints) {
  plan.iterations = 100;
  plan.checkpoint = file;
  run(2);
  EXPECT_THAT(error_of([&] { load_checkpoint(folder / "absent"); }), HasSubstr("absent"));
  std::string bytes;
  {
    std::ifstream in(file, std::ios::binary);
    bytes.assign(std::istreambuf_iterator<char>(in), {});
  }
  const auto with = [&](const std::string& content) {
    std::ofstream(file, std::ios::binary) << content;
    return error_of([&] { resume_training(load_checkpoint(file), inputs, {}); });
  };
  EXPECT_THAT(with(bytes.substr(0, bytes.size() / 2)), HasSubstr("run.checkpoint"));
  const auto replaced = [&](std::string from, std::string to) {
    std::string copy = bytes;
    const auto at = copy.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return copy.replace(at, from.size(), to);
  };
  EXPECT_THAT(with(replaced("checkpoint 3", "checkpoint 9")), HasSubstr("of another version"));
  EXPECT_THAT(with(replaced("phaseloom-training", "phaseloom-draining")), HasSubstr("no training"));
  EXPECT_THAT(with(replaced("\\\"batch\\\":64", "\\\"batch\\\":63")), HasSubstr("batch"));
  EXPECT_THAT(with(replaced("\\\"loss\\\":\\\"wgan-gp\\\"", "\\\"loss\\\":\\\"nope-gp\\\"")),
              HasSubstr("nope-gp"));
  std::ofstream(file, std::ios::binary) << bytes;
  EXPECT_NO_THROW(load_checkpoint(file)) << "the file itself is good";
}

// Rates that blow up at once: it goes back twice, slower each time, and gives up the third time.
TEST_F(TrainingRun, GoesBackAfterADivergenceAndGivesUpAfterThree) {
  plan.iterations = 2000;
  plan.settings.generator_rate = 1e10f;
  int rollbacks = 0;
  TrainingCallbacks callbacks;
  callbacks.news = [&](const TrainingNews& news) { rollbacks = news.rollbacks; };
  EXPECT_THAT(error_of([&] { run_training(network(), plan, inputs, callbacks); }),
              HasSubstr("3 times in a row"));
  EXPECT_EQ(rollbacks, 2);
}

// Steps that throw a double well's states out of it: at half the rates and steps they stay, and it
// learns as if it had begun so. A cut after the step back changes nothing of that.
TEST_F(TrainingRun, GoesBackAfterADivergenceAndLearnsSlower) {
  plan.iterations = 12;
  plan.checkpoint = file;
  plan.settings.generator_rate = 0.2f;
  const auto train = [&](std::int64_t stop_at) {
    std::stop_source stop;
    int rollbacks = 0;
    TrainingCallbacks callbacks;
    callbacks.news = [&](const TrainingNews& news) {
      rollbacks = news.rollbacks;
      if (rollbacks > 0 && news.report.iteration == stop_at) stop.request_stop();
    };
    auto result = run_training(network("langevin"), plan, inputs, callbacks, stop.get_token());
    EXPECT_EQ(rollbacks, 1);
    return result;
  };
  const auto whole = train(0);
  EXPECT_EQ(whole.iterations, 12);
  EXPECT_TRUE(train(5).stopped);
  const auto rest = resume_training(load_checkpoint(file), inputs, {});
  EXPECT_TRUE(rest.program.values == whole.program.values);

  plan.settings.generator_rate /= 2;
  plan.settings.critic_rate /= 2;
  for (auto& phase : plan.settings.phases)
    for (int& steps : phase.steps) steps *= 2;
  const auto slower = run_training(network("langevin"), plan, inputs, {});
  EXPECT_TRUE(slower.program.values == whole.program.values);
}

TEST_F(TrainingRun, PrunesToTheDensityThatWasAsked) {
  plan.iterations = 6;
  plan.settings.hardware.density = 0.3;
  const Program sparse = run().program;
  const auto couplings = static_cast<std::size_t>(sparse.topology->couplings());
  for (int c = 0; c < sparse.chunks(); ++c) {
    const auto weights = sparse.weights(c);
    const auto wires = couplings - std::ranges::count(weights, 0.0f);
    EXPECT_EQ(wires, std::llround(0.3 * double(couplings)));
  }
}

TEST_F(TrainingRun, EndsWhenItHasNotBecomeBetterForLong) {
  const Measure measure(images, pool);
  inputs.evaluator = &measure.evaluator;
  plan.iterations = 50;
  plan.evaluate_iterations = 1;
  plan.evaluate_samples = 64;
  plan.patience = 1e-9;
  plan.settings.generator_rate = 0;  // the second look cannot be better
  plan.settings.weight_decay = 0;
  const auto result = run();
  EXPECT_TRUE(result.stopped);
  EXPECT_THAT(result.reason, HasSubstr("no better"));
  EXPECT_LE(result.curve.size(), 2u);
}

TEST_F(TrainingRun, SaysThatTheNetworkItselfRunsAway) {
  plan.iterations = 12;
  Program wild = network("langevin");
  for (double& duration : wild.durations) duration = 20;
  EXPECT_THAT(error_of([&] { run_training(wild, plan, inputs, {}); }),
              HasSubstr("shorter chunks or steps (3 times in a row)"));
}

// The least distance of all looks is kept, also of those before a cut.
TEST_F(TrainingRun, ResumedItRemembersTheBest) {
  const Measure measure(images, pool);
  inputs.evaluator = &measure.evaluator;
  plan.iterations = 4;
  plan.evaluate_iterations = 1;
  plan.evaluate_samples = 64;
  plan.checkpoint = file;
  run(2);
  for (const double distance : {0.0, 1e30}) {
    Checkpoint cut = load_checkpoint(file);
    cut.result.iterations = 1;
    cut.result.fcd_rk4 = distance;
    const auto rest = resume_training(cut, inputs, {});
    EXPECT_EQ(rest.curve.size(), 4u);
    if (distance == 0) {
      EXPECT_EQ(rest.iterations, 1);
      EXPECT_EQ(rest.fcd_rk4, 0);
      EXPECT_TRUE(rest.program.values == cut.result.program.values);
    } else {
      EXPECT_GT(rest.iterations, 1);
    }
  }
}

// The training's clock against the test's around it: true however slow the machine is.
TEST_F(TrainingRun, APauseCostsNoTime) {
  using Seconds = std::chrono::duration<double>;
  constexpr Seconds kPause{0.5};
  plan.minutes = 60;
  TrainingCallbacks callbacks;
  bool paused = false;
  callbacks.between = [&] {
    if (!std::exchange(paused, true)) std::this_thread::sleep_for(kPause);
  };
  std::stop_source stop;
  const auto start = std::chrono::steady_clock::now();
  callbacks.news = [&](const TrainingNews& news) {
    const Seconds passed = std::chrono::steady_clock::now() - start;
    EXPECT_LT(news.progress * plan.minutes * 60, (passed - kPause).count());
    stop.request_stop();
  };
  run_training(network(), plan, inputs, callbacks, stop.get_token());
}

/// As one of several ranks, with a measure that they share; rank `stopper` stops at iteration 3.
TrainingResult run_as_rank(Ranks& ranks, TrainingPlan plan,
                           std::optional<Checkpoint> checkpoint = {}, int stopper = -1) {
  const ImageSet images = bars();
  ThreadPool pool(1);
  const Classifier classifier = Measure(images, pool).classifier;
  const FrechetEvaluator evaluator(classifier, images, images, pool, ranks);
  const TrainingInputs inputs{images, &evaluator, nullptr, pool, {ranks}};
  std::stop_source stop;
  TrainingCallbacks callbacks;
  callbacks.news = [&](const TrainingNews& news) {
    if (ranks.rank() == stopper && news.report.iteration == 3) stop.request_stop();
  };
  return checkpoint ? resume_training(std::move(*checkpoint), inputs, callbacks, stop.get_token())
                    : run_training(network(), plan, inputs, callbacks, stop.get_token());
}

TEST_F(TrainingRun, RanksEndWithTheBitsAndTheScoreOfOne) {
  plan.iterations = 6;
  plan.evaluate_iterations = 2;
  plan.evaluate_samples = 700;
  plan.settings.batch = 64;
  const auto one = run_as_rank(Ranks::alone(), plan);
  ASSERT_EQ(one.curve.size(), 3u);
  for (const int size : {2, 3})
    as_ranks(size, [&](Ranks& ranks) {
      const auto shared = run_as_rank(ranks, plan);
      EXPECT_EQ(shared.program.values, one.program.values);
      ASSERT_EQ(shared.curve.size(), one.curve.size());
      for (std::size_t i = 0; i < one.curve.size(); ++i) {
        EXPECT_EQ(shared.curve[i].fcd_rk4, one.curve[i].fcd_rk4) << i;
        EXPECT_EQ(shared.curve[i].fcd_training, one.curve[i].fcd_training) << i;
      }
    });
}

// Ctrl-C may come to any of them; the first one writes the checkpoint, which as many as like go on
// with.
TEST_F(TrainingRun, AStopOnOneRankStopsAllAndOtherNumbersOfRanksGoOn) {
  plan.iterations = 6;
  plan.settings.batch = 64;
  const auto whole = run_as_rank(Ranks::alone(), plan);
  plan.checkpoint = file;
  as_ranks(3, [&](Ranks& ranks) {
    const auto cut = run_as_rank(ranks, plan, {}, 2);
    EXPECT_TRUE(cut.stopped);
    EXPECT_EQ(cut.losses.points().size(), 3u);
  });
  for (const int size : {1, 2})
    as_ranks(size, [&](Ranks& ranks) {
      const auto rest = run_as_rank(ranks, plan, load_checkpoint(file));
      EXPECT_EQ(rest.program.values, whole.program.values) << size;
    });
}

TEST_F(TrainingRun, RanksThatDifferAreRefused) {
  plan.iterations = 2;
  as_ranks(2, [&](Ranks& ranks) {
    ThreadPool own(1);
    ImageSet others = images;
    if (!ranks.is_first()) others.pixels[9] ^= 1;
    const TrainingInputs different{others, nullptr, nullptr, own, {ranks}};
    EXPECT_THAT(error_of([&] { run_training(network(), plan, different, {}); }),
                HasSubstr("rank 1 has other pictures than rank 0"));
    TrainingPlan faster = plan;
    if (!ranks.is_first()) faster.settings.generator_rate *= 2;
    const TrainingInputs same{images, nullptr, nullptr, own, {ranks}};
    EXPECT_THAT(error_of([&] { run_training(network(), faster, same, {}); }),
                HasSubstr("rank 1 has other settings"));
  });
}

}  // namespace
}  // namespace phaseloom
