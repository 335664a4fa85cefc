// SPDX-License-Identifier: MIT
#include "engine/transport/mlp.hpp"

#include "engine/dynamics/vector_math.hpp"
#include "engine/support/eigen_isa.hpp"

namespace phaseloom::PHASELOOM_ISA {
namespace {

template <class Real>
using Rows = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
template <class Real>
using View = Eigen::Map<Rows<Real>>;
template <class Real>
using ConstView = Eigen::Map<const Rows<Real>>;

/// Where a layer's inputs are in the trace: the inputs of the network, then each layer's output.
template <class Real>
Real* inputs_of(const MlpJob<Real>& job, int layer) {
  return job.trace + (layer == 0 ? 0 : 3 + (layer - 1) * kMlpWidth) * static_cast<long>(job.lanes);
}
template <class Real>
ConstView<Real> weights_of(const MlpJob<Real>& job, int layer) {
  return {job.parameters + MlpShape::offset(layer), MlpShape::outputs(layer),
          MlpShape::inputs(layer)};
}

/// v = tanh(v), row by row of [rows][lanes].
template <class Real>
void squash(Real* v, long n) {
  for (long i = 0; i < n; i += kWidth<Real>) store(v + i, Math<Real>::tanh(load(v + i)));
}

/// d *= 1 - y^2.
template <class Real>
void pull_squash(const Real* y, Real* d, long n) {
  for (long i = 0; i < n; i += kWidth<Real>) {
    const Vec<Real> out = load(y + i);
    store(d + i, load(d + i) * (splat(Real(1)) - out * out));
  }
}

}  // namespace

template <class Real>
void mlp_forward(const MlpJob<Real>& job) {
  fix_block_sizes();
  const long lanes = job.lanes;
  Real* in = inputs_of(job, 0);
  for (long i = 0; i < 2 * lanes; ++i) in[i] = Real(kMlpInputScale) * job.x[i];
  for (long i = 0; i < lanes; ++i) in[2 * lanes + i] = 2 * job.t[i] - 1;
  for (int layer = 0; layer < MlpShape::kLayers; ++layer) {
    const int inputs = MlpShape::inputs(layer), outputs = MlpShape::outputs(layer);
    const bool last = layer + 1 == MlpShape::kLayers;
    const ConstView<Real> x(inputs_of(job, layer), inputs, lanes);
    Real* out = last ? job.rate : inputs_of(job, layer + 1);
    View<Real> y(out, outputs, lanes);
    const Eigen::Map<const Eigen::Matrix<Real, Eigen::Dynamic, 1>> bias(
        job.parameters + MlpShape::offset(layer) + inputs * outputs, outputs);
    y.noalias() = weights_of(job, layer) * x;
    y.colwise() += bias;
    if (!last) squash(out, outputs * lanes);
  }
}

template <class Real>
void mlp_backward(const MlpJob<Real>& job) {
  fix_block_sizes();
  const long lanes = job.lanes;
  Rows<Real> d_out = ConstView<Real>(job.d_rate, 2, lanes), d_in;
  for (int layer = MlpShape::kLayers - 1; layer >= 0; --layer) {
    const int inputs = MlpShape::inputs(layer), outputs = MlpShape::outputs(layer);
    const Real* in = inputs_of(job, layer);
    Real* gradient = job.gradient + MlpShape::offset(layer);
    View<Real>(gradient, outputs, inputs).noalias() +=
        d_out * ConstView<Real>(in, inputs, lanes).transpose();
    Eigen::Map<Eigen::Matrix<Real, Eigen::Dynamic, 1>>(gradient + inputs * outputs, outputs) +=
        d_out.rowwise().sum();
    d_in.noalias() = weights_of(job, layer).transpose() * d_out;
    if (layer > 0) pull_squash(in, d_in.data(), inputs * lanes);
    d_out.swap(d_in);
  }
  for (long i = 0; i < 2 * lanes; ++i) job.d_x[i] = Real(kMlpInputScale) * d_out.data()[i];
}

template void mlp_forward(const MlpJob<float>&);
template void mlp_forward(const MlpJob<double>&);
template void mlp_backward(const MlpJob<float>&);
template void mlp_backward(const MlpJob<double>&);

}  // namespace phaseloom::PHASELOOM_ISA
