// SPDX-License-Identifier: MIT
// A scene's own values, and all of them in one table.
#include "app/document/make_field.hpp"
#include "engine/network/program.hpp"

namespace phaseloom {
namespace {

using fields::field;
using fields::film_control;

std::span<const SceneField> run_fields() {
  static const std::array kFields{
      field<&Scene::model>("model", "Model", "",
                           "Which trained network runs: a shipped name, or a .safetensors file."),
      field<&Scene::seed>(
          "seed", "Seed", "",
          "Number that all noise is made from; the same seed gives the same images."),
      film_control(field<&Scene::round>("round", "Round", "",
                                        "How many times new noise of this seed was taken.",
                                        {0, double(kMaxRound)})),
      field<&Scene::label>("label", "Class", "",
                           "Class of picture that is asked for, of networks that know classes; all "
                           "asks for them in turn."),
      field<&Scene::noise_width>("noise_width", "Noise width", "x",
                                 "Spread of the initial state x(0), relative to the model's own.",
                                 {0, 10}),
      field<&Scene::integrator>("integrator", "Integrator", "",
                                "Method that advances the equations by one step dt."),
      field<&Scene::steps_per_chunk>(
          "steps_per_chunk", "Steps per chunk", "steps",
          "Integrator steps per chunk of constant parameters; 0 takes the model's own.", {0, 1000}),
      field<&Scene::temperature>(
          "temperature", "Temperature", "kT",
          "Heat of the bath that shakes every state x by √(2 kT) dw; -1 takes "
          "the model's own.",
          {kOwnTemperature, kMaxTemperature})};
  return kFields;
}

std::span<const SceneField> wall_fields() {
  static const std::array kFields{
      field<&Scene::wall>("wall", "Wall", "samples",
                          "Rows and columns of the wall of samples that form together.", {1, 64}),
      field<&Scene::speed>("speed", "Speed", "steps/s",
                           "Integrator steps per second while playing; 0 makes a run last 4 s.",
                           {0, 1e6}),
      field<&Scene::hold>("hold", "Hold", "s",
                          "How long finished images stay before the next noise.", {0, 60}),
      field<&Scene::new_noise_after_hold>("new_noise_after_hold", "New noise after hold", "",
                                          "Whether the film goes on with new noise at its end."),
      field<&Scene::limit>(
          "trail.limit", "Limit of quality", "",
          "Relative distance that a setting of the trail may have at most; 0: none.", {0, 1000})};
  return kFields;
}

std::span<const SceneField> playing_field() {
  static const std::array kFields{
      film_control(field<&Scene::playing>("playing", "Playing", "", "Whether time goes on."))};
  return kFields;
}

}  // namespace

std::span<const SceneField> scene_fields() {
  static const std::vector<SceneField> all = [] {
    std::vector<SceneField> some;
    for (const auto& table :
         {run_fields(), hardware_fields(), cost_fields(), wall_fields(), training_fields(),
          transport_fields(), thermo_fields(), playground_fields(), field_fields(), sweep_fields(),
          circuit_fields(), playing_field()})
      some.insert(some.end(), table.begin(), table.end());
    return some;
  }();
  return all;
}

const SceneField& scene_field(std::string_view name) {
  std::string names;
  for (const auto& field : scene_fields()) {
    if (field.name == name) return field;
    names += (names.empty() ? "" : ", ") + std::string(field.name);
  }
  fail("{} is no value of a scene; there are {}", printable(name), names);
}

void set_field(Scene& scene, std::string_view name, std::string_view text) {
  const auto& field = scene_field(name);
  field.assign(field, scene, text);
}

std::string print_field(const Scene& scene, std::string_view name) {
  return scene_field(name).print(scene);
}

}  // namespace phaseloom
