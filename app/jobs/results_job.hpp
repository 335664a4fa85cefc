// SPDX-License-Identifier: MIT
#pragma once
// The grid of transport experiments in the background: runs what is missing of it and keeps every
// row in the user's file. A step of the job (job_thread.hpp) is a row.

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "app/jobs/job.hpp"
#include "app/jobs/results_options.hpp"
#include "app/jobs/results_snapshot.hpp"
#include "engine/transport/grid.hpp"

namespace phaseloom {

/// All public methods belong to one thread. What cannot be done just now is an Error that says why.
class ResultsJob : public Job<ResultsSnapshot> {
 public:
  explicit ResultsJob(ResultsOptions options, bool gated = false);
  /// Drops the trainings that are on their way; finished rows are in the file.
  ~ResultsJob() { finish(); }

  /// Reads the rows that there are, once.
  void show();
  /// All models, losses, chunks and hidden units of all_experiments() on these pairs.
  void start(const std::vector<std::string>& pairs, std::uint64_t seed);
  using JobThread::advance;  ///< by so many rows; for a gated job
  using JobThread::stop;
  /// Writes all rows as a table (.csv); a note tells when it is done, or what went wrong.
  void export_to(const std::filesystem::path& file);

 private:
  // The job's thread.
  /// Does it; what goes wrong is told, and shown.
  void work(const std::function<void()>& what);
  /// Reads what there is, once. Throws Error.
  void need_rows();
  void read();
  void run(const TransportPlan& plan);
  /// The grid's progress; false stops it. Of any of its threads.
  bool go_on(const GridProgress& progress);
  /// The rows and networks as they are on the disk, which nobody else changes while the grid runs.
  void begin();
  void keep(const KeptNetwork& network);
  void summarise_rows();  // of rows_ and networks_

  const ResultsOptions options_;
  const NetworkFolder folder_;

  // The caller's.
  bool shown_ = false;

  // The job's thread's own, or, while the grid runs, of the one that reports its progress.
  bool read_ = false;
  std::vector<TransportRow> rows_;
  KeptNetworks networks_;              // of those rows, as far as they are kept; the oldest first
  bool begun_ = false, told_ = false;  // of the grid that runs: begin(), that networks are lost
  ResultsSnapshot now_;
};

}  // namespace phaseloom
