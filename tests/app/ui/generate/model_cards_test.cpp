// SPDX-License-Identifier: MIT
// Cards of models, buttons of classes, the way to the hardware of the training, the caption: by
// mouse and by keyboard.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "app/commands/verbs.hpp"
#include "tests/app/ui/driver.hpp"
#include "tests/app/ui/golden.hpp"
#include "tests/support/environment.hpp"

namespace phaseloom {
namespace {

/// Two models that the program "came with".
class Cards : public testing::Test {
 protected:
  /// Made before the window looks for models.
  static std::filesystem::path three_models() {
    const auto folder = std::filesystem::path(testing::TempDir()) / "phaseloom-three-models";
    std::filesystem::create_directories(folder / "models");
    for (const char* name : {"asked", "clothes", "test"})
      std::ofstream(folder / "models" / (std::string(name) + ".safetensors")) << "-";
    return folder;
  }
  static SessionOptions options() {
    SessionOptions options = test_session_options();
    options.loader = [](const std::string& name) {
      Model model = name == "test" ? make_test_model() : make_labelled_test_model();
      model.name = name;
      if (name == "asked")
        model.training = R"({"dataset": "mnist", "settings": {"bits": 4, "weight_noise": 0.025}})";
      if (name == "clothes") model.training = R"({"dataset": "fashion"})";
      return model;
    };
    return options;
  }
  /// Tabs on until the control of that place has the focus.
  static bool tab_to(Driver& driver, const std::string& name) {
    const auto& focus = driver.laboratory->transient().focus;
    for (int i = 0; i < 120; ++i) {
      driver.key("Tab");
      const Box wanted = driver.place(name);  // panels scroll to what has the focus
      const Point middle{(wanted.min.x + wanted.max.x) / 2, (wanted.min.y + wanted.max.y) / 2};
      if (focus.on && focus.box.contains(middle)) return true;
    }
    return false;
  }
  const std::filesystem::path assets = three_models();
  const EnvironmentGuard guard{"PHASELOOM_ASSETS", assets.string()};
  const EnvironmentGuard own{"XDG_DATA_HOME", (assets / "none").string()};
  Driver driver{{1024, 800}, 1, options()};
};

TEST_F(Cards, AClickShowsThemAndAnotherRunsOne) {
  EXPECT_FALSE(driver.has("card clothes"));
  driver.click("card test");
  ASSERT_TRUE(driver.has("card clothes"));
  driver.click("card clothes");
  EXPECT_EQ(driver.scene().model, "clothes");
  driver.key("Ctrl+Z");
  EXPECT_EQ(driver.scene().model, "test");
  driver.click("section model");
  EXPECT_FALSE(driver.has("card clothes"));
}

TEST_F(Cards, ByKeyboard) {
  ASSERT_TRUE(tab_to(driver, "card test"));
  driver.key("Enter");
  EXPECT_TRUE(driver.has("card clothes")) << "Enter shows all";
  driver.key("Up");
  EXPECT_EQ(driver.scene().model, "clothes");
  driver.key("Home");
  EXPECT_EQ(driver.scene().model, "asked");
}

// A network that was just written, or dropped, is named by its file.
TEST_F(Cards, AModelHasOneCardWhateverItIsCalled) {
  driver.session->post(verbs::section, "model", "open");
  driver.frames();
  const float below = driver.place("hardware.bits").min.y;
  driver.session->set("model", (assets / "models" / "clothes.safetensors").string());
  driver.frames(2);
  const auto& places = driver.laboratory->transient().places;
  EXPECT_EQ(3, std::ranges::count_if(
                   places, [](const auto& place) { return place.first.starts_with("card "); }));
  EXPECT_EQ(driver.place("hardware.bits").min.y, below) << "nothing moves";
  driver.click("card clothes");
  EXPECT_TRUE(driver.scene().model.ends_with("clothes.safetensors")) << "it runs already";
  driver.click("card asked");
  EXPECT_EQ(driver.scene().model, "asked");
}

TEST_F(Cards, ArePicturesThatEachModelHasMade) {
  driver.session->post(verbs::section, "model", "open");
  const Picture before = driver.picture();
  EXPECT_TRUE(matches_golden(before, "cards"));
  driver.session->set("model", "clothes");
  EXPECT_FALSE(alike(driver.picture(), before)) << "classes by name, another card is framed";
}

TEST_F(Cards, AsTrainedByMouseAndByKeyboard) {
  driver.click("trained");
  EXPECT_TRUE(driver.scene().hardware.ideal()) << "this file does not say";
  driver.session->set("model", "asked");
  driver.frames(2);
  driver.click("trained");
  EXPECT_EQ(driver.scene().hardware.bits, 4);
  EXPECT_EQ(driver.scene().hardware.weight_noise, 0.025);
  driver.key("Ctrl+Z");
  EXPECT_TRUE(driver.scene().hardware.ideal()) << "one entry of undo";
  ASSERT_TRUE(tab_to(driver, "trained"));
  driver.key("Enter");
  EXPECT_EQ(driver.scene().hardware.bits, 4);
}

TEST_F(Cards, ClassesHaveTheirNamesAndTheirPlace) {
  const Box digits = driver.place("7");
  driver.click("7");
  EXPECT_FALSE(driver.scene().label) << "this network cannot be asked";
  const Box below = driver.place("hardware.bits");
  driver.session->set("model", "asked");
  driver.frames(2);
  EXPECT_EQ(driver.place("7").min.x, digits.min.x);
  driver.click("7");
  EXPECT_EQ(driver.scene().label, 7);
  driver.session->set("model", "clothes");
  driver.frames(2);
  driver.click("boot");
  EXPECT_EQ(driver.scene().label, 9);
  driver.click("T-shirt");
  EXPECT_EQ(driver.scene().label, 0);
  driver.click("all");
  EXPECT_EQ(driver.place("hardware.bits").min.y, below.min.y) << "nothing below has moved";
}

TEST_F(Cards, NoControlOfTheHardwareMoves) {
  std::map<std::string, float> before;
  const char* const names[] = {"hardware.bits",
                               "hardware.grid",
                               "hardware.density",
                               "hardware.mismatch",
                               "hardware.device",
                               "hardware.phase_noise",
                               "all",
                               "trained"};
  for (const char* name : names) before[name] = driver.place(name).min.y;
  driver.session->set("hardware.bits", 3);
  driver.session->set("hardware.mismatch", 0.1);
  driver.frames(2);
  for (const char* name : names) EXPECT_EQ(driver.place(name).min.y, before[name]) << name;
}

TEST_F(Cards, WhatIsDimmedTakesNeitherMouseNorKeys) {
  const auto device = driver.scene().hardware.device;
  const Box box = driver.place("hardware.device");
  driver.click(box.max.x - 8, (box.min.y + box.max.y) / 2);  // its "+"
  EXPECT_EQ(driver.scene().hardware.device, device);
  EXPECT_FALSE(tab_to(driver, "hardware.device"));
  driver.session->set("hardware.mismatch", 0.1);
  driver.frames(2);
  EXPECT_TRUE(tab_to(driver, "hardware.device"));
}

TEST_F(Cards, TheCaptionFolds) {
  ASSERT_TRUE(driver.has("caption words"));
  const float open = driver.place("caption").height();
  driver.click("caption");
  EXPECT_FALSE(driver.has("caption words"));
  EXPECT_LT(driver.place("caption").height(), open);
  EXPECT_EQ(driver.session->ui().folds[static_cast<std::size_t>(Section::caption)], Fold::closed);
  ASSERT_TRUE(tab_to(driver, "caption"));
  driver.key("Enter");
  EXPECT_TRUE(driver.has("caption words"));
}

TEST_F(Cards, TextGrowsAndShrinksByKey) {
  driver.key("Ctrl+Plus");
  EXPECT_DOUBLE_EQ(driver.session->ui().scale, 1.1);
  const float larger = driver.place("play").height();
  driver.key("Ctrl+Minus");
  driver.key("Ctrl+Minus");
  EXPECT_DOUBLE_EQ(driver.session->ui().scale, 0.9);
  driver.frames(2);
  EXPECT_LT(driver.place("play").height(), larger);
  driver.key("Ctrl+0");
  EXPECT_EQ(driver.session->ui().scale, 0) << "the monitor's own again";
  for (int i = 0; i < 50; ++i) driver.key("Ctrl+Minus");
  EXPECT_DOUBLE_EQ(driver.session->ui().scale, 0.5);
}

}  // namespace
}  // namespace phaseloom
