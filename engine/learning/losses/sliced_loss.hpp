// SPDX-License-Identifier: MIT
#pragma once
// The sliced Wasserstein-2 distance between features of generated and of real pictures (Bonneel et
// al. 2015, Deshpande et al. 2018): along a random direction the best matching of two sets is that
// of their sorted projections. The last batches of generated features keep the current one company
// (*): in a set of 64 alone, sampling noise would be most of the distance.

#include <deque>

#include "engine/learning/losses/feature_batches.hpp"

namespace phaseloom {

class SlicedLoss final : public EndpointLoss {
 public:
  SlicedLoss(const FeatureNet& net, const TrainSettings& settings, const ImageSet& images,
             ThreadPool& pool, TrainingRanks ranks = {});
  LossReport pull(const GeneratedBatch& batch, AlignedVector<float>& d_pictures) override;
  void visit_state(StateVisitor& state) override;

 private:
  static constexpr int kDirections = 256;  ///< new ones in each iteration (*)
  const TrainSettings& settings_;
  ThreadPool& pool_;
  FeatureBatches features_;
  std::deque<FeatureMatrix> earlier_;
};

}  // namespace phaseloom
