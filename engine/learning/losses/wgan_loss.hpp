// SPDX-License-Identifier: MIT
#pragma once
// The adversarial loss: a critic that learns to tell real from generated pictures (WganGp), and
// whose gradient the generator follows. With labels it compares pictures of one class, with a range
// of hardware those of one kind.

#include <deque>
#include <vector>

#include "engine/learning/losses/endpoint_loss.hpp"
#include "engine/learning/losses/real_batches.hpp"
#include "engine/learning/losses/wgan_gp.hpp"
#include "engine/neural/adam.hpp"

namespace phaseloom {

class WganLoss final : public EndpointLoss {
 public:
  WganLoss(const TrainSettings& settings, const ImageSet& images, int labels, ThreadPool& pool,
           TrainingRanks ranks = {});
  LossReport pull(const GeneratedBatch& batch, AlignedVector<float>& d_pictures) override;
  void visit_state(StateVisitor& state) override;

 private:
  /// A batch of the generator, kept with what was asked of it.
  struct Replayed {
    AlignedVector<float> pictures;
    std::vector<std::uint8_t> classes;
    int kind = 0;
  };
  /// Which of the critic's outputs judges each picture; empty if there is one.
  std::vector<std::uint8_t> outputs(std::span<const std::uint8_t> classes, int kind) const;
  CriticLoss critic_step(const GeneratedBatch& batch, std::uint32_t step);

  const TrainSettings& settings_;
  const int labels_, kinds_;
  ThreadPool& pool_;
  RealBatches real_batches_;
  WganGp wgan_;
  Adam optimiser_;
  std::vector<float> critic_, gradient_;
  AlignedVector<float> real_;
  std::deque<Replayed> replay_;
};

}  // namespace phaseloom
