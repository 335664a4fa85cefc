// SPDX-License-Identifier: MIT
#include "engine/learning/train_settings.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "engine/data/json_number.hpp"
#include "engine/dynamics/trajectory.hpp"
#include "engine/support/error.hpp"
#include "engine/support/lanes.hpp"

namespace phaseloom {
namespace {

template <class T>
void check(const char* name, T value, double least, double most) {
  if (!(double(value) >= least && double(value) <= most))
    fail("training: {} is {}; it must lie in {}..{}", name, value, least, most);
}

/// Every plain number of the settings, by the name it has in files.
template <class Settings, class Visit>
void visit_numbers(Settings& s, const Visit& visit) {
  visit("seed", s.seed);
  visit("batch", s.batch);
  visit("critic_steps", s.critic_steps);
  visit("replay", s.replay);
  visit("generator_rate", s.generator_rate);
  visit("critic_rate", s.critic_rate);
  visit("final_rate", s.final_rate);
  visit("warm_up", s.warm_up);
  visit("weight_decay", s.weight_decay);
  visit("average", s.average);
  visit("adjoint_clip", s.adjoint_clip);
  visit("jitter", s.jitter);
  visit("prune_from", s.prune_from);
  visit("prune_to", s.prune_to);
  visit("bits", s.hardware.bits);
  visit("density", s.hardware.density);
  visit("mismatch", s.hardware.mismatch);
  visit("weight_noise", s.hardware.weight_noise);
}

template <class Range, class Visit>
void visit_range(Range& range, const Visit& visit) {
  visit("least_density", range.least_density);
  visit("pruned_share", range.pruned_share);
  visit("sparsest_share", range.sparsest_share);
  visit("most_weight_noise", range.most_weight_noise);
  visit("most_mismatch", range.most_mismatch);
}

HardwareRange range_from_json(const nlohmann::ordered_json& json) {
  HardwareRange range;
  visit_range(range, [&](const char* name, double& value) {
    // There was no such share once; all others must be there.
    if (std::string_view(name) == "sparsest_share" && !json.contains(name)) return;
    read_number(json.at(name), name, value);
  });
  range.bits.clear();
  for (const auto& bits : json.at("bits")) read_number(bits, "bits", range.bits.emplace_back());
  return range;
}

}  // namespace

TrainSettings settings_from_trained() {
  TrainSettings settings;
  settings.phases = {{0.0, {3, 4, 5}}, {0.5, {4, 5, 6, 8}}};
  settings.generator_rate = 3e-4f;
  settings.warm_up = 0.1;
  return settings;
}

std::optional<HardwareRange> range_of(const TrainSettings& settings) {
  auto range = settings.range;
  if (range && settings.core > 0) {
    // The core alone has nothing to learn, and nothing is pruned further than to it.
    range->least_density = std::max(range->least_density, settings.core);
    range->sparsest_share = 0;
  }
  return range;
}

void validate(const TrainSettings& s) {
  if (s.batch < kLanes || s.batch % kLanes || s.batch > 4096)
    fail("training: a batch of {}; a multiple of {} up to 4096 is needed", s.batch, kLanes);
  check("critic_steps", s.critic_steps, 1, 100);
  check("replay", s.replay, 0, 100);
  check("generator_rate", s.generator_rate, 0, 1e10);
  check("critic_rate", s.critic_rate, 0, 1e10);
  check("final_rate", s.final_rate, 0, 1);
  check("warm_up", s.warm_up, 0, 1);
  check("weight_decay", s.weight_decay, 0, 100);
  check("average", s.average, 0, 1);
  check("adjoint_clip", s.adjoint_clip, 0, 1e30);
  check("jitter", s.jitter, 0, 0.99);
  check("step", s.step, 0, 1e10);
  check("teaching", s.teaching, 0, 1e6);
  check("core", s.core, 0, 0.999);
  if (s.core > 0 && s.core >= s.hardware.density)
    fail("training: a core of {} in a network of density {}; it must be smaller", s.core,
         s.hardware.density);
  check("prune_from", s.prune_from, 0, 1);
  check("prune_to", s.prune_to, s.prune_from, 1);
  if (s.phases.empty()) fail("training: no phases; one at least is needed");
  for (const auto& phase : s.phases) {
    check("phases.from", phase.from, 0, 1);
    if (phase.steps.empty()) fail("training: a phase without steps per chunk");
    for (int steps : phase.steps) check("phases.steps", steps, 1, 1000);
  }
  validate(s.hardware);
  if (s.range) validate(*s.range);
}

int steps_through(const TrainSettings& s, double duration, int fewest) {
  return s.step > 0 ? std::max(fewest, steps_no_longer_than(s.step, duration)) : fewest;
}

nlohmann::ordered_json to_json(const TrainSettings& s) {
  nlohmann::ordered_json json{{"loss", name_of(s.loss)},
                              {"integrator", tableau(s.integrator).name},
                              {"symmetric_grid", s.hardware.grid == BitGrid::symmetric},
                              {"step", s.step}};
  visit_numbers(s, [&](const char* name, const auto& value) { json[name] = value; });
  auto& phases = json["phases"] = nlohmann::ordered_json::array();
  for (const auto& phase : s.phases)
    phases.push_back({{"from", phase.from}, {"steps", phase.steps}});
  if (s.hardware.gain != Gain::chunk) json["gain"] = name_of(s.hardware.gain);
  if (s.teaching > 0) json["teaching"] = s.teaching;
  if (s.core > 0) json["core"] = s.core;
  if (s.range) {
    auto& range = json["range"] = {{"bits", s.range->bits}};
    visit_range(*s.range, [&](const char* name, double value) { range[name] = value; });
  }
  return json;
}

TrainSettings train_settings_from_json(const nlohmann::ordered_json& json,
                                       std::string_view source) {
  TrainSettings s;
  std::string at = "the settings";
  try {
    at = "loss";
    s.loss = named<Loss>(json.at("loss").get<std::string>());
    at = "integrator";
    s.integrator = named<Integrator>(json.at("integrator").get<std::string>());
    at = "symmetric_grid";
    s.hardware.grid =
        json.at("symmetric_grid").get<bool>() ? BitGrid::symmetric : BitGrid::twos_complement;
    visit_numbers(s, [&](const char* name, auto& value) {
      at = name;
      read_number(json.at(name), "it", value);
    });
    at = "step";  // earlier programs counted by chunk alone
    if (json.contains("step")) read_number(json.at("step"), "it", s.step);
    at = "gain";  // earlier programs had one for each chunk
    if (json.contains("gain")) s.hardware.gain = named<Gain>(json.at("gain").get<std::string>());
    at = "teaching";
    if (json.contains("teaching")) read_number(json.at("teaching"), "it", s.teaching);
    at = "core";
    if (json.contains("core")) read_number(json.at("core"), "it", s.core);
    at = "range";
    if (json.contains("range")) s.range = range_from_json(json.at("range"));
    at = "phases";
    s.phases.clear();
    for (const auto& stored : json.at("phases")) {
      auto& phase = s.phases.emplace_back();
      read_number(stored.at("from"), "from", phase.from);
      for (const auto& steps : stored.at("steps"))
        read_number(steps, "a step count", phase.steps.emplace_back());
    }
    at = "the settings";
    validate(s);
  } catch (const nlohmann::json::exception&) {
    fail("{}: {} is missing or of the wrong kind in the training's settings", source, at);
  } catch (const Error& error) {
    fail("{}: {}: {}", source, at, error.what());
  }
  return s;
}

}  // namespace phaseloom
