#pragma once
// The adversarial loss: a critic that learns to tell real from generated pictures (WganGp), and
// whose gradient the generator follows.

#include <deque>
#include <vector>

#include "engine/learning/adam.hpp"
#include "engine/learning/endpoint_loss.hpp"
#include "engine/learning/real_batches.hpp"
#include "engine/learning/wgan_gp.hpp"

namespace phaseloom {

class WganLoss final : public EndpointLoss {
 public:
  WganLoss(const TrainSettings& settings, const ImageSet& images, ThreadPool& pool);
  LossReport pull(const GeneratedBatch& batch, AlignedVector<float>& d_pictures) override;
  void visit_state(StateVisitor& state) override;

 private:
  CriticLoss critic_step(const GeneratedBatch& batch, std::uint32_t step);

  const TrainSettings& settings_;
  ThreadPool& pool_;
  RealBatches real_batches_;
  WganGp wgan_;
  Adam optimiser_;
  std::vector<float> critic_, gradient_;
  AlignedVector<float> real_;
  std::deque<AlignedVector<float>> replay_;
};

}  // namespace phaseloom
