// SPDX-License-Identifier: MIT
#include "engine/dynamics/simulator.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

#include "engine/dynamics/noise.hpp"
#include "engine/dynamics/packed_program.hpp"
#include "engine/dynamics/weight_noise.hpp"
#include "engine/support/error.hpp"
#include "engine/support/lanes.hpp"

namespace phaseloom {
namespace {

constexpr int kNoChunk = -1;

/// State and scratch of kLanes samples.
struct Block {
  std::uint64_t first_sample = 0;
  AlignedVector<float> x;             // the state
  AlignedVector<float> stage_x, sum;  // between the stages of a step
  AlignedVector<float> y, y_next;
  AlignedVector<float> forcing;        // sigma dW / dt of the current step
  AlignedVector<std::int8_t> normals;  // the step's Wiener increments
  AlignedVector<std::int8_t> weight_errors;
  int error_chunk = kNoChunk;  // chunk that weight_errors were drawn for
  struct Held {
    std::size_t x_at, y_at;  // in x, and of the first channel in y
    float x;
    std::array<float, kMaxChannels> y;
  };
  std::vector<Held> held;
};

void check(const RunSettings& s, int labels) {
  if (s.steps_per_chunk < 1) fail("steps per chunk is {}; at least 1 is needed", s.steps_per_chunk);
  if (!(s.noise_width >= 0) || !std::isfinite(s.noise_width))
    fail("noise width is {}; a finite number >= 0 is needed", s.noise_width);
  if (s.label == kAllLabels) return;
  if (labels == 0) fail("class {} is asked for, but this network knows no classes", s.label);
  if (s.label < 0 || s.label >= labels)
    fail("class {} is asked for; this network knows 0 to {}", s.label, labels - 1);
}

}  // namespace

struct Simulator::Impl {
  Impl(const Program& program, const Hardware& hw, const RunSettings& run, int lanes, ThreadPool& p)
      : ideal(program),
        realised(realise(program, hw)),
        hardware(hw),
        settings(run),
        lane_count(lanes),
        pool(p),
        kernel(kernels<float>(program.substrate)),
        packed(program, make_tilings(*program.topology, false)) {
    packed.assign(realised.values);
    blocks.resize(static_cast<std::size_t>(blocks_for(lanes)));
    for (auto& block : blocks) {
      block.x.resize(state_size());
      block.stage_x.resize(state_size());
      block.sum.resize(state_size());
      block.y.resize(sent_size());
      block.y_next.resize(sent_size());
    }
    reserve_noise();
  }

  std::size_t state_size() const { return static_cast<std::size_t>(packed.units()) * kLanes; }
  std::size_t sent_size() const { return state_size() * packed.channels(); }
  int total_steps() const { return packed.chunks() * settings.steps_per_chunk; }
  int chunk_of(int s) const { return std::min(s / settings.steps_per_chunk, packed.chunks() - 1); }

  void reserve_noise() {
    for (auto& block : blocks) {
      if (hardware.phase_noise > 0) {
        block.forcing.resize(state_size());
        block.normals.resize(state_size());
      }
      if (hardware.weight_noise > 0)
        block.weight_errors.resize(packed.tilings().forward.coupling.size() * kLanes);
    }
  }

  void restart() {
    step = 0;
    seed = settings.seed;
    pool.run(static_cast<int>(blocks.size()), [&](int b) {
      Block& block = blocks[b];
      block.first_sample = settings.first_sample + static_cast<std::uint64_t>(b) * kLanes;
      block.error_chunk = kNoChunk;
      block.held.clear();
      fill_initial(ideal, settings.noise_width, seed, block.first_sample, settings.label,
                   block.x.data());
      kernel.encode(packed.units(), block.x.data(), block.y.data());
    });
  }

  /// Per-sample errors of the weights: fixed while a sample is in this chunk, drawn anew for the
  /// next, as the hardware is programmed anew.
  void draw_weight_errors(Block& block, int chunk) {
    if (block.error_chunk == chunk) return;
    block.error_chunk = chunk;
    fill_weight_errors(seed, static_cast<std::uint32_t>(chunk), block.first_sample,
                       packed.tilings().forward, block.weight_errors.data());
  }

  void draw_forcing(Block& block, int at_step, double dt) {
    fill_normals(seed, Stream::phase_noise, static_cast<std::uint32_t>(at_step), block.first_sample,
                 ideal.topology->first_label(), block.normals.data());
    const auto scale = static_cast<float>(hardware.phase_noise / std::sqrt(dt)) * kNormalUnit;
    // Label oscillators are clamped; their forcing stays 0.
    const std::size_t forced = static_cast<std::size_t>(ideal.topology->first_label()) * kLanes;
    for (std::size_t k = 0; k < forced; ++k)
      block.forcing[k] = scale * static_cast<float>(block.normals[k]);
  }

