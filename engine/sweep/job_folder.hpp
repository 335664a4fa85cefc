// SPDX-License-Identifier: MIT
#pragma once
// Work that is shared through a folder, by any number of processes on any number of machines.
//
//   work/JOB.1/      whoever made this folder works on JOB; it holds what is unfinished
//     worker         who that is
//     beat           another text now and then: a sign of life
//     released       it was given up; whoever comes may go on at once
//   work/JOB.2/      the first one gave no sign of life for a lease: someone else went on
//   results/JOB/     finished: the worker's folder, renamed
//
// Only two things decide anything, and both are atomic wherever folders are, NFS among it: that of
// all who make a folder one succeeds, and that a folder gets another's name whole and only where no
// other has it. Clocks of machines are never compared: who watches a claim measures by its own
// clock how long the beat has not changed. Worst of all that can happen is that two do the same
// job: one of their results counts. What a file system says is doubted where that costs nothing: a
// name that is not seen yet, an empty file, a rename that "failed" (shared_files.hpp).

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "engine/sweep/job_claim.hpp"
#include "engine/sweep/job_signs.hpp"
#include "engine/sweep/shared_files.hpp"

namespace phaseloom {

/// One claim of a job that is not finished, as far as this process has seen. All times are by this
/// process's clock and by how long the worker itself says that it has been at it.
struct JobAtWork {
  std::string job;
  std::optional<JobWorker> worker;  ///< nothing: it does not say who it is, or not soundly
  bool ours = false;                ///< it is of this process
  double seconds = 0;               ///< that it has been at the job
  double silent = 0;  ///< seconds since its last sign of life, or since it was first seen
  std::optional<double> fraction;  ///< of the job that is done, by its last sign of life
  bool expired = false;            ///< silent for a lease: the job is anybody's
};
/// How many have not expired.
int count_alive(std::span<const JobAtWork> all);
/// Silent for so long that people should be told: two signs of life did not come.
bool is_overdue(const JobAtWork& one, double lease);

class JobFolder {
 public:
  /// Folders that are missing are made when they are needed.
  /// @param lease seconds without a sign of life after which a claim is anybody's; the same for all
  /// @param worker who this is, for others to read; not needed by one who only looks
  /// @param files must outlive it, and its claims
  JobFolder(std::filesystem::path folder, double lease, JobWorker worker = {},
            const SharedFiles& files = usual_files());

  const std::filesystem::path& folder() const { return folder_; }
  std::filesystem::path result_folder(const std::string& job) const;
  /// Jobs with a result.
  std::set<std::string> finished() const;
  /// The first job that has no result and no claim that is alive, or nothing: all that are left are
  /// others'. A claim of somebody who died shows as such a lease after it was first seen here.
  /// Throws Error if the folder cannot be written.
  std::optional<JobClaim> claim(std::span<const std::string> jobs);
  /// Who works on these jobs, in their order; those that were given up are nobody's.
  std::vector<JobAtWork> look(std::span<const std::string> jobs);
  /// A result that nobody can read goes aside, to damaged/, so that the job is done again.
  void set_aside(const std::string& job);

 private:
  using Clock = std::chrono::steady_clock;
  struct Seen {
    std::string beat;
    Clock::time_point since;
    std::optional<JobWorker> worker;
  };
  std::vector<std::string> names_in(const std::filesystem::path& folder) const;
  /// The latest generation of each claimed job; looks at all signs of life.
  std::map<std::string, int> claims();
  Seen look_at(const std::filesystem::path& claim) const;
  bool is_released(const std::filesystem::path& claim) const;
  double silent(const std::filesystem::path& claim) const;
  bool to_be_had(const std::string& job, int generation) const;
  std::optional<JobClaim> try_to_claim(const std::string& job, int generation);

  std::filesystem::path folder_;
  double lease_;
  JobWorker worker_;
  const SharedFiles& files_;
  int claimed_ = 0;
  std::map<std::string, Seen> seen_;  // by the claim's folder
};

}  // namespace phaseloom
