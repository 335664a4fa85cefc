// SPDX-License-Identifier: MIT
// What the window looks like (Train and Transport: golden_train_test.cpp,
// golden_transport_test.cpp). Each picture has its negative control: something is done that a
// person would see, and the picture must then differ by more than the tolerance.

#include "tests/app/ui/golden.hpp"

#include <filesystem>
#include <fstream>
#include <limits>

#include "app/commands/verbs.hpp"
#include "engine/support/error.hpp"
#include "tests/app/ui/driver.hpp"
#include "tests/support/environment.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

/// At step 24 of 48, all steps before it seen, so that the curves are there.
void run_to_the_middle(Driver& driver) {
  for (int i = 0; i < 24; ++i) {
    driver.session->post(verbs::step);
    driver.frames();
  }
}

TEST(Golden, Generate) {
  Driver driver;
  run_to_the_middle(driver);
  const Picture before = driver.picture();
  EXPECT_TRUE(matches_golden(before, "generate"));
  driver.key("N");
  EXPECT_FALSE(alike(driver.picture(), before)) << "new noise should be seen";
}

SessionOptions labelled_options() {
  SessionOptions options = test_session_options();
  options.loader = [](const std::string&) { return make_labelled_test_model(); };
  return options;
}

TEST(Golden, AskedForAClass) {
  Driver driver({1024, 640}, 1, labelled_options());
  driver.click("3");
  driver.move(-10, -10);
  driver.session->post(verbs::pin, 9);
  driver.session->post(verbs::pick, 330);
  run_to_the_middle(driver);
  const Picture before = driver.picture();
  EXPECT_TRUE(matches_golden(before, "labels"));
  driver.click("8");
  driver.move(-10, -10);
  EXPECT_FALSE(alike(driver.picture(), before)) << "another class should be seen";
}

TEST(Golden, OnePickedOscillator) {
  Driver driver;
  driver.session->post(verbs::view, "phase", 1);
  driver.session->post(verbs::pin, 27);
  driver.session->post(verbs::pick, 784 + 400);
  run_to_the_middle(driver);
  const Picture before = driver.picture();
  EXPECT_TRUE(matches_golden(before, "picked"));
  driver.key("Escape");
  EXPECT_FALSE(alike(driver.picture(), before)) << "the inspector should let go";
}

TEST(Golden, SideBySide) {
  Driver driver;
  driver.session->set("hardware.bits", 3);
  driver.session->post(verbs::compare, "side");
  driver.session->post(verbs::pin, 9);
  run_to_the_middle(driver);
  const Picture before = driver.picture();
  EXPECT_TRUE(matches_golden(before, "side"));
  driver.session->post(verbs::compare, "off");
  EXPECT_FALSE(alike(driver.picture(), before));
}

TEST(Golden, Split) {
  Driver driver;
  driver.session->set("hardware.bits", 3);
  driver.session->post(verbs::compare, "split");
  driver.session->post(verbs::divider, 0.3);
  run_to_the_middle(driver);
  const Picture before = driver.picture();
  EXPECT_TRUE(matches_golden(before, "split"));
  driver.session->post(verbs::divider, 0.8);
  EXPECT_FALSE(alike(driver.picture(), before)) << "the divider should be seen";
}

TEST(Golden, Difference) {
  Driver driver;
  driver.session->set("hardware.bits", 3);
  driver.session->post(verbs::compare, "difference");
  run_to_the_middle(driver);
  const Picture before = driver.picture();
  EXPECT_TRUE(matches_golden(before, "difference"));
  driver.session->set("hardware.bits", 0);
  EXPECT_FALSE(alike(driver.picture(), before)) << "ideal hardware differs by nothing";
}

TEST(Golden, PairAndHeldKernel) {
  SessionOptions options = test_session_options();
  options.loader = [](const std::string&) {
    Model model = make_test_model();
    model.program.tied = true;
    symmetrise(model.program, model.program.values);
    return model;
  };
  Driver driver({1280, 1800}, 1, std::move(options));
  driver.session->set("hardware.bits", 2);
  driver.session->post(verbs::pin, 9);
  driver.session->post(verbs::pick, 400);
  driver.session->post(verbs::curve, "pair");
  driver.session->post(verbs::trail, 0.4);
  run_to_the_middle(driver);
  driver.frames(30);  // the energies come a few at a time
  const Picture before = driver.picture();
  EXPECT_TRUE(matches_golden(before, "pair"));
  driver.session->set("hardware.bits", 0);
  EXPECT_FALSE(alike(driver.picture(), before)) << "the float weights alone";
}

