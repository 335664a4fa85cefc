// SPDX-License-Identifier: MIT
#include "engine/transport/mlp.hpp"

#include <cmath>

#include "engine/support/random.hpp"

namespace phaseloom {

std::vector<float> initial_mlp(std::uint64_t seed) {
  std::vector<float> parameters(kMlpParameters);
  RandomSequence random(seed, Stream::weight_init);
  for (int layer = 0; layer + 1 < MlpShape::kLayers; ++layer) {
    const int inputs = MlpShape::inputs(layer);
    const double width = 1 / std::sqrt(double(inputs));
    float* weights = parameters.data() + MlpShape::offset(layer);
    for (int k = 0; k < inputs * MlpShape::outputs(layer); ++k)
      weights[k] = static_cast<float>(width * random.normal());
  }
  return parameters;
}

namespace {

template <class Real>
struct Loops {
  void (*forward)(const MlpJob<Real>&);
  void (*backward)(const MlpJob<Real>&);
};

template <class Real>
Loops<Real> loops() {
#if defined(__x86_64__)
  if (active_isa() >= Isa::avx512) return {avx512::mlp_forward<Real>, avx512::mlp_backward<Real>};
  if (active_isa() == Isa::avx2) return {avx2::mlp_forward<Real>, avx2::mlp_backward<Real>};
#endif
  return {baseline::mlp_forward<Real>, baseline::mlp_backward<Real>};
}

}  // namespace

template <class Real>
void mlp_forward(const MlpJob<Real>& job) {
  loops<Real>().forward(job);
}
template <class Real>
void mlp_backward(const MlpJob<Real>& job) {
  loops<Real>().backward(job);
}

template void mlp_forward(const MlpJob<float>&);
template void mlp_forward(const MlpJob<double>&);
template void mlp_backward(const MlpJob<float>&);
template void mlp_backward(const MlpJob<double>&);

}  // namespace phaseloom
