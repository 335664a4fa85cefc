// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "engine/dynamics/device.hpp"
#include "engine/dynamics/noise.hpp"
#include "engine/dynamics/packed_program.hpp"
#include "engine/dynamics/weight_noise.hpp"
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
  AlignedVector<float> force;          // empty if there is none
  AlignedVector<float> forcing;        // the force and sigma dW / dt of the current step
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

/// The same rows without any coupling.
Tiling without_couplings(const Tiling& tiling) {
  Tiling bare;
  bare.rows = tiling.rows;
  bare.held_from = tiling.held_from;
  bare.tiles.resize(tiling.tiles.size());
  return bare;
}

/// A program without its values.
Program shape_of(const Program& program) {
  Program shape;
  shape.substrate = program.substrate;
  shape.topology = program.topology;
  shape.durations = program.durations;
  shape.initial = program.initial;
  return shape;
}

class CpuStepper final : public Stepper {
 public:
  CpuStepper(const Program& program, int lanes, ThreadPool& pool)
      : shape_(shape_of(program)),
        lanes_(lanes),
        pool_(pool),
        kernel_(kernels<float>(program.substrate)),
        packed_(shape_, make_tilings(*program.topology, false)),
        uncoupled_(without_couplings(packed_.tilings().forward)),
        coupled_(static_cast<std::size_t>(packed_.chunks()), true),
        blocks_(static_cast<std::size_t>(blocks_for(lanes))) {
    for (auto& block : blocks_) {
      block.x.resize(state_size());
      block.stage_x.resize(state_size());
      block.sum.resize(state_size());
      block.y.resize(sent_size());
      block.y_next.resize(sent_size());
    }
  }

  void assign(const Program& realised) override {
    packed_.assign(realised.values, &pool_);
    for (int c = 0; c < packed_.chunks(); ++c)
      coupled_[static_cast<std::size_t>(c)] =
          std::ranges::any_of(realised.weights(c), [](float w) { return w != 0; });
  }

  void restart(const RunSettings& run) override {
    seed_ = run.seed;
    for_each_block([&](Block& block, int b) {
      block.first_sample = run.first_sample + static_cast<std::uint64_t>(b) * kLanes;
      block.error_chunk = kNoChunk;
      block.held.clear();
      fill_initial(shape_, run.noise_width, seed_, block.first_sample, run.label, block.x.data());
      kernel_.encode(packed_.units(), block.x.data(), block.y.data());
    });
  }

  void advance(int from, int to, const StepPlan& plan) override {
    for (auto& block : blocks_) {
      if (plan.wiener > 0) {
        block.forcing.resize(state_size());
        block.normals.resize(state_size());
      }
      if (plan.weight_noise > 0)
        block.weight_errors.resize(packed_.tilings().forward.coupling.size() * kLanes);
    }
    for_each_block([&](Block& block, int) {
      for (int step = from; step < to; ++step) step_block(block, step, plan);
    });
  }

  void set_state(std::span<const UnitState> states) override {
    for_each_placed(states, [&](Block& block, const Block::Held& unit) {
      const auto same = [&](const Block::Held& held) { return held.x_at == unit.x_at; };
      if (std::ranges::none_of(block.held, same)) write(unit, block.x.data(), block.y);
    });
  }

  void hold(std::span<const UnitState> states) override {
    for (Block& block : blocks_) block.held.clear();
    for_each_placed(states, [&](Block& block, const Block::Held& unit) {
      block.held.push_back(unit);
      write(unit, block.x.data(), block.y);
    });
  }

  void set_force(std::span<const float> force) override {
    for (auto& block : blocks_) block.force.assign(force.empty() ? 0 : state_size(), 0);
    if (force.empty()) return;
    for_each_value(0, shape_.topology->first_label(),
                   [&](std::size_t outside, std::size_t b, std::size_t inside) {
                     blocks_[b].force[inside] = force[outside];
                   });
  }

