// SPDX-License-Identifier: MIT
// Plots that lie on the stage, and grow with their panel.

#include <gmock/gmock.h>

#include "app/commands/verbs.hpp"
#include "app/ui/generate/inspector_plots.hpp"
#include "tests/app/ui/driver.hpp"

namespace phaseloom {
namespace {

class StagePlot : public testing::Test {
 protected:
  OnStage stage() { return driver.session->ui().stage; }
  Driver driver{{1280, 900}};
};

TEST_F(StagePlot, AButtonLaysItThereAndBack) {
  driver.session->post("seek 8");
  driver.frames(2);
  const Box small = driver.place("order");
  driver.click("stage order");
  EXPECT_EQ(stage(), OnStage::order);
  EXPECT_FALSE(driver.has("wall"));
  const Box large = driver.place("order");
  EXPECT_GT(large.width(), 1.5f * small.width());
  EXPECT_GT(large.height(), 3 * small.height());
  driver.click("stage order");  // in the corner of the stage now
  EXPECT_EQ(stage(), OnStage::wall);
  EXPECT_TRUE(driver.has("wall"));
  EXPECT_NEAR(driver.place("order").width(), small.width(), 12) << "but for a scroll bar";
}

TEST_F(StagePlot, ADoubleClickDoesTheSame) {
  const Box plot = driver.place("histogram");
  driver.double_click((plot.min.x + plot.max.x) / 2, (plot.min.y + plot.max.y) / 2);
  driver.frames(2);
  EXPECT_EQ(stage(), OnStage::histogram);
  const Box large = driver.place("histogram");
  driver.frames(30);
  driver.double_click((large.min.x + large.max.x) / 2, (large.min.y + large.max.y) / 2);
  EXPECT_EQ(stage(), OnStage::wall);
}

TEST_F(StagePlot, EscapePutsItBackAndNothingElse) {
  driver.session->post(verbs::pin, 3);
  driver.session->post(verbs::pick, 400);
  driver.frames();
  driver.click("stage curve");
  EXPECT_EQ(stage(), OnStage::curve);
  EXPECT_TRUE(driver.has("trace"));
  driver.key("K");
  driver.frames();
  EXPECT_TRUE(driver.has("portrait")) << "whichever curve is chosen";
  driver.key("Escape");
  EXPECT_EQ(stage(), OnStage::wall);
  EXPECT_EQ(driver.session->ui().picked, 400);
}

TEST_F(StagePlot, TheKernelFillsTheStage) {
  driver.session->post(verbs::pin, 3);
  driver.session->post(verbs::pick, 400);
  driver.session->post(verbs::section, "kernel", "open");
  driver.frames(2);
  const Box small = driver.place("kernel");
  driver.session->post("stage kernel");
  driver.frames(2);
  const Box large = driver.place("kernel");
  EXPECT_GT(large.height(), 1.5f * small.height());
  EXPECT_LT(large.max.y, driver.place("strip").min.y) << "with its facts below";
  driver.session->post("unpick");
  driver.frames();
  EXPECT_FALSE(driver.has("kernel"));
}

TEST_F(StagePlot, OnlyOneOfItIsOffered) {
  driver.session->post("stage order");
  driver.session->post("seek 3");
  driver.frames(2);
  int orders = 0;
  for (const OfferedPlot& plot : driver.laboratory->transient().plots_offered)
    orders += std::string(plot.name) == "order";
  EXPECT_EQ(orders, 1);
}

TEST_F(StagePlot, IsRemembered) {
  UiState state;
  state.stage = OnStage::energy;
  state.brush = 4.5;
  state.tone = 0.25;
  state.tool = Tool::erase;
  const UiState read = parse_ui_state(print_ui_state(state), "x");
  EXPECT_EQ(read.stage, OnStage::energy);
  EXPECT_EQ(read.brush, 4.5);
  EXPECT_EQ(read.tone, 0.25);
  EXPECT_EQ(read.tool, Tool::look) << "nobody expects the first click to erase";
}

TEST_F(StagePlot, TheTrailIsOneOfWhatTheStageShows) {
  driver.session->post("stage order");
  driver.session->post("trail.show on");
  driver.frames(2);
  EXPECT_EQ(stage(), OnStage::trail);
  EXPECT_TRUE(driver.has("trail stage"));
  EXPECT_FALSE(driver.has("wall"));
  driver.session->post("stage histogram");
  driver.session->post("trail.show off");
  EXPECT_EQ(stage(), OnStage::histogram) << "it was not there any more";
  driver.session->post("stage trail");
  driver.frames(2);
  EXPECT_TRUE(driver.has("trail stage"));
  driver.key("Escape");
  EXPECT_EQ(stage(), OnStage::wall);
  driver.session->post("trail.show on");
  driver.session->post("trail.show off");
  driver.frames();
  EXPECT_EQ(stage(), OnStage::wall);
}

TEST_F(StagePlot, FilesFromBeforeTheTrailWasOneOfTheStageAreRead) {
  const auto with = [](const char* rest) {
    return parse_ui_state(R"({"phaseloom": "ui", "version": 1, )" + std::string(rest) + "}", "x");
  };
  EXPECT_EQ(with(R"("stage": "wall", "trail": 1, "trail_shown": true)").stage, OnStage::trail);
  EXPECT_EQ(with(R"("stage": "order", "trail": 1, "trail_shown": false)").stage, OnStage::order);
  UiState state;
  state.stage = OnStage::trail;
  EXPECT_EQ(parse_ui_state(print_ui_state(state), "x"), state);
}

TEST_F(StagePlot, PlotsGrowWithTheInspector) {
  const float before = driver.place("order").height();
  driver.session->post("splitter right 480");
  driver.frames(2);
  EXPECT_GT(driver.place("order").height(), 1.3f * before);
  Driver tall({1280, 1800});
  EXPECT_GT(tall.place("order").height(), 1.3f * before);
}

}  // namespace
}  // namespace phaseloom
