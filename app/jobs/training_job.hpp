// SPDX-License-Identifier: MIT
#pragma once
// A training in the background, with its own copy of everything. A step of the job (job_thread.hpp)
// is an iteration.

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "app/document/training_notes.hpp"
#include "app/jobs/job.hpp"
#include "app/jobs/last_network.hpp"
#include "app/jobs/training_job_options.hpp"
#include "app/jobs/training_material.hpp"
#include "app/jobs/training_snapshot.hpp"
#include "engine/learning/training_run.hpp"
#include "engine/network/model_file.hpp"

namespace phaseloom {

/// All public methods belong to one thread. What cannot be done just now is an Error that says why.
class TrainingJob : public Job<TrainingSnapshot> {
 public:
  explicit TrainingJob(TrainingJobOptions options = {}, bool gated = false);
  /// Stops what is running; waits for the iteration or the look that is on its way.
  ~TrainingJob() { finish(); }

  void start(const TrainingSetup& setup);
  using JobThread::advance;  ///< by so many iterations
  using JobThread::pause;
  using JobThread::resume;
  using JobThread::stop;
  /// Goes on with the training that was stopped or cut off, from its checkpoint.
  void go_on();
  /// Writes the best so far; a note tells when it is done, or what went wrong.
  void keep(const std::filesystem::path& file);

 private:
  using Clock = std::chrono::steady_clock;
  /// What is to be trained; from scratch, or from the checkpoint.
  struct Order {
    TrainingSetup setup;
    bool go_on = false;
    std::stop_token stop{};
  };

  void order(TrainingSetup setup, bool go_on);

  // The job's thread.
  void about_to_rest(bool paused) override;
  void train(const Order& order);
  TrainingResult run(const Order& order);
  /// Everything to train with; false if it was stopped meanwhile.
  bool fetch_material(const Order& order);
  TrainingCallbacks callbacks();
  /// Shows what was there when it was cut off.
  void take_up(const Checkpoint& checkpoint);
  void take_result();
  /// Says in the snapshot whether there is something to go on with.
  void look_for_checkpoint();
  /// The same of a network that was made, but not kept.
  void look_for_last();
  void take_note(const TrainingNews& news);
  /// Between two iterations: meets what was wished for, and rests where it is to rest.
  void between();
  void write_best(const std::filesystem::path& file);
  Model best_model() const;
  /// Pictures of the running average, if it has moved on; of any network.
  void draw();
  void draw(const Program& program, std::int64_t iteration);
  void publish();
  void say(std::string_view doing);

  const TrainingJobOptions options_;
  const LastNetwork last_;

  // The job's thread's own.
  TrainingSnapshot now_;
  LossCurve losses_;
  std::unique_ptr<ThreadPool> pool_;
  TrainingMaterial material_;
  std::filesystem::path material_from_;  // the folder of its pictures; empty: the usual ones
  TrainingNotes notes_;                  // of what is trained, or was last
  TrainingPlan plan_;
  const Trainer* trainer_ = nullptr;    // while it iterates
  std::optional<TrainingResult> best_;  // by a look; else the running average counts
  Clock::time_point published_{};
  Clock::time_point drawn_{};
};

}  // namespace phaseloom
