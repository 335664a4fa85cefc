// SPDX-License-Identifier: MIT
#include "engine/circuit/recording.hpp"

#include "engine/dynamics/noise.hpp"
#include "engine/dynamics/simulator.hpp"
#include "engine/support/error.hpp"
#include "engine/support/interrupt.hpp"
#include "engine/support/lanes.hpp"

namespace phaseloom {
namespace {

/// The same numbers that the simulator draws for its first lane.
std::vector<float> shaking_of(const Program& program, const RunSettings& settings, double noise) {
  if (noise == 0) return {};
  const auto units = static_cast<std::size_t>(program.topology->first_label());
  std::vector<std::int8_t> normals(units * kLanes);
  std::vector<float> rates(units * kLanes), all;
  const Wiener wiener{noise, settings.seed, settings.first_sample};
  for (int step = 0; step < program.chunks() * settings.steps_per_chunk; ++step) {
    const auto chunk = static_cast<std::size_t>(step / settings.steps_per_chunk);
    fill_wiener_rates(wiener, step, program.durations[chunk] / settings.steps_per_chunk,
                      static_cast<int>(units), normals.data(), rates.data());
    for (std::size_t unit = 0; unit < units; ++unit) all.push_back(rates[unit * kLanes]);
  }
  return all;
}

}  // namespace

RecordedRun record(const Program& program, const Hardware& hardware, const RunSettings& settings,
                   ThreadPool& pool, const std::function<bool()>& go_on) {
  RecordedRun recording{settings.steps_per_chunk,
                        program.topology->units(),
                        program.topology->first_label(),
                        {},
                        0,
                        {}};
  Simulator simulator(program, hardware, settings, /*lanes=*/1, pool);
  const auto units = static_cast<std::size_t>(recording.units);
  const auto keep = [&] {
    recording.states.resize(recording.states.size() + units);
    simulator.read_state(std::span(recording.states).last(units));
  };
  keep();
  while (!simulator.finished()) {
    simulator.advance(1);
    keep();
    if (go_on && !go_on()) throw Cancelled{};
  }
  if (simulator.diverged())
    fail("circuit: sample {} diverges in steps of a {}th of a chunk", settings.first_sample,
         settings.steps_per_chunk);
  recording.noise = wiener_amplitude(hardware.phase_noise, settings.temperature);
  recording.shaking = shaking_of(program, settings, recording.noise);
  return recording;
}

}  // namespace phaseloom
