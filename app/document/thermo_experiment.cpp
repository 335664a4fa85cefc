// SPDX-License-Identifier: MIT
#include "app/document/thermo_experiment.hpp"

#include <algorithm>

#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {

ThermoPlan ThermoExperiment::plan(PictureShape picture) const {
  ThermoPlan plan;
  plan.setup.picture = picture;
  plan.setup.hidden = hidden;
  plan.setup.visible_biases = visible_biases;
  plan.rule = rule;
  plan.cycles = cycles;
  plan.seed = seed;
  plan.projection_seed = projection_seed;
  // Flaws are those of the batch rule.
  if (rule == ThermoRule::batch) {
    plan.bits = update_bits;
    plan.stochastic_rounding = update_bits > 0 && stochastic_rounding;
    plan.update_noise = update_noise;
  }
  return plan;
}

std::vector<int> parse_digits(std::string_view text, std::string_view name) {
  std::vector<int> digits;
  for (const char c : text) {
    if (c == ' ' || c == ',') continue;
    if (c < '0' || c > '9')
      fail("{}: {} is not a list of digits such as 0 1 2", name, printable(text));
    const int digit = c - '0';
    if (std::ranges::find(digits, digit) != digits.end())
      fail("{}: {} names {} twice", name, printable(text), digit);
    digits.push_back(digit);
  }
  if (digits.empty()) fail("{}: names no digit; 0 1 2 are three", name);
  return digits;
}

bool same_training(const ThermoExperiment& a, const ThermoExperiment& b) {
  ThermoExperiment c = b;
  c.model = a.model;
  c.temperature = a.temperature;
  c.bits = a.bits;
  c.wall = a.wall;
  c.samples = a.samples;
  c.run_seed = a.run_seed;
  c.threads = a.threads;
  return a == c;
}

}  // namespace phaseloom
