// SPDX-License-Identifier: MIT
#include "engine/learning/teacher.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "engine/dynamics/noise.hpp"
#include "engine/dynamics/simulator.hpp"
#include "engine/support/lanes.hpp"
#include "tests/engine/learning/bars.hpp"

namespace phaseloom {
namespace {

// What is shown is what the network makes when it is simply run.
TEST(Teacher, ShowsWhatTheNetworkMakes) {
  const Program program = network();
  ThreadPool pool(1);
  const std::uint64_t seed = 3;
  RunSettings settings = settings_of(program);
  settings.seed = seed;
  settings.integrator = Integrator::midpoint;
  settings.steps_per_chunk = 4;
  const auto run = generate(program, {}, settings, kLanes, pool);

  Teacher teacher(program, 2);
  AlignedVector<float> initial(static_cast<std::size_t>(program.topology->units()) * kLanes);
  fill_initial(program, 1, seed, 0, kAllLabels, initial.data());
  std::vector<Leg> legs;
  for (const double duration : program.durations) legs.push_back({4, duration / 4});
  const int pixels = program.topology->visible();
  // A training's kernels sum in another order and may round more; pictures differ by 0.5.
  constexpr double kKernels = 1e-3;
  AlignedVector<float> shown(static_cast<std::size_t>(pixels) * kLanes);
  for (const int block : {1, 0}) {
    teacher.show(block, initial.data(), legs, Integrator::midpoint, {}, shown);
    for (int lane = 0; lane < kLanes; ++lane)
      for (int p = 0; p < pixels; ++p)
        ASSERT_NEAR((shown[p * kLanes + lane] + 1) / 2, run[lane * pixels + p], kKernels);
  }
}

TEST(Teacher, FollowingIsTheGradientOfTheSquaredDistance) {
  const std::vector<float> pictures{0.5f, -0.25f, 1, 0}, shown{0.25f, -0.25f, -1, 0.5f};
  const double strength = 0.3;
  const int samples = 2;
  const auto objective = [&](const std::vector<float>& p) {
    double sum = 0;
    for (std::size_t i = 0; i < p.size(); ++i)
      sum += double(p[i] - shown[i]) * double(p[i] - shown[i]);
    return strength / 2 * sum / samples;
  };
  std::vector<float> gradient(4, 1);  // what another loss has written is kept
  follow(pictures, shown, strength, samples, gradient);
  for (std::size_t i = 0; i < 4; ++i) {
    auto more = pictures, less = pictures;
    const float h = 1e-2f;  // of a square the difference is exact, but for rounding
    more[i] += h;
    less[i] -= h;
    EXPECT_NEAR(double(gradient[i]) - 1, (objective(more) - objective(less)) / (2 * double(h)),
                1e-5);
  }
}

}  // namespace
}  // namespace phaseloom
