// SPDX-License-Identifier: MIT
#include "engine/neural/conv_net.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "engine/support/error.hpp"
#include "engine/support/random.hpp"

namespace phaseloom {
namespace {

std::vector<TapRange> forward_taps(int in_size, int out_size, int kernel, int stride, int padding) {
  std::vector<TapRange> taps;
  for (int o = 0; o < out_size; ++o) {
    const int first = std::max(0, padding - o * stride);
    const int end = std::min(kernel, in_size + padding - o * stride);
    taps.push_back({std::max(0, end - first), first, o * stride - padding + first});
  }
  return taps;
}

/// Input pixel i meets output o = (i + padding - k) / stride for the k of its own parity.
std::vector<TapRange> backward_taps(int in_size, int out_size, int kernel, int stride,
                                    int padding) {
  std::vector<TapRange> taps;
  for (int i = 0; i < in_size; ++i) {
    TapRange range{0, 0, 0};
    for (int k = (i + padding) % stride; k < kernel; k += stride) {
      const int o = (i + padding - k) / stride;
      if (i + padding - k < 0 || o >= out_size) continue;
      if (range.count++ == 0) range = {1, k, o};
    }
    taps.push_back(range);
  }
  return taps;
}

double tap_count(const std::vector<TapRange>& taps) {
  double sum = 0;
  for (const TapRange& t : taps) sum += t.count;
  return sum;
}

/// Of a kernel along a side; at least the one that a dense layer's has along a shorter side.
int places(int side, int kernel, int stride) { return std::max(0, side - kernel) / stride + 1; }

int round_up(int n, int step) { return (n + step - 1) / step * step; }

}  // namespace

ConvNetShape critic_shape(PictureShape picture, int outputs) {
  const int side = halved(halved(halved(std::max(picture.width, picture.height))));
  return {picture.width,
          picture.height,
          picture.channels,
          {{16, 5, 2, 2}, {32, 5, 2, 2}, {64, 5, 2, 2}, {outputs, side}},
          0.2f};
}

template <class Real>
ConvWorkspace<Real>::ConvWorkspace(const ConvNet<Real>& net) {
  const auto block = [](int pixels) { return AlignedVector<Real>(std::size_t(pixels) * kLanes); };
  activations_.push_back(block(net.image_size()));
  std::size_t transposed = 0;
  for (const auto& layer : net.layers_) {
    const ConvGeometry& g = layer.g;
    activations_.push_back(block(g.out_channels * g.out_plane()));
    signals_.push_back(activations_.back());
    const int group = net.kernels_.signal_group(g.out_channels);
    transposed =
        std::max(transposed, std::size_t(round_up(g.out_channels, group)) * g.out_plane() * kLanes);
  }
  tangents_ = activations_;
  transposed_.resize(transposed);
  d_images_ = block(net.image_size());
  std::size_t scratch = 0;
  for (const auto& layer : net.layers_)
    scratch = std::max(scratch, net.kernels_.scratch_size(layer.g));
  scratch_.resize(scratch);
}

template <class Real>
ConvNet<Real>::ConvNet(ConvNetShape shape, const ConvKernels<Real>& kernels)
    : shape_(std::move(shape)), kernels_(kernels) {
  if (shape_.layers.empty()) fail("convolutional network: no layers; at least one is needed");
  int channels = shape_.input_channels, height = shape_.height, width = shape_.width;
  for (const ConvLayer& spec : shape_.layers) {
    const int k = spec.kernel, s = spec.stride, p = spec.padding;
    if (spec.channels < 1 || k < 1 || s < 1 || p < 0 || std::max(height, width) + 2 * p < k)
      fail(
          "convolutional network: layer {} ({} channels, kernel {}, stride {}, padding {}) does "
          "not "
          "fit its {}x{} input",
          layers_.size(), spec.channels, k, s, p, width, height);
    Layer layer{};
    layer.g = {channels,
               height,
               width,
               spec.channels,
               places(height + 2 * p, k, s),
               places(width + 2 * p, k, s),
               k,
               s,
               p};
    const ConvGeometry& g = layer.g;
    layer.forward_rows = forward_taps(height, g.out_height, k, s, p);
    layer.forward_columns = forward_taps(width, g.out_width, k, s, p);
    layer.backward_rows = backward_taps(height, g.out_height, k, s, p);
    layer.backward_columns = backward_taps(width, g.out_width, k, s, p);
    layer.multiply_adds = tap_count(layer.forward_rows) * tap_count(layer.forward_columns) *
                          g.in_channels * g.out_channels;
    layer.scatter = channels < kFewChannels;
    layer.offset = parameter_count_;
    parameter_count_ += std::size_t(g.weights() + g.out_channels);
    const int tile = kernels_.tile;
    layer.forward_weights.resize(std::size_t(g.in_channels) * g.taps() *
                                 round_up(g.out_channels, tile));
    layer.bias.resize(round_up(g.out_channels, tile));
    layer.backward_weights.resize(
        layer.scatter ? std::size_t(g.in_channels) * k * round_up(k, kScatterTaps) * g.out_channels
                      : std::size_t(round_up(g.in_channels, tile)) * g.taps() * g.out_channels);
    channels = g.out_channels;
    height = g.out_height;
    width = g.out_width;
    layers_.push_back(std::move(layer));
  }
}

template <class Real>
int ConvNet<Real>::image_size() const {
  return shape_.input_channels * shape_.width * shape_.height;
}

template <class Real>
int ConvNet<Real>::layer_size(int index) const {
  const ConvGeometry& g = layers_[index].g;
  return g.out_channels * g.out_plane();
}

template <class Real>
void ConvNet<Real>::initialise(std::span<Real> parameters, std::uint64_t seed) const {
  assert(parameters.size() == parameter_count_);
  std::ranges::fill(parameters, Real{0});
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    const ConvGeometry& g = layers_[l].g;
    const double gain = l + 1 < layers_.size() ? 2 / (1 + double{shape_.leak} * shape_.leak) : 1;
    const double deviation = std::sqrt(gain / (g.in_channels * g.taps()));
    RandomSequence random(seed, Stream::weight_init, static_cast<std::uint32_t>(l));
    for (Real& w : parameters.subspan(layers_[l].offset, std::size_t(g.weights())))
      w = static_cast<Real>(deviation * random.normal());
  }
}

