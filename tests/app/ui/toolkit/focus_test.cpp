// SPDX-License-Identifier: MIT
// Every control within reach of the keyboard alone.

#include "app/ui/toolkit/focus.hpp"

#include <gtest/gtest.h>
#include <imgui.h>

#include <filesystem>
#include <set>
#include <utility>

#include "app/commands/verbs.hpp"
#include "app/ui/generate/view.hpp"
#include "tests/app/session/small_thermo.hpp"
#include "tests/app/ui/driver.hpp"
#include "tests/support/environment.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

class Keyboard : public testing::Test {
 protected:
  explicit Keyboard(SessionOptions options = test_session_options())
      : driver({1280, 900}, 1, std::move(options)) {}

  Focus& focus() { return driver.laboratory->transient().focus; }
  const UiState& ui() { return driver.session->ui(); }

  /// Tab by Tab to a control; a failure if it is not on the way.
  bool to(const std::string& name) {
    if (focus().on) driver.key("Escape");
    for (int i = 0; i < 150; ++i) {
      driver.key("Tab");
      driver.frames();  // a zone that had to be scrolled has been
      if (!driver.has(name) || !focus().on) continue;
      const Box place = driver.place(name), &ring = focus().box;
      const float x = (place.min.x + place.max.x) / 2, y = (place.min.y + place.max.y) / 2;
      if (x >= ring.min.x && x <= ring.max.x && y >= ring.min.y && y <= ring.max.y &&
          ring.height() < place.height() + 20)
        return true;
    }
    ADD_FAILURE() << "Tab does not come to " << name;
    return false;
  }

  Driver driver;
};

class KeyboardInThermo : public Keyboard {
 protected:
  KeyboardInThermo() : Keyboard(test::thermo_options()) {}
  const ThermoView& view() { return ui().thermo; }
};

TEST_F(Keyboard, ReachesEveryControl) {
  for (const auto section : names_of<Section>())
    driver.session->post(verbs::section, section, "open");
  driver.session->set("hardware.bits", 4);
  driver.session->set("hardware.mismatch", 0.1);
  driver.session->post(verbs::compare, "split");
  driver.session->post(verbs::pin, 3);
  driver.session->post(verbs::pick, 400);
  driver.session->post(verbs::curve, "portrait");
  driver.session->post(verbs::tool, "hold");
  driver.frames(2);
  for (const char* name : {"workspace Generate",
                           "workspace Train",
                           "undo",
                           "save",
                           "export",
                           "theme",
                           "help",
                           "model",
                           "section hardware",
                           "all",
                           "hardware.bits",
                           "hardware.bits ideal",
                           "hardware.grid",
                           "hardware.density",
                           "hardware.weight_noise",
                           "hardware.mismatch",
                           "hardware.device",
                           "hardware.phase_noise",
                           "section trail",
                           "cost.hold",
                           "section noise",
                           "seed",
                           "noise_width",
                           "new",
                           "section time",
                           "integrator",
                           "steps_per_chunk",
                           "section wall",
                           "wall",
                           "hold",
                           "new_noise_after_hold",
                           "section cost",
                           "cost.preset",
                           "cost.cell",
                           "cost.eta",
                           "cost.batch",
                           "Phase",
                           "layer",
                           "compare",
                           "Split",
                           "divider",
                           "unpin",
                           "sample",
                           "tool look",
                           "tool hold",
                           "brush",
                           "tone",
                           "Portrait",
                           "stage curve",
                           "stage kernel",
                           "stage order",
                           "trail fade",
                           "section kernel",
                           "section network",
                           "section facts",
                           "restart",
                           "back",
                           "play",
                           "step",
                           "noise",
                           "speed",
                           "strip",
                           "splitter left",
                           "splitter right",
                           "splitter bottom"})
    EXPECT_TRUE(to(name)) << name;
}

TEST_F(Keyboard, ReachesTraining) {
  driver.key("3");
  driver.frames(2);
  for (const char* name : {"train.dataset", "train.substrate", "train.chunks", "train.labels",
                           "train.loss", "train.minutes", "train.seed", "start", "splitter plots"})
    EXPECT_TRUE(to(name)) << name;
}

