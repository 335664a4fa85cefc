// SPDX-License-Identifier: MIT
#include "app/document/training_notes.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "app/document/scene.hpp"
#include "engine/support/printable.hpp"
#include "tests/app/session/small_pictures.hpp"
#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

TrainingSetup unusual_setup() {
  TrainingSetup setup = test::small_setup();
  setup.dataset = Dataset::fashion;
  setup.substrate = substrate_named("aim_tanh");
  setup.hidden = 1;
  setup.radius = 2;
  setup.chunks = 3;
  setup.duration = 0.1 + 0.2;
  setup.tied = true;
  setup.loss = Loss::wgan_gp;
  setup.bits = 4;
  setup.grid = BitGrid::symmetric;
  setup.weight_noise = 1.0 / 3;
  setup.mismatch = 0.025;
  setup.density = 0.5;
  setup.iterations = 0;
  setup.minutes = 7.5;
  setup.threads = 3;
  setup.seed = 18446744073709551615u;
  return setup;
}

/// Of a training that has just begun.
Checkpoint checkpoint_of(const TrainingSetup& setup, std::string notes) {
  Checkpoint checkpoint;
  checkpoint.plan = plan_of(setup, {});
  checkpoint.plan.notes = std::move(notes);
  checkpoint.program = initial_program(setup, test::small_pictures("fashion", Split::train));
  checkpoint.state.source = "run.checkpoint";
  return checkpoint;
}

TEST(TrainingNotes, ComeBackAsTheyWere) {
  TrainingNotes notes;
  notes.setup = unusual_setup();
  notes.made_in = kMadeInTrain;
  notes.command = "phaseloom train --resume a --out b";
  notes.from = R"({"model":"a","training":{"iterations":2}})";
  notes.data = "/data/f\xf6lder";
  notes.out = "/models/m.safetensors";
  notes.grids = "/models/m-grids";
  const TrainingNotes again = notes_of(checkpoint_of(notes.setup, print_notes(notes)));
  EXPECT_EQ(again.setup, notes.setup);
  EXPECT_EQ(again.made_in, notes.made_in);
  EXPECT_EQ(again.command, notes.command);
  EXPECT_EQ(again.from, notes.from);
  EXPECT_EQ(again.data, notes.data);
  EXPECT_EQ(again.out, notes.out);
  EXPECT_EQ(again.grids, notes.grids);
}

TEST(TrainingNotes, FilesAreFoundFromAnyFolder) {
  TrainingNotes notes;
  notes.setup = unusual_setup();
  notes.out = "m.safetensors";
  const TrainingNotes again = notes_of(checkpoint_of(notes.setup, print_notes(notes)));
  EXPECT_EQ(again.out, std::filesystem::absolute("m.safetensors"));
  EXPECT_EQ(again.data, "") << "nobody named one";
}

// A model that a training begins with may be larger than what a scene can ask for.
TEST(TrainingNotes, TheNetworkIsTheCheckpointsOwn) {
  TrainingNotes notes;
  notes.setup = unusual_setup();
  notes.setup.chunks = 65;
  Scene scene;
  EXPECT_THAT(error_of([&] { set_field(scene, "train.chunks", "65"); }), HasSubstr("1 to 64"));
  EXPECT_EQ(notes_of(checkpoint_of(notes.setup, print_notes(notes))).setup, notes.setup);
}

TEST(TrainingNotes, OfAnEarlierWindowAreRead) {
  // As it was before trainings could be tied.
  nlohmann::ordered_json setup = {{"dataset", "fashion"}, {"loss", "wgan_gp_drift"},
                                  {"bits", "4"},          {"radius", "1"},
                                  {"minutes", "3.5"},     {"labels", "true"}};
  const auto notes = nlohmann::ordered_json{{"setup", setup}}.dump();
  const TrainingNotes read = notes_of(checkpoint_of(unusual_setup(), notes));
  EXPECT_EQ(read.made_in, kMadeInTrain);
  EXPECT_EQ(read.command, "");
  EXPECT_EQ(read.setup.dataset, Dataset::fashion);
  EXPECT_EQ(read.setup.loss, Loss::wgan_gp_drift);
  EXPECT_EQ(read.setup.bits, 4);
  EXPECT_EQ(read.setup.minutes, 3.5);
}

TEST(TrainingNotes, OfAnEarlierCommandAreRead) {
  const auto notes = nlohmann::ordered_json{
      {"dataset", "fashion"},
      {"data", "/data"},
      {"out", "/m.safetensors"},
      {"grids", "/m-grids"},
      {"command", "phaseloom train fashion"},
      {"parent",
       nullptr}}.dump();
  TrainingSetup setup = unusual_setup();
  const TrainingNotes read = notes_of(checkpoint_of(setup, notes));
  setup.threads = 0;  // they did not say
  EXPECT_EQ(read.setup, setup);
  EXPECT_EQ(read.made_in, "");
  EXPECT_EQ(read.command, "phaseloom train fashion");
  EXPECT_EQ(read.data, "/data");
  EXPECT_EQ(read.from, "");
}

TEST(TrainingNotes, OthersAreOneLine) {
  const auto error = [](const char* notes) {
    return error_of([&] { notes_of(checkpoint_of(unusual_setup(), notes)); });
  };
  for (const char* notes : {"", "[]", "{}", R"({"setup": 3})", R"({"dataset": 3})",
                            R"({"command": "x"})", R"({"setup": {}, "command": 3})"})
    EXPECT_THAT(error(notes), HasSubstr("run.checkpoint")) << notes;
  EXPECT_THAT(error(R"({"dataset": "cats"})"), HasSubstr("mnist, fashion"));
  EXPECT_THAT(error(R"({"setup": {"bits": 4}})"), AllOf(HasSubstr("bits"), HasSubstr("text")));
  EXPECT_THAT(error(R"({"setup": {"bits": "99"}})"), HasSubstr("train.bits"));
}

}  // namespace
}  // namespace phaseloom
