// SPDX-License-Identifier: MIT
// Sweeps and chips as parts of a session, by commands; what they measure is tested with their jobs.

#include "app/session/sweep_part.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "app/document/assets.hpp"
#include "app/session/chips_part.hpp"
#include "app/session/session.hpp"
#include "tests/app/session/small_pictures.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr const char* kCell = "mnist-shil_b4_d1_n0_m0_s1";

/// A shipped network of as few steps as it takes, on small pictures.
SessionOptions hardware_options() {
  SessionOptions options;
  options.scene.model = "mnist-shil";
  options.scene.playing = false;
  options.scene.wall = 2;
  options.ui.workspace = Workspace::hardware;
  options.ui.hardware.page = DesignView::Page::sweep;
  options.training = test::small_training();
  options.threaded = false;
  return options;
}

std::string last_message(const Session& session) {
  const auto& messages = *session.snapshot()->messages;
  return messages.empty() ? "" : messages.back().text;
}

std::string read(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class Sweeps : public ::testing::Test {
 protected:
  void post(std::initializer_list<const char*> lines) {
    for (const char* line : lines) session.post(std::string_view(line));
  }
  void start() {
    post({"set sweep.bits 4 2", "set sweep.densities 1 0.5", "set sweep.samples 100"});
    session.post("sweep.start " + sweep_folder);
  }
  const SweepSnapshot& sweep() { return *session.part<SweepPart>().latest(); }

  const TemporaryFolder folder;
  const std::string sweep_folder = (folder / "sweep").string();
  Session session{hardware_options()};
};

TEST_F(Sweeps, GoCellByCell) {
  session.update();
  start();
  EXPECT_EQ(sweep().total, 4) << last_message(session);
  EXPECT_TRUE(sweep().running);
  EXPECT_EQ(sweep().done, 0) << "a script's comes to rest before its first cell";
  EXPECT_EQ(session.ui().hardware.folder, sweep_folder);
  post({"sweep.advance 1"});
  EXPECT_EQ(sweep().done, 1);
  post({"sweep.stop"});
  EXPECT_FALSE(sweep().running);
  EXPECT_EQ(sweep().done, 1);
  post({"sweep.go_on", "sweep.advance 100"});
  EXPECT_EQ(sweep().done, 4);
  EXPECT_FALSE(sweep().running);
  for (const auto& place : sweep().table->places) {
    ASSERT_TRUE(place.row);
    EXPECT_FALSE(place.row->failed()) << place.row->problem;
  }
}

TEST_F(Sweeps, ACellComesToTheWallInOneEntryOfUndo) {
  session.update();
  start();
  post({"sweep.advance 100", "set hardware.phase_noise 0.5", "set wall 3"});
  const Scene before = session.scene();
  post({"sweep.show mnist-shil_b2_d0.5_n0_m0_s1"});
  EXPECT_EQ(session.scene().hardware.bits, 2) << last_message(session);
  EXPECT_EQ(session.scene().hardware.density, 0.5);
  EXPECT_EQ(session.scene().hardware.phase_noise, 0) << "which a sweep's cells are without";
  EXPECT_EQ(session.scene().model, "mnist-shil") << "it is the shipped one";
  EXPECT_EQ(session.scene().wall, 3);
  post({"undo"});
  EXPECT_EQ(session.scene(), before);
}

TEST_F(Sweeps, ANetworkOfTheSweepsOwnComesFromItsFolder) {
  session.update();
  const auto file = folder / "mine.safetensors";
  std::filesystem::copy_file(model_file("mnist-shil"), file);
  session.set("model", file.string());
  start();
  post({"sweep.advance 1", "set model mnist-shil"});
  post({"sweep.show mine_b4_d1_n0_m0_s1"});
  EXPECT_EQ(session.scene().model, sweep_folder + "/networks/mine.safetensors");
}

TEST_F(Sweeps, WhatIsNotThereIsSaid) {
  session.update();
  post({"sweep.show nothing"});
  EXPECT_THAT(last_message(session), HasSubstr("no sweep is open"));
  post({"sweep.go_on"});
  EXPECT_THAT(last_message(session), HasSubstr("no sweep is open"));
  post({"sweep.pause"});
  EXPECT_THAT(last_message(session), HasSubstr("sweep.start"));
  start();
  post({"sweep.show nothing"});
  EXPECT_THAT(last_message(session), HasSubstr(std::string("the first one is ") + kCell));
  const Scene before = session.scene();
  session.post(std::string("sweep.show ") + kCell);
  EXPECT_THAT(last_message(session), HasSubstr("not been worked on yet"));
  EXPECT_EQ(session.scene(), before);
  post({"sweep.close"});
  EXPECT_THAT(last_message(session), HasSubstr("sweep.stop"));
  session.post("sweep.open " + (folder / "none").string());
  EXPECT_EQ(session.ui().hardware.folder, sweep_folder) << "while it is worked on";
}

TEST_F(Sweeps, AreClosedOpenedAndWritten) {
  session.update();
  start();
  post({"sweep.advance 2", "sweep.stop"});
  session.post("sweep.export " + (folder / "t.csv").string());
  session.post("sweep.export " + (folder / "map.svg").string());
  session.post("sweep.export " + (folder / "pareto.svg").string());
  session.update();
  EXPECT_THAT(read(folder / "t.csv"), HasSubstr("mnist-shil,4,"));
  EXPECT_THAT(read(folder / "map.svg"), HasSubstr("<svg"));
  EXPECT_NE(read(folder / "pareto.svg"), read(folder / "map.svg"));
  post({"sweep.close"});
  EXPECT_EQ(sweep().total, 0);
  EXPECT_EQ(session.ui().hardware.folder, "");
  session.post("sweep.open " + sweep_folder);
  EXPECT_EQ(sweep().total, 4);
  EXPECT_EQ(sweep().done, 2);
  EXPECT_FALSE(sweep().running);
}

// What was there at the end is there at the next start.
TEST_F(Sweeps, TheRememberedFolderIsOpenedWhenItsPageIsSeen) {
  session.update();
  start();
  post({"sweep.advance 1", "sweep.stop"});
  SessionOptions options = hardware_options();
  options.ui.hardware.folder = sweep_folder;
  options.ui.hardware.page = DesignView::Page::costs;
  Session next(std::move(options));
  next.update();
  EXPECT_EQ(next.part<SweepPart>().latest()->total, 0) << "nobody looks at it";
  next.post("hardware.show sweep");
  next.update();
  next.update();
  EXPECT_EQ(next.part<SweepPart>().latest()->done, 1);
  SessionOptions gone = hardware_options();
  gone.ui.hardware.folder = (folder / "gone").string();
  Session other(std::move(gone));
  other.update();
  other.update();
  EXPECT_THAT(other.part<SweepPart>().latest()->problem, HasSubstr("no folder of a sweep"));
}

TEST_F(Sweeps, WithoutPicturesTheySayHowToGetThem) {
  SessionOptions options = hardware_options();
  options.training = test::training_without_pictures();
  Session without(std::move(options));
  without.update();
  without.post("set sweep.bits 4");
  without.post("sweep.start " + sweep_folder);
  without.update();
  EXPECT_FALSE(without.part<SweepPart>().latest()->problem.empty());
  EXPECT_FALSE(without.part<SweepPart>().latest()->running);
  without.post("chips.start");
  without.update();
  EXPECT_FALSE(without.part<ChipsPart>().latest()->problem.empty());
}

class Chips : public Sweeps {
 protected:
  const ChipsSnapshot& chips() { return *session.part<ChipsPart>().latest(); }
  void build(int devices) {
    post({"hardware.show chips", "set hardware.bits 4", "set chips.samples 100",
          "set chips.mismatch 0.1", "set chips.mismatches 0.5 0.1"});
    session.set("chips.devices", devices);
    post({"chips.start"});
  }
};

TEST_F(Chips, AreBuiltMismatchByMismatch) {
  session.update();
  build(2);
  EXPECT_TRUE(chips().running) << last_message(session);
  EXPECT_EQ(chips().total, 4) << "a mismatch that is there twice is built once";
  EXPECT_EQ(chips().done, 0);
  post({"chips.advance 1"});
  EXPECT_EQ(chips().done, 1);
  post({"chips.advance 100"});
  EXPECT_EQ(chips().done, 4);
  ASSERT_EQ(chips().populations->size(), 2u);
  EXPECT_EQ(chips().populations->at(0).mismatch, 0.1);
  EXPECT_EQ(chips().populations->at(1).mismatch, 0.5);
  EXPECT_NE(chips().populations->at(0).chips.at(0).relative,
            chips().populations->at(0).chips.at(1).relative);
  EXPECT_EQ(shown_mismatch(chips(), 99), 1);
  EXPECT_EQ(shown_mismatch(ChipsSnapshot{}, 0), -1);
}

TEST_F(Chips, ADeviceComesToTheWallInOneEntryOfUndo) {
  session.update();
  build(3);
  post({"chips.advance 6", "chips.mismatch 1", "set hardware.bits 8"});
  const Scene before = session.scene();
  post({"chips.show 2"});
  EXPECT_EQ(session.scene().hardware.device, 2u) << last_message(session);
  EXPECT_EQ(session.scene().hardware.mismatch, 0.5);
  EXPECT_EQ(session.scene().hardware.bits, 4) << "as it was built";
  post({"undo"});
  EXPECT_EQ(session.scene(), before);
  post({"chips.show 4"});
  EXPECT_THAT(last_message(session), HasSubstr("there are 1 to 3"));
}

TEST_F(Chips, SayWhenTheyWereMadeOtherwise) {
  session.update();
  build(1);
  post({"chips.advance 100"});
  const Scene& begun = session.part<ChipsPart>().begun_with();
  EXPECT_EQ(made_otherwise(session.scene(), begun), "");
  post({"chips.show 1"});
  EXPECT_EQ(made_otherwise(session.scene(), begun), "") << "it is one of them that is on the wall";
  post({"set chips.limit 0.3"});
  EXPECT_EQ(made_otherwise(session.scene(), begun), "") << "it changes no device";
  post({"set hardware.density 0.5"});
  EXPECT_THAT(made_otherwise(session.scene(), begun), StartsWith("Made with mnist-shil, 4 bits"));
}

TEST_F(Chips, AreWrittenAsATable) {
  session.update();
  session.post("chips.export " + (folder / "c.csv").string());
  EXPECT_FALSE(std::filesystem::exists(folder / "c.csv")) << "there is none yet";
  post({"chips.show 1"});
  EXPECT_THAT(last_message(session), HasSubstr("chips.start"));
  build(2);
  post({"chips.advance 100"});
  session.post("chips.export " + (folder / "c.csv").string());
  session.update();
  EXPECT_EQ(parse_chips(read(folder / "c.csv"), "c.csv").size(), 2u);
}

TEST_F(Chips, NeedANetwork) {
  post({"set model nothing"});
  session.update();
  SessionOptions options = hardware_options();
  options.scene.model = "nothing";
  Session without(std::move(options));
  without.update();
  without.post("chips.start");
  EXPECT_THAT(last_message(without), HasSubstr("no model is running"));
}

}  // namespace
}  // namespace phaseloom
