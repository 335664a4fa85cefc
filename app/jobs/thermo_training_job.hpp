// SPDX-License-Identifier: MIT
#pragma once
// A training of the thermodynamic computer in the background. A step of the job (job_thread.hpp) is
// a cycle.

#include <chrono>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "app/jobs/job.hpp"
#include "app/jobs/thermo_training_snapshot.hpp"
#include "app/jobs/training_job_options.hpp"

namespace phaseloom {

/// All public methods belong to one thread. What cannot be done just now is an Error that says why.
class ThermoTrainingJob : public Job<ThermoTrainingSnapshot> {
 public:
  explicit ThermoTrainingJob(TrainingJobOptions options = {}, bool gated = false);
  /// Stops what is running; waits for the cycle that is on its way.
  ~ThermoTrainingJob() { finish(); }

  void start(const ThermoExperiment& experiment);
  using JobThread::advance;  ///< by so many cycles
  using JobThread::pause;
  using JobThread::resume;
  using JobThread::stop;
  /// Which of two rules' networks.
  enum class Which { chosen, other };
  /// Writes what it has learnt so far; a note tells when it is done, or what went wrong.
  void keep(const std::filesystem::path& file, Which which = Which::chosen);

 private:
  using Clock = std::chrono::steady_clock;

  // The job's thread.
  void about_to_rest(bool paused) override;
  void train(const ThermoExperiment& experiment);
  void run(const ThermoExperiment& experiment);
  void take_networks();
  void between(int cycles);
  void publish();
  void write(const std::filesystem::path& file, Which which);

  const TrainingJobOptions options_;

  // The job's thread's own.
  ThermoTrainingSnapshot now_;
  std::unique_ptr<ThreadPool> pool_;
  struct Learning {
    ThermoPlan plan;
    std::unique_ptr<ThermoTrainer> trainer;  // while it trains
    ThermoLearner& shown;                    // in now_
  };
  std::shared_ptr<const Model> network_of(const Learning& learning) const;
  std::vector<Learning> learning_;  // the rule that was chosen, and the other one if both were
  std::vector<std::string> names_;  // of the prototypes
  Clock::time_point published_{}, drawn_{}, began_{};
};

}  // namespace phaseloom
