// SPDX-License-Identifier: MIT
#pragma once
// How fast a sweep goes, and how long it takes still.

#include <chrono>
#include <cstddef>
#include <deque>

#include "engine/sweep/results.hpp"

namespace phaseloom {

/// Jobs per hour in the last while, of all workers: counted by one who looks now and then.
class SweepPace {
 public:
  using Clock = std::chrono::steady_clock;
  /// So many jobs are finished at that time; what is there at the first look counts for nothing.
  void see(std::size_t finished, Clock::time_point now);
  /// Of the last dozen; slower and slower when no more come. 0: too few have been seen.
  double per_hour(Clock::time_point now) const;

 private:
  bool looked_ = false;
  std::size_t finished_ = 0;
  std::deque<Clock::time_point> ends_;  // the latest, one for each job
};

/// How much is left to do, in seconds, from how long finished cells took; 0: not known yet.
/// @param workers that are at it just now, all of them; 0: nobody is, and it has no end
double sweep_seconds_left(const SweepTable& table, int workers);

/// Jobs per hour: as they were seen to be finished or, where too few were, as long as finished
/// cells took. 0: not known yet, or nobody works on it.
double sweep_pace(const SweepPace& seen, const SweepTable& table, int workers,
                  SweepPace::Clock::time_point now);

}  // namespace phaseloom
