// SPDX-License-Identifier: MIT
#pragma once
// A fixed network that turns pictures into features, and gradients of features into gradients of
// pictures: the space in which some losses compare generated with real pictures. It must not be the
// classifier of the metric, or the loss would train for the measure instead of the pictures.

#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "engine/neural/conv_net.hpp"
#include "engine/support/parallel.hpp"

namespace phaseloom {

class FeatureNet {
 public:
  /// @param parameters of a classifier (classifier_shape()); its last layer is not used.
  FeatureNet(std::span<const float> parameters, PictureShape picture,
             const ConvKernels<float>& kernels = training_conv_kernels());

  int features() const { return net_.outputs(); }
  /// Values of a picture.
  int pixels() const { return net_.image_size(); }
  /// Takes part in one pass at a time; made once for each block.
  using Workspace = ConvWorkspace<float>;
  Workspace workspace() const { return Workspace(net_); }

  /// pictures [pixel][lane] in [-1, 1]; returns [feature][lane], valid until the next pass.
  std::span<const float> forward(std::span<const float> pictures, Workspace& work) const;
  /// After forward: writes d / d pictures.
  void backward(Workspace& work, std::span<const float> d_features,
                std::span<float> d_pictures) const;

 private:
  ConvNet<float> net_;
};

}  // namespace phaseloom
