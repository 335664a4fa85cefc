// SPDX-License-Identifier: MIT
// The pages of sweeps and chips under a hand.

#include "app/session/sweep_part.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "app/commands/hardware_verbs.hpp"
#include "app/session/chips_part.hpp"
#include "app/ui/toolkit/export.hpp"
#include "tests/app/session/small_pictures.hpp"
#include "tests/app/ui/driver.hpp"
#include "tests/app/ui/golden.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

SessionOptions hardware_options(DesignView::Page page) {
  SessionOptions options = test_quality_options();
  options.ui.workspace = Workspace::hardware;
  options.ui.hardware.page = page;
  options.scene.sweep.models = {"mnist-shil"};
  options.scene.sweep.bits = {4, 2};
  options.scene.sweep.densities = {1, 0.5};
  options.scene.sweep.samples = 100;
  options.scene.chips.devices = 5;
  options.scene.chips.samples = 100;
  options.scene.chips.mismatches = {0.5};
  return options;
}

class SweepPage : public ::testing::Test {
 protected:
  void open(Extent extent = {1024, 640}) {
    driver = std::make_unique<Driver>(extent, 1, hardware_options(DesignView::Page::sweep));
    driver->frames(2);
  }
  void sweep(int cells) {
    driver->session->post(verbs::sweep_start, (folder / "sweep").string());
    driver->session->post(verbs::sweep_advance, cells);
    driver->frames(2);
  }
  const SweepSnapshot& now() { return *driver->session->part<SweepPart>().latest(); }
  /// The middle of a cell of a map of two by two.
  void click_cell(const char* map, int row, int column) {
    const Box box = driver->place(map);
    driver->click(box.min.x + (0.25f + 0.5f * static_cast<float>(column)) * box.width(),
                  box.min.y + (0.25f + 0.5f * static_cast<float>(row)) * box.height());
    driver->frames(2);
  }

  /// Somebody else is at a cell of the sweep.
  void work(const std::string& cell, const std::string& worker, double seconds, double fraction) {
    const auto claim = folder / "sweep/work" / ("mnist-shil_" + cell + "_n0_m0_s1.1");
    std::filesystem::create_directories(claim);
    std::ofstream(claim / "worker") << worker << "mark 0-1.1\n";
    std::ofstream(claim / "beat") << print_beat({1, seconds, fraction});
  }
  /// Tab until that has the focus.
  void focus_on(Box box) {
    const Focus& focus = driver->laboratory->transient().focus;
    const auto there = [&] {
      return focus.on && std::abs(focus.box.min.x - box.min.x) < 12 &&
             std::abs(focus.box.max.y - box.max.y) < 4;
    };
    for (int i = 0; i < 100 && !there(); ++i) {
      driver->key("Tab");
      driver->frames();
    }
    ASSERT_TRUE(there());
  }
  /// Without the folder's name, which is another one each time.
  Picture picture() {
    const Box strip = driver->place("how far");
    Picture picture = driver->picture();
    for (int y = static_cast<int>(strip.min.y); y < static_cast<int>(strip.max.y) + 6; ++y)
      for (int x = 0; x < picture.width * picture.channels; ++x)
        picture.pixels[static_cast<std::size_t>(y * picture.width * picture.channels + x)] = 0;
    return picture;
  }

  const TemporaryFolder folder;
  std::unique_ptr<Driver> driver;
};

TEST_F(SweepPage, GoldenWithNothingSwept) {
  open();
  const Picture before = driver->picture();
  EXPECT_TRUE(matches_golden(before, "sweep_empty"));
  driver->session->post("set sweep.bits 4 3 2");
  driver->frames(2);
  EXPECT_FALSE(alike(driver->picture(), before, {0.001, 0.00001})) << "more cells should be said";
}

TEST_F(SweepPage, GoldenOnItsWay) {
  open({1440, 900});
  sweep(3);
  driver->session->post("zoom 1");
  const Picture before = picture();
  EXPECT_TRUE(matches_golden(before, "sweep_running"));
  driver->session->post(verbs::sweep_advance, 1);
  driver->frames(2);
  EXPECT_FALSE(alike(picture(), before)) << "another cell should be seen";
}

