// SPDX-License-Identifier: MIT
#include "app/document/training_setup.hpp"

#include <gmock/gmock.h>

#include "app/document/scene.hpp"
#include "engine/learning/training_run.hpp"
#include "engine/network/program.hpp"
#include "engine/network/topology.hpp"
#include "tests/app/session/small_pictures.hpp"
#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;

TEST(TrainingSetup, IsPartOfASceneAndItsFile) {
  Scene scene;
  set_field(scene, "train.dataset", "fashion");
  set_field(scene, "train.substrate", "aim_tanh");
  set_field(scene, "train.hidden", "2");
  set_field(scene, "train.minutes", "12.5");
  set_field(scene, "train.tied", "true");
  EXPECT_EQ(scene.train.dataset, Dataset::fashion);
  EXPECT_EQ(info(scene.train.substrate).name, "aim_tanh");
  EXPECT_TRUE(scene.train.tied);
  EXPECT_EQ(parse_scene(print_scene(scene), "s"), scene);
  EXPECT_THAT(print_scene(scene), HasSubstr("\"minutes\": 12.5"));
}

TEST(TrainingSetup, BadValuesSayWhatWouldBeRight) {
  Scene scene;
  EXPECT_THAT(error_of([&] { set_field(scene, "train.dataset", "cats"); }),
              HasSubstr("mnist, fashion"));
  EXPECT_THAT(error_of([&] { set_field(scene, "train.substrate", "jelly"); }),
              HasSubstr("kuramoto_shil"));
  EXPECT_THAT(error_of([&] { set_field(scene, "train.radius", "15"); }), HasSubstr("0 to 14"));
  EXPECT_EQ(scene, Scene{});
}

TEST(TrainingSetup, MakesTheNetworkThatItSays) {
  TrainingSetup setup;
  setup.labels = false;
  setup.hidden = 2;
  setup.chunks = 3;
  setup.duration = 0.4;
  const Program program = initial_program(setup, test::small_pictures("mnist", Split::train));
  EXPECT_EQ(program.topology->units(), 3 * 784);
  EXPECT_EQ(program.chunks(), 3);
  EXPECT_NEAR(program.duration(), 1.2, 1e-9);
}

TEST(TrainingSetup, AWarmNetworkIsSteppedByHeunAndByTime) {
  TrainingSetup setup;
  EXPECT_EQ(plan_of(setup, {}).settings.integrator, TrainSettings{}.integrator);
  Scene scene;
  set_field(scene, "train.temperature", "0.1");
  set_field(scene, "train.step", "0.05");
  set_field(scene, "train.start_width", "0.4");
  EXPECT_EQ(parse_scene(print_scene(scene), "s"), scene);
  setup = scene.train;
  setup.labels = false;
  const TrainingPlan plan = plan_of(setup, {});
  EXPECT_EQ(plan.settings.integrator, Integrator::heun);
  EXPECT_EQ(plan.settings.step, 0.05);
  const Program program = initial_program(setup, test::small_pictures("mnist", Split::train));
  EXPECT_EQ(program.temperature, 0.1);
  TrainingSetup taken;
  take_network(taken, program);
  EXPECT_EQ(taken.temperature, 0.1);
  EXPECT_EQ(taken.start_width, 0.4);
}

TEST(TrainingSetup, TheUsualDurationFollowsTheSubstrate) {
  for (const SubstrateInfo& other : all_substrates()) {
    TrainingSetup setup;
    EXPECT_EQ(setup.duration, info(setup.substrate).chunk_duration);
    const Substrate before = setup.substrate;
    setup.substrate = substrate_named(other.name);
    follow_substrate(setup, before);
    EXPECT_EQ(setup.duration, other.chunk_duration) << other.name;
    setup.duration = 0.37;
    follow_substrate(setup, before);
    EXPECT_EQ(setup.duration, 0.37) << "what a person chose stays";
  }
}

TEST(TrainingSetup, LabelsAreTheClassesOfThePictures) {
  const ImageSet images = test::small_pictures("mnist", Split::train);
  TrainingSetup setup;
  EXPECT_EQ(initial_program(setup, images).topology->labels(), 10);
  setup.labels = false;
  EXPECT_EQ(initial_program(setup, images).topology->labels(), 0);
  setup.labels = true;
  setup.loss = Loss::drift;
  EXPECT_EQ(initial_program(setup, images).topology->labels(), 0) << "no critic, no classes";
  setup.loss = Loss::wgan_gp;
  EXPECT_EQ(suggested_model_name(setup), "mnist-shil-labels");
  setup.substrate = substrate_named("aim_tanh");
  EXPECT_EQ(initial_program(setup, images).topology->labels(), 10) << "a voltage is held as well";
}

