// SPDX-License-Identifier: MIT
#include "measure/step_scene.hpp"

#include <cmath>

#include "engine/dynamics/tiling.hpp"
#include "engine/support/lanes.hpp"
#include "measure/naive_step.hpp"
#include "measure/scenes.hpp"
#include "measure/stopwatch.hpp"

namespace phaseloom {
namespace {

constexpr int kNaiveLanes = 4;

int steps_of(const Program& program) { return program.chunks() * program.steps_per_chunk; }

/// The state that a simulation of kNaiveLanes samples begins with.
std::vector<float> initial_state(const Simulator& simulator) {
  std::vector<float> x(std::size_t(simulator.ideal().topology->units()) * simulator.lanes());
  simulator.read_state(x);
  return x;
}

float first_dt(const Program& program) {
  return static_cast<float>(program.durations[0] / program.steps_per_chunk);
}

template <class T>
std::size_t bytes_of(const std::vector<T>& v) {
  return v.size() * sizeof(T);
}

}  // namespace

StepScene::StepScene(const Program& program, const Hardware& hardware, int lanes, int threads)
    : pool_(threads), simulator_(program, hardware, settings_of(program), lanes, pool_) {}

double StepScene::run() {
  simulator_.restart();
  return seconds_of([&] { simulator_.advance(simulator_.total_steps()); });
}

double StepScene::flops() const {
  return coupling_flops(simulator_.ideal(), simulator_.lanes()) *
         tableau(simulator_.settings().integrator).stages * simulator_.total_steps();
}

double naive_run(const Program& program, int lanes) {
  ThreadPool pool(1);
  const Simulator start(program, {}, settings_of(program), kNaiveLanes, pool);
  const auto initial = initial_state(start);
  NaiveStep naive(program, kNaiveLanes);
  const double step = fastest(0.5, [&] {
    auto x = initial;
    return seconds_of([&] { naive.step(x, 0, first_dt(program)); });
  });
  return step * steps_of(program) * lanes / kNaiveLanes;
}

double naive_difference(const Program& program) {
  ThreadPool pool(1);
  Simulator simulator(program, {}, settings_of(program), kNaiveLanes, pool);
  auto plain = initial_state(simulator);
  NaiveStep(program, kNaiveLanes).step(plain, 0, first_dt(program));
  simulator.advance(1);
  std::vector<float> engine(plain.size());
  simulator.read_state(engine);
  double largest = 0;
  for (std::size_t k = 0; k < plain.size(); ++k)
    largest = std::max(largest, double(std::abs(plain[k] - engine[k])));
  return largest;
}

StepMemory step_memory(const Program& program) {
  const Topology& topology = *program.topology;
  const Tiling tiling = tile_forward(topology);
  const std::size_t units = topology.units();
  const int channels = info(program.substrate).channels;
  return {topology.row_begin().size_bytes() + topology.sources().size_bytes() +
              bytes_of(tiling.tiles) + bytes_of(tiling.runs) + bytes_of(tiling.singles) +
              bytes_of(tiling.by_source) + bytes_of(tiling.coupling),
          program.chunks() *
              (tiling.coupling.size() + units * std::size_t(program.unit_parameters())) *
              sizeof(float),
          // x, its two intermediates, and what units send before and after a stage
          units * kLanes * (3 + 2 * std::size_t(channels)) * sizeof(float)};
}

}  // namespace phaseloom
