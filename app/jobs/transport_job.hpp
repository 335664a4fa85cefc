// SPDX-License-Identifier: MIT
#pragma once
// The transport experiment in the background: trains a model, or a row of them one after the other,
// and shows how it carries the points meanwhile. A step of the job (job_thread.hpp) is an
// iteration.

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

#include "app/jobs/job.hpp"
#include "app/jobs/transport_snapshot.hpp"
#include "engine/transport/trainer.hpp"

namespace phaseloom {

/// All public methods belong to one thread. What cannot be done just now is an Error that says why.
class TransportJob : public Job<TransportSnapshot> {
 public:
  explicit TransportJob(bool gated = false);
  /// Waits for the slice that is on its way.
  ~TransportJob() { finish(); }

  /// While the training before is only being measured, the next waits for that; a note says so.
  /// Throws Error if the experiment is not possible.
  void start(const TransportExperiment& experiment);
  /// Trains, of the experiment's pair and size, the row that the paper shows (Fig. 3): the mlp with
  /// OT-CFM, and the experiment's physics with OT-CFM and with SWD.
  void start_row(const TransportExperiment& experiment);
  using JobThread::advance;  ///< by so many iterations
  using JobThread::pause;
  using JobThread::resume;
  using JobThread::stop;
  /// Shows what was trained in another life of the program.
  void restore(const SavedTransport& saved);
  /// The experiment that is set: while nothing runs, its source and its target are shown, with what
  /// was trained on them last. Nothing happens if they are shown already. A training that comes to
  /// its end while another experiment is set stays, until the next one is.
  void show(const TransportExperiment& experiment);

  /// Writes the points on their way (export_paths); a note tells when it is done, or what went
  /// wrong.
  void export_to(const std::filesystem::path& file);

 private:
  using Clock = std::chrono::steady_clock;
  struct Order {
    TransportExperiment experiment;
    std::vector<TransportSetup> setups;  ///< empty: only shows the points
    bool row = false;
    std::optional<SavedTransport> saved{};  ///< was trained already
  };

  void order(Order order);

  // The job's thread.
  void about_to_rest(bool paused) override;
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
  std::shared_ptr<const TransportPicture> picture_of(const TransportModel& model) const;
  /// The trained model at work, if it has moved on.
  void draw();
  /// The same models on another number of points.
  void show_more_points(int points);
  void publish();

  // The caller's.
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
