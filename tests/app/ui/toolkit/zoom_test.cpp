// SPDX-License-Identifier: MIT
#include "app/ui/toolkit/zoom.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string_view>
#include <vector>

#include "app/commands/verbs.hpp"
#include "app/jobs/transport_snapshot.hpp"
#include "app/ui/transport/transport.hpp"
#include "engine/data/png.hpp"
#include "engine/support/error.hpp"
#include "tests/app/ui/driver.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

constexpr Box kView{{100, 50}, {500, 400}};

WallLayout whole() { return layout_wall(kView, 16, {28, 28}); }
Zoomable thing() { return zoomable(whole(), kView); }

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
    Zoom zoom;
    const Point before = share_at(whole(), at);
    for (int i = 0; i < 8; ++i) {
      zoom = zoomed_at(thing(), zoom, at, 1.25);
      const WallLayout wall = zoomed(whole(), zoom, kView);
      const Point now = share_at(wall, at);
      if (wall.bounds().width() < kView.width() || wall.bounds().height() < kView.height())
        continue;  // it is centred while it is smaller than the view
      EXPECT_NEAR(now.x, before.x, 0.02) << zoom.factor;
      EXPECT_NEAR(now.y, before.y, 0.02) << zoom.factor;
    }
    EXPECT_NEAR(zoom.factor, std::pow(1.25, 8), 1e-9);
    for (int i = 0; i < 20; ++i) zoom = zoomed_at(thing(), zoom, at, 0.8);
    EXPECT_EQ(zoom, Zoom()) << "and back to the whole";
  }
}