TEST(Golden, LightRatesWithHardware) {
  Driver driver;
  driver.session->post(verbs::theme, "light");
  driver.session->post(verbs::view, "rate");
  driver.session->set("hardware.bits", 3);
  driver.session->set("hardware.mismatch", 0.2);
  run_to_the_middle(driver);
  const Picture before = driver.picture();
  EXPECT_TRUE(matches_golden(before, "light_rates"));
  driver.click("all");
  EXPECT_FALSE(alike(driver.picture(), before)) << "ideal hardware should be seen";
}

TEST(Golden, Scaled) {
  Driver driver({1280, 800}, 1.5f);
  run_to_the_middle(driver);
  const Picture before = driver.picture();
  EXPECT_TRUE(matches_golden(before, "scaled"));
  driver.key("Space");
  EXPECT_FALSE(alike(driver.picture(), before, {0.02, 0.0002})) << "it should play";
}

TEST(Golden, Magnifier) {
  Driver driver;
  run_to_the_middle(driver);
  const Picture before = driver.picture();
  const Box wall = driver.place("wall");
  driver.move(wall.min.x + 0.4f * wall.width(), wall.min.y + 0.3f * wall.height());
  const Picture enlarged = driver.picture();
  EXPECT_TRUE(matches_golden(enlarged, "magnifier"));
  EXPECT_FALSE(alike(enlarged, before)) << "the sample under the pointer should be enlarged";
}

TEST(Golden, Keys) {
  Driver driver;
  const Picture before = driver.picture();
  driver.key("F1");
  const Picture keys = driver.picture();
  EXPECT_TRUE(matches_golden(keys, "keys"));
  EXPECT_FALSE(alike(keys, before));
  driver.key("F1");
  EXPECT_TRUE(alike(driver.picture(), before, {0.02, 0.0005})) << "and away again";
}

TEST(Golden, Export) {
  Driver driver;
  run_to_the_middle(driver);
  const Picture before = driver.picture();
  driver.key("Ctrl+E");
  driver.frames(2);
  const Picture open = driver.picture();
  EXPECT_TRUE(matches_golden(open, "export"));
  EXPECT_FALSE(alike(open, before));
  driver.key("Escape");
  driver.frames(2);
  EXPECT_TRUE(alike(driver.picture(), before, {0.02, 0.0005})) << "and away again";
}

TEST(Golden, KeyboardOnTheWall) {
  Driver driver;
  run_to_the_middle(driver);
  const Picture before = driver.picture();
  const auto& focus = driver.laboratory->transient().focus;
  for (int zone = 0; zone < 3; ++zone) driver.key("F6");
  for (int i = 0; i < 20 && focus.box.height() < 200; ++i) driver.key("Tab");
  for (const char* key : {"Shift+Right", "Shift+Down", "Down", "Down", "Right"}) driver.key(key);
  const Picture ringed = driver.picture();
  EXPECT_TRUE(matches_golden(ringed, "keyboard"));
  EXPECT_FALSE(alike(ringed, before));
  driver.key("Escape");
  EXPECT_TRUE(alike(driver.picture(), before, {0.02, 0.0005})) << "the ring goes with the focus";
}

TEST(Golden, ATouchedSample) {
  Driver driver;
  run_to_the_middle(driver);
  for (const char* line : {"pin 9", "tool hold", "brush 3", "touch hold 9 14 14 5 1",
                           "touch hold 9 6 20 3 0", "touch stir 12 14 14 14"})
    driver.session->post(line);
  for (int i = 0; i < 6; ++i) {
    driver.session->post(verbs::step);
    driver.frames();
  }
  const Box wall = driver.place("wall");
  driver.move(wall.min.x + 0.7f * wall.width(), wall.min.y + 0.6f * wall.height());
  const Picture touched = driver.picture();
  EXPECT_TRUE(matches_golden(touched, "touched"));
  for (int i = 0; i < 3; ++i) driver.session->post("undo");
  EXPECT_FALSE(alike(driver.picture(), touched)) << "untouched, it is another run";
}

