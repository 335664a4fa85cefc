// SPDX-License-Identifier: MIT
#pragma once
// Work that is shared through a folder, by any number of processes on any number of machines.
//
//   work/JOB.1/      whoever made this folder works on JOB; it holds what is unfinished
//     beat           another text now and then: a sign of life
//     released       it was given up; whoever comes may go on at once
//   work/JOB.2/      the first one gave no sign of life for a lease: someone else went on
//   results/JOB/     finished: the worker's folder, renamed
//
// Only two things decide anything, and both are atomic wherever folders are, NFS among it: that of
// all who make a folder one succeeds, and that a folder gets another's name whole and only where no
// other has it. Clocks of machines are never compared: who watches a claim measures by its own
// clock how long the beat has not changed. Worst of all that can happen is that two do the same
// job: one of their results counts.

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace phaseloom {

/// A job that this process works on: its claim is renewed by a thread of its own as long as this
/// lives. Given up, if it was not published, others may go on with what is in the folder.
class JobClaim {
 public:
  JobClaim(JobClaim&&) noexcept;
  JobClaim& operator=(JobClaim&&) noexcept;
  ~JobClaim();

  const std::string& job() const;
  /// Where its files belong; whatever is in it at the end is the result.
  const std::filesystem::path& folder() const;
  /// Folders of those who had it before and left it, the latest first: there may be something to go
  /// on from, which may be damaged.
  std::vector<std::filesystem::path> earlier() const;
  /// Somebody else has it, or has finished it: what is done here counts no more.
  bool lost() const;
  /// The folder becomes the result, if nobody was faster. True if it did. Ends the claim. Throws
  /// Error if it cannot be.
  bool publish();

 private:
  friend class JobFolder;
  struct Impl;
  explicit JobClaim(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// What is being done just now, as far as this process has seen.
struct JobCounts {
  int alive = 0;    ///< claimed, and signs of life not overdue
  int expired = 0;  ///< claimed, and to be had
};

class JobFolder {
 public:
  /// Folders that are missing are made when they are needed.
  /// @param lease seconds without a sign of life after which a claim is anybody's; the same for all
  /// @param worker who this is, in a few words, for others to read
  JobFolder(std::filesystem::path folder, double lease, std::string worker);

  const std::filesystem::path& folder() const { return folder_; }
  std::filesystem::path result_folder(const std::string& job) const;
  /// Jobs with a result.
  std::set<std::string> finished() const;
  /// The first job that has no result and no claim that is alive, or nothing: all that are left are
  /// others'. A claim of somebody who died shows as such a lease after it was first seen here.
  /// Throws Error if the folder cannot be written.
  std::optional<JobClaim> claim(std::span<const std::string> jobs);
  /// Of these jobs, without claiming any.
  JobCounts look(std::span<const std::string> jobs);
  /// A result that nobody can read goes aside, to damaged/, so that the job is done again.
  void set_aside(const std::string& job);

 private:
  using Clock = std::chrono::steady_clock;
  struct Seen {
    std::string beat;
    Clock::time_point since;
  };
  /// The latest generation of each claimed job; looks at all signs of life.
  std::map<std::string, int> claims();
  bool to_be_had(const std::string& job, int generation) const;
  std::optional<JobClaim> try_to_claim(const std::string& job, int generation);

  std::filesystem::path folder_;
  double lease_;
  std::string worker_;
  std::map<std::string, Seen> seen_;  // by the claim's folder
};

}  // namespace phaseloom
