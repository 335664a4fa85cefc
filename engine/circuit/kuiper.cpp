// SPDX-License-Identifier: MIT
#include "engine/circuit/kuiper.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace phaseloom {
namespace {

std::vector<double> in_order(std::span<const double> states, bool is_phase) {
  std::vector<double> sorted(states.begin(), states.end());
  if (is_phase)
    for (double& x : sorted) x = std::remainder(x, 2 * std::numbers::pi);
  std::ranges::sort(sorted);
  return sorted;
}

}  // namespace

double kuiper_distance(std::span<const double> a, std::span<const double> b, bool is_phase) {
  if (a.empty() || b.empty()) return 0;
  const auto left = in_order(a, is_phase), right = in_order(b, is_phase);
  double above = 0, below = 0;
  for (std::size_t i = 0, j = 0; i < left.size() && j < right.size();) {
    const double at = std::min(left[i], right[j]);
    while (i < left.size() && left[i] <= at) ++i;
    while (j < right.size() && right[j] <= at) ++j;
    const double difference = static_cast<double>(i) / static_cast<double>(left.size()) -
                              static_cast<double>(j) / static_cast<double>(right.size());
    above = std::max(above, difference);
    below = std::max(below, -difference);
  }
  return above + below;
}

double kuiper_by_chance(int size) {
  constexpr double kOneInTwenty = 1.747;
  const double root = std::sqrt(size / 2.0);
  return kOneInTwenty / (root + 0.155 + 0.24 / root);
}

}  // namespace phaseloom
