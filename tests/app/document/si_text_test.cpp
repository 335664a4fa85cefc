// SPDX-License-Identifier: MIT
#include "app/document/si_text.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace phaseloom {
namespace {

TEST(SiText, ThreeDigitsAndAPrefix) {
  EXPECT_EQ(si_text(8.7076e-6, "J"), "8.71 µJ");
  EXPECT_EQ(si_text(19.7e-6, "J"), "19.7 µJ");
  EXPECT_EQ(si_text(137.8e-9, "J"), "138 nJ");
  EXPECT_EQ(si_text(1.53, "W"), "1.53 W");
  EXPECT_EQ(si_text(12'345, "images/s"), "12.3 kimages/s");
  EXPECT_EQ(si_text(2.87e-21, "J"), "2.87 zJ");
  EXPECT_EQ(si_text(0, "J"), "0 J");
}

TEST(SiText, RoundsBeforeItChoosesThePrefix) {
  EXPECT_EQ(si_text(999.6e-9, "s"), "1.00 µs");
  EXPECT_EQ(si_text(999.4e-9, "s"), "999 ns");
  EXPECT_EQ(si_text(9.996, "W"), "10.0 W");
  EXPECT_EQ(si_text(1e-6, "J"), "1.00 µJ");
}

TEST(SiText, WhatIsNoNumber) {
  EXPECT_EQ(si_text(std::numeric_limits<double>::quiet_NaN(), "J"), "–");
  EXPECT_EQ(short_number(std::numeric_limits<double>::infinity()), "–");
}

TEST(ShortNumber, WithoutExponentWhereItIsReadable) {
  EXPECT_EQ(short_number(18.05), "18.1");
  EXPECT_EQ(short_number(0.04366), "0.0437");
  EXPECT_EQ(short_number(133'856), "1.34e+05");
  EXPECT_EQ(short_number(1234.5), "1234");
}

TEST(SiText, CountsOfOneAreSingular) {
  EXPECT_EQ(counted(0, "step"), "0 steps");
  EXPECT_EQ(counted(1, "step"), "1 step");
  EXPECT_EQ(counted(2, "step"), "2 steps");
  EXPECT_EQ(counted(345'600, "iteration"), "345,600 iterations");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1000), "1,000");
  EXPECT_EQ(grouped(-345'600), "-345,600");
  EXPECT_EQ(grouped(-100), "-100");
}

}  // namespace
}  // namespace phaseloom
