// SPDX-License-Identifier: MIT
#include "engine/learning/losses/mixed_loss.hpp"

#include <cmath>

namespace phaseloom {
namespace {

/// Length of the drift's pull in units of the critic's (*).
constexpr double kShareOfDrift = 0.5;

double length(const AlignedVector<float>& v) {
  double square = 0;
  for (const float x : v) square += double{x} * x;
  return std::sqrt(square);
}

}  // namespace

MixedLoss::MixedLoss(const FeatureNet& net, const TrainSettings& settings, const ImageSet& images,
                     int labels, ThreadPool& pool, TrainingRanks ranks)
    : critic_(settings, images, labels, pool, ranks),
      drift_(net, settings, images, labels, pool, ranks) {}

LossReport MixedLoss::pull(const GeneratedBatch& batch, AlignedVector<float>& d_pictures) {
  const LossReport report = critic_.pull(batch, d_pictures);
  drift_.pull(batch, along_drift_);
  const double drift = length(along_drift_);
  if (drift > 0) {
    const auto scale = static_cast<float>(kShareOfDrift * length(d_pictures) / drift);
    for (std::size_t i = 0; i < d_pictures.size(); ++i) d_pictures[i] += scale * along_drift_[i];
  }
  return report;
}

void MixedLoss::visit_state(StateVisitor& state) {
  critic_.visit_state(state);
  drift_.visit_state(state);
}

}  // namespace phaseloom
