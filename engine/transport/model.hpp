// SPDX-License-Identifier: MIT
#pragma once
// A trained vector field that carries points: what the window draws, the command line measures.

#include <memory>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "engine/network/program.hpp"
#include "engine/support/point.hpp"

namespace phaseloom {

/// Physics: a point (x, y) is the state (scale x, scale y) of the two visible units; hidden units
/// start at 0 (*). The scale is π for phases (the π-normalised phase), 2 for voltages (*).
struct TransportProgram {
  Program program;
  double scale = 3.141592653589793;
};
/// Parameters of mlp.hpp.
struct TransportMlp {
  std::vector<float> parameters;
};

/// Immutable once made; copies share nothing and are cheap (a few tens of kilobytes).
using TransportModel = std::variant<TransportProgram, TransportMlp>;

/// 1 for the mlp.
int chunks_of(const TransportModel& model);
/// 0 for the mlp.
int hidden_of(const TransportModel& model);

/// A phase is known up to 2π, so an end point up to 2 in x and y: the one in [-1, 1) is taken (*).
/// (Not the one in [-1/2, 1/2): θ and θ + π are different phases.) Voltages and the mlp: as they
/// are.
Point wrapped(const TransportModel& model, Point p);

}  // namespace phaseloom