TEST_F(SweepPage, GoldenWithWorkers) {
  open();
  driver->session->post("set sweep.bits 8 7 6 5 4 3 2 1");
  sweep(1);
  EXPECT_FALSE(driver->has("sweep workers")) << "nobody works between two steps";
  work("b8_d0.5", "host render-7.cluster.department.university.example.org\nprocess 1234567\n",
       4000, 0.07);
  work("b7_d1", "host node17\nprocess 42\n", 754, 0.5);
  work("b7_d0.5", "damaged", 12, 1);
  for (const char* cell : {"b6_d1", "b6_d0.5", "b5_d1", "b5_d0.5"})
    work(cell, "host node18\nprocess 43\n", 30, 0.25);
  driver->session->post(verbs::sweep_advance, 1);
  driver->frames(2);
  ASSERT_EQ(now().at_work.size(), 7u);
  const Picture before = picture();
  EXPECT_TRUE(matches_golden(before, "sweep_workers"));
  // Those that have no room are scrolled to, by wheel and keys.
  const std::string own = "worker mnist-shil_b7_d1_n0_m0_s1";
  const Box first = driver->place(own);
  const auto top = [&] { return driver->place(own).min.y; };
  driver->move((first.min.x + first.max.x) / 2, (first.min.y + first.max.y) / 2);
  InputEvent wheel;
  wheel.kind = InputEvent::Kind::scroll;
  wheel.y = -20;
  driver->laboratory->input(wheel);
  driver->frames(3);
  EXPECT_LT(top(), first.min.y);
  const Box board = driver->place("sweep workers");
  focus_on(board);
  driver->key("Home");
  driver->frames(2);
  EXPECT_EQ(top(), first.min.y);
  driver->key("Down");
  driver->frames(2);
  EXPECT_LT(top(), first.min.y);
  work("b7_d1", "host node17\nprocess 42\n", 764, 0.9);
  driver->session->post(verbs::sweep_advance, 1);
  driver->frames(2);
  EXPECT_EQ(now().at_work.front().job, "mnist-shil_b7_d1_n0_m0_s1");
  EXPECT_EQ(now().at_work.front().fraction, 0.9);
}

TEST_F(SweepPage, AClickPutsACellOnTheWall) {
  open();
  sweep(3);
  const Scene before = driver->scene();
  click_cell("quality map", 1, 0);
  EXPECT_EQ(driver->scene().hardware.bits, 2);
  EXPECT_EQ(driver->scene().hardware.density, 1);
  EXPECT_EQ(driver->session->ui().workspace, Workspace::generate);
  driver->key("Ctrl+Z");
  EXPECT_EQ(driver->scene(), before) << "one entry of undo";
  driver->key("6");
  driver->frames(2);
  click_cell("energy map", 1, 1);
  EXPECT_EQ(driver->session->ui().workspace, Workspace::hardware) << "it is not worked on yet";
  EXPECT_EQ(driver->scene(), before);
  driver->session->post(verbs::sweep_advance, 10);
  driver->frames(2);
  click_cell("energy map", 1, 1);
  EXPECT_EQ(driver->scene().hardware.density, 0.5);
}

TEST_F(SweepPage, TheKeysGoFromCellToCell) {
  open();
  sweep(4);
  const Box map = driver->place("quality map");
  focus_on(map);
  driver->key("Down");
  driver->key("Right");
  driver->key("Enter");
  driver->frames(2);
  EXPECT_EQ(driver->scene().hardware.bits, 2);
  EXPECT_EQ(driver->scene().hardware.density, 0.5);
}

TEST_F(SweepPage, ButtonsAndSpacePauseAndStop) {
  open();
  sweep(1);
  driver->click("pause sweep");
  driver->frames(2);
  EXPECT_TRUE(now().paused);
  driver->move(500, 300);
  driver->key("Space");
  driver->frames(2);
  EXPECT_FALSE(now().paused);
  driver->click("stop sweep");
  driver->frames(2);
  EXPECT_FALSE(now().running);
  driver->click("go on sweep");
  driver->frames(2);
  EXPECT_TRUE(now().running);
  driver->session->post(verbs::sweep_advance, 10);
  driver->frames(2);
  EXPECT_EQ(now().done, 4);
  driver->click("close sweep");
  driver->frames(2);
  EXPECT_EQ(now().total, 0);
  EXPECT_TRUE(driver->has("begin sweep"));
}

TEST_F(SweepPage, AFolderThatIsDroppedIsShown) {
  open();
  sweep(2);
  driver->session->post("sweep.stop");
  driver->session->post("sweep.close");
  driver->session->post("workspace generate");
  driver->frames(2);
  open_file(*driver->session, (folder / "sweep").string());
  driver->frames(2);
  EXPECT_EQ(driver->session->ui().workspace, Workspace::hardware);
  EXPECT_EQ(now().done, 2);
  open_file(*driver->session, folder.path().string());
  driver->frames(2);
  EXPECT_EQ(now().done, 2) << "a folder without a sweep is none";
}

