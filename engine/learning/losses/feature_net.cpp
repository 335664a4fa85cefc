// SPDX-License-Identifier: MIT
#include "engine/learning/losses/feature_net.hpp"

#include <cassert>

#include "engine/metrics/classifier.hpp"

namespace phaseloom {
namespace {

ConvNetShape features_shape(PictureShape picture) {
  ConvNetShape shape = classifier_shape(picture);
  shape.layers.pop_back();
  return shape;
}

}  // namespace

FeatureNet::FeatureNet(std::span<const float> parameters, PictureShape picture,
                       const ConvKernels<float>& kernels)
    : net_(features_shape(picture), kernels) {
  assert(parameters.size() > net_.parameter_count());
  // The classifier saw pixels in [0, 1]: p = (v + 1) / 2 is folded into forward() and backward().
  net_.pack(parameters.first(net_.parameter_count()));
}

std::span<const float> FeatureNet::forward(std::span<const float> pictures, Workspace& work) const {
  thread_local AlignedVector<float> unit;
  unit.resize(pictures.size());
  for (std::size_t k = 0; k < pictures.size(); ++k) unit[k] = 0.5f * pictures[k] + 0.5f;
  return net_.forward(unit, work);
}

void FeatureNet::backward(Workspace& work, std::span<const float> d_features,
                          std::span<float> d_pictures) const {
  net_.backward(work, d_features, {}, d_pictures);
  for (float& d : d_pictures) d *= 0.5f;
}

}  // namespace phaseloom
