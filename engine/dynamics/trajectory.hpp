// SPDX-License-Identifier: MIT
#pragma once
// One block of lanes through a whole program, remembered well enough to differentiate it: the
// discretise-then-optimise adjoint of every integrator of integrator.hpp, exact up to rounding.

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "engine/dynamics/packed_program.hpp"
#include "engine/network/integrator.hpp"

namespace phaseloom {

/// How one chunk is stepped: `steps` steps of `dt` time units.
struct Leg {
  int steps;
  double dt;
};

/// The program's own schedule: its durations in `steps` equal steps each.
std::vector<Leg> even_legs(const Program& program, int steps);
/// The fewest equal steps through `duration` of which none is longer than `longest` (> 0).
int steps_no_longer_than(double longest, double duration);

/// Fills in what is added to the rates of a block throughout one step, [unit][lane]: noise,
/// sigma dW / dt, or a force. It does not depend on the parameters, so it has no part in the
/// adjoint but for the path that this runs back along. `step` counts from the start of the run,
/// `dt` is its length. The same step must get the same rates whenever it asks. Labels heed none.
template <class Real>
using Forcing = std::function<void(int step, double dt, Real* rates)>;

template <class Real>
class Trajectory {
 public:
  /// @param memory_budget bytes for the stored stages. If all stages of a run do not fit, only
  /// the states are kept at which its segments begin, and backward() recomputes one segment at a
  /// time: the same bits.
  explicit Trajectory(const PackedProgram<Real>& program,
                      std::size_t memory_budget = std::size_t{2} << 30);

  /// Steps from `initial` ([unit][lane], aligned) through legs.size() == chunks chunks of at least
  /// one step each. The forcing, if any, is the same in all stages of a step, as the simulator has
  /// it, and is kept for backward().
  void forward(const Real* initial, std::span<const Leg> legs, Integrator method,
               Forcing<Real> forcing = {});

  /// Final state, [unit][lane]; valid until the next forward().
  const Real* end() const { return borders_.back().data(); }

  /// Pulls dL/d(final state) back through the last forward().
  /// @param adjoint [unit][lane], aligned: dL/d(final state) in, dL/d(initial state) out.
  /// @param gradient all parameters in Program::values order, summed over the lanes; assigned.
  /// @param clip at every chunk border a lane's adjoint is scaled down to `clip` times its norm at
  /// the end, if it is larger (long training needs 5 (*)); 0 switches this off (exact gradients).
  /// @param chunk_done told of each chunk when its part of the gradient is complete, the last first
  void backward(Real* adjoint, std::span<Real> gradient, double clip = 0,
                const std::function<void(int chunk)>& chunk_done = {});

  /// Largest |adjoint| at a chunk border over |adjoint| at the end, over lanes, of the last
  /// backward(): how chaotic the network is (before clipping).
  double adjoint_growth() const { return growth_; }

 private:
  /// Steps of one chunk whose stages are stored, or recomputed, together.
  struct Segment {
    int chunk;
    int first_step;  ///< of the run
    int steps;
  };
  /// Stored stages of one segment.
  struct History {
    AlignedVector<Real> y;      // [stage][unit (or pair)][channel][lane], sent_stride() apart
    AlignedVector<Real> slope;  // [stage][unit][lane]
  };
  void run_segment(const Segment& segment, const Real* start, Real* end, History* history);
  void pull_segment(const Segment& segment, const History& history);
  void add_weight_gradient(const Segment& segment, const History& history, bool first,
                           Real* gradient);
  void clip_adjoint(double clip, const std::vector<Real>& limit);
  bool begins_chunk(std::size_t s) const {
    return s == 0 || segments_[s - 1].chunk != segments_[s].chunk;
  }
  bool ends_chunk(std::size_t s) const { return s + 1 == segments_.size() || begins_chunk(s + 1); }
  std::size_t state_size() const { return static_cast<std::size_t>(program_.units()) * kLanes; }
  std::size_t sent_size() const {
    const int elements = kernels_.pairs ? (program_.units() + 1) / 2 : program_.units();
    return static_cast<std::size_t>(elements) * kLanes * program_.channels();
  }
  /// From one stage's y to the next: a little more than its size, or all stages of a unit would
  /// compete for the same few places in the nearest cache (28 x 28 units x 256 bytes are a multiple
  /// of 4 KiB).
  std::size_t sent_stride() const { return sent_size() + 720; }
  std::size_t stages(const Segment& segment) const {
    return static_cast<std::size_t>(segment.steps) * tableau(method_).stages;
  }

  const PackedProgram<Real>& program_;
  const Kernels<Real>& kernels_;
  std::size_t memory_budget_;
  std::vector<Leg> legs_;
  Integrator method_ = Integrator::euler;
  bool store_all_ = true;
  Forcing<Real> forcing_;
  std::vector<Segment> segments_;
  std::vector<AlignedVector<Real>> borders_;  // state at the start of each segment, and at the end
  std::vector<History> history_;
  AlignedVector<Real> x_, y_, y_next_, base_, sum_, rates_;            // forward scratch
  AlignedVector<Real> adjoint_, upper_, lambda_, g_, parameter_sums_;  // backward scratch
  AlignedVector<Real> part_;                                           // of the weights' gradient
  double growth_ = 0;
};

extern template class Trajectory<float>;
extern template class Trajectory<double>;

}  // namespace phaseloom
