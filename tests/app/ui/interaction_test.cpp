// SPDX-License-Identifier: MIT
// Hands on the window: what clicks, drags and keys do to the experiment.

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "app/commands/verbs.hpp"
#include "app/ui/frame/frame.hpp"
#include "app/ui/frame/keys.hpp"
#include "app/ui/toolkit/export.hpp"
#include "app/ui/toolkit/key_strokes.hpp"
#include "engine/support/atomic_file.hpp"
#include "tests/app/session/small_models.hpp"
#include "tests/app/ui/driver.hpp"
#include "tests/support/environment.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

TEST(Interaction, SpacePlaysAndPauses) {
  Driver driver;
  EXPECT_FALSE(driver.scene().playing);
  driver.key("Space");
  EXPECT_TRUE(driver.scene().playing);
  driver.frames(30);
  EXPECT_GT(driver.now().step, 0);
  driver.key("Space");
  EXPECT_FALSE(driver.scene().playing);
}

TEST(Interaction, TransportButtons) {
  Driver driver;
  driver.click("step");
  driver.click("step");
  EXPECT_EQ(driver.now().step, 2);
  driver.click("back");
  EXPECT_EQ(driver.now().step, 1);
  driver.click("restart");
  EXPECT_EQ(driver.now().step, 0);
  driver.click("noise");
  EXPECT_EQ(driver.scene().round, 1);
  driver.click("play");
  EXPECT_TRUE(driver.scene().playing);
}

TEST(Interaction, ArrowKeysStep) {
  Driver driver;
  driver.key("Right");
  driver.key("Right");
  driver.key("Left");
  EXPECT_EQ(driver.now().step, 1);
  driver.key("R");
  EXPECT_EQ(driver.now().step, 0);
}

TEST(Interaction, ClassesAreAskedForByClickAndKey) {
  {
    Driver none;
    none.click("7");
    EXPECT_FALSE(none.scene().label) << "this network knows none";
  }
  SessionOptions options = test_session_options();
  options.loader = [](const std::string&) { return make_labelled_test_model(); };
  Driver driver({1024, 640}, 1, std::move(options));
  driver.click("7");
  EXPECT_EQ(driver.scene().label, 7);
  EXPECT_EQ(driver.now().settings.label, 7);
  driver.key("Space");
  driver.frames(60);
  EXPECT_GT(driver.now().step, 0);
  driver.click("9");
  EXPECT_LT(driver.now().step, 3) << "playing, it begins again";
  driver.key("L");
  EXPECT_FALSE(driver.scene().label) << "all come after the last";
  driver.key("L");
  EXPECT_EQ(driver.scene().label, 0);
  driver.key("Ctrl+Z");
  driver.key("Ctrl+Z");
  EXPECT_EQ(driver.scene().label, 9);
  // A label oscillator has no place on the wall: nothing is picked.
  driver.session->post(verbs::pin, 0);
  driver.session->post(verbs::pick, 2 * 784 + 3);
  driver.frames();
}

TEST(Interaction, ADragIsOneEntryOfUndo) {
  Driver driver;
  driver.drag("hardware.weight_noise", 0.02f, 0.9f);
  EXPECT_GT(driver.scene().hardware.weight_noise, 0.5);
  EXPECT_FALSE(driver.now().undo_label.empty());
  driver.key("Ctrl+Z");
  EXPECT_EQ(driver.scene().hardware.weight_noise, 0);
  EXPECT_TRUE(driver.now().undo_label.empty()) << driver.now().undo_label;
  driver.key("Ctrl+Shift+Z");
  EXPECT_GT(driver.scene().hardware.weight_noise, 0.5);
}

TEST(Interaction, BitsFromFloatToOne) {
  Driver driver;
  driver.drag("hardware.bits", 0.02f, 0.99f);
  EXPECT_EQ(driver.scene().hardware.bits, 1);
  driver.click("hardware.bits ideal");
  EXPECT_EQ(driver.scene().hardware.bits, 0);
}

TEST(Interaction, EachEffectHasItsWayBackAndOneForAll) {
  Driver driver({1280, 900});
  driver.drag("hardware.density", 0.98f, 0.5f);
  driver.drag("hardware.mismatch", 0.02f, 0.5f);
  driver.drag("hardware.phase_noise", 0.02f, 0.5f);
  EXPECT_LT(driver.scene().hardware.density, 0.9);
  EXPECT_GT(driver.scene().hardware.mismatch, 0.1);
  driver.click("hardware.mismatch ideal");
  EXPECT_EQ(driver.scene().hardware.mismatch, 0);
  driver.click("all");
  EXPECT_TRUE(driver.scene().hardware.ideal());
  driver.key("Ctrl+Z");
  EXPECT_LT(driver.scene().hardware.density, 0.9) << "all of it was one entry";
  EXPECT_GT(driver.scene().hardware.phase_noise, 0.1);
}

