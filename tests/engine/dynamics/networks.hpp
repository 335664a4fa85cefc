// SPDX-License-Identifier: MIT
#pragma once
// Small networks that several tests share.

#include <string>

#include "engine/network/program.hpp"
#include "engine/support/aligned.hpp"
#include "engine/support/lanes.hpp"
#include "engine/support/random.hpp"

namespace phaseloom::test {

inline Substrate substrate_at(std::size_t index) { return Substrate{static_cast<int>(index)}; }

/// Weights and unit parameters of order `width`, all of them different from zero.
inline Program random_program(Substrate substrate, std::shared_ptr<const Topology> topology,
                              int chunks, double duration, double width, std::uint64_t seed) {
  Program program = make_program(substrate, std::move(topology), chunks, duration, width, seed);
  RandomSequence random(seed, Stream::weight_init, 1000);
  for (int c = 0; c < chunks; ++c)
    for (int p = 0; p < program.unit_parameters(); ++p)
      for (float& v : program.unit_values(c, p).first(program.topology->first_label()))
        v += static_cast<float>(width * random.normal());
  return program;
}

/// One block of states, uniform in ±width.
template <class Real>
AlignedVector<Real> random_block(int units, double width, std::uint64_t seed) {
  RandomSequence random(seed, Stream::initial_state);
  AlignedVector<Real> x(static_cast<std::size_t>(units) * kLanes);
  for (auto& v : x) v = static_cast<Real>(width * (2 * random.uniform() - 1));
  return x;
}

/// Topologies of different kinds: windows with full ramps, clipped windows, dense, random, pruned,
/// odd sizes.
inline std::vector<std::shared_ptr<const Topology>> sample_topologies() {
  const Grid wide{12, 9, 2}, odd{7, 5, 1};
  auto local = Topology::local(wide, 3);
  std::vector<std::uint8_t> keep(static_cast<std::size_t>(local->couplings()));
  RandomSequence random(5, Stream::pruning);
  for (auto& k : keep) k = random.uniform() < 0.3;
  return {local,
          Topology::local(odd, 1),
          Topology::local({9, 6, 1}, 2),
          Topology::all_to_all({11, 1, 1}, 5),
          Topology::with_random_links(*Topology::local(odd, 2), 3, 1),
          Topology::pruned(*local, keep)};
}

}  // namespace phaseloom::test