template <class Real>
void ConvNet<Real>::pack(std::span<const Real> parameters) {
  assert(parameters.size() == parameter_count_);
  for (Layer& layer : layers_) pack(layer, parameters.data() + layer.offset);
}

template <class Real>
void ConvNet<Real>::pack(Layer& layer, const Real* weights) const {
  const ConvGeometry& g = layer.g;
  const int tile = kernels_.tile, taps = g.taps();
  std::copy_n(weights + g.weights(), g.out_channels, layer.bias.data());
  const int rows = g.in_channels * taps;
  for (int first = 0; first < g.out_channels; first += tile) {
    const int live = std::min(tile, g.out_channels - first);
    Real* to = layer.forward_weights.data() + std::ptrdiff_t{first} * rows;
    for (int r = 0; r < rows; ++r, to += tile)
      std::copy_n(weights + std::ptrdiff_t{r} * g.out_channels + first, live, to);
  }
  if (kernels_.gathers_pairs(g.in_channels))
    kernels_.pair_weights((g.out_channels + tile - 1) / tile, g.in_channels, taps * tile,
                          layer.forward_weights.data());
  const auto weight = [&](int c, int t) {
    return weights + std::ptrdiff_t{c * taps + t} * g.out_channels;
  };
  Real* to = layer.backward_weights.data();
  if (layer.scatter) {  // [in][ky][part][out][kScatterTaps]
    for (int c = 0; c < g.in_channels; ++c)
      for (int ky = 0; ky < g.kernel; ++ky)
        for (int kx = 0; kx < g.kernel; kx += kScatterTaps)
          for (int o = 0; o < g.out_channels; ++o, to += kScatterTaps)
            for (int i = 0; i < std::min(kScatterTaps, g.kernel - kx); ++i)
              to[i] = weight(c, ky * g.kernel + kx + i)[o];
    if (kernels_.pair_weights)
      kernels_.pair_weights(
          g.in_channels * g.kernel * ((g.kernel + kScatterTaps - 1) / kScatterTaps), g.out_channels,
          kScatterTaps, layer.backward_weights.data());
    return;
  }
  for (int first = 0; first < g.in_channels; first += tile) {  // [tile][out][ky][kx][in]
    const int live = std::min(tile, g.in_channels - first);
    for (int t = 0; t < taps; ++t)
      for (int o = 0; o < g.out_channels; ++o)
        for (int i = 0; i < live; ++i)
          to[(std::ptrdiff_t{o} * taps + t) * tile + i] = weight(first + i, t)[o];
    to += std::ptrdiff_t{g.out_channels} * taps * tile;
  }
  if (kernels_.gathers_pairs(g.out_channels))
    kernels_.pair_weights((g.in_channels + tile - 1) / tile, g.out_channels, taps * tile,
                          layer.backward_weights.data());
}

