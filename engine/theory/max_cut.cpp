// SPDX-License-Identifier: MIT
#include "engine/theory/max_cut.hpp"

#include <bit>
#include <vector>

namespace phaseloom {

double cut_weight(std::span<const Edge> edges, std::uint32_t side) {
  double weight = 0;
  for (const Edge& edge : edges)
    if (((side >> edge.a) ^ (side >> edge.b)) & 1U) weight += edge.weight;
  return weight;
}

std::optional<Cut> exact_max_cut(int nodes, std::span<const Edge> edges) {
  if (nodes < 0 || nodes > kMaxExactNodes) return {};
  if (nodes < 2) return Cut{};
  struct Neighbour {
    int node;
    double weight;
  };
  std::vector<std::vector<Neighbour>> neighbours(static_cast<std::size_t>(nodes));
  for (const Edge& edge : edges) {
    neighbours[static_cast<std::size_t>(edge.a)].push_back({edge.b, edge.weight});
    neighbours[static_cast<std::size_t>(edge.b)].push_back({edge.a, edge.weight});
  }
  // In the order of a Gray code one node changes sides at a time; the last node never does, for a
  // cut and its mirror image weigh the same.
  Cut best;
  double weight = 0;
  std::uint32_t side = 0;
  const std::uint32_t count = std::uint32_t{1} << (nodes - 1);
  for (std::uint32_t k = 1; k < count; ++k) {
    const int node = std::countr_zero(k);
    const std::uint32_t own = (side >> node) & 1U;
    for (const Neighbour& other : neighbours[static_cast<std::size_t>(node)])
      weight += ((side >> other.node) & 1U) == own ? other.weight : -other.weight;
    side ^= std::uint32_t{1} << node;
    // Sums of many changes round; a gain below that is none.
    if (weight > best.weight + 1e-9) best = {weight, side};
  }
  best.weight = cut_weight(edges, best.side);
  return best;
}

}  // namespace phaseloom
