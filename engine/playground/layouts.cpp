// SPDX-License-Identifier: MIT
// How a network is laid out: places, detunings, couplings.
#include "engine/playground/layouts.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <utility>

#include "engine/playground/patterns.hpp"
#include "engine/playground/setup.hpp"
#include "engine/support/error.hpp"
#include "engine/support/random.hpp"

namespace phaseloom {
namespace {

using Couplings = std::vector<PlaygroundCoupling>;

/// Two stand beside each other, more begin at the top.
void circle(PlaygroundNetwork& network) {
  if (network.count() == 2)
    place_in_circle(network.units, 0.2, -std::numbers::pi);
  else
    place_in_circle(network.units);
}

/// As the seeds of a sunflower: a disc, evenly filled (H. Vogel, Math. Biosciences 44, 1979).
void place_in_disc(PlaygroundNetwork& network) {
  const double golden = std::numbers::pi * (3 - std::sqrt(5.0));
  for (int i = 0; i < network.count(); ++i) {
    const double radius = 0.49 * std::sqrt((i + 0.5) / network.count());
    auto& unit = network.units[static_cast<std::size_t>(i)];
    unit.x = canvas_place(0.5 + radius * std::cos(golden * i));
    unit.y = canvas_place(0.5 + radius * std::sin(golden * i));
  }
}

void place_in_rows(PlaygroundNetwork& network) {
  const int columns = grid_columns(network.count());
  const int rows = (network.count() + columns - 1) / columns;
  for (int i = 0; i < network.count(); ++i) {
    auto& unit = network.units[static_cast<std::size_t>(i)];
    unit.x = canvas_place((i % columns + 0.5) / columns);
    unit.y = canvas_place(0.5 + (i / columns + 0.5 - rows / 2.0) / columns);
  }
}

/// The k-th of n equally likely values of a distribution.
double quantile(Frequencies distribution, int k, int n) {
  const double share = (k + 0.5) / n;
  switch (distribution) {
    case Frequencies::even:
      return n < 2 ? 0 : 0.5 - static_cast<double>(k) / (n - 1);
    case Frequencies::lorentzian:
      return std::tan(std::numbers::pi * (share - 0.5));
    case Frequencies::gaussian:
      break;
  }
  // Bisection of the normal distribution's integral: slow and sure, for 400 numbers.
  double low = -8, high = 8;
  while (high - low > 1e-9) {
    const double middle = (low + high) / 2;
    (0.5 * std::erfc(-middle / std::numbers::sqrt2) < share ? low : high) = middle;
  }
  return (low + high) / 2;
}

/// Quantiles instead of draws (*): a crowd of a hundred then is as its distribution says, and what
/// is left of chance is which unit has which.
void spread_detunings(PlaygroundNetwork& network, const PlaygroundSetup& setup) {
  const int n = network.count();
  std::vector<int> order(network.units.size());
  std::iota(order.begin(), order.end(), 0);
  if (setup.frequencies != Frequencies::even) {
    RandomSequence random(setup.seed, Stream::playground_detuning);
    for (int i = n - 1; i > 0; --i)
      std::swap(order[static_cast<std::size_t>(i)],
                order[random.below(static_cast<std::uint32_t>(i) + 1)]);
  }
  for (int k = 0; k < n; ++k)
    network.units[static_cast<std::size_t>(order[static_cast<std::size_t>(k)])].detuning =
        std::clamp(static_cast<float>(quantile(setup.frequencies, k, n)), -kMaxPlaygroundWeight,
                   kMaxPlaygroundWeight);
}

Couplings ring(int n, double degree) {
  Couplings couplings;
  const int reach = std::max(1, static_cast<int>(std::lround(degree / 2)));
  for (int a = 0; a < n; ++a)
    for (int by = 1; by <= reach && 2 * by <= n; ++by)
      if (const int b = (a + by) % n; b != a) couplings.push_back({std::min(a, b), std::max(a, b)});
  return couplings;
}

Couplings grid(int n) {
  Couplings couplings;
  const int columns = grid_columns(n);
  for (int a = 0; a < n; ++a) {
    if (a % columns + 1 < columns && a + 1 < n) couplings.push_back({a, a + 1});
    if (a + columns < n) couplings.push_back({a, a + columns});
  }
  return couplings;
}

template <class Weight>
Couplings all_pairs(int n, const Weight& weight) {
  Couplings couplings;
  for (int a = 0; a < n; ++a)
    for (int b = a + 1; b < n; ++b)
      if (const auto w = static_cast<float>(weight(a, b)); w != 0) couplings.push_back({a, b, w});
  return couplings;
}

Couplings random_pairs(int n, double degree, std::uint64_t seed) {
  RandomSequence random(seed, Stream::playground_graph);
  const double share = n < 2 ? 0 : std::min(1.0, degree / (n - 1));
  return all_pairs(n, [&](int, int) { return random.uniform() < share ? 1 : 0; });
}

Couplings laid_out(const PlaygroundSetup& setup) {
  const int n = setup.units;
  switch (setup.layout) {
    case Layout::ring:
      return ring(n, setup.degree);
    case Layout::grid:
      return grid(n);
    case Layout::complete:
      return all_pairs(n, [n](int, int) { return 1.0 / n; });
    case Layout::random:
      return random_pairs(n, setup.degree, setup.seed);
    case Layout::memory: {
      const auto patterns = stored_patterns(setup, n);
      return all_pairs(n, [&](int a, int b) { return hebb_weight(patterns, a, b); });
    }
    case Layout::apart:
      break;
  }
  return {};
}

void place(PlaygroundNetwork& network, Layout layout) {
  constexpr int kMostInCircle = 40;  // more would hide each other there (*)
  if (layout == Layout::grid || layout == Layout::memory || layout == Layout::apart)
    place_in_rows(network);
  else if (layout == Layout::ring || network.count() <= kMostInCircle)
    circle(network);
  else
    place_in_disc(network);
}

}  // namespace

void place_in_circle(std::span<PlaygroundUnit> units, double radius, double first) {
  const auto n = static_cast<double>(units.size());
  for (std::size_t i = 0; i < units.size(); ++i) {
    const double angle = 2 * std::numbers::pi * static_cast<double>(i) / n + first;
    units[i].x = canvas_place(0.5 + radius * std::cos(angle));
    units[i].y = canvas_place(0.5 + radius * std::sin(angle));
  }
}

PlaygroundNetwork network_of(const PlaygroundSetup& setup) {
  if (setup.own) return *setup.own;
  if (setup.units < 1 || setup.units > kMaxPlaygroundUnits)
    fail("{} units; the playground takes 1 to {}", setup.units, kMaxPlaygroundUnits);
  PlaygroundNetwork network;
  network.units.resize(static_cast<std::size_t>(setup.units));
  for (int i = 0; i < setup.units; ++i) network.units[static_cast<std::size_t>(i)].id = i;
  place(network, setup.layout);
  spread_detunings(network, setup);
  network.couplings = laid_out(setup);
  std::ranges::sort(network.couplings, {},
                    [](const PlaygroundCoupling& c) { return std::pair(c.a, c.b); });
  // Rings of few meet themselves. (Not by ranges: clang 14, which builds the fuzzers, cannot.)
  const auto rest = std::unique(network.couplings.begin(), network.couplings.end());
  network.couplings.erase(rest, network.couplings.end());
  return network;
}

bool same_network(const PlaygroundSetup& a, const PlaygroundSetup& b) {
  if (a.own || b.own) return a.own == b.own;
  return a.layout == b.layout && a.units == b.units && a.degree == b.degree &&
         a.frequencies == b.frequencies && a.patterns == b.patterns && a.seed == b.seed;
}

}  // namespace phaseloom