TEST(Interaction, ANumberCanBeTyped) {
  Driver driver;
  const Box box = driver.place("hardware.phase_noise");
  driver.double_click((box.min.x + box.max.x) / 2, (box.min.y + box.max.y) / 2);
  driver.key("Ctrl+A");
  driver.type("0.25");
  driver.key("Enter");
  EXPECT_NEAR(driver.scene().hardware.phase_noise, 0.25, 1e-9);
}

// The first press of a double click is not meant to set the slider to where it happened to be.
TEST(Interaction, ADoubleClickLeavesTheValueToBeTyped) {
  Driver driver;
  driver.session->set("hardware.phase_noise", 0.1);
  driver.frames(2);
  const Box box = driver.place("hardware.phase_noise");
  const auto there = [&](float t) {
    driver.double_click(box.min.x + t * box.width(), (box.min.y + box.max.y) / 2);
  };
  there(0.8f);
  driver.key("Escape");
  EXPECT_EQ(driver.scene().hardware.phase_noise, 0.1);
  there(0.7f);
  driver.key("Ctrl+A");
  driver.type("nan");
  driver.key("Enter");
  driver.frames();
  EXPECT_EQ(driver.scene().hardware.phase_noise, 0.1);
  EXPECT_NE(driver.now().messages->back().text.find("'nan' is no number"), std::string::npos);
  driver.frames(30);  // or these two were the third and fourth press of the same
  there(0.7f);
  driver.key("Ctrl+A");
  driver.type("-3");
  driver.key("Enter");
  driver.frames();
  EXPECT_EQ(driver.scene().hardware.phase_noise, 0);
  EXPECT_NE(driver.now().messages->back().text.find("it is 0 now, not -3"), std::string::npos)
      << driver.now().messages->back().text;
  driver.session->set("hardware.phase_noise", 0.1);
  driver.frames(2);
  // The control: one press alone does set it.
  driver.click(box.min.x + 0.7f * box.width(), (box.min.y + box.max.y) / 2);
  EXPECT_NE(driver.scene().hardware.phase_noise, 0.1);
}

// A hint that came with the keys lies over what the mouse is going to.
TEST(Interaction, TheMouseTakesTheHintOfTheFocusAway) {
  Driver driver;
  driver.key("Ctrl+E");
  driver.frames(70);  // more than a second
  ASSERT_TRUE(driver.has("hint"));
  driver.move(400, 300);
  driver.move(404, 300);
  EXPECT_FALSE(driver.has("hint"));
}

// Who has pressed something looks at what that does; the pointer just rests there.
TEST(Interaction, AHintWaitsAfterAPressUntilThePointerMoves) {
  Driver driver;
  const Box box = driver.place("hardware.mismatch");
  const float x = (box.min.x + box.max.x) / 2, y = (box.min.y + box.max.y) / 2;
  driver.move(x, y);
  driver.frames(60);
  ASSERT_TRUE(driver.has("hint")) << "the control: whoever looks is told";
  driver.click(x, y);
  driver.frames(120);
  EXPECT_FALSE(driver.has("hint"));
  driver.move(x + 1, y);
  driver.frames(60);
  EXPECT_TRUE(driver.has("hint"));
}

TEST(Interaction, LettersInATextFieldAreNoKeys) {
  Driver driver;
  driver.session->post(verbs::step);
  const Box box = driver.place("hardware.phase_noise");
  driver.double_click((box.min.x + box.max.x) / 2, (box.min.y + box.max.y) / 2);
  driver.key("R");
  driver.key("Space");
  EXPECT_EQ(driver.now().step, 1);
  EXPECT_FALSE(driver.scene().playing);
}

TEST(Interaction, ScrubbingSeeks) {
  Driver driver;
  driver.drag("strip", 0.2f, 0.75f);
  EXPECT_NEAR(driver.now().step, 36, 1);
  driver.drag("strip", 0.75f, 0.25f);
  EXPECT_NEAR(driver.now().step, 12, 1);
  EXPECT_FALSE(driver.scene().playing);
}

