// SPDX-License-Identifier: MIT
#pragma once
// Trains the reference generators: what is known well from the literature, by the parts and the
// measure that the oscillator networks have.

#include <cstdint>
#include <functional>
#include <vector>

#include "bench/reference/decoder.hpp"
#include "engine/data/image_set.hpp"
#include "engine/support/parallel.hpp"

namespace phaseloom {

struct ReferencePlan {
  double minutes = 2;
  int iterations = 0;  ///< instead of minutes, when above 0: reproducible bit by bit
  int batch = 64;      ///< whole blocks of kLanes
  std::uint64_t seed = 1;
};

struct ReferenceProgress {
  int iteration;
  double fraction;  ///< of the training
  double loss;      ///< WGAN-GP: Wasserstein estimate; VAE: nats per picture
};
/// Called after each iteration; returning false ends the training with what there is.
using ReferenceNews = std::function<bool(const ReferenceProgress&)>;

/// Makes pictures out of codes drawn from N(0, 1).
class ReferenceGenerator {
 public:
  enum class Range { sigmoid, tanh };  ///< what takes the decoder's numbers to pixels
  ReferenceGenerator(const DecoderShape& shape, std::vector<float> parameters, Range range);

  /// [picture][784] in [0, 1]; picture i is a function of (seed, i).
  std::vector<float> sample(int count, std::uint64_t seed, ThreadPool& pool) const;

 private:
  Decoder<float> decoder_;
  Range range_;
};

/// Wasserstein GAN with gradient penalty (Gulrajani et al. 2017) against critic_shape({28, 28});
/// the average of the generator's parameters over the last thousand iterations.
ReferenceGenerator train_wgan(const ImageSet& images, const ReferencePlan& plan, ThreadPool& pool,
                              const ReferenceNews& news = {});

/// The decoder of a Vae trained on the images.
ReferenceGenerator train_vae(const ImageSet& images, const ReferencePlan& plan, ThreadPool& pool,
                             const ReferenceNews& news = {});

}  // namespace phaseloom
