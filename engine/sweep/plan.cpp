// SPDX-License-Identifier: MIT
#include "engine/sweep/plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cctype>
#include <set>

#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

constexpr std::size_t kLongestName = 60;

template <class Value>
void check_list(std::string_view name, const std::vector<Value>& values, double least, double most,
                bool may_be_empty = false) {
  if (values.empty() && !may_be_empty) fail("{}: is empty; at least one value is needed", name);
  for (const Value value : values)
    if (!(double(value) >= least && double(value) <= most))
      fail("{}: {} is out of range; {}..{} is right", name, value, least, most);
}

/// Densities are above 0.
void check_densities(std::string_view name, const std::vector<double>& values, bool may_be_empty) {
  check_list(name, values, 0, 1, may_be_empty);
  if (std::ranges::count(values, 0.0) > 0)
    fail("{}: 0 leaves no couplings; above 0 up to 1 is right", name);
}

void check_training(const SweepPlan& plan) {
  const SweepTraining& t = plan.train;
  if (!(t.minutes >= 0 && t.minutes <= kMaxSweepMinutes))
    fail("train.minutes: {} is out of range; 0..{} is right", t.minutes, kMaxSweepMinutes);
  constexpr std::int64_t kMostIterations = 1'000'000'000;
  if (t.iterations < 0 || t.iterations > kMostIterations)
    fail("train.iterations: {} is out of range; 0..{} is right", t.iterations, kMostIterations);
  if (t.minutes > 0 && t.iterations > 0)
    fail("train: minutes and iterations; one of them is the length");
  if (!plan.as_is && !t.wanted())
    fail("as_is is false and nothing is trained on: there are no cells; give train.minutes");
  const auto within = [](const char* name, const auto& some, const auto& all) {
    for (const auto value : some)
      if (std::ranges::find(all, value) == all.end())
        fail("train.{}: {} is not among {}, so that there is no such cell", name, value, name);
  };
  within("bits", t.bits, plan.bits);
  within("densities", t.densities, plan.densities);
  within("weight_noises", t.weight_noises, plan.weight_noises);
  within("mismatches", t.mismatches, plan.mismatches);
}

void check_constants(const CostConstants& constants) {
  constexpr double kMost = 1e9;  // far beyond what can be built, short of infinite prices
  for (const CostConstantInfo& row : cost_constants()) {
    const double value = constants.*row.value;
    if (!(value >= 0 && value <= kMost))
      fail("cost.constants.{}: {} is out of range; 0..{} is right", row.symbol, value, kMost);
  }
  if (constants.frequency == 0) fail("cost.constants: the frequency is 0; it must be above");
}

bool trains(const SweepTraining& training, const Hardware& hardware) {
  const auto among = [](const auto& some, auto value) {
    return some.empty() || std::ranges::find(some, value) != some.end();
  };
  return training.wanted() && among(training.bits, hardware.bits) &&
         among(training.densities, hardware.density) &&
         among(training.weight_noises, hardware.weight_noise) &&
         among(training.mismatches, hardware.mismatch);
}

bool is_plain(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' || c == '.';
}

/// Every setting of the plan, in its order.
template <class Visit>
void for_each_setting(const SweepPlan& plan, const Visit& visit) {
  for (std::size_t m = 0; m < plan.models.size(); ++m)
    for (const std::uint64_t seed : plan.seeds)
      for (const double weight_noise : plan.weight_noises)
        for (const double mismatch : plan.mismatches)
          for (const double density : plan.densities)
            for (const int bits : plan.bits) {
              Hardware hardware;
              hardware.bits = bits;
              hardware.grid = plan.grid;
              hardware.gain = plan.gain;
              hardware.density = density;
              hardware.mismatch = mismatch;
              hardware.device = plan.device;
              hardware.weight_noise = weight_noise;
              visit(m, hardware, seed);
            }
}

}  // namespace

void validate(const SweepPlan& plan) {
  if (plan.models.empty()) fail("models: is empty; at least one model is needed");
  check_list("bits", plan.bits, 0, 8);
  check_densities("densities", plan.densities, false);
  constexpr double kMostNoise = 10;
  check_list("weight_noises", plan.weight_noises, 0, kMostNoise);
  check_list("mismatches", plan.mismatches, 0, kMostNoise);
  if (plan.seeds.empty()) fail("seeds: is empty; at least one seed is needed");
  if (plan.samples < kMinSweepSamples || plan.samples > kMaxSweepSamples)
    fail("samples: {} is out of range; {}..{} is right", plan.samples, kMinSweepSamples,
         kMaxSweepSamples);
  if (!(plan.lease >= kMinLease && plan.lease <= kMaxLease))
    fail("lease: {} is out of range; {}..{} seconds are right", plan.lease, kMinLease, kMaxLease);
  check_training(plan);
  validate(plan.cost);
  check_constants(plan.constants);
  double cells = plan.train.wanted() && plan.as_is ? 2 : 1;
  for (const std::size_t count :
       {plan.models.size(), plan.bits.size(), plan.densities.size(), plan.weight_noises.size(),
        plan.mismatches.size(), plan.seeds.size()})
    cells *= double(count);
  if (cells > double(kMaxSweepCells))
    fail("the plan has {:.0f} cells; at most {} are possible", cells, kMaxSweepCells);
}

std::string SweepCell::name() const {
  return fmt::format("{}_b{}_d{}_n{}_m{}_s{}{}", model, hardware.bits, hardware.density,
                     hardware.weight_noise, hardware.mismatch, seed,
                     kind == SweepKind::trained ? "_trained" : "");
}

std::vector<SweepCell> cells_of(const SweepPlan& plan, std::span<const CostNetwork> networks) {
  assert(networks.size() == plan.models.size());
  std::vector<SweepCell> cells;
  std::set<std::string> known;
  const auto add = [&](SweepCell cell) {
    const std::string name = cell.name();
    if (cell.job.empty()) cell.job = name;
    if (known.insert(name).second) cells.push_back(std::move(cell));
  };
  if (plan.as_is)
    for_each_setting(plan, [&](std::size_t m, const Hardware& hardware, std::uint64_t seed) {
      SweepCell cell{plan.models[m], hardware, seed};
      // Where no coupling falls under it, a density changes nothing (as_built() and realise() count
      // alike): the first such cell is the job of all of them.
      const auto wires = [&](double density) {
        return as_built(networks[m], {.density = density}).couplings;
      };
      for (const double density : plan.densities) {
        if (density == hardware.density) break;
        if (wires(density) != networks[m].couplings ||
            wires(hardware.density) != networks[m].couplings)
          continue;
        SweepCell alike = cell;
        alike.hardware.density = density;
        cell.job = alike.name();
        break;
      }
      add(std::move(cell));
    });
  for_each_setting(plan, [&](std::size_t m, const Hardware& hardware, std::uint64_t seed) {
    if (trains(plan.train, hardware)) add({plan.models[m], hardware, seed, SweepKind::trained, {}});
  });
  return cells;
}

std::vector<std::string> jobs_of(std::span<const SweepCell> cells) {
  std::vector<std::string> jobs;
  for (const SweepCell& cell : cells)
    if (cell.job == cell.name()) jobs.push_back(cell.job);
  return jobs;
}

std::string plain_name(std::string_view stem) {
  std::string name(stem.substr(0, kLongestName));
  for (char& c : name)
    if (!is_plain(c)) c = '_';
  if (name.empty() || name.front() == '.') name.insert(0, "_");
  return name.substr(0, kLongestName);
}

bool is_plain_name(std::string_view name) { return !name.empty() && plain_name(name) == name; }

}  // namespace phaseloom