TEST_F(SweepPage, ListsAreTyped) {
  open({1440, 1000});
  driver->click("sweep.bits");
  driver->frames(2);
  driver->key("Ctrl+A");
  driver->type("8 3");
  driver->key("Enter");
  driver->frames(2);
  EXPECT_EQ(driver->scene().sweep.bits, (std::vector<double>{8, 3}));
  driver->key("Ctrl+Z");
  EXPECT_EQ(driver->scene().sweep.bits, (std::vector<double>{4, 2}));
}

class ChipsPage : public ::testing::Test {
 protected:
  void open(Extent extent = {1024, 640}) {
    driver = std::make_unique<Driver>(extent, 1, hardware_options(DesignView::Page::chips));
    driver->frames(2);
  }
  void build(int devices) {
    driver->session->post(verbs::chips_start);
    driver->session->post(verbs::chips_advance, devices);
    driver->frames(2);
  }
  const ChipsSnapshot& now() { return *driver->session->part<ChipsPart>().latest(); }
  std::unique_ptr<Driver> driver;
};

TEST_F(ChipsPage, GoldenWithNoneBuilt) {
  open();
  const Picture before = driver->picture();
  EXPECT_TRUE(matches_golden(before, "chips_empty"));
  driver->session->post("set chips.devices 7");
  driver->frames(2);
  EXPECT_FALSE(alike(driver->picture(), before, {0.001, 0.00001}));
}

TEST_F(ChipsPage, Golden) {
  open();
  build(100);
  driver->session->set("chips.limit", 5.0);
  driver->frames(2);
  const Picture before = driver->picture();
  EXPECT_TRUE(matches_golden(before, "chips"));
  driver->session->post("chips.mismatch 1");
  driver->frames(2);
  EXPECT_FALSE(alike(driver->picture(), before)) << "other devices should be seen";
  driver->session->post("chips.mismatch 0");
  driver->session->post("set hardware.bits 1");
  driver->frames(2);
  EXPECT_TRUE(driver->has("stale")) << "they were made otherwise";
}

TEST_F(ChipsPage, TheLimitIsDraggedAndTheYieldFollows) {
  open({1440, 900});
  build(5);
  const auto& chips = now().populations->at(0).chips;
  ASSERT_EQ(chips.size(), 5u);
  const ChipStatistics s = statistics_of(chips);
  driver->session->set("chips.limit", chips[static_cast<std::size_t>(s.worst)].relative * 1.2);
  driver->frames(2);
  const auto yield = [&] { return yield_of(chips, driver->scene().chips.limit).value(); };
  EXPECT_EQ(yield(), 1);
  const double before = driver->scene().chips.limit;
  const Box limit = driver->place("chips limit");
  const Box plot = driver->place("chips_histogram");
  const float x = (limit.min.x + limit.max.x) / 2, y = (limit.min.y + limit.max.y) / 2;
  driver->drag(x, y, plot.min.x + 40, y);
  EXPECT_LT(yield(), 0.5);
  driver->key("Ctrl+Z");
  EXPECT_EQ(driver->scene().chips.limit, before) << "a drag is one entry of undo";
  EXPECT_EQ(driver->session->ui().workspace, Workspace::hardware) << "no brick was clicked";
}

TEST_F(ChipsPage, AClickPutsADeviceOnTheWall) {
  open({1440, 900});
  build(5);
  const auto& chips = now().populations->at(0).chips;
  const ChipStatistics s = statistics_of(chips);
  const Scene before = driver->scene();
  driver->click("worst chip");
  driver->frames(2);
  EXPECT_EQ(driver->scene().hardware.device, chips[static_cast<std::size_t>(s.worst)].device);
  EXPECT_EQ(driver->scene().hardware.mismatch, 0.1);
  EXPECT_EQ(driver->session->ui().workspace, Workspace::generate);
  driver->key("Ctrl+Z");
  EXPECT_EQ(driver->scene(), before);
}

// Every plot offers its numbers, to scripts too.
TEST_F(ChipsPage, PlotsAreExported) {
  const TemporaryFolder folder;
  open();
  build(100);
  for (const char* plot : {"chips_histogram", "chips_yield"}) {
    const auto file = folder / (std::string(plot) + ".csv");
    driver->session->post("export.plot " + std::string(plot) + " " + file.string());
    driver->frames(2);
    EXPECT_TRUE(std::filesystem::exists(file)) << plot;
  }
}

TEST(HardwarePages, WithoutPicturesTheySayHowToGetThem) {
  SessionOptions options = hardware_options(DesignView::Page::chips);
  options.training = test::training_without_pictures();
  Driver driver({1024, 640}, 1, std::move(options));
  driver.session->post("chips.start");
  driver.frames(3);
  EXPECT_TRUE(matches_golden(driver.picture(), "chips_failed"));
  EXPECT_TRUE(driver.has("begin chips"));
}

}  // namespace
}  // namespace phaseloom
