// SPDX-License-Identifier: MIT
#include "engine/thermo/recorded_run.hpp"

#include <cassert>
#include <utility>

#include "engine/support/error.hpp"
#include "engine/thermo/heat.hpp"

namespace phaseloom {
namespace {

enum Parameter { kJ2, kJ4, kBias };  // in the substrate's order

}  // namespace

std::vector<double> potential_from_force(const Program& program, int chunk,
                                         std::span<const float> state, std::span<const float> force,
                                         int lanes) {
  const auto units = static_cast<std::size_t>(program.topology->units());
  const auto n = static_cast<std::size_t>(lanes);
  assert(state.size() == units * n && force.size() == state.size());
  const auto j2 = program.unit_values(chunk, kJ2), j4 = program.unit_values(chunk, kJ4),
             bias = program.unit_values(chunk, kBias);
  std::vector<double> potential(n);
  for (std::size_t i = 0; i < units; ++i)
    for (std::size_t lane = 0; lane < n; ++lane) {
      const double x = state[i * n + lane], square = x * x;
      const double own = double(j2[i]) * square + double(j4[i]) * square * square,
                   alone = 2 * double(j2[i]) * x + 4 * double(j4[i]) * square * x + double(bias[i]);
      const double coupled = -double(force[i * n + lane]) - alone;
      potential[lane] += own + double(bias[i]) * x + 0.5 * x * coupled;
    }
  return potential;
}

void record_run(const Program& program, const Hardware& hardware, const RunSettings& settings,
                int lanes, int moments, ThreadPool& pool,
                const std::function<bool(ThermoMoment)>& show) {
  assert(moments >= 2);
  check_thermo(program);
  Simulator simulator(program, hardware, settings, lanes, pool);
  const int last = program.chunks() - 1, begin = last * settings.steps_per_chunk;
  const auto size = static_cast<std::size_t>(program.topology->units()) * std::size_t(lanes);
  simulator.advance(begin);
  const double switched_on = simulator.time();
  std::vector<double> first;
  for (int m = 0; m < moments; ++m) {
    const auto step = std::int64_t{settings.steps_per_chunk} * m / (moments - 1);
    simulator.advance(begin + static_cast<int>(step) - simulator.step());
    if (simulator.diverged())
      fail("the run diverged (not a number) at step {}; take more steps per chunk",
           simulator.step());
    ThermoMoment moment{
        simulator.time() - switched_on, std::vector<float>(size), std::vector<float>(size), {}};
    simulator.read_state(moment.state);
    simulator.read_rate(moment.force);
    const auto now =
        potential_from_force(simulator.realised(), last, moment.state, moment.force, lanes);
    if (m == 0) first = now;
    for (std::size_t lane = 0; lane < now.size(); ++lane)
      moment.heat.push_back(first[lane] - now[lane]);
    if (!show(std::move(moment))) return;
  }
}

}  // namespace phaseloom
