// SPDX-License-Identifier: MIT
#pragma once
// The grid of transport experiments in the background: runs what is missing of it and keeps every
// row in the user's file. Like transport_job.hpp: a thread of its own at low priority; a *gated*
// job trains only as many rows as advance() lets it.

#include <deque>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "app/jobs/gated_thread.hpp"
#include "app/jobs/results_snapshot.hpp"
#include "engine/transport/grid.hpp"

namespace phaseloom {

struct ResultsOptions {
  /// The rows that come with the program; shown, and the file's beginning, while it does not exist.
  /// May not exist either.
  std::filesystem::path shipped;
  /// Where rows are kept, and their networks in a folder beside it; empty: nowhere.
  std::filesystem::path file;
  int iterations = 0;         ///< of a training; 0: as many as it needs
  int points = kScorePoints;  ///< that a row is measured with
  int threads = 1;            ///< 0: one per core
};

/// All methods belong to one thread. What cannot be done just now is an Error that says why.
class ResultsJob : private GatedThread {
 public:
  explicit ResultsJob(ResultsOptions options, bool gated = false);
  /// Drops the trainings that are on their way; finished rows are in the file.
  ~ResultsJob();
  ResultsJob(const ResultsJob&) = delete;
  ResultsJob& operator=(const ResultsJob&) = delete;

  /// Reads the rows that there are, once.
  void show();
  /// All models, losses, chunks and hidden units of all_experiments() on these pairs.
  void start(const std::vector<std::string>& pairs, std::uint64_t seed);
  void stop();
  /// Lets a gated job train so many rows; throws Error if nothing runs.
  void advance(std::int64_t rows);
  /// Writes all rows as a table (.csv); a note tells when it is done, or what went wrong.
  void export_to(const std::filesystem::path& file);

  /// Never null, and never waits for the job.
  std::shared_ptr<const ResultsSnapshot> latest();
  std::deque<JobNote> take_notes();
  using GatedThread::settle;

 private:
  struct Order {
    std::optional<TransportPlan> plan;           // to be run
    std::optional<std::filesystem::path> write;  // the rows, there
  };

  void order(Order order);

  // The job's thread.
  void loop() override;
  void perform(const Order& order);
  void read();
  void run(const TransportPlan& plan);
  /// The grid's progress; false stops it. Of any of its threads.
  bool go_on(const GridProgress& progress);
  /// The rows and networks as they are on the disk, which nobody else changes while the grid runs.
  void begin();
  void keep(const KeptNetwork& network);
  void take_stock();  // of rows_ and networks_
  void publish();

  const ResultsOptions options_;
  const NetworkFolder folder_;

  // Guarded by the mutex.
  std::deque<Order> orders_;
  bool running_ = false, stop_ = false;
  std::int64_t credit_ = 0;  // rows that a gated job may train
  std::deque<JobNote> notes_;
  std::shared_ptr<const ResultsSnapshot> latest_;

  // The caller's.
  std::shared_ptr<const ResultsSnapshot> seen_;  // what latest() returned last
  bool shown_ = false;

  // The job's thread's own, or, while the grid runs, of the one that reports its progress.
  bool read_ = false;
  std::vector<TransportRow> rows_;
  KeptNetworks networks_;              // of those rows, as far as they are kept; the oldest first
  bool begun_ = false, told_ = false;  // of the grid that runs: begin(), that networks are lost
  ResultsSnapshot now_;
};

}  // namespace phaseloom
