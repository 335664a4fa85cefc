// SPDX-License-Identifier: MIT
#pragma once
// Work on a sweep from the command line, and what is said of one.

#include "app/jobs/sweep_folder.hpp"

namespace phaseloom {

struct SweepRunOptions {
  int workers = 1;   ///< of this process, each on a cell of its own
  int threads = 0;   ///< of all of them; 0: one per core
  bool wait = true;  ///< for the others' last cells, in case that they die
};

/// Works until nothing is left (or free), and writes table and plots whenever there is more to
/// tell. When interrupted it gives up its cells, whose trainings can be gone on with. Throws Error
/// where a data set is missing or nothing can be written.
void work_on_sweep(const SweepFolder& sweep, const SweepRunOptions& options);

struct SweepTellOptions {
  bool json = false;  ///< with all rows
  double watch = 0;   ///< seconds to look out for signs of life of those who are at work
};

/// Table and plots anew, where they can be written, who works on it, and how far it is.
/// sweep_tell.cpp
void tell_sweep(const SweepFolder& sweep, const SweepTellOptions& options);

}  // namespace phaseloom