TEST(TrainingSetup, TooLargeANetworkIsOneLine) {
  TrainingSetup setup;
  setup.hidden = 4;
  setup.radius = 14;
  setup.chunks = 32;
  EXPECT_THAT(
      error_of([&] { initial_program(setup, test::small_pictures("mnist", Split::train)); }),
      HasSubstr("smaller radius"));
}

TEST(TrainingSetup, GoesByIterationsOrByTheClock) {
  TrainingSetup setup;
  setup.minutes = 2;
  TrainingPlan plan = plan_of(setup, {});
  EXPECT_EQ(plan.minutes, 2);
  EXPECT_EQ(plan.iterations, 0);
  EXPECT_EQ(plan.evaluate_iterations, 0);
  EXPECT_LE(plan.evaluate_every, 0.5) << "an audience wants to see it fall";
  setup.iterations = 800;
  plan = plan_of(setup, {});
  EXPECT_EQ(plan.iterations, 800);
  EXPECT_EQ(plan.minutes, 0);
  EXPECT_EQ(plan.evaluate_iterations, 100) << "looks by the clock would not be reproducible";
  setup.iterations = 1'000'000;
  EXPECT_EQ(plan_of(setup, {}).evaluate_iterations, 2000) << "one now and then in a long training";
}

TEST(TrainingSetup, APlanKeepsWhatASetupDoesNotSay) {
  TrainingSetup setup;
  setup.bits = 4;
  setup.seed = 7;
  setup.loss = Loss::drift;
  TrainingPlan rest;
  rest.settings.generator_rate = 1e-5f;
  rest.evaluate_samples = 77;
  rest.patience = 3;
  const TrainingPlan plan = plan_of(setup, rest);
  EXPECT_EQ(plan.settings.hardware, setup.hardware());
  EXPECT_EQ(plan.settings.seed, 7u);
  EXPECT_EQ(plan.settings.loss, Loss::drift);
  EXPECT_EQ(plan.settings.generator_rate, 1e-5f);
  EXPECT_EQ(plan.evaluate_samples, 77);
  EXPECT_EQ(plan.patience, 3);
}

TEST(TrainingSetup, AnotherLengthHasItsOwnLooksUnlessTheyWereChosen) {
  TrainingSetup before, setup;
  before.iterations = 80;
  setup.iterations = 8000;
  TrainingPlan plan = plan_of(before, {});
  follow_length(plan, before, setup);
  EXPECT_EQ(plan.iterations, 8000);
  EXPECT_EQ(plan.evaluate_iterations, 1000);

  plan = plan_of(before, {});
  plan.evaluate_iterations = 0;
  plan.evaluate_every = 0.7;
  follow_length(plan, before, setup);
  EXPECT_EQ(plan.iterations, 8000);
  EXPECT_EQ(plan.evaluate_iterations, 0);
  EXPECT_EQ(plan.evaluate_every, 0.7);

  setup.iterations = 0;
  setup.minutes = 40;
  plan = plan_of(before, {});
  follow_length(plan, before, setup);
  EXPECT_EQ(plan.iterations, 0);
  EXPECT_EQ(plan.minutes, 40);
  EXPECT_EQ(plan.evaluate_iterations, 0);
  EXPECT_EQ(plan.evaluate_every, 2);
}

TEST(TrainingSetup, SaysWhichNetworkItIs) {
  const ImageSet images = test::small_pictures("mnist", Split::train);
  TrainingSetup made;
  made.substrate = substrate_named("langevin");
  made.hidden = 2;
  made.radius = 1;
  made.chunks = 3;
  made.duration = 0.1 + 0.2;
  made.tied = true;
  made.labels = false;
  Program program = initial_program(made, images);
  EXPECT_TRUE(program.tied);
  Program symmetric = program;
  symmetrise(symmetric, symmetric.values);
  EXPECT_TRUE(symmetric.values == program.values) << "a checkpoint that says so holds it";
  TrainingSetup setup;
  take_network(setup, program);
  EXPECT_EQ(setup, made);

  program.durations = {0.1, 0.2, 0.6};
  program.topology = Topology::all_to_all(program.topology->grid(), 784);
  take_network(setup, program);
  EXPECT_DOUBLE_EQ(setup.duration, 0.3) << "the mean";
  EXPECT_EQ(setup.radius, 27) << "from one end of the picture to the other";

  setup.loss = Loss::drift;
  setup.labels = true;
  take_network(setup, program);
  EXPECT_TRUE(setup.labels) << "a wish that nothing came of";
  made.labels = true;
  take_network(setup, initial_program(made, images));
  EXPECT_TRUE(setup.labels);
}

TEST(TrainingSetup, Names) {
  TrainingSetup setup;
  EXPECT_EQ(suggested_model_name(setup), "mnist-shil-labels");
  setup.dataset = Dataset::fashion;
  setup.substrate = substrate_named("aim_tanh");
  EXPECT_EQ(suggested_model_name(setup), "fashion-aim-tanh-labels");
}

}  // namespace
}  // namespace phaseloom
