// SPDX-License-Identifier: MIT
#pragma once
// One block of lanes through a whole program, remembered well enough to differentiate it: the
// discretise-then-optimise adjoint of every integrator of integrator.hpp, exact up to rounding.

#include <cstddef>
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

template <class Real>
class Trajectory {
 public:
  /// @param memory_budget bytes for the stored stages. If all stages of a run do not fit, only
  /// chunk borders are kept and backward() recomputes one chunk at a time.
  explicit Trajectory(const PackedProgram<Real>& program,
                      std::size_t memory_budget = std::size_t{2} << 30);

  /// Steps from `initial` ([unit][lane], aligned) through legs.size() == chunks chunks.
  void forward(const Real* initial, std::span<const Leg> legs, Integrator method);

  /// Final state, [unit][lane]; valid until the next forward().
  const Real* end() const { return borders_.back().data(); }

  /// Pulls dL/d(final state) back through the last forward().
  /// @param adjoint [unit][lane], aligned: dL/d(final state) in, dL/d(initial state) out.
  /// @param gradient all parameters in Program::values order, summed over the lanes; assigned.
  /// @param clip at every chunk border a lane's adjoint is scaled down to `clip` times its norm at
  /// the end, if it is larger (long training needs 5 (*)); 0 switches this off (exact gradients).
  void backward(Real* adjoint, std::span<Real> gradient, double clip = 0);

  /// Largest |adjoint| at a chunk border over |adjoint| at the end, over lanes, of the last
  /// backward(): how chaotic the network is (before clipping).
  double adjoint_growth() const { return growth_; }

 private:
  /// Stored stages of one chunk.
  struct History {
    AlignedVector<Real> y;      // [stage][unit (or pair)][channel][lane], sent_stride() apart
    AlignedVector<Real> slope;  // [stage][unit][lane]
  };
  void run_chunk(int chunk, const Real* start, Real* end, History* history);
  void pull_chunk(int chunk, const History& history, std::span<Real> gradient);
  void clip_adjoint(double clip, const std::vector<Real>& limit);
  std::size_t state_size() const { return static_cast<std::size_t>(program_.units()) * kLanes; }
  std::size_t sent_size() const {
    const int elements = kernels_.pairs ? (program_.units() + 1) / 2 : program_.units();
    return static_cast<std::size_t>(elements) * kLanes * program_.channels();
  }
  /// From one stage's y to the next: a little more than its size, or all stages of a unit would
  /// compete for the same few places in the nearest cache (28 x 28 units x 256 bytes are a multiple
  /// of 4 KiB).
  std::size_t sent_stride() const { return sent_size() + 720; }
  std::size_t stages(int chunk) const {
    return static_cast<std::size_t>(legs_[chunk].steps) * tableau(method_).stages;
  }

  const PackedProgram<Real>& program_;
  const Kernels<Real>& kernels_;
  std::size_t memory_budget_;
  std::vector<Leg> legs_;
  Integrator method_ = Integrator::euler;
  bool store_all_ = true;
  std::vector<AlignedVector<Real>> borders_;  // state at the start of each chunk, and at the end
  std::vector<History> history_;
  AlignedVector<Real> x_, y_, y_next_, base_, sum_;                    // forward scratch
  AlignedVector<Real> adjoint_, upper_, lambda_, g_, parameter_sums_;  // backward scratch
  double growth_ = 0;
};

extern template class Trajectory<float>;
extern template class Trajectory<double>;

}  // namespace phaseloom
