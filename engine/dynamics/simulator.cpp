// SPDX-License-Identifier: MIT
#include "engine/dynamics/simulator.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include "engine/dynamics/noise.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

void check(const RunSettings& s, int labels) {
  if (s.steps_per_chunk < 1) fail("steps per chunk is {}; at least 1 is needed", s.steps_per_chunk);
  if (!(s.noise_width >= 0) || !std::isfinite(s.noise_width))
    fail("noise width is {}; a finite number >= 0 is needed", s.noise_width);
  if (!(s.temperature >= 0 && s.temperature <= kMaxTemperature))
    fail("temperature is {}; it must lie in 0..{}", s.temperature, kMaxTemperature);
  if (s.label == kAllLabels) return;
  if (labels == 0) fail("class {} is asked for, but this network knows no classes", s.label);
  if (s.label < 0 || s.label >= labels)
    fail("class {} is asked for; this network knows 0 to {}", s.label, labels - 1);
}

}  // namespace

struct Simulator::Impl {
  Impl(const Program& program, const Hardware& hw, const RunSettings& run, int lane_count,
       Device& device)
      : ideal(program),
        realised(realise(program, hw)),
        hardware(hw),
        settings(run),
        lanes(lane_count),
        stepper(device.stepper(program, lane_count)) {
    stepper->assign(realised);
  }

  int total_steps() const { return ideal.chunks() * settings.steps_per_chunk; }
  int chunk_of(int s) const { return std::min(s / settings.steps_per_chunk, ideal.chunks() - 1); }

  StepPlan plan() const {
    return {.integrator = settings.integrator,
            .steps_per_chunk = settings.steps_per_chunk,
            .weight_noise = hardware.weight_noise,
            .wiener = wiener_amplitude(hardware.phase_noise, settings.temperature)};
  }

  /// Label oscillators and what is not there are nobody's to touch.
  void check_placed([[maybe_unused]] std::span<const UnitState> states) const {
    assert(std::ranges::all_of(states, [&](const UnitState& s) {
      return s.unit >= 0 && s.unit < ideal.topology->first_label() && s.lane >= 0 && s.lane < lanes;
    }));
  }

  Program ideal, realised;
  Hardware hardware;
  RunSettings settings;
  int lanes;
  std::unique_ptr<Stepper> stepper;
  int step = 0;
};

Simulator::Simulator(const Program& program, const Hardware& hardware, const RunSettings& settings,
                     int lanes, Device& device) {
  if (lanes < 1) fail("{} samples; at least 1 is needed", lanes);
  check(settings, program.topology->labels());
  impl_ = std::make_unique<Impl>(program, hardware, settings, lanes, device);
  restart();
}

Simulator::Simulator(const Program& program, const Hardware& hardware, const RunSettings& settings,
                     int lanes, ThreadPool& pool) {
  CpuDevice cpu(pool);
  impl_ = std::move(Simulator(program, hardware, settings, lanes, cpu).impl_);
}

Simulator::~Simulator() = default;
Simulator::Simulator(Simulator&&) noexcept = default;

void Simulator::restart() {
  impl_->stepper->restart(impl_->settings);
  impl_->step = 0;
}

void Simulator::set_hardware(const Hardware& hardware) {
  impl_->realised = realise(impl_->ideal, hardware);
  impl_->hardware = hardware;
  impl_->stepper->assign(impl_->realised);
}

void Simulator::set_settings(const RunSettings& settings) {
  check(settings, impl_->ideal.topology->labels());
  const bool other_grid = settings.steps_per_chunk != impl_->settings.steps_per_chunk;
  impl_->settings = settings;
  if (other_grid) restart();
}

void Simulator::set_state(std::span<const UnitState> states) {
  impl_->check_placed(states);
  impl_->stepper->set_state(states);
}

void Simulator::hold(std::span<const UnitState> states) {
  impl_->check_placed(states);
  impl_->stepper->hold(states);
}

