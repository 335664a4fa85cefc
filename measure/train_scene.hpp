// SPDX-License-Identifier: MIT
#pragma once
// A training iteration of the image network and the generator's parts of it. Three midpoint steps
// per chunk, the usual number of the first half of a training.

#include "engine/data/image_set.hpp"
#include "engine/learning/trainer.hpp"

namespace phaseloom {

inline constexpr int kTrainSteps = 3;  ///< per chunk

/// One block of samples through the network and back, on one core.
class GeneratorScene {
 public:
  GeneratorScene();
  double forward();  ///< seconds
  double adjoint();  ///< seconds; after forward()
  double forward_flops() const;
  /// The adjoint needs two products for every one of the forward pass: the signal through the
  /// transposed couplings and the couplings' gradient.
  double adjoint_flops() const { return 2 * forward_flops(); }

 private:
  Program program_;
  PackedProgram<float> packed_;
  Trajectory<float> trajectory_;
  std::vector<Leg> legs_;
  AlignedVector<float> initial_, adjoint_;
  std::vector<float> gradient_;
};

/// Whole iterations on pictures of noise: two critic steps, the generator forth and back.
class TrainScene {
 public:
  /// @param ranks that share each iteration; all of them make equally many
  explicit TrainScene(int threads, int batch = 64, TrainingRanks ranks = {});
  double iteration();  ///< seconds
  double flops() const;
  int threads() const { return pool_.threads(); }
  /// Numbers in a gradient.
  std::size_t network_parameters() const { return trainer_.average().values.size(); }

 private:
  ThreadPool pool_;
  TrainSettings settings_;
  ImageSet images_;
  Trainer trainer_;
};

}  // namespace phaseloom