TEST_F(Keyboard, ReachesHardware) {
  driver.session->post("workspace hardware");
  driver.session->post("set cost.e_osc 12");
  driver.frames(2);
  for (const char* name :
       {"Sweep", "model", "hardware.bits", "hardware.density", "cost.hold", "cost.preset",
        "cost.eta", "held save_and_reprogram", "held weight_stationary", "reset constants",
        "cost.f", "cost.e_osc", "cost.e_osc reset", "cost.P_hold"})
    EXPECT_TRUE(to(name));
  ASSERT_TRUE(to("held weight_stationary"));
  driver.key("Enter");
  driver.frames();
  EXPECT_EQ(driver.scene().cost.hold, ChunkHold::weight_stationary);
  ASSERT_TRUE(to("cost.e_osc"));
  driver.key("Right");
  driver.frames();
  EXPECT_GT(constants_of(driver.scene().cost).osc_energy, 12);
  ASSERT_TRUE(to("cost.e_osc reset"));
  driver.key("Enter");
  driver.frames();
  EXPECT_EQ(own_constants(driver.scene().cost), "");
  driver.session->post("hardware.show sweep");
  driver.frames(2);
  for (const char* name : {"sweep results", "sweep.models", "sweep.bits", "sweep.mismatches",
                           "sweep.samples", "sweep.way", "begin sweep", "start sweep"})
    EXPECT_TRUE(to(name));
  driver.session->post("hardware.show chips");
  driver.frames(2);
  for (const char* name : {"chips.devices", "chips.mismatch", "chips.mismatches", "chips.samples",
                           "chips.limit", "begin chips", "start chips"})
    EXPECT_TRUE(to(name));
  driver.session->post("hardware.show circuit");
  driver.frames(2);
  for (const char* name :
       {"hardware.weight_noise", "hardware.mismatch", "hardware.phase_noise", "circuit.tile",
        "circuit.sample", "circuit.sample +", "circuit.reltol", "begin circuit", "start circuit"})
    EXPECT_TRUE(to(name)) << name;
}

TEST_F(KeyboardInThermo, ReachesEveryControl) {
  driver.session->post("thermo.train");
  driver.session->post("thermo.advance 2");
  for (const char* line : {"set thermo.temperature 0.2", "set thermo.bits 4",
                           "set thermo.update_bits 8", "set thermo.update_noise 0.1"})
    driver.session->post(line);
  driver.frames(2);
  for (const char* name : {"workspace Thermo",
                           "computer",
                           "thermo.temperature",
                           "thermo.temperature ideal",
                           "thermo.bits",
                           "thermo.bits ideal",
                           "thermo.wall",
                           "thermo.samples",
                           "thermo.run_seed",
                           "prototype 0",
                           "prototype 9",
                           "drawing place 1",
                           "thermo.rule",
                           "thermo.compare",
                           "thermo.labels",
                           "thermo.cycles",
                           "thermo.hidden",
                           "thermo.visible_biases",
                           "thermo.update_bits",
                           "thermo.update_bits ideal",
                           "thermo.stochastic_rounding",
                           "thermo.update_noise",
                           "thermo.update_noise ideal",
                           "thermo.seed",
                           "thermo.projection_seed",
                           "Visible",
                           "noising",
                           "reverse",
                           "heat wall",
                           "heat restart",
                           "heat play",
                           "thermo pause",
                           "thermo stop",
                           "thermo keep",
                           "heat time",
                           "splitter left",
                           "splitter plots",
                           "splitter bottom"})
    EXPECT_TRUE(to(name)) << name;
  driver.session->post("heat.show fields");
  driver.frames(2);
  EXPECT_TRUE(to("fields"));
}

