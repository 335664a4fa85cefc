// SPDX-License-Identifier: MIT
#include "engine/metrics/pixel_gaussian.hpp"

#include <algorithm>
#include <cmath>

#include "engine/metrics/frechet.hpp"
#include "engine/support/random.hpp"
#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;

/// 3 x 3 pictures with correlated pixels in the middle of the range, one pixel that never changes.
ImageSet correlated_pictures(int count) {
  ImageSet set;
  set.name = "correlated";
  set.width = set.height = 3;
  RandomSequence random(5, Stream::batch);
  for (int i = 0; i < count; ++i) {
    set.labels.push_back(0);
    const double common = 20 * random.normal();
    for (int p = 0; p < 9; ++p)
      set.pixels.push_back(p == 4 ? 77
                                  : static_cast<std::uint8_t>(std::lround(
                                        127 + (p % 2 ? common : -common) + 12 * random.normal())));
  }
  return set;
}

std::vector<float> unit(const ImageSet& set) {
  std::vector<float> values;
  for (auto p : set.pixels) values.push_back(static_cast<float>(p) / 255.0f);
  return values;
}

// 700 pictures are more than one exact block, and no whole number of them.
TEST(PixelGaussian, HasMeanAndCovarianceOfThePictures) {
  const ImageSet set = correlated_pictures(700);
  ThreadPool pool(2);
  const int n = 20000;
  const auto samples = PixelGaussian(set, pool).sample(n, 3, pool);
  const GaussianFit expected = fit_gaussian(unit(set), 9), fit = fit_gaussian(samples, 9);
  // Standard errors: sigma / sqrt(n) of a mean, sigma_i sigma_j sqrt(2 / n) of a covariance at
  // most; five of them. The range of bytes is far away (5 sigma), so that clipping plays no part.
  const auto sigma = [&](int i) { return std::sqrt(expected.covariance[i * 10]); };
  for (int i = 0; i < 9; ++i) {
    EXPECT_NEAR(fit.mean[i], expected.mean[i], 5 * sigma(i) / std::sqrt(n) + 1e-6);
    for (int j = 0; j < 9; ++j)
      EXPECT_NEAR(fit.covariance[i * 9 + j], expected.covariance[i * 9 + j],
                  5 * sigma(i) * sigma(j) * std::sqrt(2.0 / n) + 1e-9);
  }
  EXPECT_GT(std::abs(expected.covariance[1]), 10 * sigma(0) * sigma(1) * std::sqrt(2.0 / n));
}

TEST(PixelGaussian, SamplesAreAFunctionOfSeedAndNumber) {
  const ImageSet set = correlated_pictures(300);
  ThreadPool one(1), three(3);
  const auto few = PixelGaussian(set, one).sample(70, 1, one);
  const auto many = PixelGaussian(set, three).sample(200, 1, three);
  EXPECT_TRUE(std::equal(few.begin(), few.end(), many.begin()));
  EXPECT_NE(PixelGaussian(set, one).sample(70, 2, one), few);
}

TEST(PixelGaussian, ClipsToPixels) {
  ImageSet set = correlated_pictures(400);
  for (auto& p : set.pixels) p = p > 127 ? 255 : 0;
  ThreadPool pool(1);
  const auto samples = PixelGaussian(set, pool).sample(300, 1, pool);
  EXPECT_EQ(std::ranges::min(samples), 0);
  EXPECT_EQ(std::ranges::max(samples), 1);
}

TEST(PixelGaussian, NeedsTwoPictures) {
  ThreadPool pool(1);
  EXPECT_THAT(error_of([&] { PixelGaussian(correlated_pictures(1), pool); }),
              HasSubstr("correlated: 1 pictures"));
}

}  // namespace
}  // namespace phaseloom
