// SPDX-License-Identifier: MIT
#include "app/document/thermo_experiment.hpp"

#include <algorithm>

#include "app/document/strict.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {

ThermoPlan ThermoExperiment::plan(PictureShape picture, int prototypes) const {
  ThermoPlan plan;
  plan.setup.picture = picture;
  plan.setup.hidden = hidden;
  plan.setup.visible_biases = visible_biases;
  plan.setup.labels = labels ? prototypes : 0;
  plan.rule = rule;
  plan.cycles = cycles;
  plan.seed = seed;
  plan.projection_seed = projection_seed;
  plan.bits = update_bits;
  plan.stochastic_rounding = stochastic_rounding;
  plan.update_noise = update_noise;
  return plan;
}

ThermoExperiment ThermoExperiment::other() const {
  ThermoExperiment other = *this;
  other.rule = other_rule(rule);
  if (other.rule == ThermoRule::online) {
    other.update_bits = 0;
    other.stochastic_rounding = false;
    other.update_noise = 0;
    other.labels = false;
  }
  return other;
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

ChosenPrototypes chosen_prototypes(std::string_view digits, std::string_view drawings) {
  const auto is_none = [](std::string_view text) {
    const auto words = strict::trimmed(text);
    return words.empty() || words == kNoPrototypes;
  };
  ChosenPrototypes chosen;
  if (!is_none(drawings)) chosen.drawings = parse_thermo_drawings(drawings, "thermo.drawings");
  if (!is_none(digits))
    chosen.digits = parse_digits(digits, "thermo.digits");
  else if (chosen.drawings.empty())
    fail("thermo.digits: names no digit, and thermo.drawings has no drawing; 0 1 2 are three");
  return chosen;
}

void check_training(const ThermoExperiment& experiment) {
  const ChosenPrototypes chosen = chosen_prototypes(experiment.digits, experiment.drawings);
  validate(experiment.plan(ThermoSetup().picture, chosen.count()));
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
