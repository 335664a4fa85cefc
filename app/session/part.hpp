// SPDX-License-Identifier: MIT
#pragma once
// What a session has beside its run: jobs in the background, with commands of their own and what
// they show. The list of them is in parts.cpp.

#include <cstdint>
#include <deque>
#include <string>

#include "app/commands/command.hpp"
#include "app/jobs/job_thread.hpp"

namespace phaseloom {

class Session;

/// All methods belong to the session's thread.
class Part {
 public:
  explicit Part(Session& session) : session_(session) {}
  virtual ~Part() = default;
  Part(const Part&) = delete;
  Part& operator=(const Part&) = delete;

  /// Does it; false if it is none of its commands. Throws Error: what cannot be done.
  virtual bool act(const Command& command) = 0;
  /// Takes what is new; when the session does, after the run's snapshot.
  virtual void update() = 0;
  /// Somebody gave this command, to whomever.
  virtual void heard(const Command& /*command*/) {}
  /// Of a synchronous session: so much time goes by, whatever the clock says.
  virtual void pass(double /*seconds*/) {}
  /// Grows whenever something new was published.
  virtual std::uint64_t activity() const = 0;
  /// It trains just now, on the cores that the window draws with.
  virtual bool trains() const { return false; }
  /// What would be lost if the program ended now, in whole sentences; empty: nothing.
  virtual std::string lost_by_quitting() const { return {}; }

 protected:
  /// As messages.
  void tell(const std::deque<JobNote>& notes);

  Session& session_;
};

}  // namespace phaseloom
