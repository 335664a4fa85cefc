// SPDX-License-Identifier: MIT
#pragma once
// One moment of a sweep: what is known, and how far it is.

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/sweep/job_folder.hpp"
#include "engine/sweep/results.hpp"

namespace phaseloom {

struct SweepSnapshot {
  std::uint64_t serial = 0;      ///< counts publications; equal serial, equal snapshot
  std::filesystem::path folder;  ///< the sweep that is open; empty: none
  bool running = false;          ///< this process works on it
  bool paused = false;
  bool preparing = false;   ///< data sets are read: no cell has begun
  int done = 0, total = 0;  ///< jobs; failed ones are done, too
  int failed = 0;
  double lease = 0;  ///< of the plan, in seconds
  /// Who works on what, this process among them.
  std::vector<JobAtWork> at_work;
  double seconds_left = 0;  ///< 0: not known, or nobody works on it
  double per_hour = 0;      ///< jobs, of all workers; 0: not known, or nobody works on it
  std::string doing;        ///< the name of the cell that is worked on, or empty
  double fraction = 0;      ///< of it
  std::string problem;      ///< why it ended early, one line; empty: it has not
  /// All cells of the plan, in its order; never null. Without an open sweep it is empty.
  std::shared_ptr<const SweepTable> table = std::make_shared<const SweepTable>();
  /// By model, before pruning, for prices by other constants: with `couplings` = row.wires it is
  /// the row's network.
  std::shared_ptr<const std::map<std::string, CostNetwork>> networks =
      std::make_shared<const std::map<std::string, CostNetwork>>();
};

/// "node17, process 4242", or that it does not say who it is.
std::string worker_text(const JobAtWork& one);
/// "12 min 05 s, 43 %", or since when there was no sign of life.
std::string at_work_text(const JobAtWork& one, double lease);

/// Jobs per hour, in few digits.
std::string pace_text(double per_hour);

/// The row's network as a price asks for it; row.bits goes with it.
CostNetwork network_of(const SweepSnapshot& sweep, const SweepRow& row);

}  // namespace phaseloom
