// SPDX-License-Identifier: MIT
#pragma once
// What the seeds of an experiment have in common: one entry for all of them.

#include <string>
#include <vector>

#include "engine/transport/kept_network.hpp"
#include "engine/transport/results.hpp"

namespace phaseloom {

struct Spread {
  double least = 0, median = 0, most = 0;
};
/// Of at least one value; infinite ones (diverged trainings) are the largest.
Spread spread_of(std::vector<double> values);

/// Trainings that differ in their seed alone.
struct ResultSummary {
  std::string pair, model;
  TransportLoss loss = TransportLoss::swd;
  int chunks = 1, hidden = 0;
  int seeds = 0;       ///< how many
  Spread w2_squared;   ///< over the seeds
  double floor = 0;    ///< median
  double seconds = 0;  ///< median
  /// Of those seeds whose trained network is kept, nearest to the median first.
  KeptNetworks networks{};
};

/// In the order of the rows in which each is met first.
/// @param networks of these rows
std::vector<ResultSummary> summarised(const std::vector<TransportRow>& rows,
                                      const KeptNetworks& networks = {});

}  // namespace phaseloom
