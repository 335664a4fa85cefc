// SPDX-License-Identifier: MIT
#pragma once
// A network beside its circuit, in the background: ngspice is a child of this process. A step of
// the job (job_thread.hpp) is a chunk; one that is not gated goes on to its end.

#include <filesystem>
#include <optional>

#include "app/jobs/circuit_job_options.hpp"
#include "app/jobs/circuit_snapshot.hpp"
#include "app/jobs/job.hpp"

namespace phaseloom {

/// All public methods belong to one thread. What cannot be done just now is an Error that says why.
class CircuitJob : public Job<CircuitSnapshot> {
 public:
  explicit CircuitJob(CircuitJobOptions options = {}, bool gated = false);
  /// Ends ngspice, too.
  ~CircuitJob() { finish(); }

  /// Throws Error if the request is not right.
  void start(const CircuitRequest& request);
  /// Lets a gated job compare so many chunks.
  void advance(std::int64_t chunks);
  using JobThread::stop;
  /// Writes circuit_csv(); a note tells when it is done, or what went wrong.
  void export_to(const std::filesystem::path& file);
  /// Writes the decks and comparison.png likewise.
  void save_to(const std::filesystem::path& folder);

 private:
  void run(const CircuitRequest& request);
  /// Whether it goes on; errands are done meanwhile.
  bool go_on();
  /// Before a chunk of a gated job: waits until it may.
  void wait_for_chunk();

  const CircuitJobOptions options_;

  // The thread's own.
  /// What the decks are written of.
  struct Design {
    Circuit circuit;
    RecordedRun recording;
    DeckOptions deck;
  };
  std::optional<Design> design_;
  CircuitSnapshot now_;
};

}  // namespace phaseloom
