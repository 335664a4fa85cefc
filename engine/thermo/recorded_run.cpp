// SPDX-License-Identifier: MIT
#include "engine/thermo/recorded_run.hpp"

#include <cassert>
#include <utility>

#include "engine/network/lyapunov.hpp"
#include "engine/support/error.hpp"
#include "engine/thermo/heat.hpp"

namespace phaseloom {
namespace {

enum Parameter { kJ2, kJ4, kBias };  // in the substrate's order

/// A label is held: its couplings are linear in the free units, and have no half of their own.
void add_other_half_of_labels(const Program& program, int chunk, std::span<const float> state,
                              std::span<double> potential) {
  const Topology& topology = *program.topology;
  if (topology.labels() == 0) return;
  const auto weights = program.weights(chunk);
  const std::size_t lanes = potential.size();
  for (int i = 0; i < topology.first_label(); ++i) {
    const auto begin = static_cast<std::size_t>(topology.row_begin()[i]);
    const auto sources = topology.sources_of(i);
    for (std::size_t k = 0; k < sources.size(); ++k) {
      if (sources[k] < topology.first_label()) continue;
      const double weight = weights[begin + k];
      const auto unit = static_cast<std::size_t>(i) * lanes,
                 label = static_cast<std::size_t>(sources[k]) * lanes;
      for (std::size_t lane = 0; lane < lanes; ++lane)
        potential[lane] += 0.5 * weight * double(state[unit + lane]) * double(state[label + lane]);
    }
  }
}

/// Of each lane: V of the next chunk less that of the one that ends, at the border between them.
std::vector<double> work_at_border(const Simulator& simulator, int ending, ThreadPool& pool) {
  std::vector<float> states(static_cast<std::size_t>(simulator.ideal().topology->units()) *
                            static_cast<std::size_t>(simulator.lanes()));
  simulator.read_state(states);
  const auto energies = [&](int chunk) {
    return lyapunov_energies(simulator.realised(), chunk, states, simulator.lanes(), pool);
  };
  auto work = energies(ending + 1);
  const auto before = energies(ending);
  for (std::size_t lane = 0; lane < work.size(); ++lane) work[lane] -= before[lane];
  return work;
}

}  // namespace

std::vector<double> potential_from_force(const Program& program, int chunk,
                                         std::span<const float> state, std::span<const float> force,
                                         int lanes) {
  const auto n = static_cast<std::size_t>(lanes);
  assert(state.size() == static_cast<std::size_t>(program.topology->units()) * n &&
         force.size() == state.size());
  const auto j2 = program.unit_values(chunk, kJ2), j4 = program.unit_values(chunk, kJ4),
             bias = program.unit_values(chunk, kBias);
  std::vector<double> potential(n);
  const auto free = static_cast<std::size_t>(program.topology->first_label());
  for (std::size_t i = 0; i < free; ++i)
    for (std::size_t lane = 0; lane < n; ++lane) {
      const double x = state[i * n + lane], square = x * x;
      const double own = double(j2[i]) * square + double(j4[i]) * square * square,
                   alone = 2 * double(j2[i]) * x + 4 * double(j4[i]) * square * x + double(bias[i]);
      const double coupled = -double(force[i * n + lane]) - alone;
      potential[lane] += own + double(bias[i]) * x + 0.5 * x * coupled;
    }
  add_other_half_of_labels(program, chunk, state, potential);
  return potential;
}

void record_run(const Program& program, const Hardware& hardware, const RunSettings& settings,
                int lanes, int moments, ThreadPool& pool,
                const std::function<bool(ThermoMoment)>& show) {
  assert(moments >= 2);
  check_thermo(program);
  Simulator simulator(program, hardware, settings, lanes, pool);
  const int first = first_heated_chunk(program), begin = first * settings.steps_per_chunk;
  const std::int64_t steps = simulator.total_steps() - begin;
  const auto size = static_cast<std::size_t>(program.topology->units()) * std::size_t(lanes);
  simulator.advance(begin);
  const double switched_on = simulator.time();
  // What it had at the beginning, and has been given since.
  std::vector<double> given;
  int border = begin + settings.steps_per_chunk;
  for (int m = 0; m < moments; ++m) {
    const int until = begin + static_cast<int>(steps * m / (moments - 1));
    for (; border <= until && border < simulator.total_steps();
         border += settings.steps_per_chunk) {
      simulator.advance(border - simulator.step());
      const auto work = work_at_border(simulator, border / settings.steps_per_chunk - 1, pool);
      for (std::size_t lane = 0; lane < work.size(); ++lane) given[lane] += work[lane];
    }
    simulator.advance(until - simulator.step());
    if (simulator.diverged())
      fail("the run diverged (not a number) at step {}; take more steps per chunk",
           simulator.step());
    ThermoMoment moment{
        simulator.time() - switched_on, std::vector<float>(size), std::vector<float>(size), {}};
    simulator.read_state(moment.state);
    simulator.read_rate(moment.force);
    const auto now = potential_from_force(simulator.realised(), simulator.chunk(), moment.state,
                                          moment.force, lanes);
    if (m == 0) given = now;
    for (std::size_t lane = 0; lane < now.size(); ++lane)
      moment.heat.push_back(given[lane] - now[lane]);
    if (!show(std::move(moment))) return;
  }
}

}  // namespace phaseloom
