// SPDX-License-Identifier: MIT
#pragma once
// Training through hardware: what the forward pass sees instead of the parameters that are learnt
// (straight-through estimator [STE]).

#include <cstdint>
#include <span>
#include <vector>

#include "engine/hardware/hardware.hpp"
#include "engine/learning/training_state.hpp"
#include "engine/network/program.hpp"
#include "engine/support/parallel.hpp"

namespace phaseloom {

class HardwareView {
 public:
  /// @param hardware weight noise and mismatch are drawn anew for each iteration, for the whole
  ///   batch (*). Throws Error if it has phase noise: training is deterministic along a run.
  HardwareView(const Program& shape, const Hardware& hardware, std::uint64_t seed);

  bool ideal() const;

  /// Prunes down to `density` by magnitude: what is already gone stays gone, values are set to 0.
  void prune(std::span<float> values, double density);
  /// Sets the pruned couplings of parameters or gradients to 0.
  void mask(std::span<float> values) const;

  /// The parameters as hardware would hold them in this iteration; same layout.
  std::span<const float> realise(std::span<const float> values, std::int64_t iteration,
                                 ThreadPool& pool);
  /// Gradients with respect to what realise() returned become gradients of `values`: unchanged, but
  /// 0 where a weight lies beyond the grid's end and would go further, or is pruned.
  void pull(std::span<const float> values, std::span<float> gradient) const;

  void visit_state(StateVisitor& state);

 private:
  Program shape_;  ///< its values are the realised ones
  Hardware hardware_;
  std::uint64_t seed_;
  std::vector<std::uint8_t> kept_;    ///< per coupling
  std::vector<std::int64_t> device_;  ///< whose mismatch a coupling has; empty without one
  double density_ = 1;
  std::vector<float> lowest_, highest_;  ///< ends of the grid, per chunk
};

}  // namespace phaseloom
