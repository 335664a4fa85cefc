#include "app/ui/wall_zoom.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/support/error.hpp"
#include "tests/app/ui/driver.hpp"

namespace phaseloom {
namespace {

constexpr Box kView{{100, 50}, {500, 400}};

WallLayout whole() { return layout_wall(kView, 16, {28, 28}); }

/// The share of the wall's width and height that lies under a point.
Point share_at(const WallLayout& wall, Point p) {
  const Box box = wall.bounds();
  return {(p.x - box.min.x) / box.width(), (p.y - box.min.y) / box.height()};
}

TEST(WallZoom, WithoutItTheWallIsWhole) {
  const WallLayout wall = zoomed(whole(), {}, kView);
  EXPECT_EQ(wall.cell.x, whole().cell.x);
  EXPECT_EQ(wall.origin.x, whole().origin.x);
  EXPECT_FALSE(wall.window);
}

TEST(WallZoom, WhatIsUnderThePointerStaysThere) {
  for (const Point at : {Point{250, 200}, Point{340, 330}, Point{290, 120}}) {
    WallZoom zoom;
    const Point before = share_at(whole(), at);
    for (int i = 0; i < 8; ++i) {
      zoom = zoomed_at(whole(), zoom, kView, at, 1.25);
      const WallLayout wall = zoomed(whole(), zoom, kView);
      const Point now = share_at(wall, at);
      if (wall.bounds().width() < kView.width() || wall.bounds().height() < kView.height())
        continue;  // it is centred while it is smaller than the view
      EXPECT_NEAR(now.x, before.x, 0.02) << zoom.factor;
      EXPECT_NEAR(now.y, before.y, 0.02) << zoom.factor;
    }
    EXPECT_NEAR(zoom.factor, std::pow(1.25, 8), 1e-9);
    for (int i = 0; i < 20; ++i) zoom = zoomed_at(whole(), zoom, kView, at, 0.8);
    EXPECT_EQ(zoom, WallZoom()) << "and back to the whole";
  }
}

TEST(WallZoom, LeavesNoMarginAndHasAnEnd) {
  WallZoom zoom{6, 0.5, 0.5};
  zoom = moved_by(whole(), zoom, kView, {1e5f, -1e5f});
  const Box box = zoomed(whole(), zoom, kView).bounds();
  EXPECT_NEAR(box.min.x, kView.min.x, 1);
  EXPECT_NEAR(box.max.y, kView.max.y, 1);
  for (int i = 0; i < 100; ++i) zoom = zoomed_at(whole(), zoom, kView, {300, 200}, 1.25);
  EXPECT_LE(zoom.factor, WallZoom::kMost);
  EXPECT_LE(zoomed(whole(), zoom, kView).cell.x / 28, 64.5);
}

TEST(WallZoom, NothingIsUnderThePointerBesideTheWindow) {
  const WallLayout wall = zoomed(whole(), {8, 0.5, 0.5}, kView);
  EXPECT_TRUE(wall.sample_at({310, 190}));
  EXPECT_FALSE(wall.sample_at({99, 200}));
  EXPECT_FALSE(wall.sample_at({300, 401}));
  EXPECT_EQ(wall.seen().min.x, kView.min.x);
  EXPECT_EQ(wall.seen().max.y, kView.max.y);
}

TEST(WallZoom, IsRemembered) {
  UiState state;
  state.zoom = {3, 0.25, 0.75};
  const std::string text = print_ui_state(state);
  EXPECT_EQ(parse_ui_state(text, "ui.json"), state);
  const auto with = [](const std::string& zoom) {
    return R"({"phaseloom": "ui", "version": 1, "zoom": )" + zoom + "}";
  };
  for (const char* wrong : {"2", "[0.5, 0, 0]", "[2, 0]", "[2, -1, 0]", R"(["a", 0, 0])"})
    EXPECT_THROW(parse_ui_state(with(wrong), "ui.json"), Error) << wrong;
}

class ZoomedWall : public testing::Test {
 protected:
  const WallZoom& zoom() { return driver.session->ui().zoom; }
  void wheel(float x, float y, double notches) {
    driver.move(x, y);
    InputEvent event;
    event.kind = InputEvent::Kind::scroll;
    event.y = notches;
    driver.laboratory->input(event);
    driver.frames(2);
  }
  Driver driver;
};

TEST_F(ZoomedWall, TheWheelZoomsAndChangesNoSetting) {
  const Scene before = driver.scene();
  const Box wall = driver.place("wall");
  const float x = wall.min.x + 0.3f * wall.width(), y = wall.min.y + 0.6f * wall.height();
  wheel(x, y, 3);
  EXPECT_NEAR(zoom().factor, std::pow(1.25, 3), 1e-9);
  EXPECT_EQ(print_scene(driver.scene()), print_scene(before));
  EXPECT_TRUE(driver.now().undo_label.empty());
  // The pixel that is picked is the one that was there before.
  const auto picked = [&] { return driver.session->ui().picked; };
  driver.click(x, y);
  const int zoomed_pick = picked();
  driver.session->post("zoom 1");
  driver.frames();
  driver.click(x, y);
  EXPECT_NEAR(picked() % 28, zoomed_pick % 28, 1);
  EXPECT_NEAR(picked() % 784 / 28, zoomed_pick % 784 / 28, 1);
  wheel(x, y, -3);
  EXPECT_EQ(zoom(), WallZoom()) << "smaller than the whole there is none";
}

TEST_F(ZoomedWall, HasThreeWaysBack) {
  const Box wall = driver.place("wall");
  const float x = (wall.min.x + wall.max.x) / 2 + 3, y = (wall.min.y + wall.max.y) / 2 + 3;
  wheel(x, y, 5);
  driver.click("whole wall");
  EXPECT_EQ(zoom().factor, 1);
  EXPECT_FALSE(driver.has("whole wall"));
  EXPECT_EQ(driver.session->ui().picked, -1) << "the button is above the wall";
  wheel(x, y, 5);
  driver.key("0");
  EXPECT_EQ(zoom().factor, 1);
  wheel(x, y, 5);
  driver.double_click(x, y);
  EXPECT_EQ(zoom().factor, 1);
}

TEST_F(ZoomedWall, IsTheSameForBothOfAPairAndForTheSplit) {
  driver.session->set("hardware.bits", 2);
  driver.session->post(Verb::run);
  for (const char* how : {"side", "split", "difference"}) {
    driver.session->post(Verb::compare, how);
    driver.session->post("zoom 4 0.2 0.7");
    driver.frames(2);
    const Box wall = driver.place("wall");
    EXPECT_GT(wall.width(), 20) << how;
    if (driver.has("ideal wall")) {
      EXPECT_EQ(wall.width(), driver.place("ideal wall").width());
    }
    wheel((wall.min.x + wall.max.x) / 2, (wall.min.y + wall.max.y) / 2, 1);
    EXPECT_NEAR(zoom().factor, 5, 1e-9) << how;
  }
}

TEST_F(ZoomedWall, FollowsTheKeyboardsHand) {
  driver.session->post("zoom 6 0 0");
  driver.frames(2);
  for (int i = 0; i < 60 && driver.laboratory->transient().focus.zone != FocusZone::stage; ++i)
    driver.key("F6");
  const Box wall = driver.place("wall");
  const auto on_wall = [&] {
    const Focus& f = driver.laboratory->transient().focus;
    return f.on && f.box.min.x == wall.min.x && f.box.max.y == wall.max.y;
  };
  for (int i = 0; i < 80 && !on_wall(); ++i) driver.key("Tab");
  ASSERT_TRUE(on_wall());
  for (int i = 0; i < 5; ++i) driver.key("Shift+Right");
  EXPECT_GT(zoom().x, 0.3) << "it would be out of sight";
}

}  // namespace
}  // namespace phaseloom