  void step_block(Block& block, int at_step) {
    const int chunk = chunk_of(at_step);
    const double dt = ideal.durations[chunk] / settings.steps_per_chunk;
    StageArguments<float> s{};
    s.tiling = &packed.tilings().forward;
    s.weights = packed.weights(chunk);
    s.parameters = packed.parameters(chunk);
    if (hardware.weight_noise > 0) {
      draw_weight_errors(block, chunk);
      s.errors = block.weight_errors.data();
      s.error_scale = static_cast<float>(hardware.weight_noise) * kNormalUnit;
    }
    if (hardware.phase_noise > 0) {
      draw_forcing(block, at_step, dt);
      s.forcing = block.forcing.data();
    }
    // block.x is the state; stages between need arrays of their own only where somebody reads them.
    s.base = block.x.data();
    s.sum_in = s.base;
    for_each_stage(tableau(settings.integrator), dt, [&](const StepStage<double>& stage) {
      s.last = stage.last;
      s.x = stage.index == 0 ? block.x.data() : block.stage_x.data();
      s.a = static_cast<float>(stage.a);
      s.b = static_cast<float>(stage.b);
      s.sum_out = s.last || s.b == 0 ? nullptr : block.sum.data();
      s.x_out = s.last ? block.x.data() : kernel.reads_state ? block.stage_x.data() : nullptr;
      s.y = block.y.data();
      s.y_out = block.y_next.data();
      kernel.stage(s);
      for (const Block::Held& held : block.held) write(held, s.x_out, block.y_next);
      if (s.sum_out) s.sum_in = s.sum_out;
      std::swap(block.y, block.y_next);
    });
  }

  /// A unit in a state, as it is kept and as it is sent.
  Block::Held placed(const UnitState& state) const {
    alignas(kAlignment) std::array<float, kLanes> x{};
    alignas(kAlignment) std::array<float, kMaxChannels * kLanes> y{};
    x.fill(state.value);
    kernel.encode(1, x.data(), y.data());
    const auto unit = static_cast<std::size_t>(state.unit);
    const auto lane = static_cast<std::size_t>(state.lane % kLanes);
    Block::Held held{
        unit * kLanes + lane, unit * packed.channels() * kLanes + lane, state.value, {}};
    for (int c = 0; c < packed.channels(); ++c) held.y[c] = y[static_cast<std::size_t>(c) * kLanes];
    return held;
  }

  /// @param x may be null: nobody reads it.
  void write(const Block::Held& held, float* x, AlignedVector<float>& y) const {
    if (x) x[held.x_at] = held.x;
    for (int c = 0; c < packed.channels(); ++c)
      y[held.y_at + static_cast<std::size_t>(c) * kLanes] = held.y[c];
  }

  /// Calls f(block, unit) for each; label oscillators and what is not there are nobody's to touch.
  template <class F>
  void for_each_placed(std::span<const UnitState> states, F&& f) {
    for (const UnitState& state : states) {
      assert(state.unit >= 0 && state.unit < ideal.topology->first_label());
      assert(state.lane >= 0 && state.lane < lane_count);
      f(blocks[static_cast<std::size_t>(state.lane / kLanes)], placed(state));
    }
  }

  template <class F>
  void for_each_value(F&& f) const {
    for (int i = 0; i < packed.units(); ++i)
      for (int l = 0; l < lane_count; ++l)
        f(static_cast<std::size_t>(i) * lane_count + l, l / kLanes,
          static_cast<std::size_t>(i) * kLanes + l % kLanes);
  }

