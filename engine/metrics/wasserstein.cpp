// SPDX-License-Identifier: MIT
#include "engine/metrics/wasserstein.hpp"

#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <limits>

namespace phaseloom {
namespace {

constexpr double kLargestCost = 0x1p40;  // times 2,000 points: far from the end of 64 bits

double squared_distance(Point a, Point b) {
  const double dx = double{a.x} - b.x, dy = double{a.y} - b.y;
  return dx * dx + dy * dy;
}

}  // namespace

std::vector<int> optimal_assignment(std::span<const Point> a, std::span<const Point> b) {
  assert(a.size() == b.size());
  using Graph = lemon::SmartDigraph;
  const int n = static_cast<int>(a.size());
  if (n == 0) return {};
  Graph graph;
  graph.reserveNode(2 * n);
  graph.reserveArc(n * n);
  for (int i = 0; i < 2 * n; ++i) graph.addNode();
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j) graph.addArc(Graph::nodeFromId(i), Graph::nodeFromId(n + j));
  // Whole numbers, to a part in 2^40 of the largest: with rounding errors in its sums, the method
  // can go round in circles for ever among equal points.
  double farthest = 0;
  for (const Point& p : a)
    for (const Point& q : b) farthest = std::max(farthest, squared_distance(p, q));
  const double unit = farthest > 0 ? kLargestCost / farthest : 0;
  Graph::ArcMap<std::int64_t> cost(graph);
  for (int i = 0, arc = 0; i < n; ++i)
    for (int j = 0; j < n; ++j, ++arc)
      cost[Graph::arcFromId(arc)] = std::llround(unit * squared_distance(a[i], b[j]));
  Graph::NodeMap<int> supply(graph);
  for (int i = 0; i < 2 * n; ++i) supply[Graph::nodeFromId(i)] = i < n ? 1 : -1;

  lemon::NetworkSimplex<Graph, int, std::int64_t> simplex(graph, false);
  simplex.supplyMap(supply).costMap(cost);
  [[maybe_unused]] const auto outcome = simplex.run();
  assert(outcome == simplex.OPTIMAL);
  std::vector<int> match(a.size());
  for (int i = 0, arc = 0; i < n; ++i)
    for (int j = 0; j < n; ++j, ++arc)
      if (simplex.flow(Graph::arcFromId(arc)) > 0) match[i] = j;
  return match;
}

double w2_squared(std::span<const Point> a, std::span<const Point> b) {
  for (const auto& set : {a, b})
    for (const Point& p : set)
      if (!std::isfinite(p.x) || !std::isfinite(p.y))
        return std::numeric_limits<double>::infinity();
  const auto match = optimal_assignment(a, b);
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += squared_distance(a[i], b[match[i]]);
  return a.empty() ? 0 : sum / double(a.size());
}

}  // namespace phaseloom
