// SPDX-License-Identifier: MIT
#include "engine/network/lyapunov.hpp"

#include <array>
#include <cassert>
#include <cmath>
#include <vector>

#include "engine/network/substrates/registry.hpp"

namespace phaseloom {
namespace {

template <class S>
double energy(const Program& program, int chunk, std::span<const float> state) {
  const Topology& topology = *program.topology;
  const auto weights = program.weights(chunk);
  const auto units = static_cast<std::size_t>(topology.units());
  const auto free = static_cast<std::size_t>(topology.first_label());
  constexpr std::size_t channels = S::channels;
  std::vector<double> sent(units * channels);
  for (std::size_t i = 0; i < units; ++i) S::send(state[i], &sent[i * channels]);

  double sum = 0;
  for (std::size_t i = 0; i < free; ++i) {
    std::array<double, kMaxUnitParameters> p{};
    for (int k = 0; k < program.unit_parameters(); ++k)
      p[static_cast<std::size_t>(k)] = program.unit_values(chunk, k)[i];
    sum += S::energy(state[i], p.data());
    const auto begin = static_cast<std::size_t>(topology.row_begin()[i]);
    const auto sources = topology.sources_of(static_cast<int>(i));
    double coupled = 0;
    for (std::size_t k = 0; k < sources.size(); ++k) {
      const auto j = static_cast<std::size_t>(sources[k]);
      double product = 0;
      for (std::size_t c = 0; c < channels; ++c)
        product += sent[i * channels + c] * sent[j * channels + c];
      // A pair is met twice, a held label once.
      coupled += (j < free ? 0.5 : 1.0) * weights[begin + k] * product;
    }
    sum += S::coupling_sign * coupled;
  }
  return sum;
}

}  // namespace

bool has_energy(const Program& program) {
  if (!program.tied) return false;
  const Topology& topology = *program.topology;
  for (int unit = 0; unit < topology.first_label(); ++unit)
    for (const int source : topology.sources_of(unit))
      if (source < topology.first_label() && topology.find(source, unit) < 0) return false;
  return true;
}

double lyapunov_energy(const Program& program, int chunk, std::span<const float> state) {
  assert(state.size() == static_cast<std::size_t>(program.topology->units()));
  using Function = double (*)(const Program&, int, std::span<const float>);
#define PHASELOOM_ENERGY(S) energy<S>,
  static constexpr Function functions[] = {PHASELOOM_SUBSTRATES(PHASELOOM_ENERGY)};
#undef PHASELOOM_ENERGY
  return functions[static_cast<int>(program.substrate)](program, chunk, state);
}

}  // namespace phaseloom
