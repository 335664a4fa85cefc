// SPDX-License-Identifier: MIT
#include "engine/learning/teacher.hpp"

#include <utility>

#include "engine/learning/picture_readout.hpp"
#include "engine/support/lanes.hpp"

namespace phaseloom {

Teacher::Teacher(Program program, int blocks)
    : program_(std::move(program)), packed_(program_, make_training_tilings(*program_.topology)) {
  packed_.assign(program_.values);
  // Nothing is pulled back through it, so there is no need to store more than it must.
  for (int b = 0; b < blocks; ++b)
    blocks_.push_back(std::make_unique<Trajectory<float>>(packed_, std::size_t{0}));
}

void Teacher::show(int block, const float* initial, std::span<const Leg> legs, Integrator method,
                   Forcing<float> heat, std::span<float> pictures) {
  Trajectory<float>& way = *blocks_[static_cast<std::size_t>(block)];
  way.forward(initial, legs, method, std::move(heat));
  const std::size_t size = static_cast<std::size_t>(program_.topology->visible()) * kLanes;
  read_pictures(program_.readout, {way.end(), size}, pictures);
}

void follow(std::span<const float> pictures, std::span<const float> shown, double strength,
            int samples, std::span<float> d_pictures) {
  const auto scale = static_cast<float>(strength / samples);
  for (std::size_t i = 0; i < pictures.size(); ++i)
    d_pictures[i] += scale * (pictures[i] - shown[i]);
}

}  // namespace phaseloom
