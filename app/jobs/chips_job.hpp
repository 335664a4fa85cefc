// SPDX-License-Identifier: MIT
#pragma once
// The same design built many times and judged, in the background. A step of the job
// (job_thread.hpp) is a device.

#include <filesystem>
#include <memory>

#include "app/jobs/chips_snapshot.hpp"
#include "app/jobs/job.hpp"
#include "app/jobs/quality_meter.hpp"
#include "app/jobs/sweep_job.hpp"

namespace phaseloom {

/// All public methods belong to one thread. What cannot be done just now is an Error that says why.
class ChipsJob : public Job<ChipsSnapshot> {
 public:
  explicit ChipsJob(SweepJobOptions options, bool gated = false);
  ~ChipsJob() { finish(); }

  /// Builds and measures them, mismatch by mismatch. Throws Error if the request is not right.
  void start(const ChipsRequest& request);
  using JobThread::advance;  ///< by so many devices; for a gated job
  using JobThread::pause;
  using JobThread::resume;
  using JobThread::stop;
  /// Writes chips_csv(); a note tells when it is done, or what went wrong.
  void export_to(const std::filesystem::path& file);

 protected:
  void about_to_rest(bool paused) override;

 private:
  void run(const ChipsRequest& request, std::stop_token stop);
  /// What judges pictures of the model.
  void prepare(const Model& model);

  const SweepJobOptions options_;

  // The thread's own.
  std::unique_ptr<ThreadPool> pool_;
  std::unique_ptr<QualityMeter> meter_;
  ChipsSnapshot now_;
};

}  // namespace phaseloom
