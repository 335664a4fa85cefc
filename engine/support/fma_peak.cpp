// SPDX-License-Identifier: MIT
#include "engine/support/fma_peak.hpp"

namespace phaseloom {

double measure_fma_peak_flops() { return PHASELOOM_DISPATCH(fma_peak_flops); }

}  // namespace phaseloom
