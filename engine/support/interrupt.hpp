// SPDX-License-Identifier: MIT
#pragma once
// Signals that ask the program to end: Ctrl-C, a terminal that is closed, a kill. Long work stops
// at its next chance and leaves nothing half-written.

namespace phaseloom {

/// Thrown by work that the user stopped; the program exits with 130, as a shell reports SIGINT.
struct Cancelled {
  const char* kept = "nothing was written";  ///< what of the work is left, to be said
};

/// From now on SIGINT, SIGTERM and SIGHUP end the program as they always do, but remove its
/// unfinished files first. Those that are ignored (nohup, trap '' INT) stay ignored.
void tidy_up_when_ended();

/// While it lives, the first of these signals only sets a flag; a second one ends the program. One
/// at a time.
class InterruptScope {
 public:
  InterruptScope();
  ~InterruptScope();
  InterruptScope(const InterruptScope&) = delete;
  InterruptScope& operator=(const InterruptScope&) = delete;

  bool interrupted() const;
};

}  // namespace phaseloom
