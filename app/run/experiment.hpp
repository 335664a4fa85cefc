// SPDX-License-Identifier: MIT
#pragma once
// The experiment itself: a scene, the model that it names, the run, what can be undone. One thread,
// no clock: the same commands and ticks give the same bits, whoever calls.
//
// Time comes in ticks. While playing, one tick is one integrator step, and at the end of a run one
// such step's worth of hold. How many ticks a second has is the caller's business (speed()).
//
// While *paused*, what is shown is a function of scene, touches and step alone: a change of the
// scene runs the same noise again to the same place, so its effect is seen at once. While
// *playing*, a change of the hardware acts on the running network from the next step on.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/commands/recording.hpp"
#include "app/document/undo.hpp"
#include "app/run/experiment_options.hpp"
#include "app/run/ideal_twin.hpp"
#include "app/run/snapshot.hpp"
#include "app/run/state_history.hpp"
#include "engine/support/parallel.hpp"

namespace phaseloom {

class Experiment {
 public:
  /// Does nothing long; start() does.
  /// `compared`: an ideal twin runs along from the start.
  Experiment(const ExperimentOptions& options, bool compared);

  /// Called just before something long begins, so that a snapshot can say so.
  void on_long_work(std::function<void()> call) { on_long_work_ = std::move(call); }
  /// Reads the scene's model.
  void start();

  /// Never throws for what a user can do wrong: that becomes a message. What takes many steps (run,
  /// seek) only begins here; ticks do it while busy().
  void apply(const Command& command);
  void tell(Message::Level level, std::string text);

  void tick();
  /// Ticks are to come as fast as they can: on the way to a step.
  bool busy() const { return pursuing_ || owed_ > 0 || twin_behind(); }
  /// Busy with showing the same place of the run again after a change.
  bool rerunning() const { return pursuing_ && rerun_; }
  /// Ticks are to come at speed().
  bool playing() const { return simulator_ && scene_.playing; }
  /// Ticks per second while playing.
  double speed() const;
  /// Integrator steps computed so far, in all runs.
  std::int64_t steps_computed() const { return steps_computed_; }
  bool in_gesture() const { return undo_.in_gesture(); }

  /// All but the measured speeds, `serial` and `applied`.
  Snapshot snapshot(bool with_rates);
  std::string record() const { return recording_.text(); }
  const StateHistory& history() const { return history_; }

 private:
  void perform(const Command& command);
  void apply_set(const Command& command);
  /// A change of the playground's network; false if it is none.
  bool apply_edit(const Command& command);
  void apply_undo(bool redo);
  void apply_touch(const Command& command);
  void open(const Command& command);
  void set_playing(bool playing);
  void go_to(std::int64_t step);
  void go_by(std::int64_t steps);
  void tell_written(const Command& command);
  /// Stops short of the step that was asked for.
  void interrupt();

  void change_to(const Scene& next, bool fresh_model, bool from_start);
  void adopt(const Scene& next, bool fresh_model, bool from_start);
  std::shared_ptr<const Model> load(const std::string& name);
  RunSettings settings_for(const Model& model, const Scene& scene) const;
  void restart_run();  // the same once more, with what was touched
  void begin_run();    // another one, untouched
  /// The run is touched otherwise; what has been seen of it is gone through anew.
  void retouch(std::shared_ptr<const Touches> touches);
  void restore(int step);
  void next_round();
  void pursue(int goal, bool rerun);
  void arrive();
  void compare(bool wanted);
  std::unique_ptr<IdealTwin> make_twin(const Model& model, const RunSettings& settings, int lanes);
  bool twin_behind() const { return twin_ && twin_->step() != simulator_->step(); }
  void forward();
  void play_tick();
  void moved();  // the state is another one
  std::int64_t hold_ticks() const;
  int total_steps() const { return simulator_ ? simulator_->total_steps() : 0; }
  Simulator& running();  // throws Error when there is none

  ThreadPool pool_;
  ModelLoader loader_;
  std::function<void()> on_long_work_;

  Scene scene_;
  std::string scene_file_;  // Snapshot::scene_file
  std::shared_ptr<const Model> model_;
  CostNetwork network_;                   // of *model_
  std::unique_ptr<Simulator> simulator_;  // of *model_; both or none
  std::unique_ptr<IdealTwin> twin_;       // beside simulator_, while the comparison is on
  bool compare_ = false;                  // is wanted
  std::size_t twin_bytes_;
  std::string loading_;
  UndoHistory undo_;
  std::shared_ptr<const Touches> touches_;  // of this run
  std::uint64_t run_ = 0;                   // counts the runs that began untouched
  std::uint32_t touched_ = 0;               // touches of this run so far
  StateHistory history_;                    // always holds the present step
  Recording recording_;
  std::shared_ptr<const std::vector<Message>> messages_;
  std::uint64_t last_message_ = 0;

  int goal_ = 0;           // while paused: the step that the user wants to see
  bool pursuing_ = false;  // on the way there
  bool rerun_ = false;     // ... after a change, without having asked for it
  bool announce_ = false;  // ... and the recording shall say so on arrival
  std::int64_t owed_ = 0;  // ticks of an `advance` still to come
  std::int64_t steps_computed_ = 0;
  std::uint64_t starts_ = 0;
  std::int64_t held_ = 0;  // ticks of the hold so far
  bool diverged_ = false;
  bool divergence_stopped_play_ = false;

  // Read-outs of the present state, made when a snapshot asks for them.
  Snapshot::Values pixels_;
  Snapshot::Values previous_pixels_;  // of the step before, if it was played and read out
  Snapshot::Values rates_;
  double order_parameter_ = -1;
  std::shared_ptr<const Program> realised_;  // null: to be copied
};

}  // namespace phaseloom