TEST_F(KeyboardInThermo, LeadsTheUnitThatIsFollowed) {
  ASSERT_TRUE(to("reverse"));
  driver.key("Enter");
  EXPECT_EQ(view().picked, 0) << "there was none: the first";
  driver.key("Right");
  driver.key("Down");
  EXPECT_EQ(view().picked, 28 + 1);
  driver.key("Left");
  driver.key("Left");
  driver.key("Up");
  driver.key("Up");
  EXPECT_EQ(view().picked, 0) << "the edge is the end";
  driver.key("End");
  EXPECT_EQ(view().picked, 783);
  EXPECT_EQ(view().time, 1) << "the clock was let alone";
  driver.session->post("heat.show fields");
  driver.frames(2);
  ASSERT_TRUE(to("fields"));
  driver.key("Space");
  EXPECT_EQ(view().picked, 784) << "the first hidden one";
  EXPECT_FALSE(view().playing) << "Space was the pane's";
  driver.key("Right");
  EXPECT_EQ(view().picked, 785);
}

TEST_F(KeyboardInThermo, ChoosesPrototypeAndSample) {
  ASSERT_TRUE(to("noising"));
  driver.key("Enter");
  EXPECT_EQ(view().prototype, 1);
  driver.key("Right");
  EXPECT_EQ(view().prototype, 0) << "the first comes after the last";
  driver.key("Left");
  EXPECT_EQ(view().prototype, 1);
  ASSERT_TRUE(to("heat wall"));
  driver.key("Right");
  EXPECT_EQ(view().sample, 1);
  driver.key("Down");
  EXPECT_EQ(view().sample, 3);
  driver.key("Home");
  EXPECT_EQ(view().sample, 0);
}

TEST_F(KeyboardInThermo, WhereTheKeysAreOnALargeWallIsSeen) {
  driver.session->set("thermo.wall", 8);
  driver.session->post("zoom 4 0 0");
  driver.frames(2);
  ASSERT_TRUE(to("heat wall"));
  driver.key("End");
  driver.frames(2);
  EXPECT_EQ(view().sample, 63);
  EXPECT_GT(ui().zoom_of(Workspace::thermo).x, 0.8);
  EXPECT_GT(ui().zoom_of(Workspace::thermo).y, 0.8);
}

TEST_F(Keyboard, PressesButtonsAndTabs) {
  ASSERT_TRUE(to("theme"));
  driver.key("Enter");
  EXPECT_EQ(ui().theme, Theme::light);
  driver.key("Space");
  EXPECT_EQ(ui().theme, Theme::dark);
  EXPECT_FALSE(driver.scene().playing) << "Space was the button's";
  driver.key("Escape");
  driver.key("Space");
  EXPECT_TRUE(driver.scene().playing) << "and is everybody's again";
  ASSERT_TRUE(to("workspace Train"));
  driver.key("Enter");
  EXPECT_EQ(ui().workspace, Workspace::train);
}

TEST_F(Keyboard, MovesAndTypesInSliders) {
  ASSERT_TRUE(to("hardware.bits"));
  driver.key("Right");
  EXPECT_EQ(driver.scene().hardware.bits, 8);
  driver.key("End");
  EXPECT_EQ(driver.scene().hardware.bits, 1);
  driver.key("Home");
  EXPECT_EQ(driver.scene().hardware.bits, 0);
  EXPECT_EQ(driver.now().step, 0) << "Right was the slider's";
  ASSERT_TRUE(to("hardware.density"));
  driver.key("Left");
  EXPECT_LT(driver.scene().hardware.density, 1);
  EXPECT_GT(driver.scene().hardware.density, 0.95);
  driver.key("Enter");
  driver.type("0.25");
  driver.key("Enter");
  driver.frames();
  EXPECT_EQ(driver.scene().hardware.density, 0.25);
  driver.key("Ctrl+Z");
  EXPECT_NE(driver.scene().hardware.density, 0.25);
}

TEST_F(Keyboard, AHeldKeyIsOneEntryOfUndo) {
  ASSERT_TRUE(to("hardware.density"));
  InputEvent event;
  event.chord = parse_chord("Left");
  event.kind = InputEvent::Kind::key_down;
  for (int i = 0; i < 5; ++i) {
    driver.laboratory->input(event);
    driver.frames();
  }
  event.kind = InputEvent::Kind::key_up;
  driver.laboratory->input(event);
  driver.frames(2);
  EXPECT_LT(driver.scene().hardware.density, 0.95);
  driver.key("Left");
  driver.key("Ctrl+Z");
  driver.key("Ctrl+Z");
  EXPECT_EQ(driver.scene().hardware.density, 1);
}

