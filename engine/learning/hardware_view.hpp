// SPDX-License-Identifier: MIT
#pragma once
// Training through hardware: what the forward pass sees instead of the parameters that are learnt
// (straight-through estimator [STE]).

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/hardware/hardware.hpp"
#include "engine/hardware/quantisation.hpp"
#include "engine/learning/hardware_range.hpp"
#include "engine/learning/training_state.hpp"
#include "engine/network/program.hpp"
#include "engine/support/parallel.hpp"

namespace phaseloom {

class HardwareView {
 public:
  /// @param hardware weight noise and mismatch are drawn anew for each iteration, for the whole
  ///   batch (*). Throws Error if it has phase noise: training is deterministic along a run.
  /// @param range if there is one, each iteration has another hardware, drawn from it
  HardwareView(const Program& shape, const Hardware& hardware, std::uint64_t seed,
               const std::optional<HardwareRange>& range = {});

  /// Whether realise() just returns the parameters.
  bool ideal() const;

  /// Without a range: prunes down to `density` by magnitude for good; what is already gone stays
  /// gone, values are set to 0.
  void prune(std::span<float> values, double density);
  /// With a range: from now on, drawn densities keep the couplings that are strongest in these
  /// values, so that what a smaller one keeps, a larger one keeps, too.
  void rank(std::span<const float> values);
  /// Sets the couplings that are pruned for good to 0.
  void mask(std::span<float> values) const;

  /// The parameters as hardware would hold them in this iteration; same layout.
  std::span<const float> realise(std::span<const float> values, std::int64_t iteration,
                                 ThreadPool& pool);
  /// Of the hardware that realise() showed last, kind_of() the range.
  int kind() const { return kind_of(range_, hardware_); }
  /// Gradients with respect to what realise() returned last become gradients of `values`:
  /// unchanged, but 0 where a weight lies beyond the grid's end and would go further, or is pruned.
  void pull(std::span<const float> values, std::span<float> gradient) const;

  void visit_state(StateVisitor& state);

 private:
  void zero_pruned(int chunk, std::span<float> values) const;
  void realise_chunk(int chunk, std::span<const float> values, std::int64_t iteration);

  Program shape_;      ///< its values are the realised ones
  Hardware hardware_;  ///< with a range, that of the latest iteration
  std::optional<HardwareRange> range_;
  std::uint64_t seed_;
  std::vector<std::uint8_t> kept_;    ///< per coupling, at density_
  std::vector<float> rank_;           ///< pruning_ranks(), with a range
  std::vector<std::int64_t> device_;  ///< whose mismatch a coupling has; empty without one
  double density_ = 1;
  std::vector<GridEnds> ends_;  ///< [chunk][unit]
};

}  // namespace phaseloom
