// SPDX-License-Identifier: MIT
#include "engine/network/lyapunov.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>
#include <vector>

#include "engine/network/substrates/registry.hpp"

namespace phaseloom {
namespace {

/// Whether what tied couplings do to a unit is the gradient of something: curves with even parts
/// are not.
template <class S>
constexpr bool has_potential = requires(double x, const double* p) {
  S::energy(x, p);
};

/// Of `lanes` samples at once, at most Lanes: state is [unit][stride], of which these come first,
/// and out has Lanes places. Each lane's numbers are added in the same order for any Lanes.
template <class S, int Lanes>
void energies(const Program& program, int chunk, const float* state, std::size_t stride, int lanes,
              double* out) {
  const Topology& topology = *program.topology;
  const auto weights = program.weights(chunk);
  const auto units = static_cast<std::size_t>(topology.units());
  const auto free = static_cast<std::size_t>(topology.first_label());
  constexpr std::size_t channels = S::channels;
  using Row = std::array<double, Lanes>;
  if constexpr (!has_potential<S>) {
    std::fill_n(out, Lanes, std::numeric_limits<double>::quiet_NaN());
    return;
  } else {
    std::vector<Row> sent(units * channels, Row{});
    for (std::size_t i = 0; i < units; ++i)
      for (int l = 0; l < lanes; ++l) {
        std::array<double, channels> y{};
        S::send(state[i * stride + l], y.data());
        for (std::size_t c = 0; c < channels; ++c) sent[i * channels + c][l] = y[c];
      }

    Row sums{};
    for (std::size_t i = 0; i < free; ++i) {
      std::array<double, kMaxUnitParameters> p{};
      for (int k = 0; k < program.unit_parameters(); ++k)
        p[static_cast<std::size_t>(k)] = program.unit_values(chunk, k)[i];
      for (int l = 0; l < lanes; ++l) sums[l] += S::energy(state[i * stride + l], p.data());
      const auto begin = static_cast<std::size_t>(topology.row_begin()[i]);
      const auto sources = topology.sources_of(static_cast<int>(i));
      const Row* own = &sent[i * channels];
      Row coupled{};
      for (std::size_t k = 0; k < sources.size(); ++k) {
        const auto j = static_cast<std::size_t>(sources[k]);
        // A pair is met twice, a held label once.
        const double weight = (j < free ? 0.5 : 1.0) * weights[begin + k];
        const Row* other = &sent[j * channels];
        for (int l = 0; l < Lanes; ++l) {
          double product = 0;
          for (std::size_t c = 0; c < channels; ++c) product += own[c][l] * other[c][l];
          coupled[l] += weight * product;
        }
      }
      for (int l = 0; l < Lanes; ++l) sums[l] += S::coupling_sign * coupled[l];
    }
    std::ranges::copy(sums, out);
  }
}

using Energies = void (*)(const Program&, int chunk, const float* state, std::size_t stride,
                          int lanes, double* out);

template <int Lanes>
Energies energies_of(Substrate substrate) {
#define PHASELOOM_ENERGIES(S) energies<S, Lanes>,
  static constexpr Energies functions[] = {PHASELOOM_SUBSTRATES(PHASELOOM_ENERGIES)};
#undef PHASELOOM_ENERGIES
  return functions[static_cast<int>(substrate)];
}

}  // namespace

bool has_energy(const Program& program) {
#define PHASELOOM_POTENTIAL(S) has_potential<S>,
  static constexpr bool potentials[] = {PHASELOOM_SUBSTRATES(PHASELOOM_POTENTIAL)};
#undef PHASELOOM_POTENTIAL
  if (!program.tied || !potentials[static_cast<int>(program.substrate)]) return false;
  const Topology& topology = *program.topology;
  for (int unit = 0; unit < topology.first_label(); ++unit)
    for (const int source : topology.sources_of(unit))
      if (source < topology.first_label() && topology.find(source, unit) < 0) return false;
  return true;
}

double lyapunov_energy(const Program& program, int chunk, std::span<const float> state) {
  assert(state.size() == static_cast<std::size_t>(program.topology->units()));
  double energy = 0;
  energies_of<1>(program.substrate)(program, chunk, state.data(), 1, 1, &energy);
  return energy;
}

std::vector<double> lyapunov_energies(const Program& program, int chunk,
                                      std::span<const float> states, int lanes, ThreadPool& pool) {
  assert(states.size() == static_cast<std::size_t>(program.topology->units()) * lanes);
  constexpr int kBlock = 8;  // a row of doubles is a cache line
  const int blocks = (lanes + kBlock - 1) / kBlock;
  std::vector<double> energies(static_cast<std::size_t>(blocks) * kBlock);
  pool.run(blocks, [&](int block) {
    const int first = block * kBlock;
    energies_of<kBlock>(program.substrate)(
        program, chunk, states.data() + first, static_cast<std::size_t>(lanes),
        std::min(kBlock, lanes - first), energies.data() + first);
  });
  energies.resize(static_cast<std::size_t>(lanes));
  return energies;
}

}  // namespace phaseloom
