// SPDX-License-Identifier: MIT
#pragma once
// Generative drifting (Deng et al. 2026): in a feature space, every generated picture is drawn
// towards real ones near it and pushed away from generated ones near it,
//
//   V(x) = sum_(+,-) k(x, y+) k(x, y-) (y+ - y-),   k(x, y) = exp(-|x - y| / T), normalised,
//
// and the network is trained to move its pictures by V. When both sets are alike, V vanishes. The
// last batches of generated features serve as further negatives (*). Another part of the field sees
// both sets as wholes (*, far_drift.hpp).

#include <deque>
#include <vector>

#include "engine/learning/losses/far_drift.hpp"
#include "engine/learning/losses/feature_batches.hpp"

namespace phaseloom {

class DriftLoss final : public EndpointLoss {
 public:
  /// @param labels if there are some, the real pictures have the classes that were asked for.
  DriftLoss(const FeatureNet& net, const TrainSettings& settings, const ImageSet& images,
            int labels, ThreadPool& pool, TrainingRanks ranks = {});
  LossReport pull(const GeneratedBatch& batch, AlignedVector<float>& d_pictures) override;
  void visit_state(StateVisitor& state) override;

  /// The field at each row of x, of the real features `positives` and the generated `negatives`;
  /// the first x.rows() of these are x itself, and nobody repels himself. Distances are measured in
  /// units of the mean distance to the positives; `temperature` is T in these units.
  static FeatureMatrix field(const FeatureMatrix& x, const FeatureMatrix& positives,
                             const FeatureMatrix& negatives, float temperature);

 private:
  const TrainSettings& settings_;
  FeatureBatches features_;
  /// Of one kind of hardware, whose pictures are not told from those of another.
  struct Kind {
    FarDrift far;
    std::deque<FeatureMatrix> earlier;
  };
  std::vector<Kind> kinds_;
};

}  // namespace phaseloom
