// SPDX-License-Identifier: MIT
#include "engine/network/lyapunov.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <utility>
#include <vector>

#include "engine/dynamics/simulator.hpp"
#include "engine/network/model_file.hpp"
#include "tests/engine/dynamics/networks.hpp"
#include "tests/support/places.hpp"

namespace phaseloom {
namespace {

Program tied_program(Substrate substrate, std::shared_ptr<const Topology> topology) {
  Program program = test::random_program(substrate, std::move(topology), 2, 1.0, 0.3, 5);
  program.tied = true;
  symmetrise(program, program.values);
  return program;
}

// The rate is minus the gradient of L; for tanh units, of L as a function of y = tanh x.
TEST(LyapunovEnergy, IsWhatTheNetworkGoesDown) {
  for (std::size_t s = 0; s < all_substrates().size(); ++s) {
    const SubstrateInfo& about = all_substrates()[s];
    SCOPED_TRACE(about.name);
    const auto topology = Topology::with_labels(*Topology::local({5, 4, 2}, 1), 2);
    const Program program = tied_program(test::substrate_at(s), topology);
    ASSERT_EQ(has_energy(program), !about.name.starts_with("ring"));  // those: ring_test.cpp
    if (!has_energy(program)) continue;
    ThreadPool pool(1);
    RunSettings settings;
    settings.steps_per_chunk = 50;
    Simulator simulator(program, {}, settings, 1, pool);
    simulator.restart();
    simulator.advance(60);  // in the second chunk
    const auto units = static_cast<std::size_t>(topology->units());
    std::vector<float> state(units), rate(units);
    simulator.read_state(state);
    simulator.read_rate(rate);
    for (const std::size_t unit : {0u, 7u, 21u, 39u}) {
      // A power of two, so that x + h - (x - h) is 2 h in floats of this size.
      constexpr float h = 1.0f / 256;
      auto up = state, down = state;
      up[unit] += h;
      down[unit] -= h;
      const double slope = (lyapunov_energy(program, 1, up) - lyapunov_energy(program, 1, down)) /
                           (double(up[unit]) - down[unit]);
      const double y = std::tanh(state[unit]);
      const double metric = about.name == "aim_tanh" ? 1 - y * y : 1;
      // Central differences err by h² L'''/6, about 1e-5 here; the rate is a float sum.
      EXPECT_NEAR(-slope, rate[unit] * metric, 2e-4) << unit;
    }
    double before = lyapunov_energy(program, 1, state);
    while (!simulator.finished()) {
      simulator.advance(1);
      simulator.read_state(state);
      const double now = lyapunov_energy(program, 1, state);
      EXPECT_LE(now, before + 1e-5) << simulator.step();
      before = now;
    }
  }
}

/// The largest rise of the energy from step to step within a chunk, over all samples, and how far
/// it falls in all.
std::pair<double, double> rise_and_fall(const Program& program, const Hardware& hardware) {
  constexpr int kSamples = 20;
  ThreadPool pool(1);
  RunSettings settings;
  settings.integrator = program.integrator;
  settings.steps_per_chunk = program.steps_per_chunk;
  Simulator simulator(program, hardware, settings, kSamples, pool);
  const auto units = static_cast<std::size_t>(program.topology->units());
  std::vector<float> states(units * kSamples), state(units);
  const auto energies = [&](int chunk) {
    simulator.read_state(states);
    std::vector<double> all;
    for (std::size_t lane = 0; lane < kSamples; ++lane) {
      for (std::size_t unit = 0; unit < units; ++unit) state[unit] = states[unit * kSamples + lane];
      all.push_back(lyapunov_energy(simulator.realised(), chunk, state));
    }
    return all;
  };
  double rise = -std::numeric_limits<double>::infinity(), fall = 0;
  while (!simulator.finished()) {
    const int chunk = simulator.chunk();
    const auto before = energies(chunk);
    simulator.advance(1);
    const auto after = energies(chunk);
    for (std::size_t lane = 0; lane < kSamples; ++lane) {
      rise = std::max(rise, after[lane] - before[lane]);
      fall += before[lane] - after[lane];
    }
  }
  return {rise, fall / kSamples};
}

TEST(LyapunovEnergy, OfManySamplesIsThatOfEach) {
  const auto topology = Topology::with_labels(*Topology::local({5, 4, 2}, 1), 2);
  constexpr int kLanes = 19;  // whole blocks and a rest
  RandomSequence random(3, Stream::initial_state);
  std::vector<float> states(static_cast<std::size_t>(topology->units()) * kLanes);
  for (float& x : states) x = static_cast<float>(random.normal());
  for (std::size_t s = 0; s < all_substrates().size(); ++s) {
    const Program program = tied_program(test::substrate_at(s), topology);
    if (!has_energy(program)) continue;  // rings: ring_test.cpp
    for (const int threads : {1, 3}) {
      ThreadPool pool(threads);
      const auto energies = lyapunov_energies(program, 1, states, kLanes, pool);
      ASSERT_EQ(energies.size(), std::size_t{kLanes});
      for (std::size_t lane = 0; lane < kLanes; ++lane) {
        std::vector<float> own;
        for (std::size_t k = lane; k < states.size(); k += kLanes) own.push_back(states[k]);
        EXPECT_EQ(energies[lane], lyapunov_energy(program, 1, own)) << all_substrates()[s].name;
      }
    }
  }
}

// As it is run by default, not only in the limit of small steps.
TEST(LyapunovEnergy, OfTheShippedNetworkFallsAtEveryStep) {
  const auto models = std::filesystem::path(source_folder()) / "assets/models";
  const Program tied = load_model(models / "mnist-tied.safetensors").program;
  ASSERT_TRUE(has_energy(tied));
  for (const int bits : {0, 4}) {
    const auto [rise, fall] = rise_and_fall(tied, {.bits = bits});
    EXPECT_LT(rise, 0) << bits << " bits";
    EXPECT_GT(fall, 1000);
  }
  EXPECT_GT(rise_and_fall(tied, {.phase_noise = 2}).first, 0) << "shaken, it also climbs";
  EXPECT_FALSE(has_energy(load_model(models / "mnist-shil-classes.safetensors").program));
}

TEST(LyapunovEnergy, OnlyOfSymmetricCouplings) {
  const Substrate shil = substrate_named("kuramoto_shil");
  const auto local = Topology::local({5, 4, 2}, 1);
  EXPECT_TRUE(has_energy(tied_program(shil, local)));
  Program untied = tied_program(shil, local);
  untied.tied = false;
  EXPECT_FALSE(has_energy(untied));
  EXPECT_FALSE(has_energy(tied_program(shil, Topology::with_random_links(*local, 1, 3))))
      << "random links go one way";
  EXPECT_TRUE(has_energy(tied_program(shil, Topology::with_labels(*local, 2))))
      << "labels are held";
}

// Large voltages neither overflow nor lose their sign.
TEST(LyapunovEnergy, OfTanhUnitsIsFiniteFarOut) {
  Program program = tied_program(substrate_named("aim_tanh"), Topology::local({2, 1, 1}, 0));
  for (float& v : program.values) v = 0;
  const std::vector<float> far{800, -800};
  // x tanh x - ln cosh x tends to ln 2.
  EXPECT_NEAR(lyapunov_energy(program, 0, far), 2 * std::log(2.0), 1e-9);
}

}  // namespace
}  // namespace phaseloom
