// SPDX-License-Identifier: MIT
#include "engine/network/uncoupled.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace phaseloom {
namespace {

TEST(Uncoupled, ChunksBeforeTheFirstCoupling) {
  Program program =
      make_program(substrate_named("kuramoto"), Topology::all_to_all({3, 1, 1}, 3), 3, 1, 0.5, 1);
  EXPECT_EQ(leading_uncoupled(program), 0);
  std::ranges::fill(program.weights(1), 0.0F);
  EXPECT_EQ(leading_uncoupled(program), 0) << "the first one has some";
  std::ranges::fill(program.weights(0), 0.0F);
  EXPECT_EQ(leading_uncoupled(program), 2);
  program.weights(1)[4] = 0.1F;
  EXPECT_EQ(leading_uncoupled(program), 1);
  std::ranges::fill(program.values, 0.0F);
  EXPECT_EQ(leading_uncoupled(program), 3);
}

}  // namespace
}  // namespace phaseloom