TEST(Interaction, AClickOnTheWallPinsAndPicks) {
  Driver driver;
  const Box wall = driver.place("wall");
  driver.click(wall.min.x + 0.95f * wall.width(), wall.min.y + 0.95f * wall.height());
  EXPECT_EQ(driver.session->ui().pinned, 63);
  const int unit = driver.session->ui().picked;
  EXPECT_GT(unit % 28, 14);
  EXPECT_GT(unit / 28, 14);
  EXPECT_LT(unit, 784);
  driver.click("unpin");
  EXPECT_EQ(driver.session->ui().pinned, -1);
  EXPECT_EQ(driver.session->ui().picked, -1);
}

TEST(Interaction, ViewsAndLayers) {
  Driver driver;
  driver.click("Phase");
  EXPECT_EQ(driver.session->ui().view.quantity, View::Quantity::phase);
  driver.click("Rate");
  EXPECT_EQ(driver.session->ui().view.quantity, View::Quantity::rate);
  driver.frames(2);
  EXPECT_NE(driver.now().rates, nullptr) << "rates are asked for only while they are looked at";
  driver.click("Intensity");
  driver.click("theme");
  EXPECT_EQ(driver.session->ui().theme, Theme::light);
}

TEST(Interaction, ComparesByButtonAndKey) {
  Driver driver;
  const auto& ui = driver.session->ui();
  driver.click("compare");
  EXPECT_EQ(ui.compare, Compare::side);
  EXPECT_NE(driver.now().ideal.state, nullptr);
  EXPECT_TRUE(driver.has("ideal wall"));
  driver.click("Split");
  EXPECT_EQ(ui.compare, Compare::split);
  EXPECT_FALSE(driver.has("ideal wall"));
  driver.click("Difference");
  EXPECT_EQ(ui.compare, Compare::difference);
  driver.click("compare");
  EXPECT_EQ(ui.compare, Compare::off);
  EXPECT_EQ(driver.now().ideal.state, nullptr);
  for (const auto how : {Compare::side, Compare::split, Compare::difference, Compare::off}) {
    driver.key("C");
    EXPECT_EQ(ui.compare, how);
  }
}

TEST(Interaction, TheDividerIsDraggedAndMovedByKeys) {
  Driver driver;
  driver.session->post(verbs::compare, "split");
  driver.frames();
  const Box wall = driver.place("wall"), grip = driver.place("divider");
  const float y = (grip.min.y + grip.max.y) / 2, x = (grip.min.x + grip.max.x) / 2;
  EXPECT_NEAR(x, (wall.min.x + wall.max.x) / 2, 1);
  driver.drag(x, y, wall.min.x + 0.2f * wall.width(), y);
  EXPECT_NEAR(driver.session->ui().divider, 0.2, 0.02);
  EXPECT_EQ(driver.session->ui().pinned, -1) << "a drag is no click on the wall";
  driver.drag(wall.min.x + 0.2f * wall.width(), y, wall.min.x - 200, y);
  EXPECT_EQ(driver.session->ui().divider, 0);
  driver.key("Ctrl+Right");
  EXPECT_NEAR(driver.session->ui().divider, 0.05, 1e-9);
  driver.key("Ctrl+Left");
  driver.key("Ctrl+Left");
  EXPECT_EQ(driver.session->ui().divider, 0);
  EXPECT_EQ(driver.now().step, 0) << "nor is Ctrl+Left a step back";
}

TEST(Interaction, EitherWallPins) {
  Driver driver;
  driver.session->post(verbs::compare, "side");
  driver.frames();
  for (const char* name : {"ideal wall", "wall"}) {
    const Box wall = driver.place(name);
    driver.session->post(verbs::unpin);
    driver.click(wall.min.x + 2, wall.min.y + 2);
    EXPECT_EQ(driver.session->ui().pinned, 0) << name;
  }
}

TEST(Interaction, KeysTakeMoreOrFewerSamples) {
  Driver driver;
  driver.key("Plus");
  EXPECT_EQ(driver.scene().wall, 9);
  driver.key("Minus");
  EXPECT_EQ(driver.scene().wall, 8);
  driver.session->set("wall", 16);
  driver.key("Plus");
  EXPECT_EQ(driver.scene().wall, 24);
  driver.key("Minus");
  driver.key("Minus");
  EXPECT_EQ(driver.scene().wall, 15);
  driver.session->set("wall", 1);
  driver.key("Minus");
  EXPECT_EQ(driver.scene().wall, 1);
  EXPECT_EQ(driver.now().lanes, 1);
}

