// SPDX-License-Identifier: MIT
#include "engine/metrics/nearest.hpp"

#include <cmath>

#include "engine/metrics/classifier.hpp"
#include "tests/engine/metrics/synthetic_images.hpp"
#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;

std::vector<NearestPicture> naive(const std::vector<float>& queries, const ImageSet& set) {
  std::vector<NearestPicture> result;
  for (std::size_t q = 0; q < queries.size() / 784; ++q) {
    NearestPicture best{-1, 1e9};
    for (int i = 0; i < set.count(); ++i) {
      double sum = 0;
      for (int p = 0; p < 784; ++p)
        sum += std::pow(double{queries[q * 784 + p]} - set.image(i)[p] / 255.0, 2);
      if (std::sqrt(sum) < best.distance) best = {i, std::sqrt(sum)};
    }
    result.push_back(best);
  }
  return result;
}

// 700 pictures are three blocks; 30 queries one piece.
TEST(Nearest, IsTheNaiveSearchForAnyNumberOfThreads) {
  const ImageSet set = synthetic_images(700, 1);
  const auto queries = unit_pixels(synthetic_images(30, 2), 0, 30);
  const auto expected = naive(queries, set);
  for (int threads : {1, 3}) {
    ThreadPool pool(threads);
    double last = 0;
    const auto nearest = nearest_pictures(queries, set, pool, [&](double f) { last = f; });
    ASSERT_EQ(nearest.size(), expected.size());
    for (std::size_t i = 0; i < nearest.size(); ++i) {
      EXPECT_EQ(nearest[i].index, expected[i].index) << i;
      EXPECT_NEAR(nearest[i].distance, expected[i].distance, 1e-6) << i;
    }
    EXPECT_EQ(last, 1);
  }
}

// A copy is found at distance exactly 0, whatever block and piece it is in. Between two copies the
// rounding of the products decides.
TEST(Nearest, FindsCopies) {
  ImageSet set = synthetic_images(600, 1);
  const std::vector<std::uint8_t> copy(set.image(5).begin(), set.image(5).end());
  std::copy(copy.begin(), copy.end(), set.pixels.begin() + 599 * 784);
  std::vector<float> queries = unit_pixels(set, 0, 600);
  const auto more = unit_pixels(synthetic_images(500, 2), 0, 500);
  queries.insert(queries.end(), more.begin(), more.end());  // more than one piece of queries
  const auto last = unit_pixels(set, 17, 1);
  queries.insert(queries.end(), last.begin(), last.end());
  ThreadPool pool(2);
  const auto nearest = nearest_pictures(queries, set, pool);
  for (const int twin : {5, 599}) {
    EXPECT_TRUE(nearest[twin].index == 5 || nearest[twin].index == 599);
    EXPECT_EQ(nearest[twin].distance, 0);
  }
  EXPECT_EQ(nearest[300].distance, 0);
  EXPECT_EQ(nearest.back().index, 17);
  EXPECT_EQ(nearest.back().distance, 0);
  EXPECT_GT(nearest[700].distance, 0);
}

TEST(Nearest, Summary) {
  const NearestPicture nearest[] = {{4, 2.0}, {1, 6.0}, {2, 1.0}};
  EXPECT_EQ(summarise(nearest).mean, 3);
  EXPECT_EQ(summarise(nearest).least, 1);
}

TEST(Nearest, StopsWhenAskedAndRefusesAnEmptySet) {
  ThreadPool pool(1);
  const ImageSet set = synthetic_images(5000, 1);
  const auto query = unit_pixels(set, 0, 1);
  std::stop_source stop;
  EXPECT_TRUE(nearest_pictures(
                  query, set, pool, [&](double) { stop.request_stop(); }, stop.get_token())
                  .empty());
  EXPECT_THAT(error_of([&] { nearest_pictures(query, synthetic_images(0, 1), pool); }),
              HasSubstr("no pictures"));
}

}  // namespace
}  // namespace phaseloom
