// SPDX-License-Identifier: MIT
#pragma once
// What computes a run. The seam is at the height of whole runs: what crosses it are programs,
// ranges of steps and states, so a device may keep its own layout, its own memory and its own order
// of things. What it may not choose are the random numbers: they are those of noise.hpp and
// weight_noise.hpp on every device.

#include <memory>
#include <span>
#include <string_view>

#include "engine/dynamics/run_settings.hpp"
#include "engine/support/parallel.hpp"

namespace phaseloom {

/// How to step: all that may change within a run besides the program.
struct StepPlan {
  Integrator integrator = Integrator::midpoint;
  int steps_per_chunk = 4;
  double weight_noise = 0;  ///< relative standard deviation, drawn anew per sample and chunk
  double wiener = 0;  ///< amplitude on the state of every unit of the grid, per sqrt(time unit)
};

/// One batch of lanes on one device. State arrays are [unit][lane], with as many lanes as the batch
/// has. Who calls has checked everything: units and lanes exist, steps lie within the run.
class Stepper {
 public:
  virtual ~Stepper() = default;

  /// New couplings and unit parameters, of the shape that the stepper was made for. State, time and
  /// noise are kept.
  virtual void assign(const Program& realised) = 0;
  /// The initial state of lane l is that of sample run.first_sample + l (fill_initial()); run.seed
  /// is that of all noise from here on. Nothing is held.
  virtual void restart(const RunSettings& run) = 0;
  /// Takes the steps [from, to), counted from the restart. Once it has run with a plan of the same
  /// kinds of noise it allocates nothing.
  virtual void advance(int from, int to, const StepPlan& plan) = 0;

  /// Puts units into these states; what is held stays as it is held.
  virtual void set_state(std::span<const UnitState> states) = 0;
  /// These units, and no others, are held at these states, at every stage.
  virtual void hold(std::span<const UnitState> states) = 0;
  /// Added to the rates from now on, [unit][lane] like a state; none if empty.
  virtual void set_force(std::span<const float> force) = 0;
  /// All units of all lanes, those that are held included.
  virtual void restore(std::span<const float> state) = 0;

  /// The states of as many units as `out` has room for, from first_unit on.
  virtual void read_state(int first_unit, std::span<float> out) const = 0;
  /// d(state)/dt of all units under a chunk's parameters and the force, without noise; 0 for what
  /// is held.
  virtual void read_rate(int chunk, std::span<float> out) const = 0;
  /// Whether no state is infinite or not a number.
  virtual bool finite() const = 0;
};

class Device {
 public:
  virtual ~Device() = default;
  virtual std::string_view name() const = 0;
  /// Lanes at once that keep the device busy.
  virtual int preferred_lanes() const = 0;
  /// A stepper for programs of this shape, `lanes` >= 1; its values are assign()'s to bring. The
  /// stepper may outlive the device, not what the device was made of.
  virtual std::unique_ptr<Stepper> stepper(const Program& shape, int lanes) = 0;
};

/// This machine's cores with the kernels of the active instruction set. Results are the same bits
/// for any thread count of the pool.
class CpuDevice final : public Device {
 public:
  explicit CpuDevice(ThreadPool& pool) : pool_(pool) {}
  std::string_view name() const override { return "cpu"; }
  int preferred_lanes() const override;
  std::unique_ptr<Stepper> stepper(const Program& shape, int lanes) override;

 private:
  ThreadPool& pool_;
};

}  // namespace phaseloom
