// SPDX-License-Identifier: MIT
#include "bench/reference/vae.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace phaseloom {

template <class Real>
Vae<Real>::Workspace::Workspace(const Vae& vae)
    : encoder(vae.encoder_),
      decoder(vae.decoder_),
      codes(std::size_t(vae.decoder_.code()) * kLanes),
      d_codes(codes.size()),
      d_moments(2 * codes.size()),
      d_pixels(std::size_t(Decoder<Real>::kPixels) * kLanes) {}

template <class Real>
Vae<Real>::Vae(const DecoderShape& shape)
    : encoder_(
          {28, 28, 1, {{shape.narrow, 5, 2, 2}, {shape.wide, 5, 2, 2}, {2 * shape.code, 7}}, 0.2f}),
      decoder_(shape) {}

template <class Real>
std::size_t Vae<Real>::parameter_count() const {
  return encoder_.parameter_count() + decoder_.parameter_count();
}

template <class Real>
void Vae<Real>::initialise(std::span<Real> parameters, std::uint64_t seed) const {
  encoder_.initialise(parameters.first(decoder_offset()), seed);
  decoder_.initialise(parameters.subspan(decoder_offset()), seed + 1);
}

template <class Real>
void Vae<Real>::set_parameters(std::span<const Real> parameters) {
  encoder_.pack(parameters.first(decoder_offset()));
  decoder_.set_parameters(parameters.subspan(decoder_offset()));
}

template <class Real>
double Vae<Real>::loss_gradient(std::span<const Real> pictures, std::span<const Real> noise,
                                Real scale, Workspace& work, std::span<Real> d_parameters) const {
  assert(d_parameters.size() == parameter_count() && noise.size() == work.codes.size());
  const std::size_t n = work.codes.size();
  const auto moments = encoder_.forward(pictures, work.encoder);
  for (std::size_t i = 0; i < n; ++i)
    work.codes[i] = moments[i] + std::exp(moments[n + i] / 2) * noise[i];

  double loss = 0;
  const auto pixels = decoder_.forward(work.codes, work.decoder);
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    // -log p(x) of a Bernoulli pixel of log-odds l: max(l, 0) - l x + log(1 + exp(-|l|)).
    const Real l = pixels[i], decay = std::exp(-std::abs(l));
    loss += double(std::max(l, Real{0}) - l * pictures[i] + std::log1p(decay));
    const Real probability = l > 0 ? 1 / (1 + decay) : decay / (1 + decay);
    work.d_pixels[i] = scale * (probability - pictures[i]);
  }
  decoder_.backward(work.decoder, work.d_pixels, d_parameters.subspan(decoder_offset()),
                    work.d_codes);
  for (std::size_t i = 0; i < n; ++i) {
    const Real mean = moments[i], log_variance = moments[n + i];
    const Real deviation = std::exp(log_variance / 2), variance = deviation * deviation;
    loss += double((mean * mean + variance - 1 - log_variance) / 2);
    work.d_moments[i] = work.d_codes[i] + scale * mean;
    work.d_moments[n + i] = work.d_codes[i] * noise[i] * deviation / 2 + scale * (variance - 1) / 2;
  }
  encoder_.backward(work.encoder, work.d_moments, d_parameters.first(decoder_offset()));
  return loss;
}

template class Vae<float>;
template class Vae<double>;

}  // namespace phaseloom
