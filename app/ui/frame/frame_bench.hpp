// SPDX-License-Identifier: MIT
#pragma once
// What a frame costs the window thread. For `phaseloom bench ui` and a test.

#include <filesystem>
#include <string>
#include <vector>

namespace phaseloom {

/// Milliseconds of processor time of our own part of a frame: taking the snapshot, building all
/// panels, preparing and handing over the wall's texture and every draw call. Not in it: drawing
/// the pixels, which a graphics card does, and waiting for the display.
struct FrameBench {
  double ui_ms_median = 0;
  double ui_ms_worst = 0;
  double build_ms_median = 0;   ///< of that: panels into draw lists
  double submit_ms_median = 0;  ///< of that: draw lists into OpenGL calls
  double frame_ms_median = 0;   ///< all of it with the pixels, on this machine's rasteriser
  int frames = 0;
  /// Of the process, in megabytes (10^6 bytes): after the first frames, after a tenth of all, and
  /// at the end.
  double resident_start = 0, resident_tenth = 0, resident_end = 0;
};

/// What is on the screen while it is measured, at 1600x1000.
enum class BenchScreen {
  /// 64 samples of a network of 28 x 28 x 2 phases, a new step each frame, all parts of the
  /// inspector open.
  generate,
  /// The same with 4-bit hardware beside its ideal twin, both enlarged, two states against each
  /// other, the kernel as it is held, and every section open.
  all_panels,
  /// 5,000 points of the Transport workspace on their way, with all that it can show.
  transport,
  /// 64 samples of a thermodynamic computer on their way, with all plots.
  thermo,
  /// 70 phases of Learn, all coupled with all, a new step each frame.
  learn,
  /// The costs of a design, each constant one's own.
  hardware,
};

/// Runs a busy laboratory off-screen. Throws Error when nothing can be drawn.
FrameBench measure_frames(int frames, BenchScreen scene = BenchScreen::generate);

/// How long the window thread is busy with a command: posting it and the frames after it, the
/// pixels left out.
struct CommandCost {
  std::string line;
  double worst_ms = 0;      ///< by the clock: waiting for another thread, a disk or a core counts
  double worst_own_ms = 0;  ///< processor time of the thread alone
};

/// Every command that a person has, in a laboratory like the one above with a simulation thread;
/// those that take longest first. Files go to `folder`. Throws Error when nothing can be drawn.
std::vector<CommandCost> measure_commands(const std::filesystem::path& folder);

/// The window and a training on all cores, side by side.
struct UiTrainingCost {
  double ui_ms_median = 0;  ///< processor time, as above
  double ui_ms_worst = 0;
  double frames_per_second = 0;            ///< drawn, pixels included, of at most 60
  double frames_per_second_alone = 0;      ///< without the training
  double frame_ms_worst = 0;               ///< longest time from one frame to the next
  double iterations_per_second = 0;        ///< of the training meanwhile
  double iterations_per_second_alone = 0;  ///< while nothing is drawn
};

/// Three stretches of so many seconds: drawing, training, both. The wall of Generate plays, at
/// 1600x1000; the network that is trained is the default one, its pictures are noise (what they
/// show costs nothing). Throws Error when nothing can be drawn.
UiTrainingCost measure_ui_training_cost(double seconds);

}  // namespace phaseloom
