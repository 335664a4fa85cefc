// SPDX-License-Identifier: MIT
// The page of costs under a hand: what is clicked, dragged and typed there.

#include "app/ui/hardware/costs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include <fmt/format.h>

#include "app/session/cost_table.hpp"
#include "tests/app/ui/driver.hpp"
#include "tests/app/ui/golden.hpp"
#include "tests/support/environment.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

Driver costs_driver(Extent extent = {1024, 640}) {
  SessionOptions options = test_session_options();
  options.ui.workspace = Workspace::hardware;
  options.scene.hardware.bits = 4;
  return Driver(extent, 1, std::move(options));
}

double energy(Driver& driver) {
  return wall_cost(driver.now().network, driver.scene()).energy.total();
}

TEST(HardwareCosts, Golden) {
  Driver driver = costs_driver();
  driver.frames(3);
  const Picture before = driver.picture();
  EXPECT_TRUE(matches_golden(before, "costs"));
  driver.session->post("set cost.A_osc 1200");
  driver.session->post("set cost.hold weight_stationary");
  driver.frames(2);
  EXPECT_FALSE(alike(driver.picture(), before)) << "another design should be seen";
}

TEST(HardwareCosts, GoldenInLight) {
  Driver driver = costs_driver({1440, 900});
  driver.session->post("theme light");
  driver.session->post("set cost.e_osc 25");
  driver.session->post("set cost.hold state_stationary");
  driver.frames(3);
  const Picture before = driver.picture();
  EXPECT_TRUE(matches_golden(before, "costs_light"));
  driver.session->post("cost.reset");
  driver.frames(2);
  EXPECT_FALSE(alike(driver.picture(), before, {0.01, 0.0001})) << "what was one's own is seen";
}

TEST(HardwareCosts, KeySixLeadsThere) {
  Driver driver;
  driver.frames(2);
  driver.key("6");
  driver.frames(2);
  EXPECT_EQ(driver.session->ui().workspace, Workspace::hardware);
  EXPECT_TRUE(driver.has("held save_and_reprogram"));
  EXPECT_TRUE(driver.has("Circuit"));
}

TEST(HardwareCosts, AClickChoosesHowChunksAreHeld) {
  Driver driver = costs_driver();
  driver.frames(2);
  const double before = energy(driver);
  driver.click("held weight_stationary");
  driver.frames();
  EXPECT_EQ(driver.scene().cost.hold, ChunkHold::weight_stationary);
  EXPECT_NE(energy(driver), before);
  driver.key("Ctrl+Z");
  EXPECT_EQ(driver.scene().cost.hold, ChunkHold::save_and_reprogram);
}

TEST(HardwareCosts, AConstantIsDraggedTypedAndReset) {
  Driver driver = costs_driver({1440, 1000});
  driver.frames(2);
  const std::size_t e_osc = cost_constant_named("e_osc").value();
  const auto own = [&] { return driver.scene().cost.own[e_osc]; };
  EXPECT_FALSE(own());
  driver.drag("cost.e_osc", 0.46f, 0.9f);
  ASSERT_TRUE(own());
  EXPECT_GT(*own(), 30);
  const double dragged = *own();
  driver.key("Ctrl+Z");
  EXPECT_FALSE(own()) << "a drag is one entry of undo";
  driver.key("Ctrl+Shift+Z");
  EXPECT_EQ(own(), dragged);
  const Box row = driver.place("cost.e_osc");
  driver.double_click((row.min.x + row.max.x) / 2, (row.min.y + row.max.y) / 2);
  driver.frames(2);
  driver.type("12345");
  driver.key("Enter");
  driver.frames(2);
  EXPECT_EQ(own(), 12345) << "beyond where it is dragged to";
  driver.click("cost.e_osc reset");
  driver.frames();
  EXPECT_FALSE(own());
}

TEST(HardwareCosts, AllConstantsAreReset) {
  Driver driver = costs_driver();
  driver.session->post("set cost.e_osc 12");
  driver.session->post("set cost.c_w 0.4");
  driver.frames(2);
  driver.click("reset constants");
  driver.frames();
  EXPECT_EQ(own_constants(driver.scene().cost), "");
  driver.key("Ctrl+Z");
  EXPECT_EQ(own_constants(driver.scene().cost), "e_osc=12 c_w=0.4");
}

// Every constant is there, whatever the window's size; and none moves when it becomes one's own.
TEST(HardwareCosts, EveryConstantHasARow) {
  Driver driver = costs_driver({1440, 1000});
  driver.frames(2);
  for (const CostConstantInfo& row : cost_constants())
    EXPECT_TRUE(driver.has(fmt::format("cost.{}", row.symbol))) << row.symbol;
  const Box before = driver.place("cost.e_u");
  driver.session->post("set cost.e_osc 12");
  driver.frames(2);
  EXPECT_EQ(driver.place("cost.e_u").min.y, before.min.y);
  EXPECT_EQ(driver.place("cost.e_u").max.x, before.max.x);
}

TEST(HardwareCosts, TheDesignIsThatOnTheWall) {
  Driver driver = costs_driver({1440, 1000});
  driver.frames(2);
  const double before = energy(driver);
  driver.drag("hardware.density", 0.9f, 0.2f);
  EXPECT_LT(driver.scene().hardware.density, 0.5);
  EXPECT_LT(energy(driver), before);
}

TEST(HardwareCosts, WithoutANetworkItSaysSo) {
  SessionOptions options = test_session_options();
  options.ui.workspace = Workspace::hardware;
  options.scene.model = "missing";
  Driver driver({1024, 640}, 1, std::move(options));
  driver.frames(3);
  EXPECT_FALSE(driver.has("held save_and_reprogram"));
  EXPECT_TRUE(driver.has("cost.e_osc")) << "constants are there without one";
}

TEST(HardwareCosts, TheTableIsExported) {
  const TemporaryFolder home;
  const EnvironmentGuard environment("HOME", home.path().string());
  Driver driver = costs_driver();
  driver.laboratory->transient().may_write = true;
  driver.frames(2);
  driver.key("Ctrl+E");
  driver.frames(2);
  driver.click("export What the design costs CSV");
  driver.frames(2);
  EXPECT_TRUE(std::filesystem::exists(home / "Phaseloom/costs.csv"));
}

}  // namespace
}  // namespace phaseloom
