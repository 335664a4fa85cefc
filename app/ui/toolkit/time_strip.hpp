// SPDX-License-Identifier: MIT
#pragma once
// A time from 0 to 1 that a stage shows: the clock that plays it, again and again, and the strip on
// which it is dragged and stepped.

#include <string>
#include <string_view>
#include <vector>

#include "app/commands/command.hpp"
#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

/// Which time is shown, and what sets it.
struct Playhead {
  Verb verb;  ///< sets it to a number from 0 to 1, and stops the clock
  double time;
  bool playing;
  double step;  ///< of an arrow key, as a share of the whole
};
/// Stops it so many steps further on; back, if there are fewer than none.
void step_time(UiContext& ctx, const Playhead& head, int steps);

/// How long a clock takes from 0 to 1, and how long it stays there before it begins again; seconds.
struct ClockPace {
  double way, hold;
};
/// Lets a frame's time pass on a clock that plays. `held`: how long it has been at its end, in
/// seconds, kept by the caller. `there`: no time beyond it is shown, for it has not come about yet;
/// what is shown already stays.
void play_on(UiContext& ctx, double& time, double& held, const ClockPace& pace, double there = 1);

struct TimeStrip {
  const char* name;  ///< of the control
  std::string_view help;
  Playhead head;
  std::vector<std::string> parts;  ///< words at the beginning of each; one or more, of one length
  std::string_view end = {};       ///< words at the end of the last
  double there = 1;                ///< how much of it there is to show so far
  double progress = 0;             ///< of a training, below it, from 0 to 1
  bool paused = false;             ///< that training is
};
/// A ruler with a play head in the room that is left in the window; nothing where that is too low.
void draw_time_strip(UiContext& ctx, const TimeStrip& strip);

}  // namespace phaseloom
