// SPDX-License-Identifier: MIT
#pragma once
// The critic's pull and the drift of features together. Alone, the drift matches what its features
// see and leaves speckles that they do not see; the critic sees every pixel but is slow to balance
// what a picture is about. Which class a picture has is the critic's affair; the drift compares all
// with all, of the same classes on both sides.

#include "engine/learning/losses/drift_loss.hpp"
#include "engine/learning/losses/wgan_loss.hpp"

namespace phaseloom {

class MixedLoss final : public EndpointLoss {
 public:
  MixedLoss(const FeatureNet& net, const TrainSettings& settings, const ImageSet& images,
            int labels, ThreadPool& pool, TrainingRanks ranks = {});
  /// Distance and objective are the critic's.
  LossReport pull(const GeneratedBatch& batch, AlignedVector<float>& d_pictures) override;
  void visit_state(StateVisitor& state) override;

 private:
  WganLoss critic_;
  DriftLoss drift_;
  AlignedVector<float> along_drift_;
};

}  // namespace phaseloom
