// SPDX-License-Identifier: MIT
#pragma once
// One laboratory in use: what the window and the scripts talk to.
//
//   window thread                              simulation thread
//   post(command) ---------- queue ----------> applied at a step boundary
//   update() <------- latest Snapshot -------- published after it
//
// Neither side ever waits for the other: post() and update() take a lock for the time of a few
// pointer moves. What goes on in the background is a third party of the same kind (part.hpp).
// A synchronous session is the same without the second thread: commands are applied
// within post(), time passes within pass(); scripts and tests use that one.

#include <cassert>
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/commands/command.hpp"
#include "app/commands/experiment_verbs.hpp"
#include "app/document/scene.hpp"
#include "app/document/ui_state.hpp"
#include "app/jobs/circuit_job_options.hpp"
#include "app/jobs/film_snapshot.hpp"
#include "app/jobs/quality_snapshot.hpp"
#include "app/jobs/results_options.hpp"
#include "app/jobs/results_snapshot.hpp"
#include "app/jobs/training_job_options.hpp"
#include "app/jobs/training_snapshot.hpp"
#include "app/jobs/transport_snapshot.hpp"
#include "app/run/experiment_options.hpp"
#include "app/run/snapshot.hpp"
#include "app/session/trail.hpp"
#include "engine/data/picture.hpp"

namespace phaseloom {

class Part;         // part.hpp
struct ModelCard;   // card_job.hpp
struct Remembered;  // remembered.hpp

struct SessionOptions : ExperimentOptions {
  UiState ui;
  TrainingJobOptions training;
  ResultsOptions results;
  CircuitJobOptions circuit;
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

  /// Commands of the experiment go to the simulation, those of the background to the part that has
  /// them, those of the view act on ui() at once. A command that only scripts have becomes an error
  /// message.
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
  void begin_gesture() { post(verbs::gesture, "begin"); }
  void end_gesture() { post(verbs::gesture, "end"); }
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
  const std::shared_ptr<const TrainingSnapshot>& training() const;
  /// The transport experiment in the background; as stable as snapshot().
  const std::shared_ptr<const TransportSnapshot>& transport() const;
  /// The grid of transport experiments; as stable as snapshot().
  const std::shared_ptr<const ResultsSnapshot>& results() const;
  /// How good the images on the wall are, measured in the background once the settings have rested;
  /// in a synchronous session by the command `measure` alone.
  const std::shared_ptr<const QualitySnapshot>& quality() const;
  /// The settings whose quality is known, of this session.
  const Trail& trail() const;
  /// The film that is being written, or was last.
  const std::shared_ptr<const FilmSnapshot>& film() const;
  /// What the card of a model shows; null until it is made, in the background.
  std::shared_ptr<const ModelCard> card(const std::string& model);
  /// Model files may have changed: their cards are made anew.
  void refresh_cards();
  /// A part of its own kind; asserts that there is one.
  template <class Kind>
  Kind& part() const {
    for (const auto& part : parts_)
      if (auto* found = dynamic_cast<Kind*>(part.get())) return *found;
    assert(false);
    std::abort();
  }
  /// Grows whenever anything new was published: by the run or by a part.
  std::uint64_t activity() const;
  /// A part trains just now, on the cores that the window draws with.
  bool trains() const;
  /// What would be lost if the program ended now, in whole sentences; empty: nothing.
  std::string lost_by_quitting() const;
  /// Plots that shall be written, with the files' names: for the window, which has the numbers.
  std::vector<std::pair<std::string, std::string>> take_plots_wanted();
  /// The file of a picture of that stage that shall be written, if there is one: for the window,
  /// which draws it.
  std::optional<std::string> take_picture_wanted(Workspace stage);
  /// The picture of a stage's film that the window is to draw next, if there is one.
  /// give_film_picture() takes it.
  std::optional<FilmPicture> film_picture_wanted();
  void give_film_picture(Picture picture);
  /// The scene as the user has set it: the snapshot's with the posted changes that the simulation
  /// has not come to yet. What controls show, so that a slider never jumps back.
  const Scene& scene() const { return scene_; }

  /// These commands, as one entry of undo.
  void make_changes(const std::vector<Command>& changes);

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
  void set_as_trained();
  void take_snapshot();

  UiState ui_;
  Scene scene_;
  std::shared_ptr<const Snapshot> snapshot_;
  std::deque<std::pair<std::uint64_t, Command>> pending_;  // posted, not seen in a snapshot yet
  std::uint64_t posted_ = 0;
  bool rates_wanted_ = false;
  std::unique_ptr<Impl> impl_;
  std::vector<std::unique_ptr<Part>> parts_;
};

}  // namespace phaseloom
