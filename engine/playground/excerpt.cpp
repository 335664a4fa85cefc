// SPDX-License-Identifier: MIT
#include "engine/playground/excerpt.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <tuple>
#include <utility>

#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

struct Place {
  int x, y, layer;
};

/// Of a unit on the layers that are the picture's size; label oscillators and others have none.
Place place_of(const Grid& grid, int unit) {
  return {unit % grid.width, unit / grid.width % grid.height, unit / grid.plane()};
}

/// The units within reach, then the others that they listen to.
std::pair<std::vector<int>, int> window(const Program& whole, int unit, int reach) {
  const Grid grid = whole.layers();
  const Place middle = place_of(grid, unit);
  std::vector<int> units;
  for (int layer = 0; layer < grid.layers; ++layer)
    for (int y = std::max(0, middle.y - reach); y <= std::min(grid.height - 1, middle.y + reach);
         ++y)
      for (int x = std::max(0, middle.x - reach); x <= std::min(grid.width - 1, middle.x + reach);
           ++x)
        units.push_back((layer * grid.height + y) * grid.width + x);
  const auto inner = static_cast<int>(units.size());
  std::vector<std::uint8_t> there(static_cast<std::size_t>(whole.topology->units()), 0);
  for (const int u : units) there[static_cast<std::size_t>(u)] = 1;
  for (int i = 0; i < inner; ++i)
    for (const int source : whole.topology->sources_of(units[static_cast<std::size_t>(i)]))
      if (!std::exchange(there[static_cast<std::size_t>(source)], std::uint8_t{1}))
        units.push_back(source);
  return {std::move(units), inner};
}

/// The rows of the inner units, with the numbers that units have in the window, and the place of
/// each coupling in the whole network.
struct Rows {
  std::vector<std::int64_t> begin{0};
  std::vector<std::int32_t> sources;
  std::vector<std::int64_t> couplings;
};

Rows rows_of(const Topology& topology, const std::vector<int>& units, int inner) {
  std::map<int, int> number;
  for (std::size_t i = 0; i < units.size(); ++i) number[units[i]] = static_cast<int>(i);
  Rows rows;
  for (std::size_t i = 0; i < units.size(); ++i) {
    std::vector<std::pair<int, std::int64_t>> row;  // source here, coupling there
    if (static_cast<int>(i) < inner) {
      std::int64_t coupling = topology.row_begin()[static_cast<std::size_t>(units[i])];
      for (const int source : topology.sources_of(units[i]))
        row.emplace_back(number.at(source), coupling++);
    }
    std::ranges::sort(row);
    for (const auto& [source, coupling] : row) {
      rows.sources.push_back(source);
      rows.couplings.push_back(coupling);
    }
    rows.begin.push_back(static_cast<std::int64_t>(rows.sources.size()));
  }
  return rows;
}

/// Layers side by side would hide how near they are: each is shifted a little.
PlaygroundNetwork drawn(const Program& whole, const Program& part, const std::vector<int>& units) {
  const Grid grid = whole.layers();
  PlaygroundNetwork network;
  double left = 1e9, right = -1e9, top = 1e9, bottom = -1e9;
  std::vector<std::pair<double, double>> places;
  for (const int unit : units) {
    const Place p = place_of(grid, unit);
    const bool off_grid = p.layer >= grid.layers;  // a label oscillator: above the others
    const double shift = off_grid ? 0 : 0.42 * p.layer / std::max(1, grid.layers - 1);
    places.emplace_back(off_grid ? unit % 10 : p.x + shift, off_grid ? -2 : p.y + shift);
    left = std::min(left, places.back().first);
    right = std::max(right, places.back().first);
    top = std::min(top, places.back().second);
    bottom = std::max(bottom, places.back().second);
  }
  const double size = std::max({right - left, bottom - top, 1.0});
  for (std::size_t i = 0; i < units.size(); ++i)
    network.units.push_back({canvas_place(0.5 + (places[i].first - (left + right) / 2) / size),
                             canvas_place(0.5 + (places[i].second - (top + bottom) / 2) / size), 0,
                             units[i]});
  std::map<std::pair<int, int>, double> weights;
  const Topology& topology = *part.topology;
  for (int target = 0; target < topology.units(); ++target) {
    std::int64_t coupling = topology.row_begin()[static_cast<std::size_t>(target)];
    for (const int source : topology.sources_of(target)) {
      double sum = 0;
      for (int chunk = 0; chunk < part.chunks(); ++chunk)
        sum += double(part.weights(chunk)[static_cast<std::size_t>(coupling)]);
      ++coupling;
      weights[{std::min(target, source), std::max(target, source)}] += sum / part.chunks() / 2;
    }
  }
  for (const auto& [pair, weight] : weights)
    network.couplings.push_back({pair.first, pair.second, static_cast<float>(weight)});
  return network;
}

}  // namespace

Excerpt cut_excerpt(std::shared_ptr<const Program> whole, const RunSettings& settings, int unit,
                    int reach) {
  const Topology& topology = *whole->topology;
  if (unit < 0 || unit >= topology.first_label())
    fail("there is no unit {} in this network; the last one is {}", unit,
         topology.first_label() - 1);
  const Grid grid = whole->layers();
  if (unit >= grid.units())
    fail("unit {} lies on no layer of the picture's size; choose one of 0 to {}", unit,
         grid.units() - 1);
  auto [units, inner] = window(*whole, unit, reach);
  while (reach > 0 && static_cast<int>(units.size()) > kMaxPlaygroundUnits)
    std::tie(units, inner) = window(*whole, unit, --reach);
  if (static_cast<int>(units.size()) > kMaxPlaygroundUnits)
    fail("unit {} listens to {} others; the playground takes {} in all", unit,
         topology.sources_of(unit).size(), kMaxPlaygroundUnits);

  const Rows rows = rows_of(topology, units, inner);
  Excerpt excerpt;
  Program& part = excerpt.program;
  const auto n = static_cast<int>(units.size());
  part.substrate = whole->substrate;
  part.topology = Topology::from_rows({n, 1, 1}, n, rows.begin, rows.sources, "excerpt", "excerpt");
  part.durations = whole->durations;
  part.readout = whole->readout;
  part.integrator = whole->integrator;
  part.steps_per_chunk = whole->steps_per_chunk;
  part.temperature = whole->temperature;
  part.values.assign(part.chunk_size() * whole->durations.size(), 0.0F);
  for (int chunk = 0; chunk < whole->chunks(); ++chunk) {
    const auto from = whole->weights(chunk);
    const auto to = part.weights(chunk);
    for (std::size_t k = 0; k < rows.couplings.size(); ++k)
      to[k] = from[static_cast<std::size_t>(rows.couplings[k])];
    for (int p = 0; p < whole->unit_parameters(); ++p) {
      const auto values = whole->unit_values(chunk, p);
      const auto here = part.unit_values(chunk, p);
      for (std::size_t i = 0; i < units.size(); ++i)
        here[i] = values[static_cast<std::size_t>(units[i])];
    }
  }
  excerpt.network = drawn(*whole, part, units);
  excerpt.settings = settings;
  excerpt.units = std::move(units);
  excerpt.inner = inner;
  excerpt.whole = std::move(whole);
  return excerpt;
}

}  // namespace phaseloom
