// SPDX-License-Identifier: MIT
#pragma once
// A device that does what engine/dynamics/device.hpp asks for in the plainest way, in double
// precision: what others are compared with, and the proof that a device needs nothing else.

#include <cmath>
#include <memory>
#include <vector>

#include "engine/dynamics/device.hpp"
#include "engine/dynamics/noise.hpp"
#include "engine/dynamics/weight_noise.hpp"
#include "engine/network/substrates/registry.hpp"
#include "engine/support/lanes.hpp"

namespace phaseloom::test {

/// Elementary functions for the substrates' equations.
struct PlainMath {
  using V = double;
  static void sin_cos(double x, double& sine, double& cosine) {
    sine = std::sin(x);
    cosine = std::cos(x);
  }
  static double tanh(double x) { return std::tanh(x); }
};

template <class S>
class PlainStepper final : public Stepper {
 public:
  PlainStepper(const Program& program, int lanes)
      : program_(program),
        units_(static_cast<std::size_t>(program.topology->units())),
        free_(static_cast<std::size_t>(program.topology->first_label())),
        lanes_(static_cast<std::size_t>(lanes)),
        x_(units_ * lanes_),
        held_(units_ * lanes_) {}

  void assign(const Program& realised) override { program_ = realised; }

  void restart(const RunSettings& run) override {
    seed_ = run.seed;
    first_sample_ = run.first_sample;
    held_.assign(held_.size(), false);
    std::vector<float> block(units_ * kLanes);
    for (std::size_t l = 0; l < lanes_; ++l) {
      fill_initial(program_, run.noise_width, seed_, first_sample_ + l, run.label, block.data());
      for (std::size_t i = 0; i < units_; ++i) x_[i * lanes_ + l] = block[i * kLanes];
    }
  }

  void advance(int from, int to, const StepPlan& plan) override {
    for (int step = from; step < to; ++step)
      for (std::size_t l = 0; l < lanes_; ++l) step_lane(l, step, plan);
  }

  void set_state(std::span<const UnitState> states) override {
    for (const UnitState& s : states)
      if (!held_[at(s)]) x_[at(s)] = double(s.value);
  }
  void hold(std::span<const UnitState> states) override {
    held_.assign(held_.size(), false);
    for (const UnitState& s : states) {
      x_[at(s)] = double(s.value);
      held_[at(s)] = true;
    }
  }
  void set_force(std::span<const float> force) override {
    force_.assign(force.begin(), force.end());
  }
  void restore(std::span<const float> state) override { x_.assign(state.begin(), state.end()); }

  void read_state(int first_unit, std::span<float> out) const override {
    for (std::size_t k = 0; k < out.size(); ++k)
      out[k] = static_cast<float>(x_[static_cast<std::size_t>(first_unit) * lanes_ + k]);
  }
  void read_rate(int chunk, std::span<float> out) const override {
    for (std::size_t l = 0; l < lanes_; ++l) {
      const auto k = rate(lane(l), l, chunk, 0);
      for (std::size_t i = 0; i < units_; ++i) out[i * lanes_ + l] = static_cast<float>(k[i]);
    }
  }
  bool finite() const override {
    for (const double x : x_)
      if (!std::isfinite(x)) return false;
    return true;
  }

 private:
  std::size_t at(const UnitState& s) const {
    return static_cast<std::size_t>(s.unit) * lanes_ + static_cast<std::size_t>(s.lane);
  }
  std::vector<double> lane(std::size_t l) const {
    std::vector<double> x(units_);
    for (std::size_t i = 0; i < units_; ++i) x[i] = x_[i * lanes_ + l];
    return x;
  }
  bool moves(std::size_t i, std::size_t l) const { return i < free_ && !held_[i * lanes_ + l]; }

  std::vector<double> rate(const std::vector<double>& x, std::size_t l, int chunk,
                           double weight_noise) const {
    constexpr std::size_t C = S::channels;
    const Program& program = program_;
    const Topology& topology = *program.topology;
    std::vector<double> y(units_ * C), out(units_);
    for (std::size_t i = 0; i < units_; ++i) S::template encode<PlainMath>(x[i], &y[i * C]);
    for (std::size_t i = 0; i < units_; ++i) {
      if (!moves(i, l)) continue;
      double field[C] = {}, p[kMaxUnitParameters] = {};
      for (int k = 0; k < program.unit_parameters(); ++k)
        p[k] = double(program.unit_values(chunk, k)[i]);
      for (auto e = topology.row_begin()[i]; e < topology.row_begin()[i + 1]; ++e) {
        const auto coupling = static_cast<std::size_t>(e);
        double w = double(program.weights(chunk)[coupling]);
        if (weight_noise > 0)
          w *= 1 + weight_noise * double(kNormalUnit) *
                       weight_error(seed_, static_cast<std::uint32_t>(chunk), first_sample_ + l,
                                    static_cast<std::uint32_t>(e));
        const auto source = static_cast<std::size_t>(topology.sources()[coupling]);
        for (std::size_t c = 0; c < C; ++c) field[c] += w * y[source * C + c];
      }
      out[i] = S::template rate<PlainMath>(x[i], &y[i * C], field, p);
      if (!force_.empty()) out[i] += force_[i * lanes_ + l];
    }
    return out;
  }

  void step_lane(std::size_t l, int step, const StepPlan& plan) {
    const int chunk = step / plan.steps_per_chunk;
    const double dt = program_.durations[static_cast<std::size_t>(chunk)] / plan.steps_per_chunk;
    std::vector<std::int8_t> normals(free_ * kLanes);
    fill_normals(seed_, Stream::phase_noise, static_cast<std::uint32_t>(step), first_sample_ + l,
                 static_cast<std::int64_t>(free_), normals.data());
    const auto start = lane(l);
    auto x = start, end = start;
    for_each_stage(tableau(plan.integrator), dt, [&](const StepStage<double>& stage) {
      auto k = rate(x, l, chunk, plan.weight_noise);
      for (std::size_t i = 0; i < units_; ++i) {
        if (!moves(i, l)) continue;
        k[i] += plan.wiener / std::sqrt(dt) * double(kNormalUnit) * normals[i * kLanes];
        end[i] += stage.b * k[i];
        x[i] = start[i] + stage.a * k[i];
      }
    });
    for (std::size_t i = 0; i < units_; ++i) x_[i * lanes_ + l] = end[i];
  }

  Program program_;
  std::size_t units_, free_, lanes_;
  std::vector<double> x_, force_;
  std::vector<bool> held_;
  std::uint64_t seed_ = 0, first_sample_ = 0;
};

class PlainDevice final : public Device {
 public:
  std::string_view name() const override { return "plain"; }
  int preferred_lanes() const override { return 3; }
  std::unique_ptr<Stepper> stepper(const Program& shape, int lanes) override {
    using Make = std::unique_ptr<Stepper> (*)(const Program&, int);
#define PHASELOOM_ENTRY(Type)                                     \
  [](const Program& program, int n) -> std::unique_ptr<Stepper> { \
    return std::make_unique<PlainStepper<Type>>(program, n);      \
  },
    static constexpr Make kMake[] = {PHASELOOM_SUBSTRATES(PHASELOOM_ENTRY)};
#undef PHASELOOM_ENTRY
    return kMake[static_cast<std::size_t>(shape.substrate)](shape, lanes);
  }
};

}  // namespace phaseloom::test
