// SPDX-License-Identifier: MIT
#include "app/run/colour_scale.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <numbers>

namespace phaseloom {
namespace {

using enum View::Quantity;
constexpr double kPi = std::numbers::pi;

TEST(ColourScale, PhasesGoOnceAroundVoltagesAndRatesReachAsFarAsTheyAre) {
  Program program;
  program.substrate = substrate_named("kuramoto_shil");
  program.readout = Readout::sine;
  EXPECT_EQ(colour_scale(intensity, program, 3).map, ColourMap::grey);
  EXPECT_EQ(colour_scale(intensity, program, 3).high, 1);
  const ColourScale around = colour_scale(phase, program, 3);
  EXPECT_EQ(around.map, ColourMap::phase);
  EXPECT_EQ(around.low, 0);
  EXPECT_EQ(around.high, 2 * kPi);
  EXPECT_EQ(colour_scale(rate, program, 3).map, ColourMap::diverging);
  EXPECT_EQ(colour_scale(rate, program, 3).low, -3);
  // Bright where the read-out is.
  program.readout = Readout::cosine;
  EXPECT_EQ(colour_scale(phase, program, 3).low, -kPi / 2);
  program.substrate = substrate_named("aim_tanh");
  EXPECT_EQ(colour_scale(phase, program, 3).map, ColourMap::diverging);
  EXPECT_EQ(colour_scale(phase, program, 3).high, 3);
}

TEST(ColourScale, ADifferenceIsNeverSoFineThatItShowsRounding) {
  const ColourScale grey{ColourMap::grey, 0, 1}, phase{ColourMap::phase, 0, 2 * kPi},
      rate{ColourMap::diverging, -2, 2};
  for (const ColourScale& of : {grey, phase, rate}) {
    EXPECT_EQ(difference_scale(of, 1).map, ColourMap::diverging);
    EXPECT_EQ(difference_scale(of, 1).low, -1);
    EXPECT_GE(difference_scale(of, 1e-6).high, 0.1);
  }
  EXPECT_EQ(difference_scale(phase, 5).high, kPi) << "once around";
  EXPECT_EQ(difference_scale(rate, 5).high, 5);
}

TEST(ColourScale, AnglesWrap) {
  EXPECT_EQ(wrapped(0), 0);
  EXPECT_EQ(wrapped(kPi), kPi);
  EXPECT_NEAR(wrapped(-kPi), kPi, 1e-12);
  EXPECT_NEAR(wrapped(7 * kPi / 2), -kPi / 2, 1e-12);
  EXPECT_EQ(wrapped(std::numeric_limits<double>::infinity()), 0);
}

}  // namespace
}  // namespace phaseloom
