// SPDX-License-Identifier: MIT
#include "app/cli/heat_meter.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

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
  for (const double heat : run.heat) count(heat);
  return pixels_of(program_, run.states);
}

void HeatMeter::count(double heat) {
  const double off = heat - mean_;
  mean_ += off / static_cast<double>(++samples_);
  squares_ += off * (heat - mean_);
}

double HeatMeter::deviation() const {
  return samples_ > 1 ? std::sqrt(squares_ / static_cast<double>(samples_ - 1)) : 0;
}

void HeatMeter::add_to(nlohmann::ordered_json& json) const {
  if (samples_ == 0) return;
  json[fmt::format("heat_mean_{}", unit_name())] = mean_ / unit();
  json[fmt::format("heat_sd_{}", unit_name())] = deviation() / unit();
}

std::string HeatMeter::text() const {
  if (samples_ == 0) return {};
  return fmt::format("heat {:.5g} {}, standard deviation {:.4g}", mean_ / unit(), unit_name(),
                     deviation() / unit());
}

}  // namespace phaseloom