template <class Real>
void ConvNet<Real>::run_forward(Workspace& work, const Layer& layer, const Real* input,
                                Real* output, bool with_bias, Gate gate, const Real* other) const {
  const ConvGeometry& g = layer.g;
  GatherJob<Real> job{};
  job.source = input;
  job.weights = layer.forward_weights.data();
  job.bias = with_bias ? layer.bias.data() : nullptr;
  job.other = other;
  job.target = output;
  job.source_channels = g.in_channels;
  job.source_plane = g.in_plane();
  job.source_width = g.in_width;
  job.channels = g.out_channels;
  job.height = g.out_height;
  job.width = g.out_width;
  job.kernel = g.kernel;
  job.kernel_step = 1;
  job.source_step = 1;
  job.rows = layer.forward_rows.data();
  job.columns = layer.forward_columns.data();
  job.gate = gate;
  job.leak = static_cast<Real>(shape_.leak);
  job.scratch = work.scratch_.data();
  kernels_.gather(job);
}

template <class Real>
void ConvNet<Real>::run_backward(Workspace& work, const Layer& layer, const Real* signal,
                                 Real* d_input, const Real* gate) const {
  const ConvGeometry& g = layer.g;
  if (layer.scatter) {
    kernels_.scatter(g, layer.backward_weights.data(), signal, d_input, work.scratch_.data());
    if (!gate) return;
    const Real leak = static_cast<Real>(shape_.leak);
    for (int i = 0; i < g.in_channels * g.in_plane() * kLanes; ++i)
      if (!(gate[i] > 0)) d_input[i] *= leak;
    return;
  }
  GatherJob<Real> job{};
  job.source = signal;
  job.weights = layer.backward_weights.data();
  job.other = gate;
  job.target = d_input;
  job.source_channels = g.out_channels;
  job.source_plane = g.out_plane();
  job.source_width = g.out_width;
  job.channels = g.in_channels;
  job.height = g.in_height;
  job.width = g.in_width;
  job.kernel = g.kernel;
  job.kernel_step = g.stride;
  job.source_step = -1;
  job.rows = layer.backward_rows.data();
  job.columns = layer.backward_columns.data();
  job.gate = gate ? Gate::other : Gate::none;
  job.leak = static_cast<Real>(shape_.leak);
  job.scratch = work.scratch_.data();
  kernels_.gather(job);
}

template <class Real>
std::span<const Real> ConvNet<Real>::forward(std::span<const Real> images, Workspace& work,
                                             int lanes) const {
  assert(images.size() == std::size_t(image_size()) * kLanes && lanes >= 0 && lanes <= kLanes);
  work.lanes_ = lanes;
  Real* copy = work.activations_[0].data();
  std::copy(images.begin(), images.end(), copy);
  // Inactive lanes may hold anything, even NaN, which zero gradients would not silence.
  if (lanes < kLanes)
    for (int i = 0; i < image_size(); ++i)
      std::fill(copy + i * kLanes + lanes, copy + (i + 1) * kLanes, Real{0});
  for (std::size_t l = 0; l < layers_.size(); ++l)
    run_forward(work, layers_[l], work.activations_[l].data(), work.activations_[l + 1].data(),
                true, l + 1 < layers_.size() ? Gate::own_sign : Gate::none, nullptr);
  return work.activations_.back();
}

template <class Real>
void ConvNet<Real>::backward_signals(Workspace& work, std::span<const Real> d_outputs,
                                     Real* d_images) const {
  assert(d_outputs.size() == work.signals_.back().size());
  for (std::size_t i = 0; i < d_outputs.size(); ++i)
    work.signals_.back()[i] = static_cast<int>(i % kLanes) < work.lanes_ ? d_outputs[i] : Real{0};
  for (std::size_t l = layers_.size() - 1; l > 0; --l)
    run_backward(work, layers_[l], work.signals_[l].data(), work.signals_[l - 1].data(),
                 work.activations_[l].data());
  if (d_images) run_backward(work, layers_[0], work.signals_[0].data(), d_images, nullptr);
}