  void restore(std::span<const float> state) override {
    for_each_value(0, packed_.units(), [&](std::size_t outside, std::size_t b, std::size_t inside) {
      blocks_[b].x[inside] = state[outside];
    });
    for (auto& block : blocks_) kernel_.encode(packed_.units(), block.x.data(), block.y.data());
  }

  void read_state(int first_unit, std::span<float> out) const override {
    for_each_value(first_unit, static_cast<int>(out.size()) / lanes_,
                   [&](std::size_t outside, std::size_t b, std::size_t inside) {
                     out[outside] = blocks_[b].x[inside];
                   });
  }

  void read_rate(int chunk, std::span<float> out) const override {
    std::vector<AlignedVector<float>> rates(blocks_.size());
    pool_.run(static_cast<int>(rates.size()), [&](int b) {
      const Block& block = blocks_[static_cast<std::size_t>(b)];
      auto& rate = rates[static_cast<std::size_t>(b)];
      const AlignedVector<float> zero(state_size());
      AlignedVector<float> y(sent_size());
      rate.resize(state_size());
      StageArguments<float> s =
          arguments(block, chunk);  // an Euler step of length 1 from 0: the rate
      s.x = block.x.data();
      s.y = block.y.data();
      s.sum_in = zero.data();
      s.b = 1;
      s.last = true;
      s.x_out = rate.data();
      s.y_out = y.data();
      kernel_.stage(s);
      for (const Block::Held& held : block.held) rate[held.x_at] = 0;
    });
    for_each_value(0, packed_.units(), [&](std::size_t outside, std::size_t b, std::size_t inside) {
      out[outside] = rates[b][inside];
    });
  }

  bool finite() const override {
    for (int b = 0; const auto& block : blocks_) {
      const int active = std::min(kLanes, lanes_ - kLanes * b++);
      for (std::size_t k = 0; k < block.x.size(); ++k)
        if (static_cast<int>(k % kLanes) < active && !std::isfinite(block.x[k])) return false;
    }
    return true;
  }

 private:
  std::size_t state_size() const { return static_cast<std::size_t>(packed_.units()) * kLanes; }
  std::size_t sent_size() const {
    return state_size() * static_cast<std::size_t>(packed_.channels());
  }

  template <class F>
  void for_each_block(F&& f) {
    pool_.run(static_cast<int>(blocks_.size()),
              [&](int b) { f(blocks_[static_cast<std::size_t>(b)], b); });
  }

  bool coupled(int chunk) const { return coupled_[static_cast<std::size_t>(chunk)]; }

  StageArguments<float> arguments(const Block& block, int chunk) const {
    StageArguments<float> s{};
    s.tiling = coupled(chunk) ? &packed_.tilings().forward : &uncoupled_;
    s.weights = packed_.weights(chunk);
    s.parameters = packed_.parameters(chunk);
    s.forcing = block.force.empty() ? nullptr : block.force.data();
    return s;
  }

  /// Per-sample errors of the weights: fixed while a sample is in this chunk, drawn anew for the
  /// next, as the hardware is programmed anew.
  void draw_weight_errors(Block& block, int chunk) {
    if (block.error_chunk == chunk) return;
    block.error_chunk = chunk;
    fill_weight_errors(seed_, static_cast<std::uint32_t>(chunk), block.first_sample,
                       packed_.tilings().forward, block.weight_errors.data());
  }

  void draw_forcing(Block& block, int step, double dt, double wiener) {
    // Label oscillators are clamped; their forcing stays 0.
    const int forced_units = shape_.topology->first_label();
    fill_wiener_rates<float>({wiener, seed_, block.first_sample}, step, dt, forced_units,
                             block.normals.data(), block.forcing.data());
    const std::size_t forced = static_cast<std::size_t>(forced_units) * kLanes;
    if (!block.force.empty())
      for (std::size_t k = 0; k < forced; ++k) block.forcing[k] += block.force[k];
  }

