// SPDX-License-Identifier: MIT
// The page of circuits under a hand and under keys.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>

#include "app/session/circuit_part.hpp"
#include "tests/app/session/fixed_circuit.hpp"
#include "tests/app/ui/driver.hpp"
#include "tests/app/ui/golden.hpp"
#include "tests/support/environment.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

SessionOptions circuit_options() {
  SessionOptions options = test_session_options();
  options.ui.workspace = Workspace::hardware;
  options.ui.hardware.page = DesignView::Page::circuit;
  options.circuit = test::fixed_circuit();
  return options;
}

class CircuitPage : public ::testing::Test {
 protected:
  void open(Extent extent = {1024, 640}, SessionOptions options = circuit_options()) {
    driver = std::make_unique<Driver>(extent, 1, std::move(options));
    driver->frames(2);
  }
  void post(std::initializer_list<const char*> lines) {
    for (const char* line : lines) driver->session->post(std::string_view(line));
    driver->frames(2);
  }
  const CircuitSnapshot& now() { return *driver->session->part<CircuitPart>().latest(); }
  std::unique_ptr<Driver> driver;
};

TEST_F(CircuitPage, GoldenWithNothingCompared) {
  open();
  const Picture before = driver->picture();
  EXPECT_TRUE(matches_golden(before, "circuit_empty"));
  post({"set circuit.tile 0"});
  EXPECT_FALSE(alike(driver->picture(), before, {0.001, 0.00001})) << "more units should be said";
}

TEST_F(CircuitPage, Golden) {
  open();
  post({"circuit.start", "circuit.advance 100"});
  const Picture before = driver->picture();
  EXPECT_TRUE(matches_golden(before, "circuit"));
  post({"set hardware.bits 1"});
  EXPECT_TRUE(driver->has("stale")) << "it is of another design";
}

TEST_F(CircuitPage, GoldenOfAWholePictureInTheRoomOfAScreen) {
  open({1440, 900});
  post({"set circuit.tile 0", "circuit.start", "circuit.advance 4"});
  EXPECT_TRUE(now().running);
  EXPECT_TRUE(matches_golden(driver->picture(), "circuit_running"));
}

TEST_F(CircuitPage, WithoutNgspiceItSaysWhatToDo) {
  const TemporaryFolder nothing;
  const EnvironmentGuard path("PATH", nothing.path().string());
  SessionOptions options = circuit_options();
  options.circuit.check = nullptr;
  open({1024, 640}, std::move(options));
  post({"circuit.start", "circuit.advance 1"});
  EXPECT_FALSE(now().running);
  EXPECT_TRUE(matches_golden(driver->picture(), "circuit_failed"));
  EXPECT_TRUE(driver->has("begin circuit"));
}

TEST_F(CircuitPage, ButtonsAndSpaceStartAndStop) {
  open();
  driver->click("begin circuit");
  driver->frames(2);
  EXPECT_TRUE(now().running);
  driver->click("stop circuit");
  driver->frames(2);
  EXPECT_FALSE(now().running);
  driver->click("start circuit");
  driver->frames(2);
  EXPECT_TRUE(now().running);
  driver->move(500, 300);
  driver->key("Space");
  driver->frames(2);
  EXPECT_FALSE(now().running);
  driver->key("Space");
  driver->frames(2);
  EXPECT_TRUE(now().running);
  post({"circuit.advance 2"});
  EXPECT_TRUE(driver->has("ngspice picture"));
  EXPECT_TRUE(driver->has("chunks")) << "those that are done are seen while others run";
}

TEST_F(CircuitPage, ValuesAreDragged) {
  open({1440, 900});
  driver->drag("circuit.tile", 0.9f, 0.5f);
  driver->frames(2);
  EXPECT_GT(driver->scene().circuit.tile, 8);
  driver->key("Ctrl+Z");
  driver->frames(2);
  EXPECT_EQ(driver->scene().circuit.tile, 8) << "one entry of undo";
  driver->drag("circuit.reltol", 0.9f, 0.5f);
  driver->frames(2);
  EXPECT_EQ(driver->scene().circuit.reltol, 1e-5);
  driver->click("circuit.sample +");
  driver->frames(2);
  EXPECT_EQ(driver->scene().circuit.sample, 1);
}

TEST_F(CircuitPage, KeysReachTheTableAndTheTolerance) {
  open();
  post({"circuit.start", "circuit.advance 100"});
  const Focus& focus = driver->laboratory->transient().focus;
  const auto to = [&](const char* name) {
    const Box box = driver->place(name);
    for (int i = 0; i < 100; ++i) {
      if (focus.on && std::abs(focus.box.min.x - box.min.x) < 4 &&
          std::abs(focus.box.min.y - box.min.y) < 4)
        return true;
      driver->key("Tab");
      driver->frames();
    }
    return false;
  };
  ASSERT_TRUE(to("chunks"));
  const Picture before = driver->picture();
  driver->key("Down");
  driver->frames(2);
  EXPECT_FALSE(alike(driver->picture(), before, {0.001, 0.00001})) << "the next row is marked";
  ASSERT_TRUE(to("circuit.reltol"));
  driver->key("Right");
  driver->frames(2);
  EXPECT_EQ(driver->scene().circuit.reltol, 1e-3);
}

TEST_F(CircuitPage, ThePlotIsExported) {
  const TemporaryFolder folder;
  open();
  post({"circuit.start", "circuit.advance 100"});
  const auto file = folder / "errors.csv";
  driver->session->post("export.plot circuit_errors " + file.string());
  driver->frames(2);
  EXPECT_TRUE(std::filesystem::exists(file));
}

// Nothing lies outside of the window or above another thing, however small the window is.
TEST_F(CircuitPage, PicturesHaveOneSizeInEveryWindow) {
  for (const Extent extent : {Extent{1024, 640}, Extent{1440, 900}, Extent{3840, 2160}}) {
    open(extent);
    post({"set circuit.tile 0", "circuit.start", "circuit.advance 100"});
    const Box ours = driver->place("engine picture"), theirs = driver->place("ngspice picture"),
              difference = driver->place("difference picture"), table = driver->place("chunks");
    EXPECT_EQ(ours.width(), theirs.width());
    EXPECT_EQ(ours.height(), difference.height());
    EXPECT_GE(ours.width(), 100);
    EXPECT_LT(ours.max.x, theirs.min.x);
    EXPECT_LT(theirs.max.x, difference.min.x);
    EXPECT_LT(difference.max.y, table.min.y);
    EXPECT_LE(table.max.y, static_cast<float>(extent.height));
  }
}

}  // namespace
}  // namespace phaseloom
