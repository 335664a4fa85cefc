// SPDX-License-Identifier: MIT
#pragma once
// Max-Cut: the nodes of a graph are put into two groups so that edges between the groups weigh as
// much as possible. Oscillators that push each other apart look for it (T. Wang, J. Roychowdhury,
// "OIM: Oscillator-based Ising machines for solving combinatorial optimisation problems", 2019).

#include <cstdint>
#include <optional>
#include <span>

namespace phaseloom {

struct Edge {
  int a = 0, b = 0;
  double weight = 1;
};

/// More are not tried one by one.
inline constexpr int kMaxExactNodes = 22;

struct Cut {
  double weight = 0;
  std::uint32_t side = 0;  ///< bit i: the group of node i
};

/// The best of all 2^(nodes − 1) cuts, by trying each; none beyond kMaxExactNodes. Of equally good
/// ones always the same. Edges join two different nodes of [0, nodes).
std::optional<Cut> exact_max_cut(int nodes, std::span<const Edge> edges);

/// What the edges between the groups weigh; bit i of `side` is the group of node i.
double cut_weight(std::span<const Edge> edges, std::uint32_t side);

}  // namespace phaseloom
