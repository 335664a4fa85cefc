// SPDX-License-Identifier: MIT
#include "engine/data/picture.hpp"

#include <limits>
#include <vector>

#include "engine/data/picture_compare.hpp"
#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;

// Three images of 2 x 1 in two columns, a gutter of one pixel:
//   a a g b b
//   g g g g g
//   c c g g g
TEST(TileGrid, LayOut) {
  const std::vector<float> images{0, 1, 0.5f, 0.25f, -1, 2};
  const Picture picture = tile_grid(images, {2, 1}, 2, {.gutter = 1, .scale = 1, .background = 9});
  EXPECT_EQ(picture.width, 5);
  EXPECT_EQ(picture.height, 3);
  EXPECT_EQ(picture.pixels, (std::vector<std::uint8_t>{0, 255, 9, 128, 64,  //
                                                       9, 9, 9, 9, 9,       //
                                                       0, 255, 9, 9, 9}));
}

TEST(TileGrid, ScaleAndNoGutter) {
  const std::vector<float> images{1, 0};
  const Picture picture = tile_grid(images, {1, 1}, 2, {.gutter = 0, .scale = 2});
  EXPECT_EQ(picture.pixels, (std::vector<std::uint8_t>{255, 255, 0, 0, 255, 255, 0, 0}));
}

TEST(TileGrid, NotANumberIsBlack) {
  const std::vector<float> images{std::numeric_limits<float>::quiet_NaN(),
                                  std::numeric_limits<float>::infinity()};
  const Picture picture = tile_grid(images, {1, 1}, 2, {.gutter = 0});
  EXPECT_EQ(picture.pixels, (std::vector<std::uint8_t>{0, 255}));
}

TEST(TileGrid, ColoursAreThoseOfTheMap) {
  const std::vector<float> images{0.25f, 0.9f, 1.25f, std::numeric_limits<float>::quiet_NaN()};
  const Picture picture =
      tile_grid(images, {2, 1}, 1, {.gutter = 1, .background = 9, .map = ColourMap::phase});
  ASSERT_EQ(picture.channels, 3);
  const auto pixel = [&](int i) {
    return Rgb{picture.pixels[3 * i], picture.pixels[3 * i + 1], picture.pixels[3 * i + 2]};
  };
  EXPECT_EQ(pixel(0), colour_at(ColourMap::phase, 0.25));
  EXPECT_EQ(pixel(1), colour_at(ColourMap::phase, 0.9f));
  EXPECT_EQ(pixel(2), (Rgb{9, 9, 9})) << "the gutter";
  EXPECT_EQ(pixel(4), pixel(0)) << "a whole turn further";
  EXPECT_EQ(pixel(5), Rgb{}) << "not a number";
}

TEST(PictureCompare, Measures) {
  const Picture black{2, 2, 3, std::vector<std::uint8_t>(12, 0)};
  Picture other = black;
  other.pixels[4] = 10;  // one channel of the second pixel
  other.pixels[9] = 2;   // one channel of the last
  EXPECT_EQ(compare_pictures(black, black).largest, 0);
  const PictureDifference difference = compare_pictures(other, black, 5);
  EXPECT_EQ(difference.largest, 10);
  EXPECT_DOUBLE_EQ(difference.mean_absolute, 1.0);
  EXPECT_DOUBLE_EQ(difference.share_over, 0.25);
  EXPECT_DOUBLE_EQ(compare_pictures(other, black, 10).share_over, 0);  // over, not at
  EXPECT_DOUBLE_EQ(compare_pictures(other, black, 1).share_over, 0.5);
}

TEST(PictureCompare, DifferencePicture) {
  const Picture a{1, 1, 4, {10, 200, 0, 255}};
  const Picture b{1, 1, 4, {12, 0, 0, 0}};
  EXPECT_EQ(difference_picture(a, b, 4).pixels, (std::vector<std::uint8_t>{8, 255, 0, 255}));
}

TEST(PictureCompare, OtherSize) {
  const Picture a{1, 2, 1, {0, 0}};
  const Picture b{2, 1, 1, {0, 0}};
  EXPECT_THAT(error_of([&] { compare_pictures(a, b); }), HasSubstr("1 x 2 pixels of 1 channels"));
  EXPECT_THAT(error_of([&] { difference_picture(a, b); }), HasSubstr("cannot be compared"));
}

TEST(TileGrid, ShowsColours) {
  // Two pictures of 2 x 1: red and green, blue and grey.
  const std::vector<float> images{1, 0, 0, 1, 0, 0, 0, 0.5f, 0, 0.5f, 1, 0.5f};
  const Picture picture = tile_grid(images, {2, 1, 3}, 2, {.gutter = 0});
  EXPECT_EQ(picture.channels, 3);
  EXPECT_EQ(picture.pixels,
            (std::vector<std::uint8_t>{255, 0, 0, 0, 255, 0, 0, 0, 255, 128, 128, 128}));
  // By another map, the place of their mean.
  const Picture mapped =
      tile_grid(images, {2, 1, 3}, 2, {.gutter = 0, .map = ColourMap::diverging});
  const Rgb half = colour_at(ColourMap::diverging, 0.5f);
  EXPECT_EQ(mapped.pixels[9], half.r);
  EXPECT_EQ(mapped.pixels[10], half.g);
}

}  // namespace
}  // namespace phaseloom
