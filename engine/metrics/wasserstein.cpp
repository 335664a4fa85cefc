#include "engine/metrics/wasserstein.hpp"

#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

#include <cassert>
#include <cmath>
#include <limits>

namespace phaseloom {
namespace {

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
  Graph::ArcMap<double> cost(graph);
  for (int i = 0, arc = 0; i < n; ++i)
    for (int j = 0; j < n; ++j, ++arc) cost[Graph::arcFromId(arc)] = squared_distance(a[i], b[j]);
  Graph::NodeMap<int> supply(graph);
  for (int i = 0; i < 2 * n; ++i) supply[Graph::nodeFromId(i)] = i < n ? 1 : -1;

  lemon::NetworkSimplex<Graph, int, double> simplex(graph, false);
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
