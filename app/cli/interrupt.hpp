#pragma once
// Ctrl-C during long work: the work stops at its next chance and leaves nothing half-written.

namespace phaseloom {

/// Thrown by work that the user stopped; the program exits with 130, as a shell reports SIGINT.
struct Cancelled {};

/// While it lives, the first SIGINT or SIGTERM only sets a flag; a second one ends the program.
/// One at a time.
class InterruptScope {
 public:
  InterruptScope();
  ~InterruptScope();
  InterruptScope(const InterruptScope&) = delete;
  InterruptScope& operator=(const InterruptScope&) = delete;

  bool interrupted() const;
};

}  // namespace phaseloom
