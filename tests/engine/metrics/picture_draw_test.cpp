// SPDX-License-Identifier: MIT
#include "engine/metrics/picture_draw.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/engine/metrics/synthetic_images.hpp"

namespace phaseloom {
namespace {

TEST(PictureDraw, DrawsEachPictureOnceAsTheSeedSays) {
  const ImageSet set = synthetic_images(500, 1);
  const auto some = draw_pictures(set, 200, 3);
  EXPECT_EQ(std::set<int>(some.begin(), some.end()).size(), 200u);
  EXPECT_GE(std::ranges::min(some), 0);
  EXPECT_LT(std::ranges::max(some), 500);
  EXPECT_GT(std::ranges::max(some), 400);  // from the whole set
  EXPECT_FALSE(std::ranges::is_sorted(some));
  EXPECT_EQ(draw_pictures(set, 200, 3), some);
  EXPECT_NE(draw_pictures(set, 200, 4), some);
  auto all = draw_pictures(set, 500, 3);
  EXPECT_TRUE(std::equal(some.begin(), some.end(), all.begin()));
  std::ranges::sort(all);
  for (int i = 0; i < 500; ++i) EXPECT_EQ(all[i], i);
}

TEST(PictureDraw, PixelsInOrder) {
  const ImageSet set = synthetic_images(5, 1);
  const auto pixels = unit_pixels_of(set, {4, 0});
  ASSERT_EQ(pixels.size(), 2u * 784);
  EXPECT_EQ(pixels[100], static_cast<float>(set.image(4)[100]) / 255.0f);
  EXPECT_EQ(pixels[784 + 100], static_cast<float>(set.image(0)[100]) / 255.0f);
}

}  // namespace
}  // namespace phaseloom