TEST_F(Keyboard, CountsAndTypesTheSeed) {
  ASSERT_TRUE(to("seed"));
  const auto seed = driver.scene().seed;
  driver.key("Up");
  EXPECT_EQ(driver.scene().seed, seed + 1);
  driver.key("Enter");
  driver.frames();
  driver.key("Ctrl+A");
  driver.type("77");
  driver.key("Enter");
  driver.frames();
  EXPECT_EQ(driver.scene().seed, 77u);
}

TEST_F(Keyboard, ChoosesFromListsAndRows) {
  for (const auto section : {"time", "wall"}) driver.session->post(verbs::section, section, "open");
  driver.frames();
  ASSERT_TRUE(to("integrator"));
  driver.key("Down");
  EXPECT_EQ(driver.scene().integrator, Integrator::euler);
  driver.key("Enter");  // opens the list
  driver.frames(3);
  driver.key("Escape");
  driver.frames(3);
  EXPECT_EQ(driver.scene().integrator, Integrator::euler);
  driver.key("Enter");
  driver.frames(3);
  driver.key("Down");
  driver.key("Enter");
  driver.frames(3);
  EXPECT_EQ(driver.scene().integrator, Integrator::midpoint);
  EXPECT_FALSE(driver.scene().playing);
  ASSERT_TRUE(to("Intensity"));
  driver.key("Right");
  EXPECT_EQ(ui().view.quantity, View::Quantity::phase);
  ASSERT_TRUE(to("layer"));
  driver.key("Down");
  EXPECT_EQ(ui().view.layer, 1);
  ASSERT_TRUE(to("new_noise_after_hold"));
  const bool loop = driver.scene().new_noise_after_hold;
  driver.key("Space");
  EXPECT_NE(driver.scene().new_noise_after_hold, loop);
}

TEST_F(Keyboard, PicksOnTheWall) {
  ASSERT_TRUE(to("wall"));
  while (focus().box.width() < 300) driver.key("Tab");  // the slider has the same name
  driver.key("Right");
  driver.key("Down");
  driver.key("Shift+Right");
  EXPECT_EQ(driver.laboratory->transient().hovered_lane, 1) << "it is enlarged";
  driver.key("Enter");
  EXPECT_EQ(ui().pinned, 1);
  EXPECT_EQ(ui().picked, 28 + 1);
  driver.frames();
  ASSERT_TRUE(to("sample"));
}

TEST_F(Keyboard, MovesAlongTheTimelineAndTheSplitters) {
  ASSERT_TRUE(to("strip"));
  driver.key("End");
  EXPECT_EQ(driver.now().step, 48);
  driver.key("PageUp");
  EXPECT_EQ(driver.now().step, 40);
  driver.key("Left");
  EXPECT_EQ(driver.now().step, 39);
  ASSERT_TRUE(to("splitter left"));
  const double left = ui().left;
  driver.key("Right");
  EXPECT_EQ(ui().left, left + 10);
}

TEST_F(Keyboard, PicksAPartnerOnTheKernel) {
  driver.session->post(verbs::pick, 400);
  driver.session->post(verbs::section, "kernel", "open");
  driver.frames(2);
  ASSERT_TRUE(to("kernel"));
  driver.key("Right");
  const int first = driver.laboratory->transient().kernel_cursor;
  EXPECT_GE(first, 0);
  driver.key("Down");
  EXPECT_GT(driver.laboratory->transient().kernel_cursor, first) << "a row further";
  driver.key("Up");
  driver.key("Enter");
  EXPECT_EQ(ui().partner, driver.laboratory->transient().kernel_cursor);
  EXPECT_EQ(ui().curve, Curve::pair);
}

