// SPDX-License-Identifier: MIT
#include "engine/dynamics/trajectory.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace phaseloom {
namespace {

/// Steps of a segment (*): so many that the couplings' gradient is made of long sums, so few that
/// what is stored of a segment fits into some dozens of megabytes for a network that makes images.
/// The sums are split so whether or not anything is recomputed, for the bits to be the same.
constexpr int kSegmentSteps = 64;

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

int steps_no_longer_than(double longest, double duration) {
  // 0.3 / 0.1 is a little more or less than 3.
  constexpr double kRounding = 1e-9;
  return std::max(1, static_cast<int>(std::ceil(duration / longest * (1 - kRounding))));
}

template <class Real>
Trajectory<Real>::Trajectory(const PackedProgram<Real>& program, std::size_t memory_budget)
    : program_(program), kernels_(program.kernels()), memory_budget_(memory_budget) {}

template <class Real>
void Trajectory<Real>::forward(const Real* initial, std::span<const Leg> legs, Integrator method,
                               Forcing<Real> forcing) {
  legs_.assign(legs.begin(), legs.end());
  method_ = method;
  forcing_ = std::move(forcing);
  segments_.clear();
  std::size_t all_stages = 0;
  for (int c = 0, step = 0; c < program_.chunks(); ++c)
    for (int left = legs_[c].steps; left > 0; left -= segments_.back().steps) {
      segments_.push_back({c, step, std::min(left, kSegmentSteps)});
      step += segments_.back().steps;
      all_stages += stages(segments_.back());
    }
  store_all_ = all_stages * (state_size() + sent_stride()) * sizeof(Real) <= memory_budget_;
  borders_.resize(segments_.size() + 1);
  for (auto& border : borders_) border.resize(state_size());
  history_.resize(store_all_ ? segments_.size() : 1);
  std::copy_n(initial, state_size(), borders_[0].begin());
  for (std::size_t s = 0; s < segments_.size(); ++s)
    run_segment(segments_[s], borders_[s].data(), borders_[s + 1].data(),
                store_all_ ? &history_[s] : nullptr);
}

template <class Real>
void Trajectory<Real>::run_segment(const Segment& segment, const Real* start, Real* end,
                                   History* history) {
  const Tableau& t = tableau(method_);
  const Leg leg = legs_[segment.chunk];
  const auto dt = static_cast<Real>(leg.dt);
  base_.resize(state_size());
  sum_.resize(state_size());
  x_.resize(state_size());
  y_.resize(sent_size());
  y_next_.resize(sent_size());
  if (history) {
    grow(history->y, stages(segment) * sent_stride());
    grow(history->slope, stages(segment) * state_size());
  }
  const auto y_of = [&](std::size_t e) {
    return history ? history->y.data() + e * sent_stride() : (e % 2 ? y_next_.data() : y_.data());
  };
  std::copy_n(start, state_size(), base_.begin());
  kernels_.encode(program_.units(), base_.data(), y_of(0));
  StageArguments<Real> s{};
  s.tiling = &program_.tilings().forward;
  s.weights = program_.weights(segment.chunk);
  s.parameters = program_.parameters(segment.chunk);
  if (forcing_) {
    rates_.resize(state_size());
    s.forcing = rates_.data();
  }
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
    const bool final = e + 1 == stages(segment);
    s.x_out = final ? end : s.last ? base_.data() : kernels_.reads_state ? x_.data() : nullptr;
    s.y_out = final ? y_next_.data() : y_of(e + 1);
    if (s.y_out == s.y) s.y_out = y_.data();
    kernels_.stage(s);
    if (s.sum_out) s.sum_in = s.sum_out;
    ++e;
  };
  for (int step = 0; step < segment.steps; ++step) {
    if (forcing_) forcing_(segment.first_step + step, leg.dt, rates_.data());
    for_each_stage(t, dt, run_stage);
  }
}

template <class Real>
void Trajectory<Real>::backward(Real* adjoint, std::span<Real> gradient, double clip,
                                const std::function<void(int)>& chunk_done) {
  adjoint_.assign(adjoint, adjoint + state_size());
  const auto limit = lane_norms(adjoint, program_.units());
  growth_ = 0;
  for (std::size_t s = segments_.size(); s-- > 0;) {
    const Segment& segment = segments_[s];
    History& history = history_[store_all_ ? s : 0];
    if (!store_all_) run_segment(segment, borders_[s].data(), sum_.data(), &history);
    Real* out = gradient.data() + segment.chunk * program_.chunk_size();
    if (ends_chunk(s)) {
      const auto tiles = program_.tilings().forward.tiles.size();
      parameter_sums_.assign(tiles * kTileRows * kMaxUnitParameters, 0);
    }
    pull_segment(segment, history);
    add_weight_gradient(segment, history, ends_chunk(s), out);
    if (!begins_chunk(s)) continue;
    out += program_.tilings().forward.couplings;
    for (int p = 0; p < program_.unit_parameters(); ++p)
      for (int i = 0; i < program_.units(); ++i)
        *out++ = parameter_sums_[i * kMaxUnitParameters + p];
    clip_adjoint(clip, limit);
    if (chunk_done) chunk_done(segment.chunk);
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
void Trajectory<Real>::pull_segment(const Segment& segment, const History& history) {
  const Tableau& t = tableau(method_);
  const auto dt = static_cast<Real>(legs_[segment.chunk].dt);
  const std::size_t count = stages(segment);
  upper_.resize(state_size());
  lambda_.resize(state_size());
  grow(g_, count * sent_stride());
  PullArguments<Real> s{};
  s.tiling = &program_.tilings().transposed;
  s.weights = program_.transposed_weights(segment.chunk);
  s.parameters = program_.parameters(segment.chunk);
  s.parameter_sums = parameter_sums_.data();
  s.lambda = s.lambda_out = lambda_.data();
  const auto y_of = [&](std::size_t e) { return history.y.data() + e * sent_stride(); };
  const auto g_of = [&](std::size_t e) { return g_.data() + e * sent_stride(); };
  kernels_.start_pull(program_.units(), y_of(count - 1), adjoint_.data(),
                      stage_of(t, dt, t.stages - 1).b, lambda_.data(), g_of(count - 1));
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
}

template <class Real>
void Trajectory<Real>::add_weight_gradient(const Segment& segment, const History& history,
                                           bool first, Real* gradient) {
  const Tiling& tiling = program_.tilings().forward;
  const auto couplings = static_cast<std::size_t>(tiling.couplings);
  if (!first) part_.resize(couplings + 1);
  kernels_.weight_gradient({&tiling, static_cast<int>(stages(segment)),
                            static_cast<std::int64_t>(sent_stride()), history.y.data(), g_.data(),
                            first ? gradient : part_.data()});
  for (std::size_t k = 0; !first && k < couplings; ++k) gradient[k] += part_[k];
}

template class Trajectory<float>;
template class Trajectory<double>;

}  // namespace phaseloom