  Program ideal, realised;
  Hardware hardware;
  RunSettings settings;
  int lane_count;
  ThreadPool& pool;
  const Kernels<float>& kernel;
  PackedProgram<float> packed;
  std::vector<Block> blocks;
  std::uint64_t seed = 0;  // of this run; settings.seed is that of the next
  int step = 0;
};

Simulator::Simulator(const Program& program, const Hardware& hardware, const RunSettings& settings,
                     int lanes, ThreadPool& pool) {
  if (lanes < 1) fail("{} samples; at least 1 is needed", lanes);
  check(settings, program.topology->labels());
  impl_ = std::make_unique<Impl>(program, hardware, settings, lanes, pool);
  restart();
}

Simulator::~Simulator() = default;
Simulator::Simulator(Simulator&&) noexcept = default;

void Simulator::restart() { impl_->restart(); }

void Simulator::set_hardware(const Hardware& hardware) {
  impl_->realised = realise(impl_->ideal, hardware);
  impl_->hardware = hardware;
  impl_->packed.assign(impl_->realised.values, &impl_->pool);
  impl_->reserve_noise();
}

void Simulator::set_settings(const RunSettings& settings) {
  check(settings, impl_->ideal.topology->labels());
  const bool other_grid = settings.steps_per_chunk != impl_->settings.steps_per_chunk;
  impl_->settings = settings;
  if (other_grid) restart();
}

void Simulator::set_state(std::span<const UnitState> states) {
  impl_->for_each_placed(states, [&](Block& block, const Block::Held& unit) {
    const auto same = [&](const Block::Held& held) { return held.x_at == unit.x_at; };
    if (std::ranges::none_of(block.held, same)) impl_->write(unit, block.x.data(), block.y);
  });
}

void Simulator::hold(std::span<const UnitState> states) {
  for (Block& block : impl_->blocks) block.held.clear();
  impl_->for_each_placed(states, [&](Block& block, const Block::Held& unit) {
    block.held.push_back(unit);
    impl_->write(unit, block.x.data(), block.y);
  });
}

void Simulator::advance(int steps) {
  const int end = impl_->step + std::clamp(steps, 0, impl_->total_steps() - impl_->step);
  impl_->pool.run(static_cast<int>(impl_->blocks.size()), [&](int b) {
    for (int s = impl_->step; s < end; ++s) impl_->step_block(impl_->blocks[b], s);
  });
  impl_->step = end;
}

int Simulator::lanes() const { return impl_->lane_count; }
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

void Simulator::read_state(std::span<float> out) const {
  impl_->for_each_value([&](std::size_t outside, int b, std::size_t inside) {
    out[outside] = impl_->blocks[b].x[inside];
  });
}

void Simulator::read_rate(std::span<float> out) const {
  const int chunk = this->chunk();
  std::vector<AlignedVector<float>> rates(impl_->blocks.size());
  impl_->pool.run(static_cast<int>(rates.size()), [&](int b) {
    const Block& block = impl_->blocks[b];
    const AlignedVector<float> zero(impl_->state_size());
    AlignedVector<float> y(impl_->sent_size());
    rates[b].resize(impl_->state_size());
    StageArguments<float> s{};  // one Euler step of length 1 from zero: the rate itself
    s.tiling = &impl_->packed.tilings().forward;
    s.weights = impl_->packed.weights(chunk);
    s.parameters = impl_->packed.parameters(chunk);
    s.x = block.x.data();
    s.y = block.y.data();
    s.sum_in = zero.data();
    s.b = 1;
    s.last = true;
    s.x_out = rates[b].data();
    s.y_out = y.data();
    impl_->kernel.stage(s);
    for (const Block::Held& held : block.held) rates[b][held.x_at] = 0;
  });
  impl_->for_each_value(
      [&](std::size_t outside, int b, std::size_t inside) { out[outside] = rates[b][inside]; });
}

void Simulator::read_pixels(std::span<float> out) const {
  const int visible = impl_->ideal.topology->visible();
  for (int l = 0; l < impl_->lane_count; ++l) {
    const Block& block = impl_->blocks[l / kLanes];
    for (int i = 0; i < visible; ++i)
      out[static_cast<std::size_t>(l) * visible + i] = static_cast<float>(read_pixel(
          impl_->ideal.readout, block.x[static_cast<std::size_t>(i) * kLanes + l % kLanes]));
  }
}

void Simulator::restore(std::span<const float> state, int step) {
  impl_->for_each_value([&](std::size_t outside, int b, std::size_t inside) {
    impl_->blocks[b].x[inside] = state[outside];
  });
  for (auto& block : impl_->blocks)
    impl_->kernel.encode(impl_->packed.units(), block.x.data(), block.y.data());
  impl_->step = std::clamp(step, 0, impl_->total_steps());
}

bool Simulator::diverged() const {
  for (int b = 0; const auto& block : impl_->blocks) {
    const int active = std::min(kLanes, impl_->lane_count - kLanes * b++);
    for (std::size_t k = 0; k < block.x.size(); ++k)
      if (static_cast<int>(k % kLanes) < active && !std::isfinite(block.x[k])) return true;
  }
  return false;
}

std::vector<float> generate(const Program& program, const Hardware& hardware,
                            const RunSettings& settings, int n, ThreadPool& pool,
                            const std::function<bool(int)>& progress) {
  const auto visible = static_cast<std::size_t>(program.topology->visible());
  std::vector<float> pixels;
  // Enough blocks at a time to keep all threads busy.
  const int batch = kLanes * std::max(2, 2 * pool.threads());
  std::unique_ptr<Simulator> simulator;
  for (int done = 0; done < n;) {
    RunSettings run = settings;
    run.first_sample += static_cast<std::uint64_t>(done);
    // The last batch is smaller: samples that nobody asked for cost time, and may diverge.
    const int lanes = std::min(batch, n - done);
    if (!simulator || simulator->lanes() != lanes)
      simulator = std::make_unique<Simulator>(program, hardware, run, lanes, pool);
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

}  // namespace phaseloom
