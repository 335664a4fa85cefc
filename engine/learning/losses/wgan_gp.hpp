// SPDX-License-Identifier: MIT
#pragma once
// The adversary of a generator: a critic trained with the Wasserstein loss and gradient penalty
// (Gulrajani et al., "Improved training of Wasserstein GANs", 2017). A batch is whole blocks of
// kLanes images, [block][pixel][lane]. A training step reads:
//
//   wgan.set_critic(critic);                                  // after every change to it
//   loss = wgan.critic_gradient(real, fake, seed, iteration, d_critic);
//   adam.step(critic, d_critic, rate);
//   ...
//   mean = wgan.generator_signal(fake, d_fake);               // what the generator descends
//
// With classes the critic has an output for each of them, and the one of a picture's own class
// judges it: D(x | y) = output y of x (a projection critic, Miyato and Koyama 2018, whose classes
// share all layers but the last).
//
// The work is one item per block, shared among the ranks, and sums are taken in block order: same
// bits for any number of threads and ranks. All ranks bring whole batches and get whole results.

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/neural/conv_net.hpp"
#include "engine/neural/gradient_sum.hpp"
#include "engine/support/parallel.hpp"

namespace phaseloom {

struct CriticLoss {
  double wasserstein = 0;  // mean D(real) - mean D(fake), the distance that the critic sees
  double penalty = 0;      // lambda * mean (|dD/dx| - 1)^2 between real and fake images
  double loss = 0;         // penalty - wasserstein, what the critic descends
};

class WganGp {
 public:
  WganGp(ConvNetShape critic, ThreadPool& pool, TrainingRanks ranks = {}, float lambda = 10,
         const ConvKernels<float>& kernels = training_conv_kernels());

  const ConvNet<float>& net() const { return net_; }
  void set_critic(std::span<const float> parameters) { net_.pack(parameters); }

  /// Loss of the critic on a batch and its gradient (overwritten). The penalty is taken at a random
  /// point between the two images of each lane, a function of (seed, iteration, lane).
  /// @param classes of the pictures, real and fake alike, [block][lane], below the number of
  ///   outputs; empty: the first output judges all.
  CriticLoss critic_gradient(std::span<const float> real, std::span<const float> fake,
                             std::uint64_t seed, std::uint32_t iteration, std::span<float> d_critic,
                             std::span<const std::uint8_t> classes = {});

  /// Returns mean D(fake) and the gradient of -mean D(fake) with respect to each pixel.
  double generator_signal(std::span<const float> fake, std::span<float> d_fake,
                          std::span<const std::uint8_t> classes = {});

 private:
  struct Block {
    explicit Block(const ConvNet<float>& net);
    ConvWorkspace<float> work;
    AlignedVector<float> mixture, gradient;
    AlignedVector<float> asked;     // [output][lane]: 1 for the output that judges the lane, else 0
    AlignedVector<float> d_output;  // a multiple of it
    double real = 0, fake = 0, penalty = 0;
  };

  /// Of all blocks, from the ranks that have them.
  std::vector<std::array<double, 3>> outputs(int count);
  int prepare_blocks(std::size_t numbers, std::span<const std::uint8_t> classes);
  void critic_block(Block& block, std::span<const float> real, std::span<const float> fake,
                    std::uint64_t seed, std::uint32_t iteration, std::uint32_t index, float scale);

  ConvNet<float> net_;
  ThreadPool& pool_;
  Ranks& ranks_;
  GradientSum sum_;
  float lambda_;
  std::vector<std::unique_ptr<Block>> blocks_;
};

}  // namespace phaseloom
