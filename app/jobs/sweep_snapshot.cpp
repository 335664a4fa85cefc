// SPDX-License-Identifier: MIT
#include "app/jobs/sweep_snapshot.hpp"

#include "engine/support/error.hpp"

namespace phaseloom {

CostNetwork network_of(const SweepSnapshot& sweep, const SweepRow& row) {
  const auto found = sweep.networks->find(row.model);
  if (found == sweep.networks->end()) fail("{}: is no network of this sweep", row.model);
  CostNetwork network = found->second;
  network.couplings = row.wires;
  return network;
}

}  // namespace phaseloom
