// SPDX-License-Identifier: MIT
#include "app/session/sweep_map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "app/document/si_text.hpp"
#include "app/document/ui_state.hpp"
#include "engine/support/printable.hpp"
#include "engine/sweep/pareto.hpp"

namespace phaseloom {
namespace {

std::size_t clamped(int place, std::size_t count) {
  return static_cast<std::size_t>(std::clamp(place, 0, static_cast<int>(count) - 1));
}

template <class T>
std::vector<T> each_once(const std::vector<T>& values) {
  std::vector<T> once;
  for (const T& value : values)
    if (std::ranges::find(once, value) == once.end()) once.push_back(value);
  return once;
}

}  // namespace

SweepSlices slices_of(const SweepPlan& plan) {
  SweepSlices slices{
      each_once(plan.models), each_once(plan.weight_noises), each_once(plan.mismatches), {}};
  if (plan.as_is) slices.kinds.push_back(SweepKind::as_is);
  if (plan.train.wanted()) slices.kinds.push_back(SweepKind::trained);
  return slices;
}

double energy_of(const SweepSnapshot& sweep, const SweepTable::Place& place,
                 const CostChoice& choice) {
  if (place.row)
    return cost_of(network_of(sweep, *place.row), place.row->bits, choice).energy.total();
  const auto network = sweep.networks->find(place.cell.model);
  if (network == sweep.networks->end()) return 0;
  const Hardware& hardware = place.cell.hardware;
  return cost_of(as_built(network->second, hardware), hardware.bits, choice).energy.total();
}

SweepMap map_of(const SweepSnapshot& sweep, const std::array<int, 4>& slice,
                const CostChoice& choice) {
  SweepMap map;
  const SweepPlan& plan = sweep.table->plan;
  const SweepSlices slices = slices_of(plan);
  if (slices.models.empty() || slices.kinds.empty()) return map;
  const auto chosen = [&](DesignView::Slice which, std::size_t count) {
    return clamped(slice[static_cast<std::size_t>(which)], count);
  };
  using Slice = DesignView::Slice;
  const std::string& model = slices.models[chosen(Slice::model, slices.models.size())];
  const double weight_noise =
      slices.weight_noises[chosen(Slice::weight_noise, slices.weight_noises.size())];
  const double mismatch = slices.mismatches[chosen(Slice::mismatch, slices.mismatches.size())];
  const SweepKind kind = slices.kinds[chosen(Slice::trained, slices.kinds.size())];

  map.bits = each_once(plan.bits);
  // Float holds more than 8 bits do.
  std::ranges::sort(map.bits, std::greater<>(), [](int bits) { return bits == 0 ? 99 : bits; });
  map.densities = each_once(plan.densities);
  std::ranges::sort(map.densities, std::greater<>());
  map.cells.resize(map.bits.size() * map.densities.size());
  for (std::size_t i = 0; i < sweep.table->places.size(); ++i) {
    const SweepTable::Place& place = sweep.table->places[i];
    const Hardware& hardware = place.cell.hardware;
    if (place.cell.model != model || place.cell.kind != kind ||
        hardware.weight_noise != weight_noise || hardware.mismatch != mismatch)
      continue;
    const auto row = std::ranges::find(map.bits, hardware.bits) - map.bits.begin();
    const auto column = std::ranges::find(map.densities, hardware.density) - map.densities.begin();
    SweepMap::Cell& cell = map.cells[static_cast<std::size_t>(row) * map.densities.size() +
                                     static_cast<std::size_t>(column)];
    cell.places.push_back(i);
    cell.energy = energy_of(sweep, place, choice);
    if (!place.row) continue;
    if (place.row->failed() || !std::isfinite(place.row->relative)) {
      ++cell.failed;
      continue;
    }
    cell.relative = cell.known == 0
                        ? place.row->relative
                        : (cell.relative * cell.known + place.row->relative) / (cell.known + 1);
    ++cell.known;
  }
  for (const SweepMap::Cell& cell : map.cells) {
    map.least = std::fmin(map.least, cell.relative);  // NaN is no number for these
    map.most = std::fmax(map.most, cell.relative);
  }
  return map;
}

std::vector<SweepSpot> spots_of(const SweepSnapshot& sweep, const CostChoice& choice) {
  std::vector<SweepSpot> spots;
  std::vector<Tradeoff> points;
  for (std::size_t i = 0; i < sweep.table->places.size(); ++i) {
    const SweepTable::Place& place = sweep.table->places[i];
    if (!place.row || place.row->failed() || !(place.row->relative > 0)) continue;
    const double energy = energy_of(sweep, place, choice);
    if (!(energy > 0)) continue;
    spots.push_back({i, energy, place.row->relative, false});
    points.push_back({energy, place.row->relative});
  }
  for (const std::size_t i : pareto_front(points)) spots[i].on_front = true;
  return spots;
}

std::string spoken_cell(const SweepCell& cell) {
  const Hardware& h = cell.hardware;
  std::string text = h.bits == 0 ? std::string("float") : counted(h.bits, "bit");
  const auto add = [&](const char* name, double value, double ideal) {
    if (value != ideal) text += fmt::format(", {} {:.3g}", name, value);
  };
  add("density", h.density, 1);
  add("δ", h.weight_noise, 0);
  add("δs", h.mismatch, 0);
  if (cell.kind == SweepKind::trained) text += ", trained on";
  return text;
}

SweepPlan plan_of(const Scene& scene) {
  const SweepSetup& setup = scene.sweep;
  SweepPlan plan;
  for (const std::string& model : setup.models)
    plan.models.push_back(unescaped(model == kModelOnWall ? scene.model : model));
  plan.models = each_once(plan.models);
  plan.bits.clear();
  for (const double bits : setup.bits) plan.bits.push_back(static_cast<int>(bits));
  plan.densities = setup.densities;
  plan.weight_noises = setup.weight_noises;
  plan.mismatches = setup.mismatches;
  plan.seeds = {scene.seed};
  plan.samples = setup.samples;
  plan.grid = scene.hardware.grid;
  plan.gain = scene.hardware.gain;
  plan.device = scene.hardware.device;
  plan.as_is = setup.way != SweepWay::trained;
  if (setup.way != SweepWay::as_is) plan.train.minutes = setup.minutes;
  plan.cost = scene.cost;
  plan.cost.own = {};  // the plan keeps all constants
  plan.constants = constants_of(scene.cost);
  return plan;
}

}  // namespace phaseloom
