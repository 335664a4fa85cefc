// SPDX-License-Identifier: MIT
#pragma once
// The run on the wall as ideal hardware would have gone through it: the same network, noise,
// integrator and steps. Something to compare the hardware with.
//
// Its state at a step is a function of the run settings, the touches and the step alone: ideal from
// the start, whatever the hardware was and when. (Only an integrator that is changed within a run
// changes from there on, as it does in the run itself.)

#include <cstddef>
#include <memory>

#include "app/document/touch.hpp"
#include "app/run/snapshot.hpp"
#include "app/run/state_history.hpp"
#include "engine/support/parallel.hpp"

namespace phaseloom {

class IdealTwin {
 public:
  /// @param program must outlive the twin. @param history_bytes of states kept for going back.
  IdealTwin(const Program& program, const RunSettings& settings, int lanes, ThreadPool& pool,
            std::size_t history_bytes);

  /// The run begins (again) with these settings. What is known of the same run is kept.
  void begin(const RunSettings& settings);
  /// The run goes on from `step` with these settings.
  void change(const RunSettings& settings, int step);

  /// The run is touched as these say, from `step` on otherwise than before.
  void touch(std::shared_ptr<const Touches> touches, int step);

  /// Goes towards a step of the run: there at once if it is kept, else one step nearer.
  void approach(int step);
  int step() const { return step_; }

  /// What it looks like now; `fading`: with the step before, if it is kept.
  Snapshot::Ideal look(bool with_rates, bool fading);

 private:
  void start();
  void forget_after(int step);
  Snapshot::Values pixels_of(int step);
  /// Puts the simulator where it can say something about a step that is kept.
  void go(int step);

  Simulator simulator_;
  StateHistory history_;
  std::shared_ptr<const Touches> touches_ = std::make_shared<const Touches>();
  bool branched_ = false;  // the settings changed within this run
  int step_ = 0;           // the one that is looked at; kept
  // Read-outs of step_, made when somebody looks.
  Snapshot::Values pixels_, previous_pixels_, rates_;
};

/// Root of the mean square of a - b; the sizes are equal. NaN if a value is none.
double rms_difference(const std::vector<float>& a, const std::vector<float>& b);

}  // namespace phaseloom
