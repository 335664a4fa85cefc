// SPDX-License-Identifier: MIT
#pragma once
// A network that shows another one, which is trained for rougher hardware, what it makes of the
// same noise (distillation, Hinton et al. 2015): few bits and wires are told where to go, picture
// by picture, and need not find it again from a critic alone.

#include <memory>
#include <span>
#include <vector>

#include "engine/dynamics/trajectory.hpp"
#include "engine/network/program.hpp"

namespace phaseloom {

class Teacher {
 public:
  /// @param program float weights; it stays as it is. @param blocks that are shown at once
  Teacher(Program program, int blocks);

  /// The pictures that it makes on this way, [pixel][lane] in [-1, 1]. Blocks may run on any
  /// threads, each on one at a time.
  /// @param initial [unit][lane], aligned as the pictures are
  void show(int block, const float* initial, std::span<const Leg> legs, Integrator method,
            Forcing<float> heat, std::span<float> pictures);

 private:
  Program program_;
  PackedProgram<float> packed_;
  std::vector<std::unique_ptr<Trajectory<float>>> blocks_;
};

/// Adds the gradient of strength / 2 times the mean over the samples of |pictures - shown|^2.
void follow(std::span<const float> pictures, std::span<const float> shown, double strength,
            int samples, std::span<float> d_pictures);

}  // namespace phaseloom