TEST(Interaction, CurvesPartnersAndTrails) {
  Driver driver({1280, 1600});
  driver.session->post(verbs::pin, 0);
  driver.session->post(verbs::pick, 14 * 28 + 14);
  driver.session->post(verbs::seek, 12);
  driver.frames();
  const auto& ui = driver.session->ui();
  driver.click("Pair");
  EXPECT_EQ(ui.curve, Curve::pair);
  EXPECT_EQ(ui.partner, -1) << "the one it listens to most";
  driver.key("J");
  const int second = ui.partner;
  EXPECT_GE(second, 0);
  driver.key("J");
  EXPECT_NE(ui.partner, second);
  const Box kernel = driver.place("kernel");
  driver.click(kernel.min.x + 3, kernel.min.y + 3);
  EXPECT_EQ(ui.partner, 11 * 28 + 11) << "the corner of a window of radius 3";
  EXPECT_EQ(ui.picked, 14 * 28 + 14);
  driver.drag("trail fade", 0.95f, 0.3f);
  EXPECT_LT(ui.trail, 0.5);
  EXPECT_TRUE(driver.now().undo_label.empty()) << "how it is looked at is not undone";
  driver.key("K");
  EXPECT_EQ(ui.curve, Curve::trace);
  driver.key("K");
  EXPECT_EQ(ui.curve, Curve::portrait);
}

TEST(Interaction, SplittersAreRemembered) {
  Driver driver({1600, 1000});
  const Zones zones = lay_out({1600, 1000}, driver.session->ui(), 1);
  const float x = (zones.controls.max.x + zones.stage.min.x) / 2;
  driver.drag(x, 300, x + 60, 300);
  EXPECT_NEAR(driver.session->ui().left, 340, 2);
  const float y = (zones.stage.max.y + zones.timeline.min.y) / 2;
  driver.drag(800, y, 800, y - 50);
  EXPECT_NEAR(driver.session->ui().bottom, 170, 2);
}

TEST(Interaction, ZonesFitEveryWindow) {
  for (const float scale : {0.75f, 1.0f, 1.5f, 2.0f})
    for (const ImVec2 size :
         {ImVec2{640, 400}, ImVec2{1024, 640}, ImVec2{1600, 1000}, ImVec2{3840, 2160}})
      for (const double side : {50.0, 300.0, 5000.0}) {
        UiState state;
        state.left = state.right = state.bottom = side;
        const Zones z = lay_out(size, state, scale);
        EXPECT_GT(z.stage.width(), 0.2f * size.x) << size.x << " " << scale << " " << side;
        EXPECT_LE(z.inspector.max.x, size.x);
        EXPECT_LE(z.status.max.y, size.y);
        EXPECT_GE(z.inspector.min.x, z.stage.max.x);
        EXPECT_GE(z.stage.min.x, z.controls.max.x);
        if (size.y >= 640 * scale) {
          EXPECT_GT(z.stage.height(), 100 * scale);
        }
      }
}

TEST(Interaction, DroppedFiles) {
  Driver driver;
  open_file(*driver.session, "/tmp/holiday.jpg");
  driver.frames();
  ASSERT_FALSE(driver.now().messages->empty());
  EXPECT_EQ(driver.now().messages->back().level, Message::Level::error);
  EXPECT_NE(driver.now().messages->back().text.find("holiday.jpg"), std::string::npos);
  open_file(*driver.session, "/nowhere/net.safetensors");
  driver.frames();
  EXPECT_EQ(driver.now().messages->back().level, Message::Level::error);
  EXPECT_NE(driver.now().model, nullptr) << "what runs goes on when a file cannot be opened";
}

TEST(Interaction, EveryKeyOfTheHelpIsAKey) {
  for (const KeyBinding& binding : key_bindings())
    EXPECT_NE(key_code(parse_chord(binding.chord).key), 0) << binding.chord;
  for (const std::string& name : key_names()) EXPECT_NE(key_code(name), 0) << name;
}

TEST(Interaction, CtrlQQuits) {
  Driver driver;
  driver.key("Ctrl+Q");
  EXPECT_TRUE(driver.laboratory->transient().quit);
}

TEST(Interaction, QuittingDoesNotDropATrainingOfTransportUnasked) {
  Driver driver;
  for (const char* line : {"workspace transport", "set transport.points 100",
                           "set transport.iterations 40", "transport.start", "transport.advance 3"})
    driver.session->post(std::string_view(line));
  driver.frames(2);
  driver.key("Ctrl+Q");
  driver.frames();
  EXPECT_FALSE(driver.laboratory->transient().quit);
  driver.key("Escape");
  EXPECT_FALSE(driver.laboratory->transient().question);
  driver.session->post("transport.advance 37");
  driver.frames(2);
  driver.key("Ctrl+Q");
  EXPECT_TRUE(driver.laboratory->transient().quit) << "it is done; nothing is lost";
}