  void step_block(Block& block, int step, const StepPlan& plan) {
    const int chunk = step / plan.steps_per_chunk;
    const double dt = shape_.durations[static_cast<std::size_t>(chunk)] / plan.steps_per_chunk;
    StageArguments<float> s = arguments(block, chunk);
    if (plan.weight_noise > 0 && coupled(chunk)) {
      draw_weight_errors(block, chunk);
      s.errors = block.weight_errors.data();
      s.error_scale = static_cast<float>(plan.weight_noise) * kNormalUnit;
    }
    if (plan.wiener > 0) {
      draw_forcing(block, step, dt, plan.wiener);
      s.forcing = block.forcing.data();
    }
    // block.x is the state; stages between need arrays of their own only where somebody reads them.
    s.base = block.x.data();
    s.sum_in = s.base;
    for_each_stage(tableau(plan.integrator), dt, [&](const StepStage<double>& stage) {
      s.last = stage.last;
      s.x = stage.index == 0 ? block.x.data() : block.stage_x.data();
      s.a = static_cast<float>(stage.a);
      s.b = static_cast<float>(stage.b);
      s.sum_out = s.last || s.b == 0 ? nullptr : block.sum.data();
      s.x_out = s.last ? block.x.data() : kernel_.reads_state ? block.stage_x.data() : nullptr;
      s.y = block.y.data();
      s.y_out = block.y_next.data();
      kernel_.stage(s);
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
    kernel_.encode(1, x.data(), y.data());
    const auto channels = static_cast<std::size_t>(packed_.channels());
    const auto unit = static_cast<std::size_t>(state.unit);
    const auto lane = static_cast<std::size_t>(state.lane % kLanes);
    Block::Held held{unit * kLanes + lane, unit * channels * kLanes + lane, state.value, {}};
    for (std::size_t c = 0; c < channels; ++c) held.y[c] = y[c * kLanes];
    return held;
  }

  /// @param x may be null: nobody reads it.
  void write(const Block::Held& held, float* x, AlignedVector<float>& y) const {
    if (x) x[held.x_at] = held.x;
    for (std::size_t c = 0; c < static_cast<std::size_t>(packed_.channels()); ++c)
      y[held.y_at + c * kLanes] = held.y[c];
  }

  /// Calls f(block, unit) for each.
  template <class F>
  void for_each_placed(std::span<const UnitState> states, F&& f) {
    for (const UnitState& state : states)
      f(blocks_[static_cast<std::size_t>(state.lane / kLanes)], placed(state));
  }

  /// Calls f(index outside, block, index within) for `count` units of all lanes.
  template <class F>
  void for_each_value(int first_unit, int count, F&& f) const {
    for (int i = 0; i < count; ++i)
      for (int l = 0; l < lanes_; ++l)
        f(static_cast<std::size_t>(i) * static_cast<std::size_t>(lanes_) +
              static_cast<std::size_t>(l),
          static_cast<std::size_t>(l / kLanes),
          static_cast<std::size_t>(first_unit + i) * kLanes + static_cast<std::size_t>(l % kLanes));
  }

  Program shape_;
  int lanes_;
  ThreadPool& pool_;
  const Kernels<float>& kernel_;
  PackedProgram<float> packed_;
  Tiling uncoupled_;           // for chunks without couplings: 0 times anything finite is 0
  std::vector<bool> coupled_;  // of each chunk
  std::vector<Block> blocks_;
  std::uint64_t seed_ = 0;
};

}  // namespace

int CpuDevice::preferred_lanes() const { return kLanes * std::max(2, 2 * pool_.threads()); }

std::unique_ptr<Stepper> CpuDevice::stepper(const Program& shape, int lanes) {
  return std::make_unique<CpuStepper>(shape, lanes, pool_);
}

}  // namespace phaseloom
