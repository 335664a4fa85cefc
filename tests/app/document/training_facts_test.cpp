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

TrainingSetup setup() {
  Scene scene;
  set_field(scene, "train.dataset", "fashion");
  set_field(scene, "train.loss", "wgan-gp+drift");
  set_field(scene, "train.bits", "4");
  return scene.train;
}

TEST(TrainingFacts, NotesBringTheSetupBack) {
  const auto notes = nlohmann::ordered_json{{"setup", to_json(setup())}}.dump();
  EXPECT_EQ(setup_from_notes(notes, "x"), setup());
}

TEST(TrainingFacts, OtherNotesAreRefused) {
  for (const char* notes : {"", "[]", "{}", R"({"setup": 3})", R"({"dataset": "mnist"})"})
    EXPECT_THAT(error_of([&] { setup_from_notes(notes, "run.checkpoint"); }),
                HasSubstr("run.checkpoint"))
        << notes;
  EXPECT_THAT(error_of([&] { setup_from_notes(R"({"setup": {"bits": 4}})", "x"); }),
              HasSubstr("text"));
  EXPECT_THAT(error_of([&] { setup_from_notes(R"({"setup": {"bits": "99"}})", "x"); }),
              HasSubstr("train.bits"));
}

TEST(TrainingFacts, AModelTellsHowItCameToBe) {
  TrainingResult result;
  result.iterations = 120;
  result.fcd_rk4 = 12.34567;
  const double none = std::numeric_limits<double>::quiet_NaN();
  result.curve = {{0.5, 60, 2.5, none, 40}, {1, 120, 1.25, 12.34567, 13}};
  const auto facts = nlohmann::json::parse(facts_of(setup(), result));
  EXPECT_EQ(facts.at("dataset"), "fashion");
  EXPECT_EQ(facts.at("iterations"), 120);
  EXPECT_EQ(facts.at("fcd_rk4_8"), 12.346);
  EXPECT_EQ(facts.at("settings").at("loss"), "wgan-gp+drift");
  ASSERT_EQ(facts.at("curve").size(), 2u);
  EXPECT_TRUE(facts.at("curve")[0].at("fcd_rk4_8").is_null());
  EXPECT_EQ(facts.at("curve")[1].at("iteration"), 120);
}

}  // namespace
}  // namespace phaseloom
