// SPDX-License-Identifier: MIT
#pragma once
// A training in the background: on a thread of its own, at low priority, with its own copy of
// everything.
//
//   window thread                             the job's thread
//   start(), pause(), keep() ... -- wishes --> met between two iterations
//   latest() <--- latest TrainingSnapshot ---- published a few times a second
//
// A *gated* job trains only as far as advance() lets it, and its calls return when it has come to
// rest there: the same iterations then give the same snapshots whatever the clock says. Scripts and
// tests use that one.

#include <chrono>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

#include "app/jobs/gated_thread.hpp"
#include "app/jobs/last_network.hpp"
#include "app/jobs/training_material.hpp"
#include "app/jobs/training_options.hpp"
#include "app/jobs/training_snapshot.hpp"
#include "engine/learning/training_run.hpp"
#include "engine/network/model_file.hpp"

namespace phaseloom {

/// All methods belong to one thread. What cannot be done just now is an Error that says why.
class TrainingJob : private GatedThread {
 public:
  explicit TrainingJob(TrainingOptions options = {}, bool gated = false);
  /// Stops what is running; waits for the iteration or the look that is on its way.
  ~TrainingJob();
  TrainingJob(const TrainingJob&) = delete;
  TrainingJob& operator=(const TrainingJob&) = delete;

  void start(const TrainingSetup& setup);
  void pause();
  void resume();
  void stop();
  /// Trains for so many iterations, then pauses (a gated job: waits to be let further).
  void advance(std::int64_t iterations);
  /// Goes on with the training that was stopped or cut off, from its checkpoint.
  void go_on();
  /// Writes the best so far; a snapshot tells when it is done (`kept`), or what went wrong.
  void keep(const std::filesystem::path& file);

  /// Never null, and never waits for the job.
  std::shared_ptr<const TrainingSnapshot> latest();
  /// What keep() could not do since the last call, one line each.
  std::deque<std::string> take_problems();
  using GatedThread::settle;

 private:
  using Clock = std::chrono::steady_clock;
  /// What is to be trained; from scratch, or from the checkpoint.
  struct Order {
    TrainingSetup setup;
    bool go_on = false;
    std::stop_token stop;
  };

  void order(TrainingSetup setup, bool go_on);
  /// With the lock: whether a running training can still be told to do `what`. Throws Error.
  void need_training(std::string_view what) const;

  // The job's thread.
  void loop() override;
  void train(const Order& order);
  TrainingResult run(const Order& order);
  /// Says in the snapshot whether there is something to go on with.
  void look_for_checkpoint();
  /// The same of a network that was made, but not kept.
  void look_for_last();
  void note_problem(std::string problem);
  void take_note(const TrainingNews& news);
  /// Between two iterations: meets what was wished for, and rests where it is to rest.
  void between();
  /// Writes the first of to_keep_; without the lock meanwhile.
  void keep_next(std::unique_lock<std::mutex>& lock);
  void write_best(const std::filesystem::path& file);
  Model best_model() const;
  /// Pictures of the running average, if it has moved on; of any network.
  void draw();
  void draw(const Program& program, std::int64_t iteration);
  void publish();
  void say(std::string_view doing);

  const TrainingOptions options_;
  const LastNetwork last_;

  // Guarded by the mutex.
  std::optional<Order> wanted_;
  bool look_wanted_ = false;  // for a checkpoint
  std::stop_source stop_;
  bool pause_ = false;
  std::int64_t credit_ = -1;  // iterations until it pauses; -1: no end
  std::deque<std::filesystem::path> to_keep_;
  std::deque<std::string> problems_;
  bool busy_ = false;    // from start() to the end
  bool ending_ = false;  // ... and nothing but a last look comes any more
  std::shared_ptr<const TrainingSnapshot> latest_;

  std::shared_ptr<const TrainingSnapshot> seen_;  // the caller's: what latest() returned last

  // The job's thread's own.
  TrainingSnapshot now_;
  LossCurve losses_;
  std::unique_ptr<ThreadPool> pool_;
  TrainingMaterial material_;
  const Trainer* trainer_ = nullptr;    // while it iterates
  std::optional<TrainingResult> best_;  // by a look; else the running average counts
  std::stop_token stopped_;
  Clock::time_point published_{};
  Clock::time_point drawn_{};
};

}  // namespace phaseloom
