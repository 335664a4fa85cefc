// SPDX-License-Identifier: MIT
#include "engine/field/coupling_kernel.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tests/engine/field/small_fields.hpp"
#include "tests/support/expect_error.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;

// Sums of a thousand weights of order 1 at most, in double precision.
constexpr double kRounding = 1e-12;

double sum_of_weights(const CouplingKernel& kernel) {
  double sum = 0;
  for (int dy = -kernel.radius(); dy <= kernel.radius(); ++dy)
    for (int dx = -kernel.radius(); dx <= kernel.radius(); ++dx) sum += kernel.weight(dx, dy);
  return sum;
}

TEST(FieldKernel, WeightsOfTheOthersSumUpToOne) {
  for (const int radius : {1, 2, 7, kMaxKernelRadius})
    for (const KernelShape shape : test::all_kernel_shapes()) {
      const CouplingKernel kernel({.shape = shape, .radius = radius, .surround_share = 0.7});
      const double expected = shape == KernelShape::difference ? 1 - 0.7 : 1;
      EXPECT_NEAR(sum_of_weights(kernel), expected, kRounding) << name_of(shape) << radius;
      EXPECT_EQ(kernel.weight(0, 0), 0);
    }
}

TEST(FieldKernel, IsSymmetricAndEndsAtItsRadius) {
  for (const KernelShape shape : test::all_kernel_shapes()) {
    const CouplingKernel kernel({.shape = shape, .radius = 3});
    for (int dy = -4; dy <= 4; ++dy)
      for (int dx = -4; dx <= 4; ++dx) {
        EXPECT_EQ(kernel.weight(dx, dy), kernel.weight(-dx, -dy));
        EXPECT_NEAR(kernel.weight(dx, dy), kernel.weight(dy, dx), kRounding);
      }
    EXPECT_EQ(kernel.weight(4, 0), 0);
    EXPECT_EQ(kernel.weight(0, -4), 0);
  }
}

TEST(FieldKernel, HasTheShapesThatItsNamesSay) {
  const CouplingKernel gaussian({.radius = 5, .sigma = 1.5});
  for (const auto& [dx, dy] : {std::pair{1, 0}, {2, 3}, {-5, 5}})
    EXPECT_NEAR(gaussian.weight(dx, dy) / gaussian.weight(1, 1),
                std::exp((2 - dx * dx - dy * dy) / (2 * 1.5 * 1.5)), kRounding);
  const CouplingKernel square({.shape = KernelShape::square, .radius = 2});
  EXPECT_NEAR(square.weight(2, -2), 1 / 24., kRounding);
  EXPECT_NEAR(square.weight(0, 1), 1 / 24., kRounding);
  const CouplingKernel cross({.shape = KernelShape::cross, .radius = 2});
  EXPECT_NEAR(cross.weight(0, -2), 1 / 8., kRounding);
  EXPECT_NEAR(cross.weight(1, 0), 1 / 8., kRounding);
  EXPECT_EQ(cross.weight(1, 1), 0);
  const CouplingKernel near({.radius = 8, .sigma = 1}), far({.radius = 8, .sigma = 3});
  const CouplingKernel difference({.shape = KernelShape::difference,
                                   .radius = 8,
                                   .sigma = 1,
                                   .surround_sigma = 3,
                                   .surround_share = 0.9});
  for (const auto& [dx, dy] : {std::pair{1, 0}, {2, 3}, {8, 8}})
    EXPECT_NEAR(difference.weight(dx, dy), near.weight(dx, dy) - 0.9 * far.weight(dx, dy),
                kRounding);
  EXPECT_GT(difference.weight(1, 0), 0);
  EXPECT_LT(difference.weight(4, 0), 0);
}

TEST(FieldKernel, GaussianEndsWhereNothingIsLeftOfIt) {
  const CouplingKernel kernel({.radius = kMaxKernelRadius, .sigma = 2});
  EXPECT_EQ(kernel.radius(), 12);
  EXPECT_GT(kernel.weight(12, 0), 0);
  // It would have less than a float's rounding beyond.
  EXPECT_LT(kernel.weight(12, 0) / kernel.weight(1, 0), std::numeric_limits<float>::epsilon());
}

TEST(FieldKernel, BadSettingsAreErrors) {
  const auto error = [](const KernelSettings& s) {
    return error_of([&] { CouplingKernel kernel(s); });
  };
  EXPECT_THAT(error({.radius = 0}), HasSubstr("radius is 0; it must lie in 1..32"));
  EXPECT_THAT(error({.radius = 33}), HasSubstr("radius is 33"));
  EXPECT_THAT(error({.sigma = 0.4}), HasSubstr("sigma is 0.4; it must lie in 0.5..64"));
  EXPECT_THAT(error({.sigma = std::nan("")}), HasSubstr("sigma is nan"));
  EXPECT_THAT(error({.surround_sigma = 65}), HasSubstr("surround_sigma is 65"));
  EXPECT_THAT(error({.surround_share = 2.5}), HasSubstr("surround_share is 2.5"));
}

}  // namespace
}  // namespace phaseloom
