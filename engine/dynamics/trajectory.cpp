// SPDX-License-Identifier: MIT
#include "engine/dynamics/trajectory.hpp"

#include <algorithm>
#include <cmath>

namespace phaseloom {
namespace {

template <class Real>
void grow(AlignedVector<Real>& v, std::size_t size) {
  if (v.size() < size) v.resize(size);
}

/// Sum of squares over units, per lane.
template <class Real>
std::vector<Real> lane_norms(const Real* v, int units) {
  std::vector<Real> squares(kLanes, 0);
  for (int i = 0; i < units; ++i)
    for (int l = 0; l < kLanes; ++l) squares[l] += v[i * kLanes + l] * v[i * kLanes + l];
  for (auto& s : squares) s = std::sqrt(s);
  return squares;
}

}  // namespace

std::vector<Leg> even_legs(const Program& program, int steps) {
  std::vector<Leg> legs;
  for (double duration : program.durations) legs.push_back({steps, duration / steps});
  return legs;
}

template <class Real>
Trajectory<Real>::Trajectory(const PackedProgram<Real>& program, std::size_t memory_budget)
    : program_(program), kernels_(program.kernels()), memory_budget_(memory_budget) {}

template <class Real>
void Trajectory<Real>::forward(const Real* initial, std::span<const Leg> legs, Integrator method) {
  legs_.assign(legs.begin(), legs.end());
  method_ = method;
  std::size_t all_stages = 0;
  for (int c = 0; c < program_.chunks(); ++c) all_stages += stages(c);
  store_all_ = all_stages * (state_size() + sent_stride()) * sizeof(Real) <= memory_budget_;
  borders_.resize(static_cast<std::size_t>(program_.chunks()) + 1);
  for (auto& border : borders_) border.resize(state_size());
  history_.resize(store_all_ ? static_cast<std::size_t>(program_.chunks()) : 1);
  std::copy_n(initial, state_size(), borders_[0].begin());
  for (int c = 0; c < program_.chunks(); ++c)
    run_chunk(c, borders_[c].data(), borders_[c + 1].data(), store_all_ ? &history_[c] : nullptr);
}

template <class Real>
void Trajectory<Real>::run_chunk(int chunk, const Real* start, Real* end, History* history) {
  const Tableau& t = tableau(method_);
  const Leg leg = legs_[chunk];
  const auto dt = static_cast<Real>(leg.dt);
  base_.resize(state_size());
  sum_.resize(state_size());
  x_.resize(state_size());
  y_.resize(sent_size());
  y_next_.resize(sent_size());
  if (history) {
    grow(history->y, stages(chunk) * sent_stride());
    grow(history->slope, stages(chunk) * state_size());
  }
  const auto y_of = [&](std::size_t e) {
    return history ? history->y.data() + e * sent_stride() : (e % 2 ? y_next_.data() : y_.data());
  };
  std::copy_n(start, state_size(), base_.begin());
  kernels_.encode(program_.units(), base_.data(), y_of(0));
  StageArguments<Real> s{};
  s.tiling = &program_.tilings().forward;
  s.weights = program_.weights(chunk);
  s.parameters = program_.parameters(chunk);
  s.base = base_.data();
  std::size_t e = 0;  // stages so far
  const auto run_stage = [&](const StepStage<Real>& stage) {
    s.last = stage.last;
    s.x = stage.index == 0 ? base_.data() : x_.data();
    s.y = y_of(e);
    if (stage.index == 0) s.sum_in = base_.data();
    s.a = stage.a;
    s.b = stage.b;
    s.sum_out = s.last || s.b == 0 ? nullptr : sum_.data();
    s.slope_out = history ? history->slope.data() + e * state_size() : nullptr;
    const bool final = e + 1 == stages(chunk);
    s.x_out = final ? end : s.last ? base_.data() : kernels_.reads_state ? x_.data() : nullptr;
    s.y_out = final ? y_next_.data() : y_of(e + 1);
    if (s.y_out == s.y) s.y_out = y_.data();
    kernels_.stage(s);
    if (s.sum_out) s.sum_in = s.sum_out;
    ++e;
  };
  for (int step = 0; step < leg.steps; ++step) for_each_stage(t, dt, run_stage);
}

template <class Real>
void Trajectory<Real>::backward(Real* adjoint, std::span<Real> gradient, double clip) {
  adjoint_.assign(adjoint, adjoint + state_size());
  const auto limit = lane_norms(adjoint, program_.units());
  growth_ = 0;
  for (int c = program_.chunks() - 1; c >= 0; --c) {
    if (!store_all_) run_chunk(c, borders_[c].data(), sum_.data(), &history_[0]);
    pull_chunk(c, history_[store_all_ ? c : 0], gradient);
    clip_adjoint(clip, limit);
  }
  std::copy(adjoint_.begin(), adjoint_.end(), adjoint);
}

template <class Real>
void Trajectory<Real>::clip_adjoint(double clip, const std::vector<Real>& limit) {
  const auto norm = lane_norms(adjoint_.data(), program_.units());
  Real scale[kLanes];
  bool any = false;
  for (int l = 0; l < kLanes; ++l) {
    scale[l] = 1;
    if (!(limit[l] > 0)) continue;
    const double ratio = static_cast<double>(norm[l]) / static_cast<double>(limit[l]);
    growth_ = std::max(growth_, ratio);
    if (clip > 0 && ratio > clip) {
      scale[l] = static_cast<Real>(clip / ratio);
      any = true;
    }
  }
  if (!any) return;
  for (int i = 0; i < program_.units(); ++i)
    for (int l = 0; l < kLanes; ++l) adjoint_[i * kLanes + l] *= scale[l];
}

template <class Real>
void Trajectory<Real>::pull_chunk(int chunk, const History& history, std::span<Real> gradient) {
  const Tableau& t = tableau(method_);
  const int units = program_.units();
  const auto dt = static_cast<Real>(legs_[chunk].dt);
  const std::size_t count = stages(chunk);
  upper_.resize(state_size());
  lambda_.resize(state_size());
  grow(g_, count * sent_stride());
  const auto tiles = program_.tilings().forward.tiles.size();
  parameter_sums_.assign(tiles * kTileRows * kMaxUnitParameters, 0);
  PullArguments<Real> s{};
  s.tiling = &program_.tilings().transposed;
  s.weights = program_.transposed_weights(chunk);
  s.parameters = program_.parameters(chunk);
  s.parameter_sums = parameter_sums_.data();
  s.lambda = s.lambda_out = lambda_.data();
  const auto y_of = [&](std::size_t e) { return history.y.data() + e * sent_stride(); };
  const auto g_of = [&](std::size_t e) { return g_.data() + e * sent_stride(); };
  kernels_.start_pull(units, y_of(count - 1), adjoint_.data(), stage_of(t, dt, t.stages - 1).b,
                      lambda_.data(), g_of(count - 1));
  for (std::size_t e = count; e-- > 0;) {
    const int stage = static_cast<int>(e) % t.stages;
    s.y = y_of(e);
    s.slope = history.slope.data() + e * state_size();
    s.g = g_of(e);
    if (stage == t.stages - 1) {
      std::swap(adjoint_, upper_);  // what was the sum so far is now dL/d(state after this step)
      s.sum_in = upper_.data();
      s.sum_out = adjoint_.data();
    } else {
      s.sum_in = s.sum_out;
    }
    s.y_before = e == 0 ? nullptr : y_of(e - 1);
    s.g_out = e == 0 ? nullptr : g_of(e - 1);
    // After the first stage of a step the sum is complete, and the step before begins with it.
    const auto before = stage_of(t, dt, (stage == 0 ? t.stages : stage) - 1);
    s.upper = stage == 0 ? nullptr : upper_.data();
    s.a = before.a;
    s.b = before.b;
    kernels_.pull(s);
  }
  Real* out = gradient.data() + chunk * program_.chunk_size();
  kernels_.weight_gradient({&program_.tilings().forward, static_cast<int>(count),
                            static_cast<std::int64_t>(sent_stride()), history.y.data(), g_.data(),
                            out});
  out += program_.tilings().forward.couplings;
  for (int p = 0; p < program_.unit_parameters(); ++p)
    for (int i = 0; i < units; ++i) *out++ = parameter_sums_[i * kMaxUnitParameters + p];
}

template class Trajectory<float>;
template class Trajectory<double>;

}  // namespace phaseloom
