// SPDX-License-Identifier: MIT
#include "engine/support/number.hpp"

#include <gtest/gtest.h>

#include <cstdint>

namespace phaseloom {
namespace {

TEST(Number, DecimalAndWhole) {
  EXPECT_EQ(parse_number<int>("010"), 10);  // not octal
  EXPECT_EQ(parse_number<int>("-7"), -7);
  EXPECT_EQ(parse_number<int>("+7"), 7);
  EXPECT_EQ(parse_number<std::uint64_t>("18446744073709551615"), UINT64_MAX);
  EXPECT_EQ(parse_number<double>("2.5e-3"), 0.0025);
  EXPECT_EQ(parse_number<double>("+.5"), 0.5);
  EXPECT_EQ(parse_number<double>("1."), 1.0);
}

TEST(Number, WhatIsNone) {
  for (const char* bad :
       {"",    " ",   "1 ",   " 1",       "1x",  "x",   "0x10", "1 2", "1,5",   "nan",
        "NaN", "inf", "-inf", "infinity", "--1", "++1", "+-1",  "+",   "1e999", "-1e999"}) {
    EXPECT_FALSE(parse_number<double>(bad)) << bad;
    EXPECT_FALSE(parse_number<float>(bad)) << bad;
  }
  for (const char* bad : {"1.5", "1.0", "1e3", "99999999999", "0x10", "inf", ""})
    EXPECT_FALSE(parse_number<int>(bad)) << bad;
  EXPECT_FALSE(parse_number<std::uint64_t>("-1"));
  EXPECT_FALSE(parse_number<std::uint64_t>("18446744073709551616"));
  EXPECT_FALSE(parse_number<float>("1e39"));
}

TEST(Number, NextToZero) {
  EXPECT_EQ(parse_number<float>("1e-40"), 1e-40f);
  EXPECT_EQ(parse_number<double>("5e-324"), 5e-324);
  EXPECT_EQ(parse_number<double>("1e-400"), 0.0);
  EXPECT_EQ(parse_number<float>("-1e-60"), 0.0f);
}

}  // namespace
}  // namespace phaseloom
