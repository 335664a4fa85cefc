// SPDX-License-Identifier: MIT
#pragma once
// The critic's part of a training iteration.

#include <vector>

#include "engine/learning/losses/wgan_gp.hpp"
#include "engine/neural/adam.hpp"

namespace phaseloom {

class CriticScene {
 public:
  /// @param batch a multiple of kLanes.
  CriticScene(int batch, int threads);

  /// Seconds of one training step: real and generated pictures forth and back, the gradient
  /// penalty, Adam, packing.
  double step();
  double step_flops() const;
  /// Seconds for the generator's signal, dD / dpicture.
  double signal();
  double signal_flops() const;

 private:
  /// Operations of one pass over the layers from `first` on: multiply-adds that touch the image.
  double pass(int first = 0) const;

  ThreadPool pool_;
  WganGp wgan_;
  Adam adam_;
  int batch_;
  std::uint32_t iteration_ = 0;
  std::vector<float> parameters_, gradient_, real_, fake_, d_fake_;
};

}  // namespace phaseloom
