// SPDX-License-Identifier: MIT
#pragma once
// Trains a program to turn noise into pictures: a loss of the end points around the adjoint.
//
// One iteration, all batches being whole blocks of kLanes samples:
//
//   parameters -> as the hardware holds them -> forward through a randomly stepped schedule
//     -> pictures in [-1, 1] -> loss -> d pictures -> adjoint -> gradient -> Adam -> running
//     average
//
// The steps per chunk are drawn anew each time and the chunks' durations jittered, so that the
// network is a differential equation and not a map that exploits one step size. A warm program is
// shaken by its bath meanwhile, each sample of each iteration along a path of its own.

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "engine/data/image_set.hpp"
#include "engine/dynamics/trajectory.hpp"
#include "engine/learning/frozen_core.hpp"
#include "engine/learning/hardware_view.hpp"
#include "engine/learning/losses/endpoint_loss.hpp"
#include "engine/learning/teacher.hpp"
#include "engine/neural/adam.hpp"
#include "engine/neural/gradient_sum.hpp"

namespace phaseloom {

/// What one iteration saw.
struct TrainReport {
  std::int64_t iteration = 0;
  LossReport loss;
  double adjoint_growth = 0;  ///< largest over lanes and chunk borders
};

class Trainer {
 public:
  /// @param images pictures of the size of the program's visible grid.
  /// @param features for the losses that need them, else null. What is passed by reference must
  /// outlive the trainer. Throws Error if sizes, labels or settings do not fit.
  /// @param ranks that train together, each with an equal trainer: a rank computes its share of the
  ///   batch's blocks; the bits are those of a single one.
  Trainer(Program initial, const ImageSet& images, TrainSettings settings,
          const FeatureNet* features, ThreadPool& pool, TrainingRanks ranks = {});
  ~Trainer();

  /// One iteration at `progress` in [0, 1] of the schedule (rates, phases, density). Throws Error
  /// if the training diverged (pictures, the loss or a gradient are not finite); the state is then
  /// of no use but to be replaced through visit_state().
  TrainReport iterate(double progress);

  std::int64_t iterations() const { return iteration_; }
  /// The program with the averaged parameters: the one to keep.
  Program average() const;
  /// Halves all rates and, up to a quarter, the steps of time from now on; for another try after a
  /// divergence, which stiff networks suffer from steps that are too long.
  void slow_down() {
    slow_ *= 0.5f;
    finer_ = std::min(2 * finer_, 4);
  }
  /// All that an equal trainer continues from, bit by bit, but for slow_down().
  void visit_state(StateVisitor& state);

 private:
  struct Block;
  void draw_schedule(double progress);
  void generate();
  void pull_back(float rate);

  Program program_;
  TrainSettings settings_;
  ThreadPool& pool_;
  Ranks& ranks_;
  GradientSum sum_;
  PackedProgram<float> packed_;
  HardwareView view_;
  std::unique_ptr<EndpointLoss> loss_;
  Adam optimiser_;
  std::vector<float> average_, gradient_;
  const int block_count_;                       ///< of a batch
  const ItemRange own_;                         ///< of these, this rank's
  std::vector<std::unique_ptr<Block>> blocks_;  ///< own_
  AlignedVector<float> pictures_, d_pictures_;  // [block][pixel][lane]
  std::optional<FrozenCore> core_;              ///< of the program as it was at the start
  std::unique_ptr<Teacher> teacher_;            ///< null without settings.teaching
  AlignedVector<float> shown_;                  // by the teacher, own_ of pictures_
  std::vector<std::uint8_t> classes_;           // asked for, [block][lane]; empty without labels
  std::vector<Leg> legs_;
  std::vector<WeightDecay> decays_;
  std::int64_t iteration_ = 0;
  float slow_ = 1;
  int finer_ = 1;
};

}  // namespace phaseloom
