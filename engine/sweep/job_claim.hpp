// SPDX-License-Identifier: MIT
#pragma once
// One worker's claim of a job in a shared folder (job_folder.hpp).

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/sweep/job_signs.hpp"
#include "engine/sweep/shared_files.hpp"

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
  /// For others to see with the next sign of life: so much of it is done, 0 to 1.
  void progress(double fraction);
  /// Somebody else has it, or has finished it: what is done here counts no more.
  bool lost() const;
  /// The folder becomes the result, if nobody was faster. True if it did. Ends the claim. Throws
  /// Error if it cannot be; then it is given up like any other.
  bool publish();

 private:
  friend class JobFolder;
  /// What the folder says of a claim that it has just made.
  struct Place {
    std::filesystem::path root;
    std::string job;
    int generation;
    double lease;  ///< seconds
    const SharedFiles& files;
  };
  struct Impl;
  /// Says in the folder who works here, and begins to give signs of life. Throws Error if nothing
  /// can be written there.
  JobClaim(Place place, const JobWorker& worker);
  std::unique_ptr<Impl> impl_;
};

}  // namespace phaseloom
