// SPDX-License-Identifier: MIT
#include "engine/neural/adam.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace phaseloom {

Adam::Adam(std::size_t size, float beta1, float beta2, float epsilon)
    : first_(size), second_(size), beta1_(beta1), beta2_(beta2), epsilon_(epsilon) {}

void Adam::step(std::span<float> parameters, std::span<const float> gradients, float rate,
                std::span<const WeightDecay> decays, ThreadPool* pool) {
  assert(parameters.size() == first_.size() && gradients.size() == first_.size());
  ++steps_;
  const double t = static_cast<double>(steps_);
  for (const WeightDecay& decay : decays) {
    const float keep = 1 - rate * decay.amount;
    for (float& p : parameters.subspan(decay.begin, decay.end - decay.begin)) p *= keep;
  }
  const float step_rate = static_cast<float>(rate / (1 - std::pow(double{beta1_}, t)));
  const float scale = static_cast<float>(1 / std::sqrt(1 - std::pow(double{beta2_}, t)));
  const AdamKernels kernels = PHASELOOM_DISPATCH(adam_kernels);
  constexpr std::size_t kPiece = 1 << 15;
  const auto run_piece = [&](int piece) {
    const std::size_t begin = static_cast<std::size_t>(piece) * kPiece;
    const AdamJob job{parameters.data() + begin,
                      first_.data() + begin,
                      second_.data() + begin,
                      gradients.data() + begin,
                      std::min(kPiece, first_.size() - begin),
                      beta1_,
                      beta2_,
                      epsilon_,
                      step_rate,
                      scale};
    kernels.step(job);
  };
  const int pieces = static_cast<int>((first_.size() + kPiece - 1) / kPiece);
  if (pool)
    pool->run(pieces, run_piece);
  else
    for (int i = 0; i < pieces; ++i) run_piece(i);
}

void update_average(std::span<float> average, std::span<const float> parameters, float keep) {
  assert(average.size() == parameters.size());
  PHASELOOM_DISPATCH(adam_kernels).average(average.data(), parameters.data(), average.size(), keep);
}

}  // namespace phaseloom
