// SPDX-License-Identifier: MIT
#include "engine/learning/picture_readout.hpp"

#include <cassert>

#include "engine/support/lanes.hpp"

namespace phaseloom {

void read_pictures(Readout readout, std::span<const float> x, std::span<float> pictures) {
  assert(x.size() == pictures.size() && x.size() % kLanes == 0);
  PHASELOOM_DISPATCH(picture_kernels).read(readout, x.size(), x.data(), pictures.data());
}

void pull_pictures(Readout readout, std::span<const float> x, std::span<const float> signal,
                   std::span<float> adjoint) {
  assert(x.size() == signal.size() && x.size() == adjoint.size() && x.size() % kLanes == 0);
  PHASELOOM_DISPATCH(picture_kernels)
      .pull(readout, x.size(), x.data(), signal.data(), adjoint.data());
}

}  // namespace phaseloom
