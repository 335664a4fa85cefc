// SPDX-License-Identifier: MIT
#include "app/document/training_facts.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <span>

#include "app/document/scene.hpp"
#include "engine/data/dump_json.hpp"
#include "engine/support/error.hpp"
#include "engine/support/isa.hpp"

namespace phaseloom {

using Json = nlohmann::ordered_json;

namespace {

constexpr std::string_view kFields = "train.";

/// Values that a network says itself, and may be others than a scene can hold.
constexpr std::array<std::string_view, 8> kOfTheNetwork{
    "substrate", "hidden", "radius", "chunks", "duration", "tied", "start_width", "temperature"};

Json rounded(double value) {
  if (!std::isfinite(value)) return nullptr;
  return std::round(value * 1000) / 1000;
}

Json curve_json(std::span<const CurvePoint> curve) {
  Json json = Json::array();
  for (const CurvePoint& p : curve)
    json.push_back({{"minutes", rounded(p.minutes)},
                    {"iteration", p.iteration},
                    {"fcd_rk4_8", rounded(p.fcd_rk4)},
                    {"fcd_midpoint_3", rounded(p.fcd_training)},
                    {"loss", rounded(p.loss)}});
  return json;
}

}  // namespace

Json to_json(const TrainingSetup& setup) {
  Scene scene;
  scene.train = setup;
  Json json = Json::object();
  for (const SceneField& field : scene_fields())
    if (field.name.starts_with(kFields))
      json[std::string(field.name.substr(kFields.size()))] = field.print(scene);
  return json;
}

TrainingSetup setup_from(const Json& json, const Program& network, std::string_view source) {
  if (!json.is_object()) fail("{}: the setup of its training should be a JSON object", source);
  Scene scene;
  for (const auto& [name, value] : json.items()) {
    if (network.topology && std::ranges::find(kOfTheNetwork, name) != kOfTheNetwork.end()) continue;
    if (!value.is_string()) fail("{}: {} should be a text", source, name);
    set_field(scene, std::string(kFields) + name, value.get<std::string>());
  }
  if (network.topology) take_network(scene.train, network);
  return scene.train;
}

std::string facts_of(const TrainingNotes& notes, const TrainingPlan& plan,
                     const TrainingResult& result) {
  Json facts = Json::object();
  if (!notes.made_in.empty()) facts["made_in"] = notes.made_in;
  if (!notes.command.empty()) facts["command"] = notes.command;
  facts["dataset"] = notes.setup.dataset_name();
  facts["iterations"] = result.iterations;
  facts["minutes"] = rounded(result.minutes);
  facts["instruction_set"] = isa_name(active_isa());
  facts["setup"] = to_json(notes.setup);
  facts["settings"] = to_json(plan.settings);
  facts["fcd_samples"] = plan.evaluate_samples;
  facts["fcd_rk4_8"] = rounded(result.fcd_rk4);
  facts["curve"] = curve_json(result.curve);
  if (!notes.from.empty()) facts["from"] = Json::parse(notes.from);
  return dump_json(facts);
}

TrainingSetup setup_of(const Model& model) {
  const Json facts = Json::parse(model.training, nullptr, false);
  // "settings" was what the window called it once.
  for (const char* name : {"setup", "settings"})
    if (facts.is_object() && facts.contains(name))
      return setup_from(facts[name], model.program, model.name);
  fail("{}: it does not say how it was trained", model.name);
}

}  // namespace phaseloom
