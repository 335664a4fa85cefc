// SPDX-License-Identifier: MIT
#include "app/document/training_facts.hpp"

#include <gmock/gmock.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "app/document/scene.hpp"
#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;

TrainingNotes notes() {
  Scene scene;
  set_field(scene, "train.dataset", "fashion");
  set_field(scene, "train.loss", "wgan-gp+drift");
  set_field(scene, "train.bits", "4");
  TrainingNotes notes;
  notes.setup = scene.train;
  return notes;
}

TrainingResult result() {
  TrainingResult result;
  result.iterations = 120;
  result.fcd_rk4 = 12.34567;
  const double none = std::numeric_limits<double>::quiet_NaN();
  result.curve = {{0.5, 60, 2.5, none, 40}, {1, 120, 1.25, 12.34567, 13}};
  return result;
}

TEST(TrainingFacts, AModelTellsHowItCameToBe) {
  TrainingNotes by_window = notes();
  by_window.made_in = kMadeInTrain;
  TrainingPlan plan = plan_of(by_window.setup, {});
  plan.evaluate_samples = 1234;
  const auto facts = nlohmann::json::parse(facts_of(by_window, plan, result()));
  EXPECT_EQ(facts.at("made_in"), "the Train workspace");
  EXPECT_FALSE(facts.contains("command"));
  EXPECT_FALSE(facts.contains("from"));
  EXPECT_EQ(facts.at("dataset"), "fashion");
  EXPECT_EQ(facts.at("iterations"), 120);
  EXPECT_EQ(facts.at("fcd_samples"), 1234);
  EXPECT_EQ(facts.at("fcd_rk4_8"), 12.346);
  EXPECT_EQ(facts.at("setup").at("loss"), "wgan-gp+drift");
  EXPECT_EQ(facts.at("settings").at("bits"), 4);
  ASSERT_EQ(facts.at("curve").size(), 2u);
  EXPECT_TRUE(facts.at("curve")[0].at("fcd_rk4_8").is_null());
  EXPECT_EQ(facts.at("curve")[1].at("iteration"), 120);
}

// Whoever made it, what stands in the file is the same but for who that was.
TEST(TrainingFacts, AreAlikeFromWindowAndCommand) {
  const TrainingPlan plan = plan_of(notes().setup, {});
  TrainingNotes by_window = notes(), by_command = notes();
  by_window.made_in = kMadeInTrain;
  by_command.command = "phaseloom train fashion --bits 4";
  by_command.from = R"({"model":"a","training":{}})";
  auto of_window = nlohmann::ordered_json::parse(facts_of(by_window, plan, result()));
  auto of_command = nlohmann::ordered_json::parse(facts_of(by_command, plan, result()));
  EXPECT_EQ(of_command.at("command"), by_command.command);
  EXPECT_EQ(of_command.at("from").at("model"), "a");
  of_window.erase("made_in");
  of_command.erase("command");
  of_command.erase("from");
  EXPECT_EQ(of_window, of_command);
}

TEST(TrainingFacts, TheSetupIsReadFromTheModel) {
  Model model;
  model.name = "mine";
  model.training = facts_of(notes(), plan_of(notes().setup, {}), result());
  EXPECT_EQ(setup_of(model), notes().setup);
  model.training = nlohmann::ordered_json{{"settings", to_json(notes().setup)}}.dump();
  EXPECT_EQ(setup_of(model), notes().setup) << "of an earlier window";
  for (const char* none : {"", "[]", "{}", R"({"settings": {"loss": "drift", "batch": 64}})"}) {
    model.training = none;
    EXPECT_THAT(error_of([&] { setup_of(model); }), HasSubstr("mine")) << none;
  }
}

}  // namespace
}  // namespace phaseloom
