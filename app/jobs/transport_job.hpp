// SPDX-License-Identifier: MIT
#pragma once
// The transport experiment in the background: trains a model, or a row of them one after the other,
// and shows how it carries the points meanwhile. Like training_job.hpp: a thread of its own at low
// priority; a *gated* job trains only as far as advance() lets it, and its calls return when it has
// come to rest there.

#include <chrono>
#include <deque>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "app/jobs/gated_thread.hpp"
#include "app/jobs/transport_snapshot.hpp"
#include "engine/transport/trainer.hpp"

namespace phaseloom {

/// All methods belong to one thread. What cannot be done just now is an Error that says why.
class TransportJob : private GatedThread {
 public:
  explicit TransportJob(bool gated = false);
  /// Waits for the slice that is on its way.
  ~TransportJob();
  TransportJob(const TransportJob&) = delete;
  TransportJob& operator=(const TransportJob&) = delete;

  /// While the training before is only being measured, the next waits for that; a note says so.
  /// Throws Error if the experiment is not possible.
  void start(const TransportExperiment& experiment);
  /// Trains, of the experiment's pair and size, the row that the paper shows (Fig. 3): the mlp with
  /// OT-CFM, and the experiment's physics with OT-CFM and with SWD.
  void start_row(const TransportExperiment& experiment);
  void pause();
  void resume();
  void stop();
  /// Trains for so many iterations, then pauses (a gated job: waits to be let further).
  void advance(std::int64_t iterations);
  /// Shows what was trained in another life of the program.
  void restore(const SavedTransport& saved);
  /// The experiment that is set: while nothing runs, its source and its target are shown, with what
  /// was trained on them last. Nothing happens if they are shown already. A training that comes to
  /// its end while another experiment is set stays, until the next one is.
  void show(const TransportExperiment& experiment);

  /// Writes the points on their way (export_paths); a note tells when it is done, or what went
  /// wrong.
  void export_to(const std::filesystem::path& file);

  /// Never null, and never waits for the job.
  std::shared_ptr<const TransportSnapshot> latest();
  /// What came of exports since the last call.
  std::deque<JobNote> take_notes();
  using GatedThread::settle;

 private:
  using Clock = std::chrono::steady_clock;
  struct Order {
    TransportExperiment experiment;
    std::vector<TransportSetup> setups;  ///< empty: only shows the points
    bool row = false;
    std::optional<SavedTransport> saved{};  ///< was trained already
  };
  enum class Wish { go_on, pause, stop };

  void order(Order order);
  void wish(Wish wish, std::int64_t credit);

  // The job's thread.
  void loop() override;
  void perform(const Order& order);
  /// Puts what is shown, if it is a model, among those that come back.
  void keep();
  /// The one of the same pair and seed; null if there is none.
  const TransportSnapshot* kept(const TransportExperiment& experiment) const;
  void show_saved(const SavedTransport& saved);
  void show_points(const TransportPair& pair, const TransportExperiment& experiment);
  void train(const TransportPair& pair, const TransportSetup& setup, bool last);
  /// The exact distance that a trained model comes to. If it is the `last` one, the next training
  /// may be ordered meanwhile.
  void measure(const TransportPair& pair, const TransportSetup& setup, bool last);
  /// Iterations that may be done before looking for wishes again; rests while there are none. 0:
  /// stop.
  int leave(int wanted);
  std::shared_ptr<const TransportPicture> picture_of(const TransportModel& model) const;
  /// The trained model at work, if it has moved on.
  void draw();
  /// The same models on another number of points.
  void show_more_points(int points);
  void publish();
  /// Writes the first of to_export_; without the lock meanwhile.
  void export_next(std::unique_lock<std::mutex>& lock);

  // Guarded by the mutex.
  std::optional<Order> wanted_;
  Wish wish_ = Wish::go_on;
  std::int64_t credit_ = -1;  // iterations until it pauses; -1: no end
  std::deque<std::filesystem::path> to_export_;
  std::deque<JobNote> notes_;
  bool busy_ = false;
  bool trains_ = false;  // what is wanted or done is a training
  bool at_end_ = false;  // all is trained, and only being measured
  std::shared_ptr<const TransportSnapshot> latest_;

  // The caller's.
  std::shared_ptr<const TransportSnapshot> seen_;  // what latest() returned last
  std::optional<TransportExperiment> shown_;
  std::optional<TransportExperiment> passed_;  // set while a training ran, whose result stays

  // The job's thread's own.
  TransportSnapshot now_;
  /// What was trained, the latest of each pair and seed, the oldest first: it comes back with them.
  std::vector<TransportSnapshot> kept_;
  LossCurve losses_;
  std::unique_ptr<TransportTrainer> trainer_;
  int drawn_iteration_ = -1;  // of now_.picture
  Clock::time_point drawn_{}, published_{};
};

}  // namespace phaseloom