void Simulator::set_force([[maybe_unused]] std::span<const float> force) {
  assert(force.empty() ||
         force.size() == static_cast<std::size_t>(impl_->ideal.topology->units()) * impl_->lanes);
  impl_->stepper->set_force(force);
}

void Simulator::advance(int steps) {
  const int end = impl_->step + std::clamp(steps, 0, impl_->total_steps() - impl_->step);
  impl_->stepper->advance(impl_->step, end, impl_->plan());
  impl_->step = end;
}

int Simulator::lanes() const { return impl_->lanes; }
int Simulator::step() const { return impl_->step; }
int Simulator::total_steps() const { return impl_->total_steps(); }
int Simulator::chunk() const { return impl_->chunk_of(impl_->step); }

double Simulator::time() const {
  double time = 0;
  for (int s = 0; s < impl_->step; ++s)
    time += impl_->ideal.durations[impl_->chunk_of(s)] / impl_->settings.steps_per_chunk;
  return time;
}

const Program& Simulator::ideal() const { return impl_->ideal; }
const Program& Simulator::realised() const { return impl_->realised; }
const Hardware& Simulator::hardware() const { return impl_->hardware; }
const RunSettings& Simulator::settings() const { return impl_->settings; }

void Simulator::read_state(std::span<float> out) const { impl_->stepper->read_state(0, out); }

void Simulator::read_rate(std::span<float> out) const { impl_->stepper->read_rate(chunk(), out); }

void Simulator::read_pixels(std::span<float> out) const {
  const int lanes = impl_->lanes, visible = impl_->ideal.topology->visible();
  std::vector<float> state(static_cast<std::size_t>(visible) * lanes);
  impl_->stepper->read_state(0, state);
  for (int l = 0; l < lanes; ++l)
    for (int i = 0; i < visible; ++i)
      out[static_cast<std::size_t>(l) * visible + i] = static_cast<float>(
          read_pixel(impl_->ideal.readout, state[static_cast<std::size_t>(i) * lanes + l]));
}

void Simulator::restore(std::span<const float> state, int step) {
  impl_->stepper->restore(state);
  impl_->step = std::clamp(step, 0, impl_->total_steps());
}

bool Simulator::diverged() const { return !impl_->stepper->finite(); }

std::vector<float> generate(const Program& program, const Hardware& hardware,
                            const RunSettings& settings, int n, Device& device,
                            const std::function<bool(int)>& progress) {
  const auto visible = static_cast<std::size_t>(program.topology->visible());
  std::vector<float> pixels;
  const int batch = device.preferred_lanes();
  std::unique_ptr<Simulator> simulator;
  for (int done = 0; done < n;) {
    RunSettings run = settings;
    run.first_sample += static_cast<std::uint64_t>(done);
    // The last batch is smaller: samples that nobody asked for cost time, and may diverge.
    const int lanes = std::min(batch, n - done);
    if (!simulator || simulator->lanes() != lanes)
      simulator = std::make_unique<Simulator>(program, hardware, run, lanes, device);
    else
      simulator->set_settings(run), simulator->restart();
    simulator->advance(simulator->total_steps());
    done += lanes;
    if (simulator->diverged())
      fail("the simulation diverged (not a number) before sample {}; take more steps per chunk",
           settings.first_sample + static_cast<std::uint64_t>(done));
    const std::size_t old = pixels.size();
    pixels.resize(old + static_cast<std::size_t>(lanes) * visible);
    simulator->read_pixels(std::span(pixels).subspan(old));
    if (progress && !progress(done)) break;
  }
  return pixels;
}

std::vector<float> generate(const Program& program, const Hardware& hardware,
                            const RunSettings& settings, int n, ThreadPool& pool,
                            const std::function<bool(int)>& progress) {
  CpuDevice cpu(pool);
  return generate(program, hardware, settings, n, cpu, progress);
}

}  // namespace phaseloom
