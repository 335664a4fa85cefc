// SPDX-License-Identifier: MIT
#include "measure/naive_step.hpp"

#include <cmath>

namespace phaseloom {

void NaiveStep::rate(std::span<const float> x, int chunk) {
  const Topology& topology = *program_.topology;
  const auto weights = program_.weights(chunk);
  const auto omega = program_.unit_values(chunk, 0), p = program_.unit_values(chunk, 1),
             q = program_.unit_values(chunk, 2), shil = program_.unit_values(chunk, 3);
  for (int i = 0; i < topology.units(); ++i) {
    const float* own = &x[std::size_t(i) * lanes_];
    float* out = &rate_[std::size_t(i) * lanes_];
    for (int l = 0; l < lanes_; ++l)
      out[l] = omega[i] + p[i] * std::cos(own[l]) - q[i] * std::sin(own[l]) -
               shil[i] * std::sin(2 * own[l]);
    for (auto e = topology.row_begin()[i]; e < topology.row_begin()[i + 1]; ++e) {
      const float* other = &x[std::size_t(topology.sources()[e]) * lanes_];
      for (int l = 0; l < lanes_; ++l) out[l] += weights[e] * std::sin(other[l] - own[l]);
    }
  }
}

void NaiveStep::step(std::span<float> x, int chunk, float dt) {
  rate(x, chunk);
  for (std::size_t k = 0; k < x.size(); ++k) middle_[k] = x[k] + dt / 2 * rate_[k];
  rate(middle_, chunk);
  for (std::size_t k = 0; k < x.size(); ++k) x[k] += dt * rate_[k];
}

}  // namespace phaseloom
