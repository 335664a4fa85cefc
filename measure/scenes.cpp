// SPDX-License-Identifier: MIT
#include "measure/scenes.hpp"

#include "engine/support/fma_peak.hpp"
#include "measure/stopwatch.hpp"

namespace phaseloom {

double fma_peak() {
  static const double flops = measure_fma_peak_flops();
  return flops;
}

Program image_network() {
  return make_program(substrate_named("kuramoto_shil"), Topology::local({28, 28, 2}, 3), 6, 0.6,
                      0.1, 1);
}

Program grid_network(int side) {
  return make_program(substrate_named("kuramoto_shil"), Topology::local({side, side, 1}, 3), 1, 0.6,
                      0.1, 1);
}

double coupling_flops(const Program& program, int samples) {
  return 2.0 * info(program.substrate).channels * double(program.topology->couplings()) * samples;
}

}  // namespace phaseloom
