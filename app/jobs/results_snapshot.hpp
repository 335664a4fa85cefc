// SPDX-License-Identifier: MIT
#pragma once
// One moment of the grid of transport experiments: what is known, and how far its job is.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "app/jobs/transport_snapshot.hpp"
#include "engine/transport/results_summary.hpp"

namespace phaseloom {

struct ResultsSnapshot {
  std::uint64_t serial = 0;  ///< counts publications; equal serial, equal snapshot
  bool running = false;
  int done = 0, total = 0;  ///< trainings of the grid that is run, or was last
  double seconds_left = 0;  ///< 0: not known
  std::string latest;       ///< the training finished last, one line
  std::string problem;      ///< why it ended early, one line; empty: it has not
  /// Never null.
  std::shared_ptr<const std::vector<ResultSummary>> results =
      std::make_shared<const std::vector<ResultSummary>>();
};

/// The network that the grid has trained of this very experiment and kept, or null.
std::shared_ptr<const KeptNetwork> kept_network_of(const ResultsSnapshot& results,
                                                   const TransportExperiment& experiment);
/// The same as a job shows it. Throws Error if none is kept.
SavedTransport kept_result(const ResultsSnapshot& results, const TransportExperiment& experiment);

}  // namespace phaseloom
