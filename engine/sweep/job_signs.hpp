// SPDX-License-Identifier: MIT
#pragma once
// What whoever works on a job leaves in its folder for others to read: who it is, and signs of
// life. Both are short texts of lines "key value". One that is missing or damaged is nothing, never
// an error: nothing depends on it but what people are shown.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace phaseloom {

struct JobWorker {
  std::string host;
  std::int64_t process = 0;
  /// Differs from that of all others: machines may be called alike, and processes of containers be
  /// numbered alike.
  std::string mark;
};

/// This process, as one more worker of its own.
JobWorker this_worker();
/// It is one of this process.
bool is_of_this_process(const JobWorker& worker);

/// The text of the file `worker`. It says when it began by the clock of its machine, for people
/// alone: nobody reads it.
std::string print_worker(const JobWorker& worker);
std::optional<JobWorker> read_worker(std::string_view text);

/// A sign of life. It carries how long the worker has been at it by its own clock, so that nobody
/// needs to compare clocks.
struct JobBeat {
  std::uint64_t count = 0;  ///< another one each time
  double seconds = 0;       ///< that it has worked on the job
  double fraction = 0;      ///< of the job that is done; 0 to 1
};

/// The text of the file `beat`.
std::string print_beat(const JobBeat& beat);
std::optional<JobBeat> read_beat(std::string_view text);

}  // namespace phaseloom
