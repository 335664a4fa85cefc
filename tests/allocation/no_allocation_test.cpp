// SPDX-License-Identifier: MIT
// A program of its own, since counting_new.cpp replaces the global operator new: once warm, a step
// allocates nothing, whatever the hardware's flaws and however many threads work.

#include <gtest/gtest.h>

#include "engine/dynamics/simulator.hpp"
#include "engine/field/field.hpp"
#include "tests/allocation/counting_new.hpp"
#include "tests/engine/dynamics/networks.hpp"

namespace phaseloom {
namespace {

// Negative control: the counter counts, aligned arrays too.
TEST(Allocation, IsCounted) {
  const long before = allocations();
  const std::vector<int> plain(100);
  const AlignedVector<float> aligned(100);
  EXPECT_EQ(allocations() - before, 2);
}

TEST(Allocation, NoneInAStep) {
  for (std::size_t i = 0; i < all_substrates().size(); ++i)
    for (const int threads : {1, 3})
      for (const Hardware& hardware :
           {Hardware{}, Hardware{.bits = 4, .weight_noise = 0.025, .phase_noise = 0.1}})
        for (const Integrator method : {Integrator::euler, Integrator::rk4}) {
          ThreadPool pool(threads);
          Program program = test::random_program(test::substrate_at(i),
                                                 Topology::local({7, 5, 2}, 2), 3, 0.5, 0.2, 61);
          // Quartic potentials want small starts for steps as coarse as these.
          if (!info(program.substrate).is_phase) program.initial.width = 0.3;
          Simulator simulator(program, hardware, {.integrator = method, .steps_per_chunk = 4}, 100,
                              pool);
          simulator.advance(2);  // warm
          const long before = allocations();
          simulator.advance(1);
          simulator.advance(5);    // across the border of a chunk
          simulator.advance(100);  // to the end
          EXPECT_TRUE(simulator.finished());
          EXPECT_FALSE(simulator.diverged());
          simulator.restart();
          simulator.advance(1);
          EXPECT_EQ(allocations() - before, 0) << all_substrates()[i].name << ", " << threads;
        }
}

TEST(Allocation, NoneInAStepOfAField) {
  for (const int threads : {1, 3}) {
    ThreadPool pool(threads);
    FieldSettings settings;
    settings.width = settings.height = 70;
    settings.noise = 0.2;
    Field field(settings, pool);
    field.step();  // warm
    const long before = allocations();
    field.step(5);
    EXPECT_EQ(allocations() - before, 0) << threads;
  }
}

}  // namespace
}  // namespace phaseloom
