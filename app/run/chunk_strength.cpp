// SPDX-License-Identifier: MIT
#include "app/run/chunk_strength.hpp"

#include <cmath>
#include <span>

namespace phaseloom {
namespace {

/// Sum and number of the squares that are not 0.
struct Squares {
  double sum = 0;
  std::size_t count = 0;
  void add(std::span<const float> values) {
    for (const float value : values) {
      sum += double(value) * value;
      count += value != 0 ? 1 : 0;
    }
  }
  double root() const { return count > 0 ? std::sqrt(sum / double(count)) : 0; }
};

}  // namespace

std::vector<ChunkStrength> chunk_strengths(const Program& program) {
  std::vector<ChunkStrength> strengths;
  const auto parameters = info(program.substrate).parameters;
  for (int chunk = 0; chunk < program.chunks(); ++chunk) {
    Squares weights, own;
    weights.add(program.weights(chunk));
    for (int k = 0; k < program.unit_parameters(); ++k)
      if (parameters[static_cast<std::size_t>(k)].name != "omega")
        own.add(program.unit_values(chunk, k));
    strengths.push_back({weights.root(), own.root()});
  }
  return strengths;
}

}  // namespace phaseloom
