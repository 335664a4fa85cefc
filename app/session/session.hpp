// SPDX-License-Identifier: MIT
#pragma once
// One laboratory in use: what the window and the scripts talk to.
//
//   window thread                              simulation thread
//   post(command) ---------- queue ----------> applied at a step boundary
//   update() <------- latest Snapshot -------- published after it
//
// Neither side ever waits for the other: post() and update() take a lock for the time of a few
// pointer moves. A training in the background is a third party of the same kind (training_job.hpp).
// A synchronous session is the same without the second thread: commands are applied
// within post(), time passes within pass(); scripts and tests use that one.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/commands/command.hpp"
#include "app/document/scene.hpp"
#include "app/document/ui_state.hpp"
#include "app/jobs/film_job.hpp"
#include "app/jobs/quality_snapshot.hpp"
#include "app/jobs/results_job.hpp"
#include "app/jobs/training_options.hpp"
#include "app/jobs/training_snapshot.hpp"
#include "app/jobs/transport_snapshot.hpp"
#include "app/run/experiment_options.hpp"
#include "app/run/snapshot.hpp"
#include "app/session/trail.hpp"

namespace phaseloom {

struct ModelCard;   // card_job.hpp
struct Remembered;  // remembered.hpp

struct SessionOptions : ExperimentOptions {
  UiState ui;
  TrainingOptions training;
  ResultsOptions results;
  Trail trail;                              ///< of an earlier window
  std::optional<SavedTransport> transport;  ///< likewise
};

/// Not thread-safe itself: all methods belong to the thread that made it.
class Session {
 public:
  explicit Session(SessionOptions options = {});
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  bool threaded() const;

  /// Commands of the experiment go to the simulation, those of the background to its jobs, those of
  /// the view act on ui() at once. A command that only scripts have becomes an error message.
  void post(const Command& command);
  /// The same from text or from parts; what is no command becomes an error message, as a file name
  /// can be that was dropped or typed.
  void post(std::string_view line);
  template <class... Args>
  void post(Verb verb, Args&&... args) {
    try_post([&] { return command(verb, std::forward<Args>(args)...); });
  }
  /// post(set_command(name, value)); a bad value becomes an error message.
  template <class T>
  void set(std::string_view name, const T& value) {
    try_post([&] { return set_command(name, value); });
  }
  /// From begin to end (mouse down to mouse up), changes of the same value are one undo entry.
  void begin_gesture() { post(Verb::gesture, "begin"); }
  void end_gesture() { post(Verb::gesture, "end"); }
  /// Shows a message of the window's own.
  void tell(Message::Level level, std::string text);

  /// Takes the latest snapshot; once at the start of a frame. What the two below return is stable
  /// until the next update() or, in a synchronous session, post() or pass().
  void update();
  const std::shared_ptr<const Snapshot>& snapshot() const { return snapshot_; }
  /// How much of the time until the next step has passed while playing, 0..1; else 1. A window that
  /// shows (1 - f) previous + f present moves evenly, one step behind.
  double step_fraction() const;
  /// The training in the background; as stable as snapshot().
  const std::shared_ptr<const TrainingSnapshot>& training() const { return training_; }
  /// The transport experiment in the background; as stable as snapshot().
  const std::shared_ptr<const TransportSnapshot>& transport() const { return transport_; }
  /// The grid of transport experiments; as stable as snapshot().
  const std::shared_ptr<const ResultsSnapshot>& results() const { return results_; }
  /// How good the images on the wall are, measured in the background once the settings have rested;
  /// in a synchronous session by the command `measure` alone.
  const std::shared_ptr<const QualitySnapshot>& quality() const { return quality_; }
  /// The settings whose quality is known, of this session.
  const Trail& trail() const { return trail_; }
  /// The film that is being written, or was last.
  const std::shared_ptr<const FilmSnapshot>& film() const { return film_; }
  /// What the card of a model shows; null until it is made, in the background.
  std::shared_ptr<const ModelCard> card(const std::string& model);
  /// Model files may have changed: their cards are made anew.
  void refresh_cards();
  /// Grows whenever anything new was published: by the run, a training or another job.
  std::uint64_t activity() const {
    return snapshot_->serial + training_->serial + transport_->serial + results_->serial +
           quality_->serial + film_->serial;
  }
  /// Plots that shall be written, with the files' names: for the window, which has the numbers.
  std::vector<std::pair<std::string, std::string>> take_plots_wanted() {
    return std::exchange(plots_wanted_, {});
  }
  /// Pictures of the Transport stage that shall be written: for the window, which draws them.
  std::vector<std::string> take_pictures_wanted() { return std::exchange(pictures_wanted_, {}); }
  /// The picture of the Transport film that the window is to draw next, counted from 0, if there is
  /// one; of how many, film() tells. give_film_picture() takes it.
  std::optional<int> film_picture_wanted();
  void give_film_picture(Picture picture);
  /// The scene as the user has set it: the snapshot's with the posted changes that the simulation
  /// has not come to yet. What controls show, so that a slider never jumps back.
  const Scene& scene() const { return scene_; }

  /// What the next window may begin with.
  Remembered remembered() const;

  UiState& ui() { return ui_; }
  const UiState& ui() const { return ui_; }
  /// Whether snapshots shall carry rates (they cost about as much as a step); call it each frame.
  void want_rates(bool wanted);

  /// Synchronous sessions: lets `seconds` of play time pass, whatever the real clock says. Like the
  /// simulation thread's, this time stands still while the workspace is another than Generate.
  void pass(double seconds);
  /// Waits until everything posted has been applied and nothing is on its way to a step (then
  /// update()s). False after `seconds`. For tests and for leaving; never for a frame.
  bool settle(double seconds);

  /// The session so far as a script: replayed in a synchronous session it gives the same bits.
  /// At most Recording::kMaxBytes characters; then a last line says that it was cut off.
  std::string record() const;

 private:
  struct Impl;
  template <class Make>
  void try_post(const Make& make) {
    guarded([&] { post(make()); });
  }
  /// Does it; what goes wrong becomes an error message. Nothing may leave through the window's
  /// frame, which would end the program and take along what was not saved.
  void guarded(const std::function<void()>& work);
  void apply_background(const Command& command);
  void apply_transport(const Command& command);
  /// As one entry of undo.
  void make_changes(const std::vector<Command>& changes);
  void update_training();
  void update_transport();
  void update_results();
  void update_film();
  void update_quality(bool measure);

  UiState ui_;
  Scene scene_;
  std::shared_ptr<const Snapshot> snapshot_;
  std::shared_ptr<const TrainingSnapshot> training_;
  std::shared_ptr<const TransportSnapshot> transport_;
  std::shared_ptr<const ResultsSnapshot> results_;
  std::shared_ptr<const QualitySnapshot> quality_;
  Trail trail_;
  std::shared_ptr<const FilmSnapshot> film_;
  std::vector<std::pair<std::string, std::string>> plots_wanted_;
  std::vector<std::string> pictures_wanted_;
  std::deque<std::pair<std::uint64_t, Command>> pending_;  // posted, not seen in a snapshot yet
  std::uint64_t posted_ = 0;
  bool rates_wanted_ = false;
  std::unique_ptr<Impl> impl_;
};

}  // namespace phaseloom
