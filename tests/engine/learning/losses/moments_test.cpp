// SPDX-License-Identifier: MIT
#include "engine/learning/losses/moments.hpp"

#include <gtest/gtest.h>

namespace phaseloom {
namespace {

Eigen::MatrixXd covariance(int n, unsigned seed) {
  std::srand(seed);
  const Eigen::MatrixXd root = Eigen::MatrixXd::Random(n, n);
  return root * root.transpose() + 0.1 * Eigen::MatrixXd::Identity(n, n);
}

// 1e-3: the width that is added for directions without any, beside variances from 0.1 up.
TEST(Moments, MapCarriesOneCovarianceIntoTheOther) {
  const Eigen::MatrixXd from = covariance(12, 1), to = covariance(12, 2);
  const Eigen::MatrixXd map = transport_map(from, to);
  EXPECT_LT((map * from * map - to).norm(), 1e-3 * to.norm());
  EXPECT_LT((map - map.transpose()).norm(), 1e-9 * map.norm());
  EXPECT_GT(Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(map).eigenvalues().minCoeff(), 0)
      << "optimal transport is the gradient of something convex";
}

TEST(Moments, MapBetweenEqualsIsTheIdentity) {
  const Eigen::MatrixXd c = covariance(12, 1);
  const auto one = Eigen::MatrixXd::Identity(12, 12);
  EXPECT_LT((transport_map(c, c) - one).norm(), 1e-9);
  const Eigen::MatrixXd none = Eigen::MatrixXd::Zero(12, 12);
  EXPECT_LT((transport_map(none, none) - one).norm(), 1e-9) << "without any width";
}

TEST(Moments, AreThoseOfTheRows) {
  Eigen::MatrixXd rows(3, 2);
  rows << 1, 2, 3, 4, 5, 9;
  const Moments m = moments_of(rows);
  EXPECT_FLOAT_EQ(m.mean(0), 3);
  EXPECT_FLOAT_EQ(m.mean(1), 5);
  EXPECT_NEAR(m.covariance()(0, 0), 8.0 / 3, 1e-5);
  EXPECT_NEAR(m.covariance()(0, 1), 14.0 / 3, 1e-5);
  EXPECT_NEAR(m.covariance()(1, 1), 26.0 / 3, 1e-5);
}

}  // namespace
}  // namespace phaseloom
