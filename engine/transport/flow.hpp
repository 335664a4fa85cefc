// SPDX-License-Identifier: MIT
#pragma once
// Points on their way through a model. Time runs from 0 (source) to 1 (end) over all chunks.

#include <span>
#include <vector>

#include "engine/transport/model.hpp"

namespace phaseloom {

/// Evaluations are by RK4 with this many steps over all chunks at least, several times finer than
/// training: the truth, not the discretisation.
inline constexpr int kTruthSteps = 64;

/// Steps per chunk that make kTruthSteps in all.
int truth_steps_per_chunk(const TransportModel& model);

struct FlowPaths {
  int points = 0;
  std::vector<double> times;  ///< first 0, last 1
  std::vector<int> borders;   ///< index into times of each chunk's start, and of the end
  Points positions;           ///< [time][point]; paths of phases are continuous, not wrapped
  std::span<const Point> at(int time) const {
    return std::span(positions).subspan(static_cast<std::size_t>(time) * points, points);
  }
};

/// Paths from `source`, every step of RK4 stored: chunks x steps_per_chunk + 1 times. For the mlp
/// all of time is one chunk. Not finite where the model diverges.
FlowPaths flow(const TransportModel& model, std::span<const Point> source, int steps_per_chunk);

/// Where the source points end, wrapped(); `steps_per_chunk` of RK4, 0: the truth.
Points transported(const TransportModel& model, std::span<const Point> source,
                   int steps_per_chunk = 0);

/// Mean state of each hidden unit at time t in [0, 1] over the points that start at `source`, not
/// empty (one point: its own hidden state). Empty without hidden units.
std::vector<float> hidden_state(const TransportModel& model, std::span<const Point> source,
                                double t);

/// Velocity of the visible coordinates at time t (all of time being 1), for visible units at `at`
/// and hidden units at `hidden` (hidden_of(model) numbers): a slice of the field.
std::vector<Point> velocity(const TransportModel& model, double t, std::span<const Point> at,
                            std::span<const float> hidden);

}  // namespace phaseloom
