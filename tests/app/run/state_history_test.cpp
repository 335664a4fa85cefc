// SPDX-License-Identifier: MIT
#include "app/run/state_history.hpp"

#include <gtest/gtest.h>

namespace phaseloom {
namespace {

StateHistory::Values state(float value, std::size_t size = 10) {
  return std::make_shared<const std::vector<float>>(size, value);
}

TEST(StateHistory, KeepsTheLatestWithinItsBudget) {
  StateHistory history(100);  // two states of 40 bytes
  EXPECT_FALSE(history.has(0));
  for (int step = 0; step < 20; ++step) {
    history.push(step, state(float(step)));
    EXPECT_LE(history.bytes(), 100u);
    EXPECT_EQ(history.last(), step);
  }
  EXPECT_EQ(history.first(), 18);
  EXPECT_FALSE(history.has(17));
  EXPECT_EQ(history.at(18)->front(), 18);
  EXPECT_EQ(history.at(19)->front(), 19);
}

TEST(StateHistory, AlwaysKeepsOne) {
  StateHistory history(0);
  history.push(3, state(3));
  history.push(4, state(4));
  EXPECT_TRUE(history.has(4));
  EXPECT_EQ(history.bytes(), 40u);
}

TEST(StateHistory, ForgetsTheFuture) {
  StateHistory history(1000);
  for (int step = 5; step < 10; ++step) history.push(step, state(float(step)));
  history.truncate_after(7);
  EXPECT_EQ(history.first(), 5);
  EXPECT_EQ(history.last(), 7);
  EXPECT_EQ(history.bytes(), 120u);
  history.push(8, state(-8));
  EXPECT_EQ(history.at(8)->front(), -8);
  history.clear();
  EXPECT_TRUE(history.empty());
  EXPECT_EQ(history.bytes(), 0u);
}

}  // namespace
}  // namespace phaseloom