template <class Real>
void ConvNet<Real>::weight_gradient(Workspace& work, std::size_t layer, const Real* input,
                                    Real* d_weights, Real* d_bias) const {
  const ConvGeometry& g = layers_[layer].g;
  kernels_.transpose_signal(g, work.signals_[layer].data(), work.transposed_.data(), d_bias);
  kernels_.weight_gradient(g, input, work.transposed_.data(), d_weights, work.scratch_.data());
}

template <class Real>
void ConvNet<Real>::weight_gradients(Workspace& work,
                                     const std::vector<AlignedVector<Real>>& inputs, bool with_bias,
                                     std::span<Real> d_parameters) const {
  assert(d_parameters.size() == parameter_count_);
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    Real* d_weights = d_parameters.data() + layers_[l].offset;
    weight_gradient(work, l, inputs[l].data(), d_weights,
                    with_bias ? d_weights + layers_[l].g.weights() : nullptr);
  }
}

template <class Real>
void ConvNet<Real>::backward(Workspace& work, std::span<const Real> d_outputs,
                             std::span<Real> d_parameters, std::span<Real> d_images) const {
  assert(d_images.empty() || d_images.size() == work.activations_[0].size());
  // Kernels store whole aligned vectors; the caller's array need not be aligned.
  backward_signals(work, d_outputs, d_images.empty() ? nullptr : work.d_images_.data());
  if (!d_images.empty()) std::ranges::copy(work.d_images_, d_images.begin());
  if (!d_parameters.empty()) weight_gradients(work, work.activations_, true, d_parameters);
}

template <class Real>
double ConvNet<Real>::gradient_penalty(std::span<const Real> images, Workspace& work,
                                       std::span<const Real> d_outputs, Real lambda, Real scale,
                                       std::span<Real> d_parameters, int lanes) const {
  forward(images, work, lanes);
  backward_signals(work, d_outputs, work.d_images_.data());

  const AlignedVector<Real>& gradient = work.d_images_;
  Real factor[kLanes] = {};
  for (std::size_t i = 0; i < gradient.size(); i += kLanes)
    for (int lane = 0; lane < kLanes; ++lane)
      factor[lane] += gradient[i + lane] * gradient[i + lane];
  double penalty = 0;
  for (int lane = 0; lane < kLanes; ++lane) {
    const Real norm = std::sqrt(factor[lane]);
    const bool counts = lane < lanes;
    if (counts) penalty += double(scale * lambda * (norm - 1) * (norm - 1));
    // A vanishing gradient has no direction; zero is as good a subgradient as any.
    factor[lane] = counts && norm > 0 ? 2 * scale * lambda * (norm - 1) / norm : Real{0};
  }
  AlignedVector<Real>& tangent = work.tangents_[0];
  for (std::size_t i = 0; i < gradient.size(); i += kLanes)
    for (int lane = 0; lane < kLanes; ++lane) tangent[i + lane] = factor[lane] * gradient[i + lane];
  for (std::size_t l = 0; l + 1 < layers_.size(); ++l)
    run_forward(work, layers_[l], work.tangents_[l].data(), work.tangents_[l + 1].data(), false,
                Gate::other, work.activations_[l + 1].data());
  weight_gradients(work, work.tangents_, false, d_parameters);
  return penalty;
}

template <class Real>
void ConvNet<Real>::run_part(Workspace& work, int layer, ConvPart part,
                             std::span<Real> d_parameters) const {
  const Layer& l = layers_[layer];
  switch (part) {
    case ConvPart::forward:
      return run_forward(work, l, work.activations_[layer].data(),
                         work.activations_[layer + 1].data(), true, Gate::own_sign, nullptr);
    case ConvPart::backward_data:
      return run_backward(work, l, work.signals_[layer].data(), work.tangents_[layer].data(),
                          layer > 0 ? work.activations_[layer].data() : nullptr);
    case ConvPart::backward_weights:
      return weight_gradient(work, layer, work.activations_[layer].data(),
                             d_parameters.data() + l.offset, nullptr);
  }
}

template class ConvWorkspace<float>;
template class ConvWorkspace<double>;
template class ConvNet<float>;
template class ConvNet<double>;

}  // namespace phaseloom
