// SPDX-License-Identifier: MIT
#include "engine/sweep/pareto.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

namespace phaseloom {

std::vector<std::size_t> pareto_front(std::span<const Tradeoff> points) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < points.size(); ++i)
    if (points[i].energy > 0 && points[i].distance > 0 && std::isfinite(points[i].energy) &&
        std::isfinite(points[i].distance))
      order.push_back(i);
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
    return std::tie(points[a].energy, points[a].distance) <
           std::tie(points[b].energy, points[b].distance);
  });
  std::vector<std::size_t> front;
  double best = std::numeric_limits<double>::infinity();
  for (const std::size_t i : order)
    if (points[i].distance < best) {
      best = points[i].distance;
      front.push_back(i);
    }
  return front;
}

}  // namespace phaseloom
