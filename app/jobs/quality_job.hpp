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

#include "app/jobs/gated_thread.hpp"
#include "app/jobs/quality_snapshot.hpp"
#include "app/jobs/training_options.hpp"
#include "app/jobs/yardstick.hpp"
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

/// All methods belong to one thread.
class QualityJob : private GatedThread {
 public:
  explicit QualityJob(TrainingOptions options, bool gated = false);
  /// Waits for the samples that are on their way.
  ~QualityJob();
  QualityJob(const QualityJob&) = delete;
  QualityJob& operator=(const QualityJob&) = delete;

  /// Measures this from now on; begins anew when it is another request than the last.
  void measure(const QualityRequest& request);
  /// Goes on with other seeds until the setting that was asked for last has been measured so often.
  void repeat(int times);
  /// What was asked for last does not count any more; `state` is shown instead: off or waiting.
  void cancel(QualitySnapshot::State state);
  /// Never null; of a job that is not gated it may be the one before, if the job just writes it.
  std::shared_ptr<const QualitySnapshot> latest();
  using GatedThread::settle;

 private:
  void loop() override;
  void run(const QualityRequest& request, std::stop_token stop);
  /// Once more, with the seed after those that are measured.
  void run_again(const QualityRequest& request, std::stop_token stop);
  const Yardstick& yardstick(const std::string& dataset, std::stop_token stop);
  /// Distance of the Gaussian of the training pixels, the unit of the relative one.
  double gaussian(const Yardstick& measure, std::stop_token stop);
  /// Unless something else is wanted by now.
  void publish(std::stop_token stop);

  const TrainingOptions options_;

  // Guarded by the mutex.
  std::optional<QualityRequest> wanted_;
  int repeats_wanted_ = 1;
  std::stop_source stop_;
  std::shared_ptr<const QualitySnapshot> latest_;

  // The caller's.
  std::optional<QualityRequest> asked_;
  std::shared_ptr<const QualitySnapshot> seen_;

  // The thread's own.
  std::optional<QualityRequest> measured_;  // what now_ is of
  QualitySnapshot now_;
  std::unique_ptr<ThreadPool> pool_;
  std::unique_ptr<Yardstick> yardstick_;
  std::unique_ptr<PixelGaussian> pixels_;  // of the yardstick's data set
  double gaussian_ = 0;                    // its distance; 0: not measured yet
};

}  // namespace phaseloom
