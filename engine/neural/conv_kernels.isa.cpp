// SPDX-License-Identifier: MIT
#include "engine/neural/conv_kernels.hpp"

#include "engine/neural/conv_loops.hpp"

namespace phaseloom::PHASELOOM_ISA {
namespace {

template <class Real>
void gather_numbers(const GatherJob<Real>& job) {
  gather(job, job.source, job.weights);
}
template <class Real>
void scatter_numbers(const ConvGeometry& g, const Real* weights, const Real* signal, Real* d_input,
                     Real*) {
  scatter(g, weights, signal, d_input);
}
template <class Real>
void weight_gradient_numbers(const ConvGeometry& g, const Real* input, const Real* transposed,
                             Real* d_weights, Real*) {
  weight_gradient(g, input, transposed, d_weights);
}

template <class Real>
constexpr ConvKernels<Real> kTable = {kTile,
                                      kWidth<Real>,
                                      gather_numbers<Real>,
                                      scatter_numbers<Real>,
                                      transpose_signal<Real>,
                                      weight_gradient_numbers<Real>,
                                      nullptr};

}  // namespace

const ConvKernels<float>& conv_kernels_float() { return kTable<float>; }
const ConvKernels<double>& conv_kernels_double() { return kTable<double>; }

}  // namespace phaseloom::PHASELOOM_ISA
