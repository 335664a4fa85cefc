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
    : program_(program),
      kernels_(kernels<Real>(program.substrate())),
      memory_budget_(memory_budget) {}

template <class Real>
void Trajectory<Real>::forward(const Real* initial, std::span<const Leg> legs, Integrator method) {
  legs_.assign(legs.begin(), legs.end());
  method_ = method;
  std::size_t all_stages = 0;
  for (int c = 0; c < program_.chunks(); ++c) all_stages += stages(c);
  store_all_ = all_stages * (state_size() + 2 * sent_size()) * sizeof(Real) <= memory_budget_;
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
    grow(history->x, stages(chunk) * state_size());
    grow(history->y, stages(chunk) * sent_size());
    grow(history->field, stages(chunk) * sent_size());
  }
  // Where stage e keeps its state: in the history, or in the scratch arrays.
  const auto x_of = [&](std::size_t e) {
    return history ? history->x.data() + e * state_size() : x_.data();
  };
  const auto y_of = [&](std::size_t e) {
    return history ? history->y.data() + e * sent_size() : (e % 2 ? y_next_.data() : y_.data());
  };
  // The state at the start of a step: the history keeps it, the scratch array is overwritten.
  const auto base_of = [&](std::size_t e) -> const Real* {
    if (history) return x_of(e);
    std::copy_n(x_.begin(), state_size(), base_.begin());
    return base_.data();
  };
  std::copy_n(start, state_size(), x_of(0));
  kernels_.encode(program_.units(), x_of(0), y_of(0));
  StageArguments<Real> s{};
  s.tiling = &program_.tilings().forward;
  s.weights = program_.weights(chunk);
  s.parameters = program_.parameters(chunk);
  s.sum_out = sum_.data();
  for (std::size_t e = 0; e < stages(chunk); ++e) {
    const int stage = static_cast<int>(e) % t.stages;
    s.last = stage == t.stages - 1;
    if (stage == 0) s.base = base_of(e);
    s.sum_in = stage == 0 ? s.base : sum_.data();
    s.b = dt * static_cast<Real>(t.b[stage]);
    s.a = s.last ? 0 : dt * static_cast<Real>(t.a[stage + 1]);
    s.x = x_of(e);
    s.y = y_of(e);
    s.field_out = history ? history->field.data() + e * sent_size() : nullptr;
    const bool final = e + 1 == stages(chunk);
    s.x_out = final ? end : x_of(e + 1);
    s.y_out = final ? (e % 2 ? y_.data() : y_next_.data()) : y_of(e + 1);
    kernels_.stage(s);
  }
}

template <class Real>
void Trajectory<Real>::backward(Real* adjoint, std::span<Real> gradient, double clip) {
  adjoint_ = adjoint;
  auto limit = lane_norms(adjoint, program_.units());
  growth_ = 0;
  for (int c = program_.chunks() - 1; c >= 0; --c) {
    if (!store_all_) run_chunk(c, borders_[c].data(), sum_.data(), &history_[0]);
    pull_chunk(c, history_[store_all_ ? c : 0], gradient);
    clip_adjoint(clip, limit);
  }
}

template <class Real>
void Trajectory<Real>::clip_adjoint(double clip, const std::vector<Real>& limit) {
  const auto norm = lane_norms(adjoint_, program_.units());
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
  grow(g_, count * sent_size());
  parameter_sums_.assign(
      static_cast<std::size_t>(units) * program_.unit_parameters() * kernels_.vector_width, 0);
  PullArguments<Real> s{};
  s.tiling = &program_.tilings().transposed;
  s.weights = program_.transposed_weights(chunk);
  s.parameters = program_.parameters(chunk);
  s.sum = adjoint_;
  s.parameter_sums = parameter_sums_.data();
  s.upper = upper_.data();
  s.lambda = s.lambda_out = lambda_.data();
  for (std::size_t e = count; e-- > 0;) {
    const int stage = static_cast<int>(e) % t.stages;
    s.x = history.x.data() + e * state_size();
    s.y = history.y.data() + e * sent_size();
    s.field = history.field.data() + e * sent_size();
    Real* g = g_.data() + e * sent_size();
    s.g = g;
    if (stage == t.stages - 1) {
      std::copy_n(adjoint_, state_size(), upper_.begin());
      kernels_.start_pull(units, s.x, s.y, upper_.data(), dt * static_cast<Real>(t.b[stage]),
                          lambda_.data(), g);
    }
    s.x_before = stage ? s.x - state_size() : nullptr;
    s.y_before = stage ? s.y - sent_size() : nullptr;
    s.g_out = stage ? g - sent_size() : nullptr;
    s.a = dt * static_cast<Real>(t.a[stage]);
    s.b = stage ? dt * static_cast<Real>(t.b[stage - 1]) : 0;
    kernels_.pull(s);
  }
  Real* out = gradient.data() + chunk * program_.chunk_size();
  kernels_.weight_gradient(
      {&program_.tilings().forward, static_cast<int>(count), history.y.data(), g_.data(), out});
  kernels_.reduce_parameters(units, parameter_sums_.data(),
                             out + program_.tilings().forward.couplings);
}

template class Trajectory<float>;
template class Trajectory<double>;

}  // namespace phaseloom
