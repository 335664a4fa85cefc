// SPDX-License-Identifier: MIT
#pragma once
// A small convolutional network on blocks of kLanes samples: the critic of the adversarial trainer
// and the classifier of the metrics. Written by hand because everything it needs (input gradients,
// the gradient of a gradient penalty) is a few loops, and those run at most of the machine's peak.
//
// Activations are [channel][y][x][lane]. Parameters live outside, in one flat array, so that
// optimisers, averages and checkpoints need not know the network: layer by layer the weights
// [in][ky][kx][out], then the biases [out].

#include <cstdint>
#include <span>
#include <vector>

#include "engine/neural/conv_kernels.hpp"
#include "engine/support/aligned.hpp"
#include "engine/support/lanes.hpp"
#include "engine/support/picture_shape.hpp"

namespace phaseloom {

/// A dense layer is a convolution without padding whose kernel covers its input; what of a kernel
/// reaches beyond an input that is not square meets nothing.
struct ConvLayer {
  int channels;
  int kernel;
  int stride = 1;
  int padding = 0;
};

struct ConvNetShape {
  int width = 1;
  int height = 1;
  int input_channels = 1;
  std::vector<ConvLayer> layers;
  float leak = 0.2f;  // slope of LeakyReLU below zero; it follows every layer but the last
};

/// Side of a map after a convolution of 5x5 with stride 2 and padding 2.
constexpr int halved(int side) { return (side + 1) / 2; }

/// Picture -> 16 -> 32 -> 64 channels (5x5, stride 2) -> one number, or one for each class.
ConvNetShape critic_shape(PictureShape picture, int outputs = 1);

/// The kinds of work of one layer, for benchmarks.
enum class ConvPart { forward, backward_data, backward_weights };

template <class Real>
class ConvNet;

/// What one block needs from forward to backward. Allocated once; a pass never allocates.
template <class Real>
class ConvWorkspace {
 public:
  explicit ConvWorkspace(const ConvNet<Real>& net);

  /// Output of layer `index` (after its LeakyReLU) of the last forward pass; layer -1 is the image.
  std::span<const Real> activation(int index) const { return activations_[index + 1]; }

 private:
  friend class ConvNet<Real>;
  int lanes_ = kLanes;                            // active ones, of the last forward pass
  std::vector<AlignedVector<Real>> activations_;  // input of layer l; the last is the output
  std::vector<AlignedVector<Real>> signals_;      // d / d (sum of layer l before its LeakyReLU)
  std::vector<AlignedVector<Real>> tangents_;     // input of layer l, tangent
  AlignedVector<Real> transposed_;                // one signal, channels innermost
  AlignedVector<Real> d_images_;
  AlignedVector<Real> scratch_;  // of the kernels
};

/// The passes are const and may run at the same time on different workspaces. Real is float, or
/// double where tests compare gradients with differences.
template <class Real>
class ConvNet {
 public:
  using Workspace = ConvWorkspace<Real>;

  explicit ConvNet(ConvNetShape shape, const ConvKernels<Real>& kernels = conv_kernels<Real>());

  const ConvNetShape& shape() const { return shape_; }
  std::size_t parameter_count() const { return parameter_count_; }
  int layers() const { return static_cast<int>(layers_.size()); }
  /// Numbers per lane of one image, of layer `index`, and of the output.
  int image_size() const;
  int layer_size(int index) const;
  int outputs() const { return layer_size(layers() - 1); }
  /// Multiply-adds per lane of layer `index` that touch the image (the border has fewer taps).
  double multiply_adds(int index) const { return layers_[index].multiply_adds; }

  /// He's scaling, weights ~ N(0, 2 / ((1 + leak^2) fan_in)), for the last layer N(0, 1 / fan_in);
  /// biases zero.
  void initialise(std::span<Real> parameters, std::uint64_t seed) const;

  /// Takes over the parameters, rearranged for the kernels. Call after every change to them.
  void pack(std::span<const Real> parameters);

  /// images [image_size][kLanes]; lanes from `lanes` on are ignored here and in the backward pass.
  /// Returns [outputs][kLanes], valid until the next pass.
  std::span<const Real> forward(std::span<const Real> images, Workspace& work,
                                int lanes = kLanes) const;

  /// After forward. d_outputs [outputs][kLanes]; adds to d_parameters, overwrites d_images; an
  /// empty span asks for nothing.
  void backward(Workspace& work, std::span<const Real> d_outputs, std::span<Real> d_parameters,
                std::span<Real> d_images = {}) const;

  /// Sum over lanes of scale * lambda * (|dD/dimage| - 1)^2, D being the sum of the outputs times
  /// d_outputs [outputs][kLanes]; adds its gradient to d_parameters. The network is piecewise
  /// linear, so this is one more forward pass (of the penalty's derivative through the linearised
  /// network) and one more weight gradient; biases get none.
  double gradient_penalty(std::span<const Real> images, Workspace& work,
                          std::span<const Real> d_outputs, Real lambda, Real scale,
                          std::span<Real> d_parameters, int lanes = kLanes) const;

  /// Repeats one part of the work of one layer on what the last passes left; for benchmarks.
  void run_part(Workspace& work, int layer, ConvPart part, std::span<Real> d_parameters) const;

 private:
  friend class ConvWorkspace<Real>;
  struct Layer {
    ConvGeometry g;
    std::size_t offset;  // of its weights in the parameters
    double multiply_adds;
    bool scatter;  // gradient with respect to the input, see ConvKernels
    std::vector<TapRange> forward_rows, forward_columns, backward_rows, backward_columns;
    AlignedVector<Real> forward_weights, backward_weights, bias;
  };

  void pack(Layer& layer, const Real* weights) const;
  void run_forward(Workspace& work, const Layer& layer, const Real* input, Real* output,
                   bool with_bias, Gate gate, const Real* other) const;
  void run_backward(Workspace& work, const Layer& layer, const Real* signal, Real* d_input,
                    const Real* gate) const;
  void backward_signals(Workspace& work, std::span<const Real> d_outputs, Real* d_images) const;
  void weight_gradient(Workspace& work, std::size_t layer, const Real* input, Real* d_weights,
                       Real* d_bias) const;
  void weight_gradients(Workspace& work, const std::vector<AlignedVector<Real>>& inputs,
                        bool with_bias, std::span<Real> d_parameters) const;

  ConvNetShape shape_;
  const ConvKernels<Real>& kernels_;
  std::vector<Layer> layers_;
  std::size_t parameter_count_ = 0;
};

extern template class ConvWorkspace<float>;
extern template class ConvWorkspace<double>;
extern template class ConvNet<float>;
extern template class ConvNet<double>;

}  // namespace phaseloom
