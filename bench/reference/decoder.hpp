// SPDX-License-Identifier: MIT
#pragma once
// A small convolutional generator: a code -> 7x7 -> 14x14 -> 28x28 pixels (5x5 kernels, stride 2,
// LeakyReLU between the layers). Each layer is the transpose of a convolution, hence the backward
// pass of a ConvNet of one layer; and its own backward pass is that one's forward pass.

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/neural/conv_net.hpp"

namespace phaseloom {

struct DecoderShape {
  int code = 64;    ///< numbers that a picture is made from
  int wide = 64;    ///< channels at 7x7
  int narrow = 32;  ///< channels at 14x14
};

/// Real is float, or double where tests compare gradients with differences. Arrays are
/// [number][kLanes], as those of ConvNet. Parameters live outside, layer by layer the weights in
/// ConvNet's order, then the biases [out channel].
template <class Real>
class Decoder {
 public:
  static constexpr int kLayers = 3;
  static constexpr int kPixels = 28 * 28;

  /// What one block of kLanes pictures needs from forward to backward.
  class Workspace {
   public:
    explicit Workspace(const Decoder& decoder);

   private:
    friend class Decoder;
    std::vector<ConvWorkspace<Real>> nets_;
    std::array<std::vector<Real>, kLayers + 1> activations_;  // codes .. pixels
    std::vector<Real> signal_, d_weights_;
  };

  explicit Decoder(const DecoderShape& shape);
  std::size_t parameter_count() const { return parameter_count_; }
  int code() const { return nets_[0].outputs(); }

  /// Weights ~ N(0, 2 / numbers that a pixel sums), biases zero.
  void initialise(std::span<Real> parameters, std::uint64_t seed) const;
  /// Takes over the parameters. Call after every change to them.
  void set_parameters(std::span<const Real> parameters);

  /// codes [code][kLanes] -> pixels [784][kLanes] before any squashing; valid until the next pass.
  std::span<const Real> forward(std::span<const Real> codes, Workspace& work) const;
  /// After forward. Adds to d_parameters; overwrites d_codes unless that is empty.
  void backward(Workspace& work, std::span<const Real> d_pixels, std::span<Real> d_parameters,
                std::span<Real> d_codes = {}) const;

 private:
  std::size_t weights(int layer) const;  // of that layer
  int out_channels(int layer) const { return nets_[layer].shape().input_channels; }

  std::vector<ConvNet<Real>> nets_;
  std::array<std::vector<Real>, kLayers> biases_;
  std::size_t parameter_count_ = 0;
};

extern template class Decoder<float>;
extern template class Decoder<double>;

}  // namespace phaseloom
