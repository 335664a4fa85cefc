// SPDX-License-Identifier: MIT
#pragma once
// A loss of the end points: generated pictures in, the direction in which each should change out.
// It sees nothing of the network that made them.

#include <cstdint>
#include <memory>
#include <span>

#include "engine/data/image_set.hpp"
#include "engine/learning/losses/feature_net.hpp"
#include "engine/learning/train_settings.hpp"
#include "engine/learning/training_state.hpp"
#include "engine/support/aligned.hpp"
#include "engine/support/parallel.hpp"

namespace phaseloom {

/// One batch of the generator.
struct GeneratedBatch {
  const AlignedVector<float>& pictures;  ///< [block][pixel][lane], values in [-1, 1]
  std::int64_t iteration;
  float rate_factor;  ///< of the rate of losses that learn themselves; below 1 after divergences
  /// The class that each picture was asked to be, [block][lane]; empty without labels.
  std::span<const std::uint8_t> classes{};
  int kind = 0;  ///< of the hardware that made them, below kinds_of() the settings' range
};

struct LossReport {
  double distance = 0;   ///< between generated and real, as the loss measures it
  double objective = 0;  ///< what the generator descends
};

class EndpointLoss {
 public:
  virtual ~EndpointLoss() = default;
  /// Learns from the batch, if it is a loss that learns, then writes d objective / d pictures.
  /// Throws Error when it diverged. Same bits for any number of threads and ranks; each of these
  /// brings the whole batch, and is told of all pictures.
  virtual LossReport pull(const GeneratedBatch& batch, AlignedVector<float>& d_pictures) = 0;
  virtual void visit_state(StateVisitor& state) = 0;
};

}  // namespace phaseloom
