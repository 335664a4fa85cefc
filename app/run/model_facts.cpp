// SPDX-License-Identifier: MIT
#include "app/run/model_facts.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "app/document/spoken_names.hpp"
#include "app/document/trained_on.hpp"
#include "app/document/training_facts.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

using Json = nlohmann::json;

double number(const Json& settings, const char* name, double otherwise) {
  const auto found = settings.find(name);
  return found != settings.end() && found->is_number() ? found->get<double>() : otherwise;
}

/// As `phaseloom train` wrote it once: numbers, and single precision behind them.
std::optional<Hardware> of_settings(const Json& settings) {
  if (!settings.contains("bits") || !settings["bits"].is_number_integer()) return std::nullopt;
  const auto plain = [&](const char* name, double otherwise) {
    return std::round(number(settings, name, otherwise) * 1e6) / 1e6;
  };
  Hardware hardware;
  hardware.bits = static_cast<int>(number(settings, "bits", 0));
  const auto symmetric = settings.find("symmetric_grid");
  if (symmetric != settings.end() && *symmetric == true) hardware.grid = BitGrid::symmetric;
  if (const auto gain = settings.find("gain"); gain != settings.end() && *gain == "unit")
    hardware.gain = Gain::unit;
  hardware.density = plain("density", 1);
  hardware.weight_noise = plain("weight_noise", 0);
  hardware.mismatch = plain("mismatch", 0);
  return hardware;
}

/// The values of a scene as text.
std::optional<Hardware> of_setup(const Model& model) {
  try {
    return setup_of(model).hardware();
  } catch (const Error&) {
    return std::nullopt;
  }
}

constexpr const char* kAsTrained[] = {
    "hardware.bits",     "hardware.grid",         "hardware.gain",       "hardware.density",
    "hardware.mismatch", "hardware.weight_noise", "hardware.phase_noise"};

Scene with(const Hardware& trained, Scene scene) {
  const auto device = scene.hardware.device;
  scene.hardware = trained;
  scene.hardware.device = device;
  return scene;
}

}  // namespace

ModelFacts model_facts(const Model& model) {
  ModelFacts facts;
  facts.dataset = trained_on(model);
  facts.labels = model.program.topology ? model.program.topology->labels() : 0;
  facts.tied = model.program.tied;
  const Json training = Json::parse(model.training, nullptr, false);
  if (!training.is_object()) return facts;
  facts.hardware = of_setup(model);
  const auto settings = training.find("settings");
  if (settings != training.end() && settings->is_object())
    facts.any_hardware = settings->contains("range") && (*settings)["range"].is_object();
  if (!facts.hardware && settings != training.end() && settings->is_object())
    facts.hardware = of_settings(*settings);
  if (!facts.hardware) return facts;
  try {
    validate(*facts.hardware);
  } catch (const Error&) {
    facts.hardware.reset();
  }
  return facts;
}

std::string plain_line(const ModelFacts& facts) {
  std::string line = spoken_dataset(facts.dataset);
  const auto add = [&](const std::string& words) { line += ", " + words; };
  if (facts.any_hardware) {
    add("any bits and wires");
  } else if (facts.hardware) {
    const Hardware& h = *facts.hardware;
    add(h.bits == 0 ? "full precision" : fmt::format("{}-bit", h.bits));
    if (h.weight_noise > 0) add("noise-proof");
    if (h.mismatch > 0) add("mismatch-proof");
    if (h.density < 1) add(fmt::format("{:.3g} % of the wires", 100 * h.density));
  }
  if (facts.labels > 0) add("on demand");
  if (facts.tied) add("with an energy");
  return line;
}

std::vector<Command> as_trained(const Hardware& trained, const Scene& from) {
  const Scene there = with(trained, from);
  std::vector<Command> way;
  for (const char* name : kAsTrained)
    if (const std::string value = print_field(there, name); value != print_field(from, name))
      way.push_back(set_command(name, value));
  return way;
}

bool is_as_trained(const Hardware& trained, const Scene& scene) {
  return with(trained, scene).hardware == scene.hardware;
}

}  // namespace phaseloom
