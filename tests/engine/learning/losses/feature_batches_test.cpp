// SPDX-License-Identifier: MIT
#include "engine/learning/losses/feature_batches.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/engine/learning/bars.hpp"
#include "tests/engine/learning/feature_space.hpp"
#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

class FeatureBatchesTest : public ::testing::Test {
 protected:
  FeatureNet net =
      random_feature_net(conv_kernels<float>());  // differences see bfloat16's roundings
  TrainSettings settings;
  ImageSet images = bars();
  ThreadPool pool{2};
  FeatureBatches features{net, settings, images, 4, pool};
};

TEST_F(FeatureBatchesTest, RealFeaturesAreStandardised) {
  AlignedVector<float> pictures(std::size_t{784} * settings.batch);
  RealBatches(images, settings.batch, 1).load(0, 0, pictures, pool);
  // All 64 training pictures once, in their order.
  for (int s = 0; s < 64; ++s)
    for (std::size_t k = 0; k < 784; ++k)
      pictures[(s / kLanes) * 784 * kLanes + k * kLanes + s % kLanes] =
          static_cast<float>(images.image(s)[k]) * (2 / 255.0f) - 1;
  const FeatureMatrix all = features.generated(pictures);
  ASSERT_EQ(all.rows(), 64);
  int alive = 0;
  for (Eigen::Index f = 0; f < all.cols(); ++f) {
    EXPECT_NEAR(all.col(f).mean(), 0, 1e-4);
    const float variance = all.col(f).squaredNorm() / 64;
    if (variance == 0) continue;  // one that tells nothing apart
    ++alive;
    EXPECT_NEAR(variance, 1, 1e-3);
  }
  EXPECT_GT(alive, features.size() / 2);
}

TEST_F(FeatureBatchesTest, DrawsRealFeaturesByTheirNumber) {
  const FeatureMatrix a = features.real(3, 0, 100);
  EXPECT_EQ(a.rows(), 100);
  EXPECT_TRUE(a == features.real(3, 0, 100));
  EXPECT_FALSE(a == features.real(4, 0, 100));
  EXPECT_FALSE(a == features.real(3, 1, 100));
}

// The four bars are four classes, alike in themselves.
TEST_F(FeatureBatchesTest, DrawsTheClassesThatAreAskedFor) {
  const std::uint8_t classes[] = {2, 0, 2};
  const FeatureMatrix a = features.real(3, 0, 7, classes);
  for (int i = 0; i < 7; ++i)
    for (int j = 0; j < 7; ++j)
      EXPECT_EQ(a.row(i) == a.row(j), classes[i % 3] == classes[j % 3]) << i << ' ' << j;
}

TEST_F(FeatureBatchesTest, MomentsCountEveryClassAlike) {
  ImageSet uneven = images;  // of the last bar, 15 of 16 pictures are missing
  uneven.pixels.clear();
  uneven.labels.clear();
  for (int i = 0; i < images.count(); ++i) {
    if (images.labels[i] == 3 && i > 3) continue;
    const auto image = images.image(i);
    uneven.pixels.insert(uneven.pixels.end(), image.begin(), image.end());
    uneven.labels.push_back(images.labels[i]);
  }
  const FeatureBatches asked(net, settings, uneven, 4, pool), plain(net, settings, uneven, 0, pool);
  Eigen::VectorXf mean = Eigen::VectorXf::Zero(features.size());
  for (std::uint8_t k = 0; k < 4; ++k)
    mean += asked.real(0, 0, 1, std::span(&k, 1)).row(0).transpose() / 4;
  EXPECT_LT((asked.real_moments().mean - mean).norm(), 1e-4 * mean.norm());
  EXPECT_GT((asked.real_moments().covariance() - plain.real_moments().covariance()).norm(),
            0.01 * plain.real_moments().covariance().norm());
  EXPECT_LT(plain.real_moments().mean.norm(), 1e-3) << "standardised";
}

// <d_features, J dx> by a difference of features against <J^T d_features, dx>. Single precision and
// a network of kinks: 2 % is what a difference of 2e-3 leaves.
TEST_F(FeatureBatchesTest, PullIsTheTransposedDerivative) {
  const auto pictures = random_pictures(settings.batch, 1);
  const auto direction = random_pictures(settings.batch, 2);
  FeatureMatrix weights = FeatureMatrix::Random(settings.batch, features.size());
  const float h = 1e-3f;
  const auto value = [&](float step) {
    return features.generated(moved(pictures, direction, step))
        .cwiseProduct(weights)
        .cast<double>()
        .sum();
  };
  const double difference = (value(h) - value(-h)) / (2 * double{h});
  features.generated(pictures);
  AlignedVector<float> d_pictures;
  features.pull(weights, d_pictures);
  EXPECT_NEAR(dot(d_pictures, direction), difference, 0.02 * std::abs(difference));
}

TEST_F(FeatureBatchesTest, CompanyIsPartOfTheState) {
  std::deque<FeatureMatrix> company{FeatureMatrix::Random(64, 128), FeatureMatrix::Random(64, 128)};
  TensorFile file;
  StateWriter writer(file);
  visit_earlier(writer, company, 8, 64, 128);
  std::deque<FeatureMatrix> again;
  StateReader reader(file);
  visit_earlier(reader, again, 8, 64, 128);
  ASSERT_EQ(again.size(), 2u);
  EXPECT_TRUE(again[0] == company[0] && again[1] == company[1]);
  file.metadata["company"] = "9";
  EXPECT_THAT(error_of([&] { visit_earlier(reader, again, 8, 64, 128); }),
              ::testing::HasSubstr("at most 8"));
}

}  // namespace
}  // namespace phaseloom
