// SPDX-License-Identifier: MIT
#include "engine/metrics/frechet.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/support/random.hpp"

namespace phaseloom {
namespace {

GaussianFit gaussian(std::vector<double> mean, std::vector<double> covariance) {
  return {static_cast<int>(mean.size()), std::move(mean), std::move(covariance)};
}

TEST(Frechet, OneDimension) {  // (m1 - m2)^2 + (s1 - s2)^2
  EXPECT_NEAR(frechet_distance(gaussian({1}, {4}), gaussian({-2}, {25})), 9 + 9, 1e-12);
}

TEST(Frechet, CommutingCovariances) {
  const auto a = gaussian({0, 0, 0}, {1, 0, 0, 0, 4, 0, 0, 0, 9});
  const auto b = gaussian({1, 2, 2}, {4, 0, 0, 0, 4, 0, 0, 0, 1});
  EXPECT_NEAR(frechet_distance(a, b), 9 + 1 + 0 + 4, 1e-12);
}

// For 2x2 matrices tr sqrt(M) = sqrt(tr M + 2 sqrt(det M)) with M = S1 S2, in closed form.
TEST(Frechet, CovariancesThatDoNotCommute) {
  const double a[4] = {2, 0.7, 0.7, 1}, b[4] = {1, -0.4, -0.4, 3};
  const double trace = a[0] * b[0] + a[1] * b[2] + a[2] * b[1] + a[3] * b[3];
  const double det = (a[0] * a[3] - a[1] * a[2]) * (b[0] * b[3] - b[1] * b[2]);
  const double expected = 1 + 3 + 4 - 2 * std::sqrt(trace + 2 * std::sqrt(det));
  const auto fit_a = gaussian({0, 0}, {a, a + 4}), fit_b = gaussian({1, 0}, {b, b + 4});
  EXPECT_NEAR(frechet_distance(fit_a, fit_b), expected, 1e-12);
  EXPECT_NEAR(frechet_distance(fit_b, fit_a), expected, 1e-12);
}

TEST(Frechet, SingularCovarianceAndItself) {
  const auto flat = gaussian({1, 2}, {1, 1, 1, 1});  // rank one: a dead feature is no trouble
  EXPECT_NEAR(frechet_distance(flat, flat), 0, 1e-7);
  EXPECT_NEAR(frechet_distance(flat, gaussian({1, 2}, {0, 0, 0, 0})), 2, 1e-7);
}

TEST(Frechet, FitIsUnbiased) {
  const std::vector<float> features{1, 10, 2, 14, 6, 12};  // three vectors of two numbers
  const GaussianFit fit = fit_gaussian(features, 2);
  EXPECT_EQ(fit.mean, (std::vector<double>{3, 12}));
  EXPECT_EQ(fit.covariance, (std::vector<double>{7, 1, 1, 4}));
}

TEST(Frechet, SamplesOfKnownGaussians) {
  RandomSequence random(3, Stream::batch);
  std::vector<float> a, b;
  for (int i = 0; i < 20000; ++i)
    for (int d = 0; d < 3; ++d) {
      a.push_back(static_cast<float>(random.normal()));
      b.push_back(static_cast<float>(1 + 3 * random.normal()));
    }
  EXPECT_NEAR(frechet_distance(fit_gaussian(a, 3), fit_gaussian(b, 3)), 3 * (1 + 4), 0.3);
}

}  // namespace
}  // namespace phaseloom
