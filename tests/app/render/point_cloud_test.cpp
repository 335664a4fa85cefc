// SPDX-License-Identifier: MIT
#include "app/render/point_cloud.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace phaseloom {
namespace {

constexpr Extent kExtent{120, 100};

class Cloud : public testing::Test {
 protected:
  Cloud() : surface(make_offscreen_surface(kExtent, 1)) {
    surface->begin_frame();
    programs = std::make_unique<PointCloud::Programs>();
    cloud = std::make_unique<PointCloud>();
    canvas = {{{60, 50}, 100}, kExtent, {{0, 0}, {120, 100}}};
    clear();
  }
  ~Cloud() override {
    surface->begin_frame();
    cloud.reset();
    programs.reset();
  }
  void clear() {
    glDisable(GL_SCISSOR_TEST);
    glClearColor(0, 0, 0, 1);
    glClear(GL_COLOR_BUFFER_BIT);
  }
  void show(Points positions, int points, int paths = 2) {
    const auto owner = std::make_shared<const Points>(std::move(positions));
    cloud->show(owner, *owner, points, paths);
  }
  /// Red of the picture at a place of the plane.
  int red(Point p) {
    if (picture.pixels.empty()) picture = surface->read_back();
    const Point pixel = canvas.plane.to_screen(p);
    return picture.pixels[static_cast<std::size_t>(picture.channels) *
                          (static_cast<std::size_t>(pixel.y) * kExtent.width +
                           static_cast<std::size_t>(pixel.x))];
  }
  std::unique_ptr<Surface> surface;
  std::unique_ptr<PointCloud::Programs> programs;
  std::unique_ptr<PointCloud> cloud;
  PointCloud::Programs::Canvas canvas;
  Picture picture;
  const Ink white{1, 1, 1, 1};
};

// Two points at three times.
const Points kWays{{-0.4f, -0.3f}, {0.4f, 0.3f}, {-0.4f, 0.1f},
                   {0.4f, 0.1f},   {0, 0.1f},    {0.4f, -0.3f}};

TEST_F(Cloud, PointsAreWhereTheyAreAtThatTime) {
  show(kWays, 2);
  programs->draw_points(*cloud, canvas, 0.25, 7, white);
  EXPECT_EQ(red({-0.4f, -0.1f}), 255) << "half way to the second row";
  EXPECT_EQ(red({0.4f, 0.2f}), 255);
  EXPECT_EQ(red({-0.4f, -0.3f}), 0) << "where it was";
  EXPECT_EQ(red({0, 0.1f}), 0) << "where it will be";
}

TEST_F(Cloud, PathsReachToThePresentAndFade) {
  show(kWays, 2);
  programs->draw_paths(*cloud, canvas, 0.75, 1, white);
  EXPECT_GT(red({-0.21f, 0.1f}), 200) << "just passed";
  EXPECT_EQ(red({-0.1f, 0.1f}), 0) << "not yet reached";
  // On the border of two columns of pixels: one of them has it.
  EXPECT_NEAR(std::max(red({-0.395f, -0.1f}), red({-0.405f, -0.1f})), 127, 30)
      << "half a way ago, of a trail of one";
}

TEST_F(Cloud, FadedStretchesAreGone) {
  show(kWays, 2);
  programs->draw_paths(*cloud, canvas, 1, 0.5, white);
  EXPECT_EQ(std::max(red({-0.395f, -0.1f}), red({-0.405f, -0.1f})), 0) << "the first of two";
  EXPECT_GT(red({-0.05f, 0.1f}), 150) << "the second";
}

TEST_F(Cloud, OnlySomePathsWhenThereAreMany) {
  show(kWays, 2, 1);
  programs->draw_paths(*cloud, canvas, 1, 1, white);
  EXPECT_GT(red({-0.1f, 0.1f}), 0) << "the first one";
  EXPECT_EQ(red({0.4f, -0.2f}), 0) << "the second one is left out";
}

TEST_F(Cloud, StaysWithinItsClip) {
  show(kWays, 2);
  canvas.clip = {{0, 0}, {60, 100}};
  programs->draw_points(*cloud, canvas, 0, 7, white);
  EXPECT_EQ(red({-0.4f, -0.3f}), 255);
  EXPECT_EQ(red({0.4f, 0.3f}), 0);
}

TEST_F(Cloud, NothingIsNothing) {
  programs->draw_points(*cloud, canvas, 0, 7, white);
  programs->draw_paths(*cloud, canvas, 1, 1, white);
  show({}, 0);
  programs->draw_points(*cloud, canvas, 0, 7, white);
  EXPECT_EQ(red({0, 0}), 0);
}

TEST(PlaneView, ThereAndBack) {
  const PlaneView plane{{300, 200}, 150};
  EXPECT_EQ(plane.to_screen({0, 0.5f}).y, 125) << "upwards";
  const Point p = plane.from_screen(plane.to_screen({0.25f, -0.125f}));
  EXPECT_FLOAT_EQ(p.x, 0.25f);
  EXPECT_FLOAT_EQ(p.y, -0.125f);
}

}  // namespace
}  // namespace phaseloom
