// SPDX-License-Identifier: MIT
#pragma once
// One moment of the experiment, immutable: what the simulation publishes and the window draws.

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "app/document/scene.hpp"
#include "app/document/touch.hpp"
#include "engine/dynamics/simulator.hpp"
#include "engine/network/model_file.hpp"

namespace phaseloom {

/// Something to tell the user.
struct Message {
  enum class Level { info, warning, error };
  Level level = Level::info;
  std::string text;      ///< one line
  std::uint64_t id = 0;  ///< 1, 2, ...: a window forgets what the user has dismissed by this
};

struct Snapshot {
  using Values = std::shared_ptr<const std::vector<float>>;

  std::uint64_t serial = 0;   ///< counts publications; equal serial, equal snapshot
  std::uint64_t applied = 0;  ///< how many posted commands had been applied
  Scene scene;                ///< in force
  std::string scene_file;     ///< opened from or saved to last; empty: none yet

  // The model. Null: nothing can run, `messages` says why; all counts below are 0.
  std::shared_ptr<const Model> model;
  CostNetwork network;  ///< what of it costs something, before pruning
  std::string loading;  ///< name of the model that is being read just now; else empty

  // Where the run is.
  std::uint64_t start = 0;  ///< counts the starts: it goes up whenever a run begins (again)
  int step = 0;             ///< steps done; state and pixels are those after that many
  int total_steps = 0;
  int chunk = 0;  ///< of the next step (the last one when finished)
  int chunks = 0;
  RunSettings settings;  ///< in force: integrator, steps per chunk, seed, sample, width, label
  double time = 0;       ///< in the equations' unit
  double duration = 0;
  double speed = 0;          ///< steps per second that playing asks for
  bool playing = false;      ///< time goes on
  bool holding = false;      ///< the images are finished and stay for a moment
  double hold_fraction = 0;  ///< how much of the hold has passed, 0..1
  bool busy = false;         ///< on the way to a step that was asked for (run, seek)
  bool diverged = false;     ///< NaN or infinity: paused until a restart or a change
  int history_first = 0;     ///< steps [history_first, history_last] are kept and come back at once
  int history_last = 0;
  std::shared_ptr<const Touches> touches;  ///< of this run, those to come included
  bool finished() const { return total_steps > 0 && step == total_steps; }

  // What it looks like.
  int lanes = 0;
  Grid grid;             ///< unit = (layer * height + y) * width + x; others come behind it
  PictureShape picture;  ///< of what the visible units show
  int units = 0;
  int visible = 0;
  bool is_phase = true;  ///< the state is an angle
  const StateInfo& spoken() const { return state_info(is_phase); }
  Values state;   ///< [unit][lane]
  Values pixels;  ///< [lane][visible] in [0, 1]
  /// Those of the step before, while playing: a run has few steps a second, and a window may fade
  /// from the former to the present picture by Session::step_fraction(). Null when there is nothing
  /// to fade from: at the first step, after a jump, while paused.
  Values previous_state;
  Values previous_pixels;
  Values rates;  ///< [unit][lane]; null unless Session::want_rates(true)
  /// The network's values as the hardware in force holds them: quantised, pruned, with the device's
  /// mismatch. The noise that each sample draws for itself is not in them. Never null with a model.
  std::shared_ptr<const Program> realised;
  /// The same step of the same noise on ideal hardware, and with the meanings from above. All null
  /// unless the comparison is on (`compare`) and the ideal run has come this far.
  struct Ideal {
    Values state, pixels, previous_state, previous_pixels, rates;
  } ideal;
  double ideal_rms = 0;  ///< root of the mean square of pixels - ideal.pixels, over the whole wall
  double order_parameter = 0;  ///< mean over lanes of |mean over units of exp(i theta)|; 0 if none

  // How fast it goes; all 0 when not measured (synchronous sessions measure nothing: their pictures
  // must not depend on the clock).
  double steps_per_second = 0;
  double images_per_second = 0;  ///< what steps_per_second means in whole samples
  double step_milliseconds = 0;  ///< computing time of one step
  std::chrono::steady_clock::time_point stepped_at{};  ///< when the state came to be

  std::string undo_label;  ///< "Bits 4"; empty: nothing to undo
  std::string redo_label;
  std::shared_ptr<const std::vector<Message>>
      messages;  ///< never null; the latest 50, oldest first
};

}  // namespace phaseloom
