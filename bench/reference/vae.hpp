// SPDX-License-Identifier: MIT
#pragma once
// A variational autoencoder (Kingma and Welling 2014): a convolutional encoder, a Gaussian code,
// the Decoder; Bernoulli pixels.

#include "bench/reference/decoder.hpp"

namespace phaseloom {

/// Parameters are those of the encoder, then those of the decoder.
template <class Real>
class Vae {
 public:
  struct Workspace {
    explicit Workspace(const Vae& vae);
    ConvWorkspace<Real> encoder;
    typename Decoder<Real>::Workspace decoder;
    std::vector<Real> codes, d_codes, d_moments, d_pixels;
  };

  explicit Vae(const DecoderShape& shape);
  std::size_t parameter_count() const;
  Decoder<Real>& decoder() { return decoder_; }
  const Decoder<Real>& decoder() const { return decoder_; }
  /// Where the decoder's parameters begin.
  std::size_t decoder_offset() const { return encoder_.parameter_count(); }

  void initialise(std::span<Real> parameters, std::uint64_t seed) const;
  void set_parameters(std::span<const Real> parameters);

  /// Sum over the lanes of the negative evidence lower bound in nats (reconstruction and divergence
  /// from N(0, 1)), with one code per picture: mean + deviation * noise. Adds scale * its gradient
  /// to d_parameters. pictures [784][kLanes] in [0, 1], noise [code][kLanes].
  double loss_gradient(std::span<const Real> pictures, std::span<const Real> noise, Real scale,
                       Workspace& work, std::span<Real> d_parameters) const;

 private:
  ConvNet<Real> encoder_;  // means, then logarithms of the variances
  Decoder<Real> decoder_;
};

extern template class Vae<float>;
extern template class Vae<double>;

}  // namespace phaseloom
