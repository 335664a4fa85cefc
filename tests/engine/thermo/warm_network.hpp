// SPDX-License-Identifier: MIT
#pragma once
// A thermodynamic computer in the wider sense: it begins in noise of its own, has several chunks,
// and knows classes.

#include "tests/engine/dynamics/networks.hpp"

namespace phaseloom::test {

/// Langevin units in three chunks with couplings, each to its neighbours in all layers and to two
/// labels, at kT = 0.3.
inline Program warm_network(Grid grid = {5, 4, 2}) {
  Program program =
      random_program(substrate_named("langevin"),
                     Topology::with_labels(*Topology::local(grid, 1), 2), 3, 0.5, 0.2, 9);
  program.tied = true;
  symmetrise(program, program.values);
  program.integrator = Integrator::euler;
  program.steps_per_chunk = 20;
  program.temperature = 0.3;
  return program;
}

}  // namespace phaseloom::test
