// SPDX-License-Identifier: MIT
#pragma once
// Measures, in the background and at low priority, what the network on the wall is worth: as many
// samples as a number takes, judged against the test pictures of the data set it was trained on.
//
// The samples are those that the wall shows round after round (the same seed, from sample 0 on),
// made anew here: so the number does not depend on who looked when.

#include <memory>
#include <optional>
#include <stop_token>

#include "app/jobs/job.hpp"
#include "app/jobs/quality_reference.hpp"
#include "app/jobs/quality_snapshot.hpp"
#include "app/jobs/training_job_options.hpp"
#include "engine/dynamics/simulator.hpp"
#include "engine/metrics/pixel_gaussian.hpp"
#include "engine/network/model_file.hpp"

namespace phaseloom {

/// What is measured. `settings.first_sample` does not count.
struct QualityRequest {
  std::shared_ptr<const Model> model;
  Hardware hardware;
  RunSettings settings;
  bool operator==(const QualityRequest& other) const;
};

/// All public methods belong to one thread.
class QualityJob : public Job<QualitySnapshot> {
 public:
  explicit QualityJob(TrainingJobOptions options, bool gated = false);
  /// Waits for the samples that are on their way.
  ~QualityJob() { finish(); }

  /// Measures this from now on; begins anew when it is another request than the last.
  void measure(const QualityRequest& request);
  /// Goes on with other seeds until the setting that was asked for last has been measured so often.
  void repeat(int times);
  /// What was asked for last does not count any more; `state` is shown instead: off or waiting.
  void cancel(QualitySnapshot::State state);

 private:
  void run(const QualityRequest& request, std::stop_token stop);
  void run_on(const QualityRequest& request, std::stop_token stop);
  /// As often as is wanted.
  void run_repeats(const QualityRequest& request, std::stop_token stop);
  /// Once more, with the seed after those that are measured.
  void run_again(const QualityRequest& request, std::stop_token stop);
  const QualityReference& quality_reference(const std::string& dataset, std::stop_token stop);
  /// Distance of the Gaussian of the training pixels, the unit of the relative one.
  double gaussian(const QualityReference& measure, std::stop_token stop);

  const TrainingJobOptions options_;

  int repeats_wanted_ = 1;  // guarded by the mutex

  // The caller's.
  std::optional<QualityRequest> asked_;

  // The thread's own.
  QualitySnapshot now_;
  std::unique_ptr<ThreadPool> pool_;
  std::unique_ptr<QualityReference> quality_reference_;
  std::unique_ptr<PixelGaussian> pixels_;  // of the reference's data set
  double gaussian_ = 0;                    // its distance; 0: not measured yet
};

}  // namespace phaseloom
