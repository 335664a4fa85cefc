// SPDX-License-Identifier: MIT
#include "engine/circuit/polynomial.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace phaseloom {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;

double at(const std::vector<double>& c, double u) {
  double sum = 0;
  for (auto k = c.rbegin(); k != c.rend(); ++k) sum = sum * u + *k;
  return sum;
}

TEST(Polynomial, GivesBackOneThatIsOne) {
  std::vector<double> values;
  for (int i = 0; i <= 20; ++i) values.push_back(at({1, -2, 0, 3}, i / 10.0 - 1));
  const auto near = [](double v) { return DoubleNear(v, 1e-12); };
  EXPECT_THAT(fitted_polynomial(values, 4),
              ElementsAre(near(1), near(-2), near(0), near(3), near(0)));
}

TEST(Polynomial, FollowsASmoothPath) {
  const auto path = [](double u) { return std::tanh(3 * u) + std::sin(4 * u); };
  std::vector<double> values;
  for (int i = 0; i <= 64; ++i) values.push_back(path(i / 32.0 - 1));
  const auto c = fitted_polynomial(values, 24);
  for (double u = -1; u <= 1; u += 0.01) EXPECT_NEAR(at(c, u), path(u), 3e-5) << u;
}

TEST(Polynomial, TakesNoMoreTermsThanThereAreValues) {
  EXPECT_THAT(fitted_polynomial(std::vector<double>{7}, 5), ElementsAre(7));
  EXPECT_THAT(fitted_polynomial(std::vector<double>{1, 3}, 5),
              ElementsAre(DoubleNear(2, 1e-12), DoubleNear(1, 1e-12)));
}

}  // namespace
}  // namespace phaseloom