TEST_F(Keyboard, SaysWhatTheControlIs) {
  ASSERT_TRUE(to("theme"));
  const auto shown = [&] { return driver.has("hint"); };
  driver.frames(30);
  EXPECT_FALSE(shown()) << "after half a second";
  driver.frames(30);
  EXPECT_TRUE(shown());
  driver.key("Tab");
  driver.frames(2);
  EXPECT_FALSE(shown()) << "a key sends it away";
}

TEST_F(Keyboard, FoldsSections) {
  ASSERT_TRUE(to("section noise"));
  EXPECT_TRUE(driver.has("seed"));
  driver.key("Enter");
  driver.frames();
  EXPECT_FALSE(driver.has("seed"));
  driver.key("Enter");
  driver.frames();
  EXPECT_TRUE(driver.has("seed"));
}

TEST_F(Keyboard, F6GoesFromZoneToZone) {
  std::set<float> lefts;
  for (int i = 0; i < 6; ++i) {
    driver.key("F6");
    lefts.insert(focus().box.min.x * 10 + focus().box.min.y);
  }
  EXPECT_EQ(lefts.size(), 6u);
  driver.click(640, 5);
  EXPECT_FALSE(focus().on) << "a click gives the keys back";
}

TEST_F(Keyboard, ExportsFromTheDialog) {
  driver.key("Ctrl+E");
  driver.frames(2);
  EXPECT_TRUE(driver.has("export Images on the wall PNG"));
  EXPECT_TRUE(focus().on) << "the first button is ready";
  driver.key("Enter");
  driver.frames();
  EXPECT_NE(driver.now().messages->back().text.find("export FILE"), std::string::npos)
      << "off-screen, the window writes nothing of its own";
  driver.key("Ctrl+E");
  driver.frames(2);
  driver.key("Escape");
  driver.frames(2);
  EXPECT_FALSE(driver.has("close export"));
}

TEST_F(Keyboard, WritesARowOfPicturesFromTheDialog) {
  const TemporaryFolder home;
  const EnvironmentGuard guard("HOME", home.path().string());
  driver.laboratory->transient().may_write = true;
  driver.key("Ctrl+E");
  driver.frames(2);
  for (int i = 0; i < 4; ++i) driver.key("Tab");  // PNG, NPY, NPY, MP4, and
  driver.key("Enter");
  driver.frames(2);
  EXPECT_TRUE(std::filesystem::exists(home / "Phaseloom/test-seed1-round0-forming/step-048.png"))
      << driver.now().messages->back().text;
  EXPECT_TRUE(focus().on) << "the keys are not lost in the dialog";
}

TEST_F(Keyboard, OpensWhatIsTyped) {
  const TemporaryFolder folder;
  Scene other = driver.scene();
  other.seed = 77;
  save_scene((folder / "other.json").string(), other);
  driver.key("Ctrl+O");
  driver.frames(3);
  driver.type((folder / "other.json").string());
  driver.key("Enter");
  driver.frames(3);
  EXPECT_EQ(driver.scene().seed, 77u);
  EXPECT_EQ(driver.now().scene_file, (folder / "other.json").string());
  // What cannot be read leaves the scene, and its name, as they are.
  driver.key("Ctrl+O");
  driver.frames(3);
  driver.type("/nowhere.json");
  driver.key("Enter");
  driver.frames(3);
  EXPECT_EQ(driver.now().scene_file, (folder / "other.json").string());
  EXPECT_EQ(driver.now().messages->back().level, Message::Level::error);
}

TEST_F(Keyboard, TypesWhereToSaveAgain) {
  driver.key("Ctrl+S");
  driver.frames(3);
  driver.key("Tab");  // leaves the text field, for Cancel, Save, and the field again
  for (int i = 0; i < 3 && focus().box.width() < 200; ++i) driver.key("Tab");
  EXPECT_GT(focus().box.width(), 200) << "the field";
  driver.key("Enter");
  driver.frames(2);
  driver.key("Ctrl+A");
  driver.type("x.json");
  driver.frames();
  EXPECT_EQ(driver.laboratory->transient().prompt_path, "x.json");
}

}  // namespace
}  // namespace phaseloom
