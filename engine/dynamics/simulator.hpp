// SPDX-License-Identifier: MIT
#pragma once
// Steps a batch of samples through a program; the live view, `sample` and the benchmarks use this
// one.

#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "engine/dynamics/device.hpp"
#include "engine/dynamics/run_settings.hpp"
#include "engine/hardware/hardware.hpp"
#include "engine/network/program.hpp"
#include "engine/support/parallel.hpp"

namespace phaseloom {

/// All lanes advance together, on some device; state arrays outside are [unit][lane] with lanes()
/// lanes per unit. Here a run is checked, counted and read out; what steps it is the device's.
class Simulator {
 public:
  /// @param lanes samples at once, >= 1.
  Simulator(const Program& program, const Hardware& hardware, const RunSettings& settings,
            int lanes, Device& device);
  /// On this machine's cores.
  Simulator(const Program& program, const Hardware& hardware, const RunSettings& settings,
            int lanes, ThreadPool& pool);
  ~Simulator();
  Simulator(Simulator&&) noexcept;

  /// New initial noise of the current seed; step() becomes 0.
  void restart();
  /// Takes effect at once, state and time are kept; chunk and topology sizes must be unchanged.
  void set_hardware(const Hardware& hardware);
  /// Steps per chunk may only change together with a restart(), which this does when they differ. A
  /// new seed, first sample, width or label counts from the next restart(): a run keeps its noise.
  /// A new integrator or temperature counts from the next step.
  void set_settings(const RunSettings& settings);

  /// Puts units into these states at this step; what is held stays as it is held.
  void set_state(std::span<const UnitState> states);
  /// From this step on these units, and no others, are held at these states: between steps, and at
  /// every stage within them, so that all others feel them as they are held. restart() lets all go.
  void hold(std::span<const UnitState> states);

  /// From now on, restarts included, this is added to the rate of each unit in each lane:
  /// [unit][lane], in states per time unit; empty: none. Label oscillators heed none.
  void set_force(std::span<const float> force);

  /// Advances by up to `steps` integrator steps, stops at the end of the last chunk. Once warm it
  /// allocates nothing, not even for new weight noise at a chunk border.
  void advance(int steps);

  int lanes() const;
  int step() const;         ///< steps done since the restart
  int total_steps() const;  ///< chunks x steps per chunk
  bool finished() const { return step() == total_steps(); }
  int chunk() const;                ///< chunk of the next step (the last one when finished)
  double time() const;              ///< in the equations' time unit
  const Program& ideal() const;     ///< as given
  const Program& realised() const;  ///< as the hardware holds it
  const Hardware& hardware() const;
  const RunSettings& settings() const;

  /// Copies the state out, [unit][lane]; size units x lanes.
  void read_state(std::span<float> out) const;
  /// Copies the state's time derivative under the current chunk's parameters and the force (without
  /// noise), [unit][lane].
  void read_rate(std::span<float> out) const;
  /// Pixel intensities of the visible units, sample-major: [lane][visible].
  void read_pixels(std::span<float> out) const;
  /// Goes (back) to a state that read_state() returned at step `step` of this run. What is held is
  /// for hold() to say.
  void restore(std::span<const float> state, int step);
  /// A NaN or an infinity is somewhere in the state: the run diverged.
  bool diverged() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// n pictures [sample][visible] in [0, 1] from n samples of the settings' seed, beginning with
/// first_sample. `progress` is called with the number done, now and then; returning false cancels
/// (what is done so far is returned). Throws Error if one of these samples diverges.
std::vector<float> generate(const Program& program, const Hardware& hardware,
                            const RunSettings& settings, int n, Device& device,
                            const std::function<bool(int)>& progress = {});
/// On this machine's cores.
std::vector<float> generate(const Program& program, const Hardware& hardware,
                            const RunSettings& settings, int n, ThreadPool& pool,
                            const std::function<bool(int)>& progress = {});

}  // namespace phaseloom
