// SPDX-License-Identifier: MIT
#pragma once
// A feature network with random weights, and random pictures: all that the tests of losses on
// features need.

#include <vector>

#include "engine/learning/losses/feature_net.hpp"
#include "engine/metrics/classifier.hpp"
#include "engine/support/random.hpp"

namespace phaseloom {

inline FeatureNet random_feature_net(const ConvKernels<float>& kernels = training_conv_kernels()) {
  const ConvNet<float> net(classifier_shape({28, 28}));
  std::vector<float> parameters(net.parameter_count());
  net.initialise(parameters, 5);
  return FeatureNet(parameters, {28, 28}, kernels);
}

/// [block][pixel][lane] in [-1, 1].
inline AlignedVector<float> random_pictures(int batch, std::uint64_t seed) {
  AlignedVector<float> pictures(std::size_t{784} * batch);
  RandomSequence random(seed, Stream::batch);
  for (float& p : pictures) p = static_cast<float>(2 * random.uniform() - 1);
  return pictures;
}

/// a + step * b
inline AlignedVector<float> moved(AlignedVector<float> a, const AlignedVector<float>& b,
                                  float step) {
  for (std::size_t i = 0; i < a.size(); ++i) a[i] += step * b[i];
  return a;
}

inline double dot(std::span<const float> a, std::span<const float> b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += double{a[i]} * b[i];
  return sum;
}

}  // namespace phaseloom
