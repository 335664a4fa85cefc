// SPDX-License-Identifier: MIT
#include "engine/transport/model.hpp"

#include <cmath>

namespace phaseloom {

int chunks_of(const TransportModel& model) {
  const auto* physics = std::get_if<TransportProgram>(&model);
  return physics ? physics->program.chunks() : 1;
}

int hidden_of(const TransportModel& model) {
  const auto* physics = std::get_if<TransportProgram>(&model);
  return physics ? physics->program.topology->hidden() : 0;
}

Point wrapped(const TransportModel& model, Point p) {
  const auto* physics = std::get_if<TransportProgram>(&model);
  if (!physics || !info(physics->program.substrate).is_phase) return p;
  const auto wrap = [](float v) { return v - 2 * std::floor((v + 1) / 2); };
  return {wrap(p.x), wrap(p.y)};
}

}  // namespace phaseloom
