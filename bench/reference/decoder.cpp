// SPDX-License-Identifier: MIT
#include "bench/reference/decoder.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "engine/support/random.hpp"

namespace phaseloom {
namespace {

constexpr float kLeak = 0.2f;

/// The convolution of which layer `index` is the transpose.
ConvNetShape transposed(const DecoderShape& s, int index) {
  switch (index) {
    case 0:
      return {7, 7, s.wide, {{s.code, 7}}, 0};
    case 1:
      return {14, 14, s.narrow, {{s.wide, 5, 2, 2}}, 0};
    default:
      return {28, 28, 1, {{s.narrow, 5, 2, 2}}, 0};
  }
}

}  // namespace

template <class Real>
Decoder<Real>::Decoder(const DecoderShape& shape) {
  for (int l = 0; l < kLayers; ++l) {
    nets_.emplace_back(transposed(shape, l));
    biases_[l].resize(static_cast<std::size_t>(out_channels(l)));
    parameter_count_ += weights(l) + biases_[l].size();
  }
}

template <class Real>
Decoder<Real>::Workspace::Workspace(const Decoder& decoder) {
  std::size_t largest = 0, parameters = 0;
  activations_[0].resize(std::size_t(decoder.code()) * kLanes);
  for (int l = 0; l < kLayers; ++l) {
    const ConvNet<Real>& net = decoder.nets_[l];
    nets_.emplace_back(net);
    activations_[l + 1].resize(std::size_t(net.image_size()) * kLanes);
    largest = std::max(largest, activations_[l + 1].size());
    parameters = std::max(parameters, net.parameter_count());
  }
  signal_.resize(largest);
  d_weights_.resize(parameters);
}

template <class Real>
std::size_t Decoder<Real>::weights(int layer) const {
  // The convolution has biases too, for what is our input; they stay zero.
  const ConvNet<Real>& net = nets_[layer];
  return net.parameter_count() - static_cast<std::size_t>(net.shape().layers[0].channels);
}

template <class Real>
void Decoder<Real>::initialise(std::span<Real> parameters, std::uint64_t seed) const {
  assert(parameters.size() == parameter_count_);
  std::ranges::fill(parameters, Real{0});
  std::size_t at = 0;
  for (int l = 0; l < kLayers; ++l) {
    const ConvLayer& layer = nets_[l].shape().layers[0];
    // With stride 2 a pixel meets a quarter of the taps, in the dense layer one of them.
    const double taps =
        l == 0 ? 1 : double(layer.kernel * layer.kernel) / (layer.stride * layer.stride);
    const double deviation = std::sqrt(2 / (layer.channels * taps));
    RandomSequence random(seed, Stream::weight_init, static_cast<std::uint32_t>(l));
    for (Real& w : parameters.subspan(at, weights(l)))
      w = static_cast<Real>(deviation * random.normal());
    at += weights(l) + biases_[l].size();
  }
}

template <class Real>
void Decoder<Real>::set_parameters(std::span<const Real> parameters) {
  assert(parameters.size() == parameter_count_);
  for (int l = 0; l < kLayers; ++l) {
    std::vector<Real> padded(nets_[l].parameter_count());
    std::ranges::copy(parameters.first(weights(l)), padded.begin());
    nets_[l].pack(padded);
    parameters = parameters.subspan(weights(l));
    std::ranges::copy(parameters.first(biases_[l].size()), biases_[l].begin());
    parameters = parameters.subspan(biases_[l].size());
  }
}

template <class Real>
std::span<const Real> Decoder<Real>::forward(std::span<const Real> codes, Workspace& work) const {
  std::ranges::copy(codes, work.activations_[0].begin());
  for (int l = 0; l < kLayers; ++l) {
    std::vector<Real>& out = work.activations_[l + 1];
    nets_[l].backward(work.nets_[l], work.activations_[l], {}, out);
    const std::size_t plane = out.size() / biases_[l].size();
    for (std::size_t i = 0; i < out.size(); ++i) {
      out[i] += biases_[l][i / plane];
      if (l + 1 < kLayers && out[i] < 0) out[i] *= static_cast<Real>(kLeak);
    }
  }
  return work.activations_[kLayers];
}

template <class Real>
void Decoder<Real>::backward(Workspace& work, std::span<const Real> d_pixels,
                             std::span<Real> d_parameters, std::span<Real> d_codes) const {
  assert(d_parameters.size() == parameter_count_);
  std::ranges::copy(d_pixels, work.signal_.begin());
  std::size_t end = parameter_count_;
  for (int l = kLayers - 1; l >= 0; --l) {
    const std::vector<Real>& out = work.activations_[l + 1];
    const std::size_t plane = out.size() / biases_[l].size();
    const auto d_bias = d_parameters.subspan(end - biases_[l].size(), biases_[l].size());
    const auto d_weights = d_parameters.subspan(end - biases_[l].size() - weights(l), weights(l));
    for (std::size_t i = 0; i < out.size(); ++i) {
      if (l + 1 < kLayers && out[i] < 0) work.signal_[i] *= static_cast<Real>(kLeak);
      d_bias[i / plane] += work.signal_[i];
    }
    const ConvNet<Real>& net = nets_[l];
    const auto d_input =
        net.forward(std::span<const Real>(work.signal_).first(out.size()), work.nets_[l]);
    const auto scratch = std::span(work.d_weights_).first(net.parameter_count());
    std::ranges::fill(scratch, Real{0});
    net.backward(work.nets_[l], work.activations_[l], scratch);
    for (std::size_t i = 0; i < d_weights.size(); ++i) d_weights[i] += scratch[i];
    std::ranges::copy(d_input, work.signal_.begin());
    end -= biases_[l].size() + weights(l);
  }
  if (!d_codes.empty()) std::copy_n(work.signal_.begin(), d_codes.size(), d_codes.begin());
}

template class Decoder<float>;
template class Decoder<double>;

}  // namespace phaseloom
