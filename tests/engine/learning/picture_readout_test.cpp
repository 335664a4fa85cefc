// SPDX-License-Identifier: MIT
#include "engine/learning/picture_readout.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/support/aligned.hpp"
#include "engine/support/lanes.hpp"

namespace phaseloom {
namespace {

constexpr Readout kAll[] = {Readout::sine, Readout::cosine, Readout::tanh};

AlignedVector<float> states() {
  AlignedVector<float> x(std::size_t{8} * kLanes);
  for (std::size_t i = 0; i < x.size(); ++i)
    x[i] = 8 * (static_cast<float>(i) / static_cast<float>(x.size()) - 0.5f);
  return x;
}

TEST(PictureReadout, IsThePixelFromMinusOneToOne) {
  const auto x = states();
  AlignedVector<float> pictures(x.size());
  for (const Readout readout : kAll) {
    read_pictures(readout, x, pictures);
    for (std::size_t i = 0; i < x.size(); ++i)
      ASSERT_NEAR(pictures[i], 2 * read_pixel(readout, double{x[i]}) - 1, 1e-6)
          << name_of(readout) << " of " << x[i];
  }
}

TEST(PictureReadout, PullsAlongItsSlope) {
  const auto x = states();
  AlignedVector<float> signal(x.size()), adjoint(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) signal[i] = static_cast<float>(i % 7) - 3;
  const double h = 1e-5;
  for (const Readout readout : kAll) {
    pull_pictures(readout, x, signal, adjoint);
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double slope =
          (read_pixel(readout, double{x[i]} + h) - read_pixel(readout, double{x[i]} - h)) / h;
      ASSERT_NEAR(adjoint[i], double{signal[i]} * slope, 3e-6) << name_of(readout);
    }
  }
}

}  // namespace
}  // namespace phaseloom
