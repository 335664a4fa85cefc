// SPDX-License-Identifier: MIT
#pragma once
// One of those who work on a sweep: takes a cell that is free, does it, publishes it, and so on.

#include <chrono>
#include <functional>
#include <stop_token>
#include <string>

#include "app/jobs/sweep_cell.hpp"
#include "app/jobs/sweep_folder.hpp"

namespace phaseloom {

/// Of one thread.
class SweepWorker {
 public:
  enum class Step {
    did,       ///< a cell; maybe one that was found to be another's in the end
    waits,     ///< all that is left is others'; some of them may be dead
    finished,  ///< nothing is left
    stopped,   ///< a stop was asked for
  };

  /// @param threads that work on a cell; 0: one per core. All references must outlive it.
  SweepWorker(const SweepFolder& sweep, const SweepMaterial& material, int threads,
              const SharedFiles& files = usual_files());

  /// Takes the next cell and does it. Throws Error where the folder cannot be written, e.g. when
  /// its disk is full; the cell is given up then.
  /// @param begins hears the name of the cell
  /// @param tell hears the fraction of it that is done; may wait, for a pause
  Step step(const std::function<void(const std::string&)>& begins,
            const std::function<void(double)>& tell, std::stop_token stop);
  /// How long to wait before another step() when it waits.
  std::chrono::milliseconds patience() const;

 private:
  /// Results that nobody can read are put aside: their jobs are free again.
  void clear_damaged(const std::stop_token& stop);

  const SweepFolder& sweep_;
  const SweepMaterial& material_;
  ThreadPool pool_;
  JobFolder jobs_;
  SweepReader reader_;
};

}  // namespace phaseloom
