// SPDX-License-Identifier: MIT
#pragma once
// Trains a model to carry a pair's source to its target, step by step.

#include <memory>
#include <span>
#include <vector>

#include "engine/transport/model.hpp"
#include "engine/transport/pair.hpp"
#include "engine/transport/setup.hpp"

namespace phaseloom {

/// On the calling thread, deterministic: the same pair and setup give the same model after the same
/// number of iterations, however they are portioned. Not for several threads at once; model() is a
/// copy that any thread may keep.
class TransportTrainer {
 public:
  /// Throws Error if the setup is out of range.
  TransportTrainer(TransportPair pair, TransportSetup setup);
  ~TransportTrainer();
  TransportTrainer(TransportTrainer&&) noexcept;

  /// Up to `iterations` more, ending with the setup's. Throws Error if the training diverged.
  void advance(int iterations);
  int iterations() const;
  bool finished() const;
  /// Loss of every iteration so far: SWD in squared coordinates; OT-CFM in squared coordinates per
  /// squared time (all of time being 1). Always finite: where a network ran away and was set back,
  /// the one before.
  std::span<const float> losses() const;
  /// The model as it is now.
  TransportModel model() const;

  const TransportPair& pair() const;
  const TransportSetup& setup() const;  ///< checked()

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// All parameters of a model, and the model of a setup that has them. Throws Error if they are too
/// few or too many.
std::vector<float> transport_values(const TransportModel& model);
TransportModel transport_model(const TransportSetup& setup, std::span<const float> values);

inline constexpr int kScorePoints = 2000;

/// How well a model carries (docs/physics.md, Transport): the exact W2^2 between the end points of
/// `points` held-out source points (held_out_seed(seed)) and as many held-out target points.
/// Infinite if one diverges. About half a second.
double measured_w2_squared(const TransportModel& model, const TransportPair& pair,
                           std::uint64_t seed, int points = kScorePoints);

/// Independent pairs of draws that the floor is the mean of: one alone scatters by a factor of two,
/// with how many points each mode happens to get (*).
inline constexpr int kFloorDraws = 4;

/// What a perfect model would get: the mean W2^2 between independent draws of the target. A
/// function of the pair and the seed alone, and four times as slow: keep it.
double sampling_floor(const TransportPair& pair, std::uint64_t seed, int points = kScorePoints);

/// Both.
struct TransportScore {
  double w2_squared;
  double floor;
};
TransportScore score(const TransportModel& model, const TransportPair& pair, std::uint64_t seed,
                     int points = kScorePoints);

}  // namespace phaseloom
