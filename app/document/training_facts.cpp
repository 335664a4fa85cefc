// SPDX-License-Identifier: MIT
#include "app/document/training_facts.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "app/document/scene.hpp"
#include "engine/data/dump_json.hpp"
#include "engine/support/error.hpp"
#include "engine/support/isa.hpp"

namespace phaseloom {

using Json = nlohmann::ordered_json;

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

Json to_json(const TrainingSetup& setup) {
  Scene scene;
  scene.train = setup;
  Json json = Json::object();
  for (const SceneField& field : scene_fields())
    if (field.name.starts_with("train."))
      json[std::string(field.name.substr(6))] = field.print(scene);
  return json;
}

namespace {

TrainingSetup setup_from(const nlohmann::json& json, const char* key, const std::string& source,
                         const char* otherwise) {
  if (!json.is_object() || !json.contains(key) || !json[key].is_object())
    fail("{}: not a training of the window{}", source, otherwise);
  Scene scene;
  for (const auto& [name, value] : json[key].items()) {
    if (!value.is_string()) fail("{}: {} should be a text", source, name);
    set_field(scene, "train." + name, value.get<std::string>());
  }
  return scene.train;
}

}  // namespace

TrainingSetup setup_from_notes(const std::string& notes, const std::string& source) {
  return setup_from(nlohmann::json::parse(notes, nullptr, false), "setup", source,
                    "; phaseloom train --resume goes on with it");
}

TrainingSetup setup_of(const Model& model) {
  return setup_from(nlohmann::json::parse(model.training, nullptr, false), "settings", model.name,
                    "");
}

std::string facts_of(const TrainingSetup& setup, const TrainingResult& result) {
  return dump_json(Json{{"made_in", "the Train workspace"},
                        {"dataset", setup.dataset_name()},
                        {"iterations", result.iterations},
                        {"minutes", rounded(result.minutes)},
                        {"instruction_set", isa_name(active_isa())},
                        {"seed", setup.seed},
                        {"fcd_rk4_8", rounded(result.fcd_rk4)},
                        {"settings", to_json(setup)},
                        {"curve", curve_json(result.curve)}});
}

}  // namespace phaseloom
