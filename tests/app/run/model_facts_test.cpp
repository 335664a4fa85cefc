// SPDX-License-Identifier: MIT
#include "app/run/model_facts.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "app/commands/verbs.hpp"
#include "app/document/training_facts.hpp"
#include "tests/app/session/small_models.hpp"

namespace phaseloom {
namespace {

Model model_of(std::string training) {
  Model model;
  model.training = std::move(training);
  return model;
}

constexpr const char* kOfCommand = R"({"dataset": "mnist", "settings": {"bits": 4,
    "symmetric_grid": true, "weight_noise": 0.02500000037252903, "mismatch": 0.0, "density": 1.0}})";

TEST(ModelFacts, AreReadFromWhatTheCommandWroteOnce) {
  const ModelFacts facts = model_facts(model_of(kOfCommand));
  EXPECT_EQ(facts.dataset, "mnist");
  ASSERT_TRUE(facts.hardware);
  EXPECT_EQ(facts.hardware->bits, 4);
  EXPECT_EQ(facts.hardware->grid, BitGrid::symmetric);
  EXPECT_EQ(facts.hardware->weight_noise, 0.025) << "the file holds single precision";
  EXPECT_EQ(facts.hardware->density, 1);
  EXPECT_EQ(plain_line(facts), "digits, 4-bit, noise-proof");
}

TEST(ModelFacts, KnowsATrainingForAnyHardware) {
  const ModelFacts facts = model_facts(model_of(
      R"({"dataset": "mnist", "settings": {"bits": 0, "range": {"bits": [0, 4], "most_mismatch": 0}}})"));
  EXPECT_TRUE(facts.any_hardware);
  EXPECT_EQ(plain_line(facts), "digits, any bits and wires");
}

TEST(ModelFacts, AreReadFromTheSetup) {
  TrainingSetup setup;
  setup.dataset = Dataset::fashion;
  setup.bits = 3;
  setup.density = 0.25;
  setup.mismatch = 0.1;
  TrainingNotes notes;
  notes.setup = setup;
  ModelFacts facts = model_facts(model_of(facts_of(notes, plan_of(setup, {}), TrainingResult())));
  ASSERT_TRUE(facts.hardware);
  EXPECT_EQ(*facts.hardware, setup.hardware());
  facts.labels = 10;
  facts.tied = true;
  EXPECT_EQ(plain_line(facts),
            "clothes, 3-bit, mismatch-proof, 25 % of the wires, on demand, with an energy");
  const auto once = nlohmann::ordered_json{{"settings", to_json(setup)}}.dump();
  facts = model_facts(model_of(once));
  ASSERT_TRUE(facts.hardware) << "of an earlier window";
  EXPECT_EQ(*facts.hardware, setup.hardware());
}

TEST(ModelFacts, OfFilesThatDoNotSayAreLeftOut) {
  for (const char* text :
       {"", "no json", "[]", "{}", R"({"settings": 3})", R"({"settings": {"bits": "many"}})",
        R"({"settings": {"bits": 4.5}})", R"({"settings": {"bits": 99}})",
        R"({"settings": {"bits": 4, "density": -1}})", R"({"settings": {"bits": 1e300}})"})
    EXPECT_FALSE(model_facts(model_of(text)).hardware) << text;
  EXPECT_EQ(plain_line(model_facts(model_of("{}"))), "pictures");
  EXPECT_EQ(plain_line(model_facts(model_of(R"({"dataset": "stamps"})"))), "stamps");
}

TEST(AsTrained, SetsAllEffectsAndKeepsTheDevice) {
  Scene scene;
  scene.hardware.device = 7;
  scene.hardware.phase_noise = 0.3;
  scene.hardware.mismatch = 0.2;
  Hardware trained;
  trained.bits = 4;
  trained.weight_noise = 0.025;
  EXPECT_FALSE(is_as_trained(trained, scene));
  for (const Command& change : as_trained(trained, scene))
    set_field(scene, change.text(0), change.text(1));
  trained.device = 7;
  EXPECT_EQ(scene.hardware, trained);
  EXPECT_TRUE(is_as_trained(trained, scene));
  EXPECT_TRUE(as_trained(trained, scene).empty()) << "nothing is left to change";
}

SessionOptions options_with(const std::string& training) {
  SessionOptions options = test::small_options();
  options.loader = [training](const std::string&) {
    Model model = test::small_model("kuramoto_shil", 1);
    model.training = training;
    return model;
  };
  return options;
}

TEST(AsTrained, IsOneEntryOfUndo) {
  Session session(options_with(kOfCommand));
  session.set("hardware.phase_noise", 0.5);
  session.post("as_trained");
  EXPECT_EQ(session.scene().hardware.bits, 4);
  EXPECT_EQ(session.scene().hardware.weight_noise, 0.025);
  EXPECT_EQ(session.scene().hardware.phase_noise, 0);
  session.post(verbs::undo);
  EXPECT_EQ(session.scene().hardware.bits, 0);
  EXPECT_EQ(session.scene().hardware.phase_noise, 0.5);
}

TEST(AsTrained, SaysWhereTheFileDoesNot) {
  Session session(options_with("{}"));
  session.post("as_trained");
  EXPECT_TRUE(session.scene().hardware.ideal());
  ASSERT_FALSE(session.snapshot()->messages->empty());
  EXPECT_NE(session.snapshot()->messages->back().text.find(
                "does not say which hardware it was trained for"),
            std::string::npos);
}

}  // namespace
}  // namespace phaseloom
