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
  plan.bits = update_bits;
  plan.stochastic_rounding = stochastic_rounding;
  plan.update_noise = update_noise;
  return plan;
}

std::vector<int> parse_digits(std::string_view text, std::string_view name) {
  std::vector<int> digits;
  // A digit stands between separators: spaces, one comma, or a comma among spaces.
  bool behind_digit = false, comma = false;
  const auto refuse = [&] {
    fail("{} {}: is no list of digits from 0 to 9; 0 1 2 would be right, or 0,1,2", name,
         printable(text));
  };
  for (const char c : text) {
    const bool digit = c >= '0' && c <= '9';
    if (digit && !behind_digit) {
      if (std::ranges::find(digits, c - '0') != digits.end())
        fail("{} {}: names {} twice", name, printable(text), c);
      digits.push_back(c - '0');
      comma = false;
    } else if (c == ',' && !comma && !digits.empty()) {
      comma = true;
    } else if (c != ' ') {
      refuse();
    }
    behind_digit = digit;
  }
  if (comma) refuse();
  if (digits.empty()) fail("{}: names no digit; 0 1 2 are three", name);
  return digits;
}

void check_training(const ThermoExperiment& experiment) {
  parse_digits(experiment.digits, "thermo.digits");
  validate(experiment.plan(ThermoSetup().picture));
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
