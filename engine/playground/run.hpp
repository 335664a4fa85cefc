// SPDX-License-Identifier: MIT
#pragma once
// A small network that runs without end, one step after the other, with what happened last kept: to
// be plotted, and to be gone back to.

#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/dynamics/simulator.hpp"
#include "engine/playground/excerpt.hpp"
#include "engine/playground/setup.hpp"
#include "engine/support/parallel.hpp"

namespace phaseloom {

/// One moment of a run.
struct PlaygroundMoment {
  int step = 0;
  double time = 0;           ///< since the start, in time units
  std::vector<float> state;  ///< of each unit, rad or voltage
  double order = 0;          ///< r = |<e^{iθ}>| of phases, |<sign x>| of voltages
  double energy = 0;         ///< per unit, frequencies left out (lyapunov.hpp); of an excerpt NaN
  bool continues = true;     ///< nothing but time has changed since the moment before it
};

/// Never changes once it is among those of a run.
using SharedMoment = std::shared_ptr<const PlaygroundMoment>;

class PlaygroundRun {
 public:
  /// Moments that are kept, the present one included (*).
  static constexpr int kKept = 600;

  /// With an excerpt it is that which runs, from the beginning of its run to the end, again and
  /// again. Throws Error: what cannot be run.
  explicit PlaygroundRun(const PlaygroundSetup& setup,
                         std::shared_ptr<const Excerpt> excerpt = nullptr);

  /// Goes on with another setup from where it is. Units that were there keep their states, new ones
  /// begin as at a start. False if it is the same to the units: places and how it is watched are
  /// not. Throws Error, and goes on with the former one.
  bool assign(const PlaygroundSetup& setup, std::shared_ptr<const Excerpt> excerpt = nullptr);
  /// From the start of the setup.
  void restart();
  /// So many steps. Stops early, and says so, if a state is not finite any more.
  bool advance(int steps);
  /// To the moment before, so many times, as far as they are kept; false if there is none.
  bool back(int steps = 1);
  /// Puts a unit into a state, rad or voltage. Throws Error if there is none.
  void turn(int unit, double value);
  /// Puts that share of all units, chosen by chance, into states of chance.
  void disturb(double share);

  const PlaygroundSetup& setup() const { return setup_; }
  const std::shared_ptr<const Excerpt>& excerpt() const { return excerpt_; }
  double step_length() const;  ///< in time units
  /// Of the units of an excerpt, now, in the run of the whole network; empty without one.
  std::vector<float> recorded() const;
  const PlaygroundNetwork& network() const { return *network_; }
  std::shared_ptr<const PlaygroundNetwork> shared_network() const { return network_; }
  bool is_phase() const;
  const PlaygroundMoment& now() const { return *moments_.back(); }
  /// In the order of time; all of one network.
  const std::deque<SharedMoment>& moments() const { return moments_; }

 private:
  void make_simulator();
  void make_excerpt();
  std::vector<float> lead_border();
  bool alike(const PlaygroundSetup& setup, const PlaygroundNetwork& network) const;
  std::vector<float> start() const;
  SharedMoment moment(int step, double time, std::vector<float> state, bool continues) const;
  void put(std::vector<float> state);

  PlaygroundSetup setup_;
  std::shared_ptr<const Excerpt> excerpt_;
  std::shared_ptr<const PlaygroundNetwork> network_;
  std::unique_ptr<ThreadPool> pool_;
  std::unique_ptr<Simulator> whole_;  ///< of an excerpt: where its border is led along
  std::unique_ptr<Simulator> simulator_;
  Program potential_;  ///< whose energy is told
  std::deque<SharedMoment> moments_;
  std::uint32_t disturbances_ = 0;  ///< so far: each has random numbers of its own
};

/// r = |<e^{iθ}>| of phases; of voltages the share by which one sign outweighs the other.
double order_of(std::span<const float> state, bool is_phase);

}  // namespace phaseloom