TEST(Golden, APlotOnTheStage) {
  Driver driver;
  run_to_the_middle(driver);
  driver.click("stage order");
  driver.move(-10, -10);
  const Picture laid = driver.picture();
  EXPECT_TRUE(matches_golden(laid, "stage_plot"));
  driver.key("Escape");
  EXPECT_FALSE(alike(driver.picture(), laid)) << "the wall is back";
}

TEST(Golden, ABranchOfTheRun) {
  Driver driver;
  run_to_the_middle(driver);
  driver.session->post(verbs::seek, 12);
  driver.frames();
  driver.session->post(verbs::play);
  driver.frames();
  driver.session->set("hardware.density", 0.3);  // acts on the running network
  driver.frames(30);
  driver.session->post(verbs::pause);
  const Picture branched = driver.picture();
  EXPECT_TRUE(matches_golden(branched, "branch"));
  driver.session->post(verbs::new_noise);
  EXPECT_FALSE(alike(driver.picture(), branched)) << "other noise has no branch";
  EXPECT_EQ(driver.laboratory->transient().traces.branched_at(), -1);
}

TEST(Golden, Diverged) {
  SessionOptions options = test_session_options();
  options.loader = [](const std::string&) {
    Model model = make_test_model();
    for (float& weight : model.program.weights(2)) weight = std::numeric_limits<float>::infinity();
    return model;
  };
  Driver driver({1024, 640}, 1, std::move(options));
  const Picture before = driver.picture();
  driver.session->post(verbs::run);
  driver.frames(2);
  const Picture diverged = driver.picture();
  EXPECT_TRUE(matches_golden(diverged, "diverged"));
  EXPECT_FALSE(alike(diverged, before));
  driver.session->post(verbs::restart);
  EXPECT_TRUE(driver.now().step == 0 && !driver.now().diverged);
}

TEST(Golden, FoldedSections) {
  Driver driver;
  const Picture before = driver.picture();
  for (const auto section : names_of<Section>())
    driver.session->post(verbs::section, section, "closed");
  const Picture folded = driver.picture();
  EXPECT_TRUE(matches_golden(folded, "folded"));
  EXPECT_FALSE(alike(folded, before));
}

TEST(Golden, NoModel) {
  // Two models to choose from, whatever the program comes with.
  const auto assets = std::filesystem::path(testing::TempDir()) / "phaseloom-two-models";
  std::filesystem::create_directories(assets / "models");
  for (const char* name : {"digits", "clothes"})
    std::ofstream(assets / "models" / (std::string(name) + ".safetensors")) << "-";
  const EnvironmentGuard guard("PHASELOOM_ASSETS", assets.string());
  const EnvironmentGuard own("XDG_DATA_HOME", (assets / "none").string());
  SessionOptions options = test_session_options();
  options.scene.model = "missing";
  Driver driver({1024, 640}, 1, std::move(options));
  const Picture before = driver.picture();
  EXPECT_TRUE(matches_golden(before, "no_model"));
  driver.session->set("model", "test");
  EXPECT_FALSE(alike(driver.picture(), before)) << "a model should be seen";
}

TEST(Golden, Messages) {
  Driver driver;
  driver.session->tell(Message::Level::info, "wall.png: written");
  driver.session->tell(Message::Level::error,
                       "digits.bmp: neither a model (.safetensors) nor a scene (.json)");
  const Picture before = driver.picture();
  EXPECT_TRUE(matches_golden(before, "messages"));
  driver.click("dismiss");
  EXPECT_FALSE(alike(driver.picture(), before, {0.05, 0.001})) << "it should be dismissed";
}

TEST(Golden, QualityStrip) {
  Driver driver({1024, 640}, 1, test_quality_options());
  const Picture before = driver.picture();
  driver.session->post(verbs::measure);
  const Picture measured = driver.picture();
  EXPECT_TRUE(matches_golden(measured, "quality"));
  EXPECT_FALSE(alike(measured, before)) << "the strip should be seen";
  driver.session->set("hardware.bits", 4);
  EXPECT_FALSE(driver.has("quality strip") && driver.session->quality()->samples > 0)
      << "the number was of another network";
}

}  // namespace
}  // namespace phaseloom
