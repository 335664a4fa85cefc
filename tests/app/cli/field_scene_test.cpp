// SPDX-License-Identifier: MIT
// `bench field` compares two ways to the same numbers.
#include "measure/field_scene.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace phaseloom {
namespace {

TEST(FieldScene, PlainLoopIsTheSameField) {
  FieldSettings settings = measured_field(32);
  settings.noise = 0;  // the plain loop has none
  ThreadPool pool(1);
  Field field(settings, pool);
  DirectField direct(field);
  for (int i = 0; i < 5; ++i) {
    field.step();
    direct.step();
  }
  const auto phases = field.phases();
  // Five steps' roundings of phases of order π and of dt times rates of order 1.
  constexpr double kRounding = 5e-6;
  for (std::size_t i = 0; i < phases.size(); ++i)
    EXPECT_NEAR(std::remainder(phases[i] - direct.phases()[i], 2 * std::numbers::pi), 0, kRounding);
}

}  // namespace
}  // namespace phaseloom
