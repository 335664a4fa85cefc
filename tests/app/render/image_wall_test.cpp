// SPDX-License-Identifier: MIT
#include "app/render/image_wall.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <memory>
#include <numbers>

namespace phaseloom {
namespace {

TEST(WallLayout, TakesAnIntegerScaleWhereItCostsLittle) {
  const WallLayout wall = layout_wall({{0, 0}, {700, 700}}, 64, {28, 28});
  EXPECT_EQ(wall.columns, 8);
  EXPECT_EQ(wall.cell.x, 84);
  EXPECT_EQ(wall.cell.y, 84);
}

TEST(WallLayout, FitsAndIsCentredWhateverTheShape) {
  for (const Point size : {Point{640, 300}, Point{300, 640}, Point{1900, 1700}, Point{90, 90}})
    for (const int count : {1, 5, 16, 64, 256}) {
      const Box area{{10, 20}, {10 + size.x, 20 + size.y}};
      const WallLayout wall = layout_wall(area, count, {28, 28});
      const Box box = wall.bounds();
      EXPECT_GE(box.min.x, area.min.x);
      EXPECT_GE(box.min.y, area.min.y);
      if (size.x > 100) {
        EXPECT_LE(box.max.x, area.max.x) << count;
        EXPECT_LE(box.max.y, area.max.y) << count;
      }
      EXPECT_NEAR(box.min.x - area.min.x, area.max.x - box.max.x, 1.01f);
    }
}

TEST(WallLayout, PicksWhatItDraws) {
  const WallLayout wall = layout_wall({{5, 5}, {400, 300}}, 12, {7, 5});
  for (int lane = 0; lane < wall.count; ++lane) {
    const Box box = wall.sample(lane);
    const Point middle{(box.min.x + box.max.x) / 2, (box.min.y + box.max.y) / 2};
    EXPECT_EQ(wall.pixel_at(middle), (WallLayout::Pixel{lane, 3, 2}));
    EXPECT_FALSE(wall.sample_at({box.max.x + 0.5f, middle.y})) << "the gutter is nobody's";
  }
  EXPECT_FALSE(wall.sample_at({0, 0}));
}

/// Draws one wall on an off-screen surface with a black background.
Picture drawn(const std::vector<float>& values, int lanes, int units, LaneOrder order,
              const WallLayout& layout, const WallStyle& style, int first_unit = 0) {
  const Extent extent{64, 48};
  const auto surface = make_offscreen_surface(extent, 1);
  surface->begin_frame();
  glViewport(0, 0, extent.width, extent.height);
  glClearColor(0, 0, 0, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImageWall wall;
  wall.show(std::make_shared<const std::vector<float>>(values), nullptr, lanes, units, order);
  wall.draw(layout, style, first_unit, extent, {{0, 0}, {64, 48}});
  EXPECT_EQ(glGetError(), static_cast<GLenum>(GL_NO_ERROR));
  Picture shot = surface->read_back();
  surface->end_frame();
  return shot;
}

Rgb pixel(const Picture& shot, int x, int y) {
  const std::size_t i = 3 * (static_cast<std::size_t>(y) * shot.width + x);
  return {shot.pixels[i], shot.pixels[i + 1], shot.pixels[i + 2]};
}

/// What is seen of a wall of one sample of one value, minus another.
Rgb drawn_difference(float value, float minus, const WallStyle& style) {
  const auto surface = make_offscreen_surface({8, 8}, 1);
  surface->begin_frame();
  glViewport(0, 0, 8, 8);
  ImageWall a, b;
  a.show(std::make_shared<const std::vector<float>>(1, value), nullptr, 1, 1,
         LaneOrder::unit_major);
  b.show(std::make_shared<const std::vector<float>>(1, minus), nullptr, 1, 1,
         LaneOrder::unit_major);
  const WallLayout layout{{0, 0}, 1, 1, {8, 8}, 0, {1, 1}, {}};
  a.draw(layout, style, 0, {8, 8}, {{0, 0}, {8, 8}}, 0, 1, &b);
  EXPECT_EQ(glGetError(), static_cast<GLenum>(GL_NO_ERROR));
  const Picture shot = surface->read_back();
  surface->end_frame();
  const std::size_t i = 3 * (4 * 8 + 4);
  return {shot.pixels[i], shot.pixels[i + 1], shot.pixels[i + 2]};
}

TEST(ImageWall, DrawsADifference) {
  const WallStyle plain{ColourMap::diverging, -1, 1};
  const auto at = [](double t) { return colour_at(ColourMap::diverging, 0.5 + 0.5 * t); };
  const auto near = [](Rgb a, Rgb b) {
    return std::abs(a.r - b.r) <= 3 && std::abs(a.g - b.g) <= 3 && std::abs(a.b - b.b) <= 3;
  };
  EXPECT_TRUE(near(drawn_difference(0.75f, 0.25f, plain), at(0.5)));
  EXPECT_TRUE(near(drawn_difference(0.25f, 0.75f, plain), at(-0.5)));
  EXPECT_FALSE(near(at(0.5), at(-0.5)));
  // The read-out of both, not of the difference.
  WallStyle read = plain;
  read.transfer = Transfer::sine;
  const double d = 0.5 * (std::sin(1.5) - std::sin(0.5));
  EXPECT_TRUE(near(drawn_difference(1.5f, 0.5f, read), at(d)));
  // Angles the short way round: 3.1 and -3.1 are 0.083 apart.
  WallStyle angles = plain;
  angles.angles = true;
  EXPECT_TRUE(near(drawn_difference(3.1f, -3.1f, angles), at(6.2 - 2 * std::numbers::pi)));
  EXPECT_TRUE(near(drawn_difference(3.1f, -3.1f, plain), at(1)));
  // Diverged on either side is in no map.
  const float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(drawn_difference(0, nan, plain), drawn_difference(nan, 0, plain));
  EXPECT_FALSE(near(drawn_difference(0, nan, plain), at(0)));
}

TEST(ImageWall, IsExactAtIntegerScale) {
  // Two samples of 3x2 texels, four pixels each, side by side.
  const std::vector<float> values{0, 0.2f, 0.4f, 0.6f, 0.8f, 1, 1, 0.8f, 0.6f, 0.4f, 0.2f, 0};
  WallLayout layout{{3, 5}, 2, 2, {12, 8}, 2, {3, 2}, {}};
  const Picture shot = drawn(values, 2, 6, LaneOrder::lane_major, layout, {});
  for (int y = 0; y < 48; ++y)
    for (int x = 0; x < 64; ++x) {
      std::uint8_t expected = 0;
      if (const auto p =
              layout.pixel_at({static_cast<float>(x) + 0.5f, static_cast<float>(y) + 0.5f}))
        expected = static_cast<std::uint8_t>(
            255 * values[static_cast<std::size_t>(p->lane * 6 + p->y * 3 + p->x)] + 0.5f);
      EXPECT_NEAR(pixel(shot, x, y).g, expected, 1) << x << " " << y;
    }
}

TEST(ImageWall, ShowsAnyLayerInBothOrders) {
  // Two layers of one 2x1 plane, three lanes; layer 1 holds lane / 4 + unit / 10.
  std::vector<float> lane_major, unit_major;
  const auto value = [](int lane, int unit) {
    return unit < 2 ? 0.9f : static_cast<float>(lane) / 4 + static_cast<float>(unit) / 10;
  };
  for (int lane = 0; lane < 3; ++lane)
    for (int unit = 0; unit < 4; ++unit) lane_major.push_back(value(lane, unit));
  for (int unit = 0; unit < 4; ++unit)
    for (int lane = 0; lane < 3; ++lane) unit_major.push_back(value(lane, unit));
  WallLayout layout{{0, 0}, 3, 3, {10, 5}, 2, {2, 1}, {}};
  const Picture a = drawn(lane_major, 3, 4, LaneOrder::lane_major, layout, {}, 2);
  const Picture b = drawn(unit_major, 3, 4, LaneOrder::unit_major, layout, {}, 2);
  EXPECT_EQ(a.pixels, b.pixels);
  EXPECT_NEAR(pixel(a, 1, 1).r, 0.2 * 255, 1);
  EXPECT_NEAR(pixel(a, 12 + 7, 1).r, (0.25 + 0.3) * 255, 1);
}

TEST(ImageWall, PhasesWrapWithoutAWrongMiddle) {
  // Neighbours at +π and −π are the same phase: the border between them shows no other colour.
  const float pi = std::numbers::pi_v<float>;
  WallLayout layout{{0, 0}, 1, 1, {13, 7}, 2, {2, 1}, {}};
  const WallStyle style{ColourMap::phase, 0, 2 * pi};
  const Picture shot = drawn({pi, -pi}, 1, 2, LaneOrder::lane_major, layout, style);
  const Rgb expected = colour_at(ColourMap::phase, 0.5);
  for (int x = 0; x < 13; ++x) {
    EXPECT_NEAR(pixel(shot, x, 3).r, expected.r, 3) << x;
    EXPECT_NEAR(pixel(shot, x, 3).b, expected.b, 3) << x;
  }
}

TEST(ImageWall, FadesFromTheStepBefore) {
  const Extent extent{16, 8};
  const auto surface = make_offscreen_surface(extent, 1);
  surface->begin_frame();
  glViewport(0, 0, extent.width, extent.height);
  ImageWall wall;
  const WallLayout layout{{0, 0}, 1, 1, {16, 8}, 2, {1, 1}, {}};
  const auto table = [](float value) {
    return std::make_shared<const std::vector<float>>(1, value);
  };
  const auto grey = [&](float fade) {
    wall.draw(layout, {}, 0, extent, {{0, 0}, {16, 8}}, 0, fade);
    return pixel(surface->read_back(), 8, 4).g / 255.0f;
  };
  const auto first = table(0.2f), second = table(0.6f), third = table(1);
  wall.show(second, first, 1, 1, LaneOrder::lane_major);
  EXPECT_NEAR(grey(0), 0.2f, 0.01f);
  EXPECT_NEAR(grey(0.5f), 0.4f, 0.01f);
  EXPECT_NEAR(grey(1), 0.6f, 0.01f);
  wall.show(third, second, 1, 1, LaneOrder::lane_major);  // one step on
  EXPECT_NEAR(grey(0), 0.6f, 0.01f);
  EXPECT_NEAR(grey(1), 1, 0.01f);
  wall.show(second, first, 1, 1, LaneOrder::lane_major);  // and back
  EXPECT_NEAR(grey(0), 0.2f, 0.01f);
  EXPECT_NEAR(grey(1), 0.6f, 0.01f);
  wall.show(first, nullptr, 1, 1, LaneOrder::lane_major);  // nothing to fade from
  EXPECT_NEAR(grey(0), 0.2f, 0.01f);
}

TEST(ImageWall, ADivergedUnitIsNotMistakenForAValue) {
  WallLayout layout{{0, 0}, 1, 1, {8, 4}, 2, {2, 1}, {}};
  const Picture shot =
      drawn({std::numeric_limits<float>::quiet_NaN(), 1}, 1, 2, LaneOrder::lane_major, layout, {});
  EXPECT_GT(pixel(shot, 1, 2).r, pixel(shot, 1, 2).g + 100);
  EXPECT_EQ(pixel(shot, 6, 2), (Rgb{255, 255, 255}));
}

TEST(ImageWall, ShowsColours) {
  // One sample of 2 x 1 texels, in planes: red, then a dark violet.
  const std::vector<float> values{1, 0.2f, 0, 0, 0, 0.4f};
  const WallLayout layout{{0, 0}, 1, 1, {32, 16}, 0, {2, 1}, {}};
  for (const LaneOrder order : {LaneOrder::lane_major, LaneOrder::unit_major}) {
    const Picture shot = drawn(values, 1, 6, order, layout, {.channels = 3});
    EXPECT_EQ(pixel(shot, 8, 8), (Rgb{255, 0, 0}));
    EXPECT_EQ(pixel(shot, 24, 8), (Rgb{51, 0, 102}));
  }
  const Picture none = drawn(values, 1, 6, LaneOrder::lane_major, layout, {.channels = 3}, 2);
  EXPECT_EQ(pixel(none, 8, 8), (Rgb{0, 0, 0})) << "two planes from there on are no picture";
}

}  // namespace
}  // namespace phaseloom
