// SPDX-License-Identifier: MIT
#include "app/cli/heat_meter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>

#include "engine/support/of_each.hpp"
#include "engine/thermo/heat.hpp"

namespace phaseloom {

HeatMeter::HeatMeter(const Program& program, const Hardware& hardware, ThreadPool& pool)
    : program_(program), hardware_(hardware), pool_(pool) {}

std::vector<float> HeatMeter::generate(const RunSettings& settings, int n,
                                       const std::function<bool(int)>& progress) {
  if (!is_thermo(program_))
    return phaseloom::generate(program_, hardware_, settings, n, pool_, progress);
  const ThermoRun run = run_thermo(program_, hardware_, settings, n, pool_, progress);
  temperature_ = settings.temperature;
  heats_.insert(heats_.end(), run.heat.begin(), run.heat.end());
  return pixels_of(program_, run.states);
}

void HeatMeter::gather(Ranks& ranks) {
  auto ends = of_each(ranks, heats_.size());
  std::inclusive_scan(ends.begin(), ends.end(), ends.begin());
  std::vector<double> all(ends.back());
  std::ranges::copy(
      heats_, all.begin() + static_cast<std::ptrdiff_t>(
                                ends[static_cast<std::size_t>(ranks.rank())] - heats_.size()));
  for (std::size_t& end : ends) end *= sizeof(double);
  ranks.gather_bytes(std::as_writable_bytes(std::span(all)), ends);
  heats_ = std::move(all);
  ranks.broadcast(temperature_);
}

HeatMeter::Summary HeatMeter::summary() const {
  // Sorted, so that it does not matter who made which of them, and when.
  std::vector<double> heats = heats_;
  std::ranges::sort(heats);
  const auto count = static_cast<double>(heats.size());
  Summary all;
  for (const double heat : heats) all.mean += heat / count;
  for (const double heat : heats) all.deviation += (heat - all.mean) * (heat - all.mean);
  all.deviation = heats.size() > 1 ? std::sqrt(all.deviation / (count - 1)) : 0;
  return all;
}

void HeatMeter::add_to(nlohmann::ordered_json& json) const {
  if (heats_.empty()) return;
  const Summary all = summary();
  json[fmt::format("heat_mean_{}", unit_name())] = all.mean / unit();
  json[fmt::format("heat_sd_{}", unit_name())] = all.deviation / unit();
}

std::string HeatMeter::text() const {
  if (heats_.empty()) return {};
  const Summary all = summary();
  return fmt::format("heat {:.5g} {}, standard deviation {:.4g}", all.mean / unit(), unit_name(),
                     all.deviation / unit());
}

}  // namespace phaseloom
