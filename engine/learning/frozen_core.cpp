// SPDX-License-Identifier: MIT
#include "engine/learning/frozen_core.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "engine/hardware/hardware.hpp"

namespace phaseloom {

FrozenCore::FrozenCore(const Program& program, double density)
    : program_(program),
      core_(kept_couplings(program, density)),
      least_(std::numeric_limits<double>::infinity()) {
  for (std::size_t i = 0; i < core_.size(); ++i)
    if (core_[i]) least_ = std::min(least_, square(program_.values, i));
}

double FrozenCore::square(std::span<const float> values, std::size_t coupling) const {
  double sum = 0;
  for (int chunk = 0; chunk < program_.chunks(); ++chunk) {
    const double w = values[static_cast<std::size_t>(chunk) * program_.chunk_size() + coupling];
    sum += w * w;
  }
  return sum;
}

void FrozenCore::hold(std::span<float> values) const {
  constexpr double kWeaker = 0.999;  // so that rounding makes no equals
  const std::size_t size = program_.chunk_size();
  for (int chunk = 0; chunk < program_.chunks(); ++chunk) {
    const std::size_t begin = static_cast<std::size_t>(chunk) * size;
    for (std::size_t i = 0; i < size; ++i)
      if (i >= core_.size() || core_[i]) values[begin + i] = program_.values[begin + i];
  }
  for (std::size_t i = 0; i < core_.size(); ++i) {
    if (core_[i]) continue;
    const double has = square(values, i);
    if (has < least_) continue;
    const auto factor = static_cast<float>(kWeaker * std::sqrt(least_ / has));
    for (int chunk = 0; chunk < program_.chunks(); ++chunk)
      values[static_cast<std::size_t>(chunk) * size + i] *= factor;
  }
}

}  // namespace phaseloom