TEST(Interaction, SavingOverAnotherFileIsAskedFor) {
  const TemporaryFolder home;
  const EnvironmentGuard guard("HOME", home.path().string());
  Driver driver;
  driver.laboratory->transient().may_write = true;
  const auto file = home / "Phaseloom/test.json";
  const auto save_as = [&](const std::string& path) {
    driver.key("Ctrl+S");
    driver.frames(2);
    driver.key("Ctrl+A");
    driver.type(path);
    driver.click("save");
    driver.frames(2);
  };
  const auto text = [&] { return read_file(file, 1 << 20); };
  save_as(file.string());
  ASSERT_TRUE(std::filesystem::exists(file));
  const auto first = text();
  driver.session->set("seed", 42);
  save_as(file.string());
  EXPECT_FALSE(driver.laboratory->transient().question) << "it is this scene's own file";
  const auto second = text();
  EXPECT_NE(second, first);
  save_as((home / "other.json").string());
  driver.session->set("seed", 43);
  save_as(file.string());
  ASSERT_TRUE(driver.laboratory->transient().question);
  EXPECT_EQ(text(), second);
  driver.click("answer Cancel");
  driver.frames(2);
  EXPECT_EQ(text(), second);
  EXPECT_TRUE(driver.laboratory->transient().save_prompt) << "another name can be given";
  EXPECT_EQ(driver.laboratory->transient().prompt_path, file.string());
  driver.click("save");
  driver.frames(2);
  driver.click("answer Replace");
  EXPECT_NE(text(), second);
}

TEST(Interaction, KeysDoNotReachWhatLiesBehindADialog) {
  Driver driver;
  driver.session->post(verbs::pin, 3);
  driver.frames();
  driver.key("Ctrl+E");
  driver.frames();
  driver.click("close export");
  EXPECT_FALSE(driver.laboratory->transient().exporting);
  driver.key("Ctrl+E");
  driver.key("N");
  driver.key("3");
  EXPECT_EQ(driver.scene().round, 0);
  EXPECT_EQ(driver.session->ui().workspace, Workspace::generate);
  driver.key("Escape");
  EXPECT_FALSE(driver.laboratory->transient().exporting);
  EXPECT_EQ(driver.session->ui().pinned, 3) << "Escape closed the dialog alone";
  driver.key("N");
  EXPECT_EQ(driver.scene().round, 1);
}

TEST(Interaction, AClickBesideTheExportsClosesThemAndOneWithinDoesNot) {
  Driver driver;
  for (const char* key : {"Ctrl+E", "F1"}) {
    const Transient& t = driver.laboratory->transient();
    const auto open = [&] { return t.exporting || t.help; };
    driver.key(key);
    driver.frames();
    EXPECT_TRUE(open()) << key;
    driver.click(512, 320);
    EXPECT_TRUE(open()) << key;
    driver.click(5, 300);
    EXPECT_FALSE(open()) << key;
  }
}

TEST(Interaction, TabGoesOnFromTheButtonThatWasClicked) {
  Driver driver;
  driver.click("undo");
  driver.click("theme");
  driver.key("Tab");
  driver.key("Enter");
  EXPECT_TRUE(driver.laboratory->transient().help) << "the button beside it";
}

TEST(Interaction, QuittingDoesNotDropAFilmUnasked) {
  const TemporaryFolder folder;
  SessionOptions options = test::small_options(true);
  options.scene.model = "long";
  options.scene.wall = 20;
  Driver driver({1024, 640}, 1, options);
  const auto until = [&](auto done) {
    for (int i = 0; i < 6000 && !done(); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
      driver.session->update();
    }
    return done();
  };
  ASSERT_TRUE(until([&] { return driver.now().model != nullptr; }));
  driver.session->post(verbs::export_film, (folder / "step-####.png").string());
  ASSERT_TRUE(until([&] { return driver.session->film()->pictures > 0; }));
  driver.key("Ctrl+Q");
  const Transient& transient = driver.laboratory->transient();
  EXPECT_FALSE(transient.quit);
  ASSERT_TRUE(transient.question);
  EXPECT_NE(transient.question->words.find("still being written"), std::string::npos);
  driver.frames();
  driver.click("answer Cancel");
  EXPECT_FALSE(transient.question);
  EXPECT_FALSE(transient.quit);
  EXPECT_EQ(driver.session->film()->state, FilmSnapshot::State::writing);
  driver.key("Ctrl+Q");
  driver.frames();
  driver.click("answer Quit");
  EXPECT_TRUE(transient.quit);
}

}  // namespace
}  // namespace phaseloom
