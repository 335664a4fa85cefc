// SPDX-License-Identifier: MIT
#include "app/jobs/results_snapshot.hpp"

#include <algorithm>

#include "app/document/spoken_names.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {

std::shared_ptr<const KeptNetwork> kept_network_of(const ResultsSnapshot& results,
                                                   const TransportExperiment& experiment) {
  const TransportSetup setup = experiment.setup();
  for (const ResultSummary& r : *results.results)
    if (r.pair == experiment.pair)
      for (const auto& network : r.networks)
        if (network->setup() == setup) return network;
  return nullptr;
}

SavedTransport kept_result(const ResultsSnapshot& results, const TransportExperiment& experiment) {
  const auto network = kept_network_of(results, experiment);
  if (!network)
    fail("transport.show: no network of {}, seed {}, is kept; transport.start trains it",
         spoken_experiment(experiment), experiment.seed);
  SavedTransport saved;
  saved.experiment = experiment;
  saved.shown = {network->setup(), network->values, network->row.w2_squared, network->row.floor};
  saved.losses = network->losses;
  return saved;
}

}  // namespace phaseloom
