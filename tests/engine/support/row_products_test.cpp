// SPDX-License-Identifier: MIT
#include "engine/support/row_products.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

#include "engine/support/random.hpp"

namespace phaseloom {
namespace {

std::vector<float> random_numbers(std::size_t n, std::uint64_t seed) {
  RandomSequence random(seed, Stream::batch);
  std::vector<float> v(n);
  for (float& x : v) x = static_cast<float>(random.normal());
  return v;
}

// Sums of n products of unit normals: the rounding error grows as sqrt(n) 2^-24, here below 1e-5.
TEST(RowProducts, AreTheNaiveLoop) {
  for (const auto [m, n, depth, stride] :
       {std::array{1, 1, 1, 1}, {5, 3, 7, 9}, {130, 67, 300, 130}, {33, 1, 784, 40}}) {
    const auto a = random_numbers(std::size_t(m) * depth, 1);
    const auto b = random_numbers(std::size_t(n) * depth, 2);
    std::vector<float> c(std::size_t(n) * stride, -77);
    multiply_rows({a.data(), b.data(), c.data(), m, n, depth, stride});
    for (int j = 0; j < n; ++j) {
      for (int i = 0; i < m; ++i) {
        double sum = 0;
        for (int k = 0; k < depth; ++k) sum += double{a[i * depth + k]} * double{b[j * depth + k]};
        ASSERT_NEAR(c[j * stride + i], sum, 2e-5 * std::sqrt(depth)) << i << " " << j;
      }
      for (int i = m; i < stride; ++i) ASSERT_EQ(c[j * stride + i], -77) << "beyond a row";
    }
  }
}

// The covariance of pixels relies on it: integers up to 255 over 256 pictures stay below 2^24.
TEST(RowProducts, AreExactForBytes) {
  const int m = 20, depth = 256;
  std::vector<float> a(m * depth, 255), c(m * m);
  for (int k = 0; k < depth; ++k) a[k] = static_cast<float>(k);
  multiply_rows({a.data(), a.data(), c.data(), m, m, depth, m});
  EXPECT_EQ(c[m + 1], 255.0f * 255 * 256);
  EXPECT_EQ(c[1], 255.0f * (255 * 256 / 2));
  EXPECT_EQ(c[0], 255.0f * 256 * 511 / 6);
}

}  // namespace
}  // namespace phaseloom
