// SPDX-License-Identifier: MIT
#pragma once
// A sweep in the background: this process is one of its workers. A step of the job (job_thread.hpp)
// is a cell.

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>

#include "app/jobs/job.hpp"
#include "app/jobs/sweep_snapshot.hpp"
#include "app/jobs/training_job_options.hpp"

namespace phaseloom {

class SweepFolder;
class SweepWorker;

struct SweepJobOptions {
  /// Pictures of data sets; empty: load_image_set().
  std::function<ImageSet(const std::string& name, Split split)> images;
  int threads = 1;  ///< that work on a cell; 0: one per core
};

/// All public methods belong to one thread. What cannot be done just now is an Error that says why.
class SweepJob : public Job<SweepSnapshot> {
 public:
  explicit SweepJob(SweepJobOptions options, bool gated = false);
  /// Gives up the cell that is on its way: whoever goes on begins at its checkpoint.
  ~SweepJob();

  /// Shows a folder, also one that others work on or that is finished; what is wrong with it is a
  /// note, and snapshot.problem.
  void open(const std::filesystem::path& folder);
  /// Looks whether others have added results to the folder that is open; cheap, does nothing while
  /// this process runs, which looks itself.
  void look();
  /// Works on it: makes the folder of this plan, or goes on with it.
  void start(const SweepPlan& plan, const std::filesystem::path& folder);
  /// Works on the folder, which is a sweep already.
  void go_on(const std::filesystem::path& folder);
  using JobThread::advance;  ///< by so many cells; for a gated job
  using JobThread::pause;    ///< within a cell, too; others do not get it meanwhile
  using JobThread::resume;
  using JobThread::stop;  ///< soon; the cell on its way is given up
  /// Writes the table (.csv), or a plot (.svg: the heat map; "pareto" in its name: the front). A
  /// note tells when it is done, or what went wrong.
  void export_to(const std::filesystem::path& file);

 protected:
  void about_to_rest(bool paused) override;

 private:
  struct Open;

  /// Does it; what goes wrong is told, and shown.
  void attempt(const std::function<void()>& what);
  void take(SweepFolder folder);
  /// Looks at the folder: results, and who is at work.
  void see();
  void work(std::stop_token stop);
  /// False when there is no more to do.
  bool step(SweepWorker& worker, std::stop_token stop);
  void show_now_and_then();
  void publish();

  const SweepJobOptions options_;

  // The thread's own.
  std::unique_ptr<Open> open_;
  SweepSnapshot now_;
  std::chrono::steady_clock::time_point published_{}, seen_{};
};

}  // namespace phaseloom