TEST(WallZoom, LeavesNoMarginAndHasAnEnd) {
  Zoom zoom{6, 0.5, 0.5};
  zoom = moved_by(thing(), zoom, {1e5f, -1e5f});
  const Box box = zoomed(whole(), zoom, kView).bounds();
  EXPECT_NEAR(box.min.x, kView.min.x, 1);
  EXPECT_NEAR(box.max.y, kView.max.y, 1);
  for (int i = 0; i < 100; ++i) zoom = zoomed_at(thing(), zoom, {300, 200}, 1.25);
  EXPECT_LE(zoom.factor, Zoom::kMost);
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

TEST(WallZoom, IsRememberedOfEachWorkspace) {
  UiState state;
  state.zoom_of(Workspace::generate) = {3, 0.25, 0.75};
  state.zoom_of(Workspace::train) = {2, 0.5, 1};
  const std::string text = print_ui_state(state);
  EXPECT_EQ(parse_ui_state(text, "ui.json"), state);
  const auto with = [](const std::string& zoom) {
    return R"({"phaseloom": "ui", "version": 1, "zoom": )" + zoom + "}";
  };
  // Once there was only that of Generate.
  EXPECT_EQ(parse_ui_state(with("[2, 0.25, 1]"), "ui.json").zoom_of(Workspace::generate),
            (Zoom{2, 0.25, 1}));
  for (const char* wrong : {"2", "[0.5, 0, 0]", "[2, 0]", "[2, -1, 0]", R"(["a", 0, 0])",
                            R"({"lern": [2, 0, 0]})", R"({"train": [0, 0, 0]})"})
    EXPECT_THROW(parse_ui_state(with(wrong), "ui.json"), Error) << wrong;
}

/// A hand on what can be zoomed.
struct ZoomHand {
  Driver& driver;
  const Zoom& zoom() const { return driver.session->ui().zoom(); }
  void wheel(float x, float y, double notches) const {
    driver.move(x, y);
    InputEvent event;
    event.kind = InputEvent::Kind::scroll;
    event.y = notches;
    driver.laboratory->input(event);
    driver.frames(2);
  }
  void middle_drag(float x, float y, float dx, float dy) const {
    driver.move(x, y);
    driver.press(2);
    for (int i = 1; i <= 4; ++i)
      driver.move(x + dx * static_cast<float>(i) / 4, y + dy * static_cast<float>(i) / 4);
    driver.release(2);
    driver.frames();
  }
};

class ZoomedWall : public testing::Test {
 protected:
  const Zoom& zoom() { return hand.zoom(); }
  void wheel(float x, float y, double notches) { hand.wheel(x, y, notches); }
  Driver driver;
  ZoomHand hand{driver};
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
  EXPECT_EQ(zoom(), Zoom()) << "smaller than the whole there is none";
}

TEST_F(ZoomedWall, HasThreeWaysBack) {
  const Box wall = driver.place("wall");
  const float x = (wall.min.x + wall.max.x) / 2 + 3, y = (wall.min.y + wall.max.y) / 2 + 3;
  wheel(x, y, 5);
  driver.click("show all");
  EXPECT_EQ(zoom().factor, 1);
  EXPECT_FALSE(driver.has("show all"));
  EXPECT_EQ(driver.session->ui().picked, -1) << "the button is above the wall";
  wheel(x, y, 5);
  driver.key("0");
  EXPECT_EQ(zoom().factor, 1);
  wheel(x, y, 5);
  driver.double_click(x, y);
  EXPECT_EQ(zoom().factor, 1);
}

TEST_F(ZoomedWall, AClickThatPaintsTwiceZoomsNowhere) {
  const Box wall = driver.place("wall");
  const float x = (wall.min.x + wall.max.x) / 2 + 3, y = (wall.min.y + wall.max.y) / 2 + 3;
  wheel(x, y, 5);
  const Zoom before = zoom();
  driver.session->post("tool stir");
  driver.frames();
  driver.double_click(x, y);
  EXPECT_EQ(zoom(), before);
}

TEST_F(ZoomedWall, IsTheSameForBothOfAPairAndForTheSplit) {
  driver.session->set("hardware.bits", 2);
  driver.session->post(verbs::run);
  for (const char* how : {"side", "split", "difference"}) {
    driver.session->post(verbs::compare, how);
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

// --- whatever the stage shows ---------------------------------------------

/// A screen with something that can be seen closer.
struct ZoomScreen {
  const char* name;
  SessionOptions (*options)();
  std::vector<const char*> lines;
  const char* place;
};

std::vector<ZoomScreen> screens() {
  return {
      {"generate", test_session_options, {"run"}, "wall"},
      {"train", test_training_options, {"train.start", "train.advance 3"}, "learning"},
      {"plane",
       test_session_options,
       {"workspace transport", "set transport.points 100", "transport.start", "transport.advance 3",
        "flow.pause"},
       "plane"},
      {"row",
       test_session_options,
       {"workspace transport", "set transport.points 100", "set transport.iterations 2",
        "transport.row", "transport.advance 6", "flow.show row on", "flow.pause"},
       "plane 2"},
  };
}

/// What lies under the pointer, as shares of the whole.
Point under(const Zoomable& thing, const Zoom& zoom, Point p) {
  const Box all = zoomed(thing, zoom);
  return {(p.x - all.min.x) / all.width(), (p.y - all.min.y) / all.height()};
}

TEST(Zooming, WheelMiddleButtonAndTheWaysBackAreTheSameEverywhere) {
  for (const ZoomScreen& screen : screens()) {
    Driver driver({1024, 640}, 1, screen.options());
    driver.blind = true;
    const ZoomHand hand{driver};
    for (const char* line : screen.lines) driver.session->post(std::string_view(line));
    driver.frames(3);
    const std::string scene = print_scene(driver.scene());
    const Box box = driver.place(screen.place);
    const float x = box.min.x + 0.4f * box.width(), y = box.min.y + 0.6f * box.height();
    EXPECT_FALSE(driver.has("show all")) << screen.name;
    hand.wheel(x, y, 6);
    EXPECT_NEAR(hand.zoom().factor, std::pow(1.25, 6), 1e-9) << screen.name;
    // What is taken hold of follows the hand.
    const Zoom before = hand.zoom();
    hand.middle_drag(x, y, -30, 20);
    EXPECT_EQ(hand.zoom().factor, before.factor) << screen.name;
    const double across = double(box.width()) * before.factor;
    const double down = double(box.height()) * before.factor;
    EXPECT_NEAR((hand.zoom().x - before.x) * across, 30, 3) << screen.name;
    EXPECT_NEAR((hand.zoom().y - before.y) * down, -20, 3) << screen.name;
    // Let go of, it stays.
    const Zoom moved = hand.zoom();
    driver.move(x + 50, y);
    EXPECT_EQ(hand.zoom(), moved) << screen.name;
    driver.click("show all");
    EXPECT_EQ(hand.zoom(), Zoom()) << screen.name;
    hand.wheel(x, y, 6);
    driver.key("0");
    EXPECT_EQ(hand.zoom().factor, 1) << screen.name;
    hand.wheel(x, y, 6);
    driver.double_click(x, y);
    driver.frames(2);
    EXPECT_EQ(hand.zoom().factor, 1) << screen.name;
    hand.wheel(x, y, -3);
    EXPECT_EQ(hand.zoom().factor, 1) << screen.name << ": smaller than the whole there is none";
    EXPECT_EQ(print_scene(driver.scene()), scene) << screen.name;
  }
}

TEST(Zooming, EachWorkspaceHasItsOwn) {
  Driver driver;
  driver.blind = true;
  for (const char* line : {"zoom 2", "workspace transport", "zoom 3 0.25 0.5", "workspace train",
                           "zoom 4", "workspace generate"})
    driver.session->post(std::string_view(line));
  driver.frames(2);
  const UiState& ui = driver.session->ui();
  EXPECT_EQ(ui.zoom().factor, 2);
  EXPECT_EQ(ui.zoom_of(Workspace::transport), (Zoom{3, 0.25, 0.5}));
  EXPECT_EQ(ui.zoom_of(Workspace::train).factor, 4);
}

class ZoomedPlane : public testing::Test {
 protected:
  ZoomedPlane() {
    driver.blind = true;
    for (const char* line : {"workspace transport", "set transport.points 100", "flow.pause"})
      driver.session->post(std::string_view(line));
    driver.frames(3);
  }
  /// The place of the plane that is to be under a pixel, from the zoom alone.
  Point place_at(Box view, Point p) {
    Zoomable thing;
    thing.view = view;
    thing.size = [&](double times) {
      return Point{view.width() * static_cast<float>(times),
                   view.height() * static_cast<float>(times)};
    };
    const Point share = under(thing, hand.zoom(), p);
    return {(share.x - 0.5f) * 2 * FieldSlices::kReach, (0.5f - share.y) * 2 * FieldSlices::kReach};
  }
  Driver driver;
  ZoomHand hand{driver};
};

TEST_F(ZoomedPlane, TheProbeIsWhereThePointerIs) {
  const Box view = driver.place("plane");
  const Point at{view.min.x + 0.7f * view.width(), view.min.y + 0.3f * view.height()};
  const Point wanted = place_at(view, at);
  EXPECT_NEAR(wanted.x, 0.28, 0.01) << "without zoom";
  hand.wheel(at.x, at.y, 8);
  driver.click(at.x, at.y);
  const FlowView& flow = driver.session->ui().flow;
  ASSERT_TRUE(flow.probed);
  EXPECT_NEAR(flow.probe_x, double(wanted.x), 0.005) << "the wheel leaves it under the pointer";
  EXPECT_NEAR(flow.probe_y, double(wanted.y), 0.005);
  // Beside it, by the finer scale.
  driver.click(at.x + 30, at.y);
  EXPECT_NEAR(flow.probe_x, double(place_at(view, {at.x + 30, at.y}).x), 0.002);
  EXPECT_LT(flow.probe_x - double(wanted.x), 0.03) << "without zoom it would be 0.115";
  const double x = flow.probe_x;
  // The middle button moves the plane and leaves the probe alone.
  hand.middle_drag(at.x, at.y, 40, 0);
  EXPECT_EQ(flow.probe_x, x);
  // The second press of a double click drags nothing while it is held.
  driver.move(at.x, at.y);
  driver.press();
  driver.release();
  const double clicked = flow.probe_x;
  driver.press();
  driver.frames(3);
  driver.move(at.x + 60, at.y + 60);
  driver.release();
  EXPECT_EQ(hand.zoom().factor, 1);
  EXPECT_EQ(flow.probe_x, clicked);
}

TEST_F(ZoomedPlane, ATargetIsDrawnWhereTheHandIs) {
  driver.click("draw");
  const Box view = driver.place("drawing");
  const float x = view.min.x + 0.6f * view.width(), y = view.min.y + 0.4f * view.height();
  hand.wheel(x, y, 5);
  hand.middle_drag(x, y, 25, -10);
  EXPECT_TRUE(driver.laboratory->transient().kept.of<Sketch>().strokes.empty())
      << "that draws nothing";
  const Point first = place_at(view, {x, y});
  const Point last = place_at(view, {x + 120, y});
  driver.drag(x, y, x + 120, y, 40);
  const Sketch& sketch = driver.laboratory->transient().kept.of<Sketch>();
  ASSERT_EQ(sketch.strokes.size(), 1u);
  ASSERT_GT(sketch.places.size(), 3u);
  EXPECT_NEAR(sketch.places.front().x, first.x, 0.003);
  EXPECT_NEAR(sketch.places.back().x, last.x, 0.013) << "places are 0.012 apart";
  for (const Point& p : sketch.places) EXPECT_NEAR(p.y, first.y, 0.003);
  // Dabs in quick succession draw, and show nothing else.
  const Zoom before = hand.zoom();
  driver.double_click(x, y + 60);
  EXPECT_EQ(hand.zoom(), before);
  EXPECT_EQ(sketch.strokes.size(), 3u);
  hand.wheel(x, y, -20);
  EXPECT_EQ(hand.zoom(), Zoom());
  driver.click("draw");
  EXPECT_EQ(driver.scene().transport.pair, kDrawnPair);
}

TEST_F(ZoomedPlane, ArrowsMoveTheProbeFinelyAndTheViewFollows) {
  driver.session->post("zoom 8 0.5 0.5");
  driver.session->post("flow.probe 0 0");
  driver.frames(2);
  const Box plane = driver.place("plane");
  const auto on_plane = [&] {
    const Focus& f = driver.laboratory->transient().focus;
    return f.on && f.box.min.x == plane.min.x && f.box.max.y == plane.max.y;
  };
  for (int i = 0; i < 120 && !on_plane(); ++i) driver.key("Tab");
  ASSERT_TRUE(on_plane());
  driver.key("Right");
  EXPECT_NEAR(driver.session->ui().flow.probe_x, 0.02 / 8, 1e-9);
  for (int i = 0; i < 40; ++i) driver.key("Right");
  driver.frames(2);
  EXPECT_GT(hand.zoom().x, 0.55) << "it would be out of sight";
}

TEST(Zooming, ThePictureOfTheFlowIsWhatTheStageShows) {
  const TemporaryFolder folder;
  Driver driver;
  for (const char* line : {"workspace transport", "set transport.points 100", "flow.pause"})
    driver.session->post(std::string_view(line));
  driver.frames(3);
  const auto picture = [&](const char* name) {
    const std::string file = folder / name;
    driver.session->post(verbs::transport_picture, file);
    driver.frames(3);
    return read_png(file);
  };
  const Picture whole = picture("whole.png");
  EXPECT_EQ(picture("again.png").pixels, whole.pixels) << "negative control";
  driver.session->post("zoom 4 0.6 0.4");
  driver.frames(2);
  const Picture closer = picture("closer.png");
  EXPECT_EQ(closer.width, whole.width);
  EXPECT_NE(closer.pixels, whole.pixels);
}

}  // namespace
}  // namespace phaseloom
